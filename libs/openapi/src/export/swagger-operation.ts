import type { MethodModel, MethodResponseModel } from '@gatehouse/api-model';
import type { Documented } from './documented.js';
import type { Json } from './export-openapi.js';
import { inOrder } from './in-order.js';
import { modelReference } from './model-schemas.js';
import { requestParameters, responseHeaders, type MethodPlace } from './request-parameters.js';

/**
 * What an operation takes and gives: the media types of its models or, without models, of the integration's templates.
 * Swagger 2.0 has one list for all bodies of an operation.
 */
export function swaggerMediaTypes(method: MethodModel): Json {
  const integration = method.methodIntegration;
  return {
    consumes: mediaTypes([method.requestModels], [integration?.requestTemplates ?? {}]),
    produces: mediaTypes(
      method.methodResponses.map(({ responseModels }) => responseModels),
      (integration?.integrationResponses ?? []).map(({ responseTemplates }) => responseTemplates),
    ),
  };
}

function mediaTypes(models: readonly object[], templates: readonly object[]): string[] | undefined {
  const [ofModels, ofTemplates] = [models, templates].map((maps) => [...new Set(maps.flatMap(Object.keys))].sort());
  const types = ofModels!.length > 0 ? ofModels! : ofTemplates!;
  return types.length > 0 ? types : undefined;
}

export function swaggerParameters(method: MethodModel, place: MethodPlace, documented: Documented): Json[] {
  return requestParameters(method).map(({ name, in: where, required, multiple, documentedAs }) => ({
    name,
    in: where,
    required,
    ...documented.attributes(documentedAs, { ...place, name }),
    ...(multiple ? { type: 'array', items: { type: 'string' } } : { type: 'string' }),
  }));
}

/** Swagger 2.0 has one body for all media types: that of JSON, else the first one. */
export function swaggerBody({ requestModels }: MethodModel, place: MethodPlace, documented: Documented): Json[] {
  const model = soleModel(requestModels);
  return model === undefined
    ? []
    : [
        {
          in: 'body',
          name: model,
          required: true,
          ...documented.attributes('REQUEST_BODY', { ...place, name: model }),
          schema: { $ref: modelReference(model, 'swagger') },
        },
      ];
}

export function swaggerResponses({ methodResponses }: MethodModel, place: MethodPlace, documented: Documented): Json {
  return Object.fromEntries(
    methodResponses.map((response) => [response.statusCode, swaggerResponse(response, place, documented)]),
  );
}

function swaggerResponse(
  { statusCode, responseModels, responseParameters }: MethodResponseModel,
  place: MethodPlace,
  documented: Documented,
): Json {
  const model = soleModel(responseModels);
  const headers = responseHeaders(responseParameters);
  const header = (name: string) => documented.attributes('RESPONSE_HEADER', { ...place, statusCode, name });
  return {
    description: `${statusCode} response`,
    ...documented.attributes('RESPONSE', { ...place, statusCode }),
    schema: model === undefined ? undefined : { $ref: modelReference(model, 'swagger') },
    headers:
      headers.length > 0 ? Object.fromEntries(headers.map(({ name }) => [name, { type: 'string', ...header(name) }])) : undefined,
  };
}

function soleModel(models: Readonly<Record<string, string>>): string | undefined {
  const entries = inOrder(models);
  return (entries.find(([type]) => type === 'application/json') ?? entries[0])?.[1];
}
