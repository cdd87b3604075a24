import type { IntegrationModel, IntegrationResponseModel } from '@gatehouse/api-model';
import { parseFunctionArn, parseLambdaUri, type LambdaUri } from '@gatehouse/lambda-contract';
import { compileJavaPattern } from '@gatehouse/patterns';
import type { ErrorResponseSnapshot, LambdaIntegration, LambdaProxyIntegration } from '@gatehouse/snapshot';
import { compileRequestBody, compileResponseBody, refusesPassthrough } from './compile-body.js';
import { compileRequestMappings, compileResponseMappings, type MappingContext } from './compile-mapping.js';
import { compilePassthrough, compileVerb, contextOfResponse } from './integration-settings.js';

/** AWS takes mappings to these, beside those that no integration can have, and answers every call with 500. */
const ANSWERED_500_BY_AWS = new Set(['authorization', 'expect', 'proxy-authenticate', 'te']);
const STAGE_VARIABLE = /\$\{stageVariables\.[^}]*\}/;

/**
 * Compiles an integration of a Lambda function; undefined, with the reasons added to `context.refusals`, where it calls none or its settings cannot be served.
 *
 * Of AWS_PROXY neither templates nor integration responses nor the passthrough behaviour are looked at: AWS never uses them, and tools write them.
 */
export function compileLambdaIntegration(
  model: IntegrationModel,
  type: 'AWS' | 'AWS_PROXY',
  context: MappingContext,
): LambdaIntegration | LambdaProxyIntegration | undefined {
  const { refusals } = context;
  // Refused also where AWS ignores a mapping: of what a header must not be set to, AWS_PROXY answers 500 too.
  const requestParameters = compileRequestMappings(model.requestParameters, context);
  refuseHeadersOfAws(model, context);
  const uri = compileUri(model, type, context);
  if (uri === undefined) return undefined;
  const endpoint = {
    functionArn: uri.functionArn,
    httpMethod: compileVerb(model, context),
    timeoutInMillis: model.timeoutInMillis,
    ...(model.credentials && { credentials: model.credentials }),
  };
  if (type === 'AWS_PROXY') {
    // Text is what functions get and give in any case: the console of AWS writes this wherever it makes such an integration.
    const { contentHandling } = model;
    refusals.when(contentHandling !== 'CONVERT_TO_TEXT' && contentHandling, `contentHandling ${contentHandling}`);
    return { type, ...endpoint, streams: uri.streams || model.responseTransferMode === 'STREAM' };
  }
  refusals.when(uri.streams || model.responseTransferMode === 'STREAM', 'a streamed answer of integration type AWS');
  const passthroughBehavior = compilePassthrough(model, context);
  if (passthroughBehavior === undefined) return undefined;
  return {
    type,
    ...endpoint,
    requestParameters,
    ...compileRequestBody(model, context),
    refusesPassthrough: refusesPassthrough(model, passthroughBehavior),
    responses: model.integrationResponses.map((response) => compileResponse(response, context)),
  };
}

/** Of integrations AWS and AWS_PROXY. */
export function refuseHeadersOfAws({ requestParameters }: IntegrationModel, { refusals }: MappingContext): void {
  for (const key of Object.keys(requestParameters)) {
    const header = /^integration\.request\.header\.(.+)$/.exec(key)?.[1]?.toLowerCase();
    refusals.when(header !== undefined && ANSWERED_500_BY_AWS.has(header), `mapping to ${key}`);
  }
}

function compileUri({ uri = '' }: IntegrationModel, type: string, { refusals }: MappingContext): LambdaUri | undefined {
  const lambda = parseLambdaUri(uri);
  if (lambda !== null) {
    refusals.when(!mayNameFunction(lambda.functionArn), 'integration uri that names no function');
    return lambda;
  }
  const service = serviceOfUri(uri);
  refusals.add(
    service === undefined || service === 'lambda'
      ? `integration type ${type} with a uri that calls no function`
      : `integration type ${type} with ${service}`,
  );
  return undefined;
}

/** The service that the URI of an integration AWS or AWS_PROXY names. */
export function serviceOfUri(uri: string): string | undefined {
  return /^arn:[^:]*:apigateway:[^:]*:([^:]+):/.exec(uri)?.[1];
}

/** Whether it is the ARN of a function, with some value in place of each stage variable. */
function mayNameFunction(functionArn: string): boolean {
  return STAGE_VARIABLE.test(functionArn) || parseFunctionArn(functionArn) !== null;
}

function compileResponse(model: IntegrationResponseModel, outer: MappingContext): ErrorResponseSnapshot {
  const context = contextOfResponse(model, outer);
  const { refusals } = context;
  const pattern = model.selectionPattern ? compileJavaPattern(model.selectionPattern) : null;
  refusals.when(pattern === undefined, `selectionPattern ${model.selectionPattern}`);
  return {
    statusCode: Number(model.statusCode),
    pattern: pattern ?? null,
    headers: compileResponseMappings(model.responseParameters, context),
    ...compileResponseBody(model, context),
  };
}
