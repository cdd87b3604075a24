import { HTTP_METHODS, type IntegrationModel, type IntegrationResponseModel } from '@gatehouse/api-model';
import type { MappingContext } from './compile-mapping.js';

// What integrations of several types have in common.

const PASSTHROUGH_BEHAVIORS = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] as const;

/** Undefined, and a refusal, for one that is not known. */
export function compilePassthrough({ passthroughBehavior }: IntegrationModel, { refusals }: MappingContext) {
  const known = PASSTHROUGH_BEHAVIORS.find((each) => each === passthroughBehavior);
  if (known === undefined) refusals.add(`passthroughBehavior ${passthroughBehavior}`);
  return known;
}

/** Null stands for the client's verb. */
export function compileVerb(model: IntegrationModel, context: MappingContext): string | null {
  const verb = model.httpMethod ?? 'ANY';
  context.refusals.when(!HTTP_METHODS.some((known) => known === verb), `integration httpMethod ${verb}`);
  return verb === 'ANY' ? null : verb;
}

/** Where refusals of one integration response go, with those that are the same for every type of integration. */
export function contextOfResponse(model: IntegrationResponseModel, context: MappingContext): MappingContext {
  const refusals = context.refusals.at(`${context.refusals.place}, integration response ${model.statusCode}`);
  refusals.when(Number(model.statusCode) < 200, `statusCode ${model.statusCode}, which ends no exchange (RFC 9110, 15.2)`);
  return { ...context, refusals };
}
