import type { IntegrationModel, IntegrationResponseModel } from '@gatehouse/api-model';
import { HTTP_METHODS } from '@gatehouse/api-model';
import type { IntegrationResponseSnapshot, IntegrationSnapshot, MockIntegration } from '@gatehouse/snapshot';
import { compileRequestMappings, compileResponseMappings, type MappingContext } from './compile-mapping.js';
import { literalMockStatus } from './mock-template.js';

const PASSTHROUGH_BEHAVIORS = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] as const;
const TIMEOUT = { least: 50, most: 29_000 };
/** A URI that is http(s) as written, or becomes so by a stage variable at its head. No user name or password: documents are not secret. */
const HTTP_URI = /^(?:https?:\/\/|\$\{stageVariables\.)/i;
const USER_INFO = /^https?:\/\/[^/?#]*@/i;

/**
 * Compiles one integration; undefined, with the reasons added to `context.refusals`, where its type or a setting cannot be served.
 *
 * Not looked at, because nothing is lost: cacheNamespace and cacheKeyParameters (a stage with caching is refused, so nothing is ever kept
 * under them) and responseTransferMode (gateways stream every answer, which keeps both of its promises).
 */
export function compileIntegration(model: IntegrationModel, context: MappingContext): IntegrationSnapshot | undefined {
  const { refusals } = context;
  refusals.when(model.connectionType === 'VPC_LINK', 'connectionType VPC_LINK');
  refusals.when(model.integrationTarget, 'integrationTarget');
  refusals.when(model.credentials, 'credentials');
  refusals.when(model.contentHandling, `contentHandling ${model.contentHandling}`);
  // Compiled for every type, also where AWS never uses them: what is refused does not depend on the type.
  const requestParameters = compileRequestMappings(model.requestParameters, context);
  const responses = model.integrationResponses.map((response) => compileResponse(response, context));

  const passthroughBehavior = PASSTHROUGH_BEHAVIORS.find((known) => known === model.passthroughBehavior);
  if (!passthroughBehavior) {
    refusals.add(`passthroughBehavior ${model.passthroughBehavior}`);
    return undefined;
  }
  if (model.type === 'MOCK') {
    return { type: 'MOCK', statusByContentType: compileMockStatuses(model, context), passthroughBehavior, responses };
  }
  for (const contentType of Object.keys(model.requestTemplates)) refusals.add(`request template for ${contentType}`);
  const timeout = model.timeoutInMillis;
  refusals.when(
    !(timeout >= TIMEOUT.least && timeout <= TIMEOUT.most),
    `timeoutInMillis ${timeout} (${TIMEOUT.least}..${TIMEOUT.most})`,
  );
  switch (model.type) {
    case 'HTTP':
    case 'HTTP_PROXY': {
      const endpoint = {
        httpMethod: compileVerb(model, context),
        uri: compileUri(model, context),
        timeoutInMillis: timeout,
        insecureSkipVerification: model.tlsConfig?.insecureSkipVerification ?? false,
        requestParameters,
      };
      // AWS never uses the integration responses of HTTP_PROXY: the backend's answer goes through.
      if (model.type === 'HTTP_PROXY') return { type: 'HTTP_PROXY', ...endpoint };
      return { type: 'HTTP', ...endpoint, refusesPassthrough: passthroughBehavior === 'NEVER', responses };
    }
    case 'AWS':
    case 'AWS_PROXY':
      refusals.add(`integration type ${model.type}`);
      return undefined;
    default:
      refusals.add(`integration type ${model.type satisfies never}`);
      return undefined;
  }
}

/** Null stands for the client's verb. */
function compileVerb(model: IntegrationModel, context: MappingContext): string | null {
  const verb = model.httpMethod ?? 'ANY';
  context.refusals.when(!HTTP_METHODS.some((known) => known === verb), `integration httpMethod ${verb}`);
  return verb === 'ANY' ? null : verb;
}

function compileUri(model: IntegrationModel, context: MappingContext): string {
  const uri = model.uri ?? '';
  context.refusals.when(!HTTP_URI.test(uri), 'integration uri that is not http or https');
  context.refusals.when(USER_INFO.test(uri), 'user name or password in the integration uri');
  return uri;
}

function compileMockStatuses(model: IntegrationModel, context: MappingContext): MockIntegration['statusByContentType'] {
  const statuses: MockIntegration['statusByContentType'] = [];
  for (const [contentType, template] of Object.entries(model.requestTemplates).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const status = literalMockStatus(template);
    if (status === undefined) context.refusals.add(`request template for ${contentType}`);
    else statuses.push([contentType, status]);
  }
  return statuses;
}

function compileResponse(model: IntegrationResponseModel, context: MappingContext): IntegrationResponseSnapshot {
  const refusals = context.refusals.at(`${context.refusals.place}, integration response ${model.statusCode}`);
  refusals.when(Number(model.statusCode) < 200, `statusCode ${model.statusCode}, which ends no exchange (RFC 9110, 15.2)`);
  for (const [contentType, template] of Object.entries(model.responseTemplates)) {
    refusals.when(template, `response template for ${contentType}`);
  }
  refusals.when(model.contentHandling, `contentHandling ${model.contentHandling}`);
  const statuses = model.selectionPattern ? context.patterns.statusesOf(model.selectionPattern) : null;
  refusals.when(statuses === undefined, `selectionPattern ${model.selectionPattern?.slice(0, 1000)}`);
  return {
    statusCode: Number(model.statusCode),
    statuses: statuses ?? null,
    headers: compileResponseMappings(model.responseParameters, { ...context, refusals }),
  };
}
