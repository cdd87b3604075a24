import type { GatewayResponseModel } from '@gatehouse/api-model';
import type { GatewayResponseSnapshot } from '@gatehouse/snapshot';
import { compileGatewayResponseMappings, type MappingContext } from './compile-mapping.js';
import { sealLiteral } from './sealed-literal.js';

/** What an API's errors are answered with, ordered by type; what no gateway can answer is added to the refusals. */
export function compileGatewayResponses(
  models: readonly GatewayResponseModel[],
  context: MappingContext,
): GatewayResponseSnapshot[] {
  return models.map((model) => compile(model, context)).sort((a, b) => compare(a.responseType, b.responseType));
}

function compile(model: GatewayResponseModel, outer: MappingContext): GatewayResponseSnapshot {
  const { responseType, statusCode, responseParameters, responseTemplates } = model;
  const refusals = outer.refusals.at(`${outer.refusals.place}, gateway response ${responseType}`);
  const context = { ...outer, refusals };
  const status = statusCode === undefined ? null : Number(statusCode);
  const endsNothing = status !== null && status < 200;
  refusals.when(endsNothing, `statusCode ${statusCode}, which ends no exchange (RFC 9110, 15.2)`);
  return {
    responseType,
    statusCode: endsNothing ? null : status,
    headers: compileGatewayResponseMappings(responseParameters, context),
    templates: Object.entries(responseTemplates)
      .map(([contentType, text]): [string, string] => [contentType.toLowerCase(), sealLiteral(context, context.apiId, text)])
      .sort(([a], [b]) => compare(a, b)),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
