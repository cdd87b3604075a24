import type { HttpIntegration } from '@gatehouse/snapshot';
import { ERRORS } from '../gateway-response/gateway-error.js';
import { BackendRequestBuilder } from '../integration-request/backend-request.js';
import { answerByStatus } from '../integration-response/select-by-status.js';
import type { CompiledIntegration, IntegrationContext } from './compile-integration.js';
import { callBackend } from './http-call.js';

/** HTTP: a request made of the mapped parameters, answered as the integration responses say. Bodies pass both ways as they are. */
export function http(integration: HttpIntegration, context: IntegrationContext): CompiledIntegration {
  const builder = new BackendRequestBuilder(integration, context);
  return {
    request: (stage) => (integration.refusesPassthrough ? () => ERRORS.unsupportedMediaType : builder.onStage(stage)),
    invoke: callBackend(integration.timeoutInMillis),
    answer: answerByStatus(integration.responses, context, { traced: true }),
  };
}
