import type { IntegrationModel, IntegrationResponseModel } from '@gatehouse/api-model';
import type { IntegrationResponseSnapshot, ServiceIntegration } from '@gatehouse/snapshot';
import { actionProtocol, awsService } from './aws-services.js';
import { compileRequestBody, refusesPassthrough } from './compile-body.js';
import { refuseHeadersOfAws } from './compile-lambda-integration.js';
import { compileRequestMappings, type MappingContext } from './compile-mapping.js';
import { compilePassthrough, compileVerb } from './integration-settings.js';

/** A region is no other label of AWS's: below `compute.amazonaws.com` everyone may have a host. */
const URI = /^arn:aws:apigateway:([a-z]{2}(?:-[a-z]+)+-\d):((?:[A-Za-z0-9][A-Za-z0-9_-]*\.)*[A-Za-z0-9-]+):(path|action)\/(.+)$/s;
const ACTION = /^([A-Za-z][A-Za-z0-9]*)(?:&(.*))?$/s;

/** What a URI asks for. */
type Target = Pick<ServiceIntegration, 'service' | 'host' | 'region' | 'signingName' | 'path' | 'json'>;

/**
 * Compiles an integration of a service of AWS other than Lambda; undefined, with the reasons added to `context.refusals`, where it cannot be served.
 *
 * @param compileResponse compiles an integration response that goes by the status
 */
export function compileServiceIntegration(
  model: IntegrationModel,
  context: MappingContext,
  compileResponse: (response: IntegrationResponseModel, context: MappingContext) => IntegrationResponseSnapshot,
): ServiceIntegration | undefined {
  const { refusals } = context;
  const requestParameters = compileRequestMappings(model.requestParameters, context);
  refuseHeadersOfAws(model, context);
  refusals.when(model.responseTransferMode === 'STREAM', 'a streamed answer of integration type AWS');
  const target = readTarget(model, context);
  const passthroughBehavior = compilePassthrough(model, context);
  if (target === undefined || passthroughBehavior === undefined) return undefined;
  // A call without a role would be one in the name of whoever runs the gateways. Source: AWS, which asks for one too.
  refusals.when(!model.credentials, `integration type AWS with ${target.service} without credentials`);
  return {
    type: 'AWS_SERVICE',
    ...target,
    httpMethod: compileVerb(model, context),
    credentials: model.credentials ?? '',
    timeoutInMillis: model.timeoutInMillis,
    requestParameters,
    ...compileRequestBody(model, context),
    refusesPassthrough: refusesPassthrough(model, passthroughBehavior),
    responses: model.integrationResponses.map((response) => compileResponse(response, context)),
  };
}

function readTarget({ uri = '', requestParameters }: IntegrationModel, { refusals }: MappingContext): Target | undefined {
  const [, region, name, style, rest] = URI.exec(uri) ?? [];
  if (region === undefined || name === undefined || rest === undefined) {
    refusals.add('integration type AWS with a uri that names no service of AWS');
    return undefined;
  }
  const path = rest.startsWith('/') ? `/${rest.replace(/^\/+/, '')}` : `/${rest}`;
  const [, bucket] = /^(.+)\.s3$/i.exec(name) ?? [];
  // A bucket is what its name is in the path, too, and there no certificate has to cover it.
  if (bucket !== undefined) return { service: 's3', ...awsService('s3', region), path: `/${bucket}${path}` };
  const service = name.toLowerCase();
  const target = { service, ...awsService(service, region) };
  if (style === 'path') return { ...target, path };
  const protocol = actionProtocol(service);
  const [, action, parameters] = ACTION.exec(rest) ?? [];
  if (protocol === undefined || action === undefined) {
    refusals.add(`integration type AWS with the action ${rest} of ${service}, which gateways do not know how to call`);
    return undefined;
  }
  if (protocol.by === 'json') {
    refusals.when(parameters !== undefined, `parameters of the action ${action} of ${service} in the uri`);
    return { ...target, path: '/', json: { target: `${protocol.target}.${action}`, version: protocol.version } };
  }
  const mapped = 'integration.request.querystring.Action';
  refusals.when(Object.hasOwn(requestParameters, mapped), `mapping to ${mapped}, which the uri says`);
  return { ...target, path: `/?Action=${action}${parameters === undefined ? '' : `&${parameters}`}` };
}
