import type { HttpProxyIntegration } from '@gatehouse/snapshot';
import { BackendRequestBuilder } from '../integration-request/backend-request.js';
import { proxiedAnswer } from '../integration-response/proxied-answer.js';
import type { CompiledIntegration, IntegrationContext } from './compile-integration.js';
import { callBackend } from './http-call.js';

/** HTTP_PROXY: the client's request to an HTTP backend, and its answer back, both nearly as they are. */
export function httpProxy(integration: HttpProxyIntegration, context: IntegrationContext): CompiledIntegration {
  const builder = new BackendRequestBuilder(integration, context);
  return {
    request: (stage) => builder.onStage(stage),
    invoke: callBackend(integration.timeoutInMillis),
    answer: proxiedAnswer,
  };
}
