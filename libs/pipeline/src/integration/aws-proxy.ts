import { SYNCHRONOUS_PAYLOAD_BYTES } from '@gatehouse/lambda-contract';
import type { LambdaProxyIntegration } from '@gatehouse/snapshot';
import { ERRORS } from '../gateway-response/gateway-error.js';
import { withBody } from '../integration-request/collected-body.js';
import { ProxyEvent } from '../integration-request/proxy-event.js';
import { proxiedFunctionAnswer, tracedAnswer } from '../integration-response/function-answer.js';
import type { CompiledIntegration, IntegrationContext } from './compile-integration.js';
import { LambdaCall, type LambdaCallOptions } from './lambda-call.js';
import { InvokedFunction } from './lambda-service.js';
import { StreamedLambdaCall } from './streamed-lambda-call.js';

/** AWS_PROXY: the request to a function as an event of version 1.0, and what it answers back, whole or as it comes. */
export function awsProxy(integration: LambdaProxyIntegration, context: IntegrationContext): CompiledIntegration {
  const { functionArn, httpMethod, timeoutInMillis, streams, credentials: role } = integration;
  const options: LambdaCallOptions = { timeoutInMillis, unavailable: ERRORS.functionUnavailable };
  return {
    request: (stage) => {
      const invocation = streams ? 'InvokeWithResponseStream' : 'Invoke';
      const invoked = InvokedFunction.onStage(functionArn, invocation, context.resourcePath, stage, role);
      if (!(invoked instanceof InvokedFunction)) return () => invoked;
      const event = new ProxyEvent(context, stage);
      return (exchange) => {
        if ((httpMethod ?? exchange.httpMethod) !== 'POST') return ERRORS.notPost;
        return invoked.withCredentials((credentials) =>
          withBody(exchange, (body) => {
            const bytes = event.of(exchange, body);
            if (bytes.length > SYNCHRONOUS_PAYLOAD_BYTES) return ERRORS.eventTooLarge;
            exchange.backendRequest = invoked.request(exchange, bytes, {}, null, credentials);
            return undefined;
          }),
        );
      };
    },
    invoke: (exchange) => {
      if (exchange.backendRequest === null) throw new Error('the integration request is not made');
      const call = streams ? new StreamedLambdaCall(exchange, options) : new LambdaCall(exchange, options);
      call.send(exchange.backendRequest);
    },
    answer: streams ? tracedAnswer : proxiedFunctionAnswer(context.binaryMediaTypes),
  };
}
