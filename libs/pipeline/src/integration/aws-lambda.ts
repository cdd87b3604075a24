import { SYNCHRONOUS_PAYLOAD_BYTES } from '@gatehouse/lambda-contract';
import type { LambdaIntegration, ParameterMapping } from '@gatehouse/snapshot';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { withBody } from '../integration-request/collected-body.js';
import { RequestMapping } from '../integration-request/request-mapping.js';
import { RequestTransform } from '../integration-request/request-transform.js';
import { answerByError } from '../integration-response/select-by-error.js';
import type { CompiledIntegration, IntegrationContext } from './compile-integration.js';
import { LambdaCall, type LambdaCallOptions } from './lambda-call.js';
import { InvokedFunction } from './lambda-service.js';
import type { AwsCredentials } from './role-sessions.js';

/** What Lambda heeds of a request to invoke a function. Other headers say nothing to it, and some would say too much to a functions service. */
const HEEDED_HEADERS = new Set(['x-amz-invocation-type', 'x-amz-log-type', 'x-amz-client-context']);
const QUALIFIER = 'Qualifier';

const NO_BYTES = Buffer.alloc(0);

/** A request without a body is an event without members. Source: recorded behaviour of AWS. */
const EMPTY_EVENT = Buffer.from('{}');

/** AWS, of the service Lambda: the request's body is the event, and the integration responses say what becomes of the answer. */
export function awsLambda(integration: LambdaIntegration, context: IntegrationContext): CompiledIntegration {
  const { functionArn, httpMethod, timeoutInMillis, responses, credentials: role } = integration;
  const transform = new RequestTransform(integration, context);
  const parameters = integration.requestParameters.filter(isHeeded);
  const mapping = new RequestMapping(parameters, context.parameterNames, context.openLiteral);
  const options: LambdaCallOptions = { timeoutInMillis, unavailable: ERRORS.functionNotRun };
  const invoke = (
    exchange: Exchange,
    invoked: InvokedFunction,
    event: Buffer,
    credentials: AwsCredentials,
  ): GatewayError | undefined => {
    const headers: Record<string, string> = {};
    const refusal = addHeaders(mapping, exchange, headers);
    if (refusal !== undefined) return refusal;
    const qualifier = new URLSearchParams(mapping.addQuery(exchange, '')).get(QUALIFIER);
    exchange.backendRequest = invoked.request(exchange, event, headers, qualifier, credentials);
    return undefined;
  };
  return {
    request: (stage) => {
      const invoked = InvokedFunction.onStage(functionArn, 'Invoke', context.resourcePath, stage, role);
      if (!(invoked instanceof InvokedFunction)) return () => invoked;
      return (exchange) => {
        if ((httpMethod ?? exchange.httpMethod) !== 'POST') return ERRORS.notPost;
        const becomes = transform.of(exchange);
        if (becomes !== null && typeof becomes !== 'function') return becomes;
        return invoked.withCredentials((credentials) =>
          withBody(exchange, (body) => {
            exchange.wholeBody = body ?? NO_BYTES;
            const event = becomes === null ? body : becomes(body ?? NO_BYTES);
            if (event !== null && !Buffer.isBuffer(event)) return event;
            if (event !== null && event.length > SYNCHRONOUS_PAYLOAD_BYTES) return ERRORS.eventTooLarge;
            return invoke(exchange, invoked, event === null || event.length === 0 ? EMPTY_EVENT : event, credentials);
          }),
        );
      };
    },
    invoke: (exchange) => {
      if (exchange.backendRequest === null) throw new Error('the integration request is not made');
      new LambdaCall(exchange, options).send(exchange.backendRequest);
    },
    answer: answerByError(responses, context),
  };
}

function isHeeded({ target }: ParameterMapping): boolean {
  if (target.in === 'header') return HEEDED_HEADERS.has(target.name.toLowerCase());
  return target.in === 'querystring' && target.name === QUALIFIER;
}

function addHeaders(mapping: RequestMapping, exchange: Exchange, headers: Record<string, string>): GatewayError | undefined {
  const list: string[] = [];
  const refusal = mapping.addHeaders(exchange, list, []);
  for (let i = 0; i < list.length; i += 2) {
    const lower = (list[i] as string).toLowerCase();
    // A template may set any.
    if (HEEDED_HEADERS.has(lower)) headers[lower] = list[i + 1] as string;
  }
  return refusal;
}
