import type { TestInvocation, TestOutcome } from '@gatehouse/snapshot';
import { Exchange } from '../exchange.js';
import { utf8Bytes } from '../http/byte-text.js';
import type { OpenLiteral } from '../integration-request/parameter-value.js';
import { serveRoute } from '../rest-pipeline.js';
import type { PipelineServices } from '../stage/served-stage.js';
import type { ClientCertificate } from '../upstream/upstream.js';
import { CollectedResponse } from './collected-response.js';
import { askAuthorizer } from './test-authorizer.js';
import { testLog } from './test-log.js';
import { ImpossibleRequest, testRequest } from './test-request.js';
import { testStage, type TestStage } from './test-stage.js';

/** Bytes of an answer's body that are told. */
const MOST_BODY_BYTES = 1_048_576;
/** Value of `$context.identity.apiKey`. Source: events of AWS's test invocations. */
const API_KEY = 'test-invoke-api-key';
/** The gateway's own, which AWS leaves out of what it tells. */
const IDENTIFIERS = new Set(['x-amzn-requestid', 'x-amz-apigw-id']);

/**
 * Runs a method, or asks an authorizer, as the control plane has compiled it just now: the road of any other request, on a stage of its own. Limits, keys, caches and
 * authorizers that others have are not touched. Source: AWS, TestInvokeMethod and TestInvokeAuthorizer.
 *
 * @param clientCertificate what is shown to backends that ask for one
 * @throws where a part of it cannot be served; the message names no secret
 */
export async function runTestInvocation(
  test: TestInvocation,
  openLiteral: OpenLiteral,
  services: PipelineServices,
  clientCertificate: ClientCertificate | null = null,
): Promise<TestOutcome> {
  const served = testStage(test, openLiteral, services, clientCertificate);
  const response = new CollectedResponse(MOST_BODY_BYTES);
  try {
    const path = utf8Bytes(encodeURI(served.route.path).replace(/%7[BD]/g, decodeURIComponent));
    const exchange = new Exchange(testRequest(test, path), response);
    // What is shown of the path is the path, without a stage.
    exchange.domainName = exchange.request.host;
    exchange.apiKey = API_KEY;
    exchange.additionalContext = new Map(test.additionalContext.map(([name, value]) => [name, utf8Bytes(value)]));
    return await (test.kind === 'method' ? runMethod(exchange, served, response) : askAuthorizer(exchange, served, response));
  } catch (error) {
    if (error instanceof ImpossibleRequest) return { kind: 'refused', message: error.message };
    throw error;
  }
}

async function runMethod(exchange: Exchange, { stage, route }: TestStage, response: CollectedResponse): Promise<TestOutcome> {
  const { httpMethod, request } = exchange;
  const match = stage.deployment.routes.match(httpMethod, request.target?.path ?? '/');
  // A path that is another method's gives this one's parameters no values. Source: recorded behaviour of AWS.
  serveRoute(exchange, stage, route, match?.values ?? route.parameterNames.map(() => ''));
  const { status, headers, body, isCut } = await response.read;
  if (isCut) exchange.log?.note('The body of the answer is not told whole, or broke off');
  return {
    kind: 'method',
    status,
    headers: headers.filter(([name]) => !IDENTIFIERS.has(name.toLowerCase())),
    body,
    log: testLog(exchange.requestId, exchange.log?.sentences() ?? []),
    latency: Math.round(exchange.answeredAt - exchange.startedAt),
  };
}
