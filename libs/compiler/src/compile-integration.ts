import type { IntegrationModel, IntegrationResponseModel } from '@gatehouse/api-model';
import type { IntegrationResponseSnapshot, IntegrationSnapshot, MockIntegration } from '@gatehouse/snapshot';
import { compileRequestBody, compileResponseBody, compileTemplates, refusesPassthrough } from './compile-body.js';
import { compileLambdaIntegration } from './compile-lambda-integration.js';
import { compileRequestMappings, compileResponseMappings, type MappingContext } from './compile-mapping.js';
import { compilePassthrough, compileVerb, contextOfResponse } from './integration-settings.js';
import { literalMockStatus } from './mock-template.js';

/** Milliseconds. */
const TIMEOUT = { least: 50, most: 29_000, mostOfStreams: 900_000 };
/** A URI that is http(s) as written, or becomes so by a stage variable at its head. No user name or password: documents are not secret. */
const HTTP_URI = /^(?:https?:\/\/|\$\{stageVariables\.)/i;
const USER_INFO = /^https?:\/\/[^/?#]*@/i;

/**
 * Compiles one integration; undefined, with the reasons added to `context.refusals`, where its type or a setting cannot be served.
 *
 * Not looked at, because nothing is lost: responseTransferMode (gateways stream every answer, which keeps both of its promises).
 */
export function compileIntegration(model: IntegrationModel, context: MappingContext): IntegrationSnapshot | undefined {
  const { refusals } = context;
  refusals.when(model.connectionType === 'VPC_LINK', 'connectionType VPC_LINK');
  refusals.when(model.integrationTarget, 'integrationTarget');
  refusals.when(model.credentials, 'credentials');
  if (model.type === 'AWS' || model.type === 'AWS_PROXY') {
    refuseTimeout(model, context);
    return compileLambdaIntegration(model, model.type, context);
  }
  // Compiled for every type, also where AWS never uses them: what is refused does not depend on the type.
  const requestParameters = compileRequestMappings(model.requestParameters, context);
  const responses = model.integrationResponses.map((response) => compileResponse(response, context));

  const passthroughBehavior = compilePassthrough(model, context);
  if (!passthroughBehavior) return undefined;
  if (model.type === 'MOCK') {
    return { type: 'MOCK', ...compileMockTemplates(model, context), passthroughBehavior, responses };
  }
  refuseTimeout(model, context);
  switch (model.type) {
    case 'HTTP':
    case 'HTTP_PROXY': {
      const endpoint = {
        httpMethod: compileVerb(model, context),
        uri: compileUri(model, context),
        timeoutInMillis: model.timeoutInMillis,
        insecureSkipVerification: model.tlsConfig?.insecureSkipVerification ?? false,
        requestParameters,
      };
      // AWS never uses the integration responses of HTTP_PROXY: the backend's answer goes through.
      if (model.type === 'HTTP_PROXY') {
        refusals.when(model.contentHandling, `contentHandling ${model.contentHandling}`);
        return { type: 'HTTP_PROXY', ...endpoint };
      }
      return {
        type: 'HTTP',
        ...endpoint,
        ...compileRequestBody(model, context),
        refusesPassthrough: refusesPassthrough(model, passthroughBehavior),
        responses,
      };
    }
    default:
      refusals.add(`integration type ${model.type satisfies never}`);
      return undefined;
  }
}

function refuseTimeout({ timeoutInMillis, responseTransferMode }: IntegrationModel, { refusals }: MappingContext): void {
  const most = responseTransferMode === 'STREAM' ? TIMEOUT.mostOfStreams : TIMEOUT.most;
  refusals.when(
    !(timeoutInMillis >= TIMEOUT.least && timeoutInMillis <= most),
    `timeoutInMillis ${timeoutInMillis} (${TIMEOUT.least}..${most})`,
  );
}

function compileUri(model: IntegrationModel, context: MappingContext): string {
  const uri = model.uri ?? '';
  context.refusals.when(!HTTP_URI.test(uri), 'integration uri that is not http or https');
  context.refusals.when(USER_INFO.test(uri), 'user name or password in the integration uri');
  return uri;
}

/** Templates that only say a status are that status; the others are rendered. */
function compileMockTemplates(
  { requestTemplates }: IntegrationModel,
  context: MappingContext,
): Pick<MockIntegration, 'statusByContentType' | 'requestTemplates'> {
  const statusByContentType: MockIntegration['statusByContentType'] = [];
  const others: Record<string, string | null> = {};
  for (const [contentType, template] of Object.entries(requestTemplates).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const status = literalMockStatus(template);
    if (status === undefined) Object.defineProperty(others, contentType, { value: template, enumerable: true });
    else statusByContentType.push([contentType, status]);
  }
  const rendered = compileTemplates(others, context);
  return { statusByContentType, ...(rendered.length > 0 && { requestTemplates: rendered }) };
}

function compileResponse(model: IntegrationResponseModel, outer: MappingContext): IntegrationResponseSnapshot {
  const context = contextOfResponse(model, outer);
  const { refusals } = context;
  const statuses = model.selectionPattern ? context.patterns.statusesOf(model.selectionPattern) : null;
  refusals.when(statuses === undefined, `selectionPattern ${model.selectionPattern}`);
  return {
    statusCode: Number(model.statusCode),
    statuses: statuses ?? null,
    headers: compileResponseMappings(model.responseParameters, context),
    ...compileResponseBody(model, context),
  };
}
