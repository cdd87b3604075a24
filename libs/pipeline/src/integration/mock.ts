import type { MockIntegration } from '@gatehouse/snapshot';
import { ERRORS } from '../gateway-response/gateway-error.js';
import { mediaType } from '../http/binary-media-types.js';
import { CONTENT_TYPE } from '../http/header-info.js';
import { answerByStatus } from '../integration-response/select-by-status.js';
import type { CompiledIntegration, IntegrationContext } from './compile-integration.js';

/** MOCK: answers by itself, with the integration response that the status of its request template selects. */
export function mock(integration: MockIntegration, context: IntegrationContext): CompiledIntegration {
  const statuses = new Map(integration.statusByContentType.map(([contentType, status]) => [contentType.toLowerCase(), status]));
  const fallback = statuses.get('$default');
  const unmatched = refusalWithoutTemplate(integration, statuses.size > 0);
  return {
    request: () => (exchange) => {
      const status = statuses.get(mediaType(exchange.headers.first(CONTENT_TYPE))) ?? fallback;
      if (status === undefined) return unmatched;
      exchange.integrationStatus = status;
      return undefined;
    },
    invoke: (exchange) => exchange.conclude({ status: exchange.integrationStatus ?? 500, headers: [], body: null, length: 0 }),
    answer: answerByStatus(integration.responses, context, { traced: false }),
  };
}

/** Where a body would pass through, a mock has nothing to read its status from. */
function refusalWithoutTemplate({ passthroughBehavior }: MockIntegration, hasTemplates: boolean) {
  const refuses = passthroughBehavior === 'NEVER' || (passthroughBehavior === 'WHEN_NO_TEMPLATES' && hasTemplates);
  return refuses ? ERRORS.unsupportedMediaType : ERRORS.mockWithoutStatus;
}
