import type { IntegrationModel, IntegrationResponseModel } from '@gatehouse/api-model';
import type { ContentHandling, RequestBodySnapshot, ResponseBodySnapshot, TemplateSnapshot } from '@gatehouse/snapshot';
import type { MappingContext } from './compile-mapping.js';
import { sealLiteral } from './sealed-literal.js';

type PassthroughBehavior = 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';

/** What an integration makes of the bodies of requests. */
export function compileRequestBody(
  { requestTemplates, contentHandling }: IntegrationModel,
  context: MappingContext,
): RequestBodySnapshot {
  const templates = compileTemplates(requestTemplates, context);
  return {
    ...(templates.length > 0 && { requestTemplates: templates }),
    ...compileContentHandling(contentHandling, context),
  };
}

/** Whether a body for which there is no template is refused. Source: AWS, "Integration passthrough behaviors". */
export function refusesPassthrough({ requestTemplates }: IntegrationModel, behavior: PassthroughBehavior): boolean {
  return behavior === 'NEVER' || (behavior === 'WHEN_NO_TEMPLATES' && Object.keys(requestTemplates).length > 0);
}

/** What an integration response makes of the bodies of answers. */
export function compileResponseBody(
  { responseTemplates, contentHandling }: IntegrationResponseModel,
  context: MappingContext,
): ResponseBodySnapshot {
  const templates = compileTemplates(responseTemplates, context);
  return {
    // Without a text in any of them every body passes as it is.
    ...(templates.some(([, template]) => template !== '') && { templates }),
    ...compileContentHandling(contentHandling, context),
  };
}

/** Sealed, one after the other as they are written. One without text leaves bodies as they are; it stays an empty text. */
export function compileTemplates(templates: Record<string, string | null>, context: MappingContext): TemplateSnapshot[] {
  return Object.entries(templates).map(([contentType, template]) => [
    contentType.toLowerCase(),
    template ? sealLiteral(context, context.apiId, template) : '',
  ]);
}

function compileContentHandling(
  contentHandling: string | undefined,
  { refusals }: MappingContext,
): { contentHandling?: ContentHandling } {
  if (contentHandling === undefined) return {};
  if (contentHandling === 'CONVERT_TO_BINARY' || contentHandling === 'CONVERT_TO_TEXT') return { contentHandling };
  refusals.add(`contentHandling ${contentHandling}`);
  return {};
}
