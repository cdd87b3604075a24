import type { IntegrationModel, IntegrationResponseModel } from '@gatehouse/api-model';
import type { IntegrationResponseSnapshot, IntegrationSnapshot, MockIntegration } from '@gatehouse/snapshot';
import { compileRequestBody, compileResponseBody, compileTemplates, refusesPassthrough } from './compile-body.js';
import { compileLambdaIntegration, serviceOfUri } from './compile-lambda-integration.js';
import { compileServiceIntegration } from './compile-service-integration.js';
import { compileRequestMappings, compileResponseMappings, type MappingContext } from './compile-mapping.js';
import { compilePassthrough, compileVerb, contextOfResponse } from './integration-settings.js';
import { literalMockStatus } from './mock-template.js';

/** Milliseconds. Who may set how much of it, the control plane decides. */
const TIMEOUT = { least: 50, most: 900_000 };
/** For the caller's own identity, which AWS takes from a signed request. */
const OWN_IDENTITY = 'arn:aws:iam::*:user/*';
const ROLE = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@/-]+$/;
/** A URI that is http(s) as written, or becomes so by a stage variable at its head. No user name or password: documents are not secret. */
const HTTP_URI = /^(?:https?:\/\/|\$\{stageVariables\.)/i;
const USER_INFO = /^https?:\/\/[^/?#]*@/i;

/**
 * Compiles one integration; undefined, with the reasons added to `context.refusals`, where its type or a setting cannot be served.
 *
 * Not looked at, because nothing is lost: responseTransferMode (gateways stream every answer, which keeps both of its promises); credentials of what is not AWS's, which AWS never
 * uses.
 */
export function compileIntegration(model: IntegrationModel, context: MappingContext): IntegrationSnapshot | undefined {
  const { refusals } = context;
  refusals.when(model.integrationTarget, 'integrationTarget');
  refusals.when(model.credentials === OWN_IDENTITY, `credentials ${OWN_IDENTITY}`);
  if (model.type === 'AWS' || model.type === 'AWS_PROXY') {
    refuseTimeout(model, context);
    refuseCredentials(model, context);
    const service = serviceOfUri(model.uri ?? '') ?? 'lambda';
    if (model.type === 'AWS' && service !== 'lambda') return compileServiceIntegration(model, context, compileResponse);
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
        ...(model.connectionType === 'VPC_LINK' && { vpcLink: model.connectionId ?? '' }),
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

function refuseTimeout({ timeoutInMillis }: IntegrationModel, { refusals }: MappingContext): void {
  refusals.when(
    !(timeoutInMillis >= TIMEOUT.least && timeoutInMillis <= TIMEOUT.most),
    `timeoutInMillis ${timeoutInMillis} (${TIMEOUT.least}..${TIMEOUT.most})`,
  );
}

/** An account's APIs act in the name of its own roles only, as on AWS ("Cross-account pass role is not allowed"). Of stage variables, gateways see to it. */
function refuseCredentials({ credentials }: IntegrationModel, { refusals, scope }: MappingContext): void {
  if (!credentials || credentials === OWN_IDENTITY || credentials.includes('${stageVariables.')) return;
  const [, accountId] = ROLE.exec(credentials) ?? [];
  if (accountId === undefined) refusals.add(`credentials ${credentials}, which name no role`);
  else refusals.when(accountId !== scope.accountId, `credentials ${credentials} of another account`);
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
