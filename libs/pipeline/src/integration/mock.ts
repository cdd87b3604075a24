import type { MockIntegration } from '@gatehouse/snapshot';
import type { Template } from '@gatehouse/vtl';
import type { Exchange } from '../exchange.js';
import { ERRORS, requestTooLarge, type GatewayError } from '../gateway-response/gateway-error.js';
import { BodyTooLarge } from '../http/request-body.js';
import { mockStatusOf } from './mock-status.js';
import { MappingTemplates, type BrokenTemplate } from '../templates/mapping-templates.js';
import { renderRequest } from '../templates/render.js';
import { mediaType } from '../http/binary-media-types.js';
import { CONTENT_TYPE } from '../http/header-info.js';
import { answerByStatus } from '../integration-response/select-by-status.js';
import type { CompiledIntegration, IntegrationContext } from './compile-integration.js';

/** MOCK: answers by itself, with the integration response that the status of its request template selects. */
export function mock(integration: MockIntegration, context: IntegrationContext): CompiledIntegration {
  const statuses = new Map(integration.statusByContentType.map(([contentType, status]) => [contentType.toLowerCase(), status]));
  const fallback = statuses.get('$default');
  const templates = new MappingTemplates(integration.requestTemplates ?? [], context.openLiteral);
  const unmatched = refusalWithoutTemplate(integration, statuses.size + templates.size > 0);
  return {
    request: (stage) => (exchange) => {
      const type = mediaType(exchange.headers.first(CONTENT_TYPE));
      const literal = statuses.get(type) ?? (templates.has(type) ? undefined : fallback);
      if (literal !== undefined) {
        exchange.integrationStatus = literal;
        return undefined;
      }
      const template = templates.ofRequest(type);
      if (!template) return unmatched;
      const rendered = (body: Buffer) => takeStatus(exchange, template, body);
      const { body } = exchange.request;
      if (body.length === 0) return rendered(NO_BYTES);
      return body
        .collect(stage.services.bodyLimit)
        .then(rendered, (error: unknown) =>
          error instanceof BodyTooLarge ? requestTooLarge(stage.services.bodyLimit) : ERRORS.clientBroke,
        );
    },
    invoke: (exchange) => exchange.conclude({ status: exchange.integrationStatus ?? 500, headers: [], body: null, length: 0 }),
    ...answerByStatus(integration.responses, context, { traced: false }),
  };
}

const NO_BYTES = Buffer.alloc(0);

/** The status that a rendered template says. */
function takeStatus(exchange: Exchange, template: Template | BrokenTemplate, body: Buffer): GatewayError | undefined {
  const rendered = renderRequest(template, exchange, body.toString('utf8'));
  if (typeof rendered !== 'string') return rendered;
  const status = mockStatusOf(rendered);
  if (status === undefined) return ERRORS.mockWithoutStatus;
  exchange.integrationStatus = status;
  return undefined;
}

/** Where a body would pass through, a mock has nothing to read its status from. */
function refusalWithoutTemplate({ passthroughBehavior }: MockIntegration, hasTemplates: boolean) {
  const refuses = passthroughBehavior === 'NEVER' || (passthroughBehavior === 'WHEN_NO_TEMPLATES' && hasTemplates);
  return refuses ? ERRORS.unsupportedMediaType : ERRORS.mockWithoutStatus;
}
