import type { ServiceIntegration } from '@gatehouse/snapshot';
import { ERRORS } from '../gateway-response/gateway-error.js';
import { withTransformedBody } from '../integration-request/collected-body.js';
import { RequestTransform } from '../integration-request/request-transform.js';
import { ServiceRequestBuilder } from '../integration-request/service-request.js';
import { answerByStatus } from '../integration-response/select-by-status.js';
import { CallerRole, upstreamOfServices } from './aws-services.js';
import type { CompiledIntegration, IntegrationContext } from './compile-integration.js';
import { callBackend } from './http-call.js';

const NO_BYTES = Buffer.alloc(0);

/** AWS, of any service but Lambda: a signed request made of the mapped parameters, answered as the integration responses say. */
export function awsService(integration: ServiceIntegration, context: IntegrationContext): CompiledIntegration {
  const builder = new ServiceRequestBuilder(integration, context);
  const transform = new RequestTransform(integration, context);
  const { answer, readsBody } = answerByStatus(integration.responses, context, { traced: true });
  return {
    request: (stage) => {
      const role = CallerRole.onStage(integration.credentials, integration.region, stage);
      if (!(role instanceof CallerRole)) return () => role;
      const build = builder.onStage(stage);
      if (typeof build !== 'function') return () => build;
      const { bodyLimit } = stage.services;
      if (integration.refusesPassthrough && !integration.requestTemplates?.length) return () => ERRORS.unsupportedMediaType;
      return (exchange) =>
        role.with((credentials) =>
          // The signature is over the body.
          withTransformedBody(exchange, transform, bodyLimit, true, (body) => build(exchange, body ?? NO_BYTES, credentials)),
        );
    },
    invoke: callBackend(integration.timeoutInMillis, readsBody, upstreamOfServices),
    answer: (exchange, draft) => {
      exchange.endpointHeaders = draft.headers;
      return answer(exchange, draft);
    },
  };
}
