import type { HttpIntegration } from '@gatehouse/snapshot';
import { ERRORS } from '../gateway-response/gateway-error.js';
import { BackendRequestBuilder } from '../integration-request/backend-request.js';
import { answerByStatus } from '../integration-response/select-by-status.js';
import type { CompiledIntegration, IntegrationContext } from './compile-integration.js';
import { callBackend } from './http-call.js';

/** HTTP: a request made of the mapped parameters, answered as the integration responses say. */
export function http(integration: HttpIntegration, context: IntegrationContext): CompiledIntegration {
  const builder = new BackendRequestBuilder(integration, context);
  const { answer, readsBody } = answerByStatus(integration.responses, context, { traced: true });
  const refusesAll = integration.refusesPassthrough && !integration.requestTemplates?.length;
  return {
    request: (stage) => (refusesAll ? () => ERRORS.unsupportedMediaType : builder.onStage(stage)),
    invoke: callBackend(integration.timeoutInMillis, readsBody),
    answer,
  };
}
