import type { MethodModel, MethodResponseModel } from '@gatehouse/api-model';
import type { Json } from './export-openapi.js';
import { inOrder } from './in-order.js';
import { modelReference } from './model-schemas.js';
import { requestParameters, responseHeaders } from './request-parameters.js';

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

export function swaggerParameters(method: MethodModel): Json[] {
  return requestParameters(method).map(({ name, in: place, required, multiple }) => ({
    name,
    in: place,
    required,
    ...(multiple ? { type: 'array', items: { type: 'string' } } : { type: 'string' }),
  }));
}

/** Swagger 2.0 has one body for all media types: that of JSON, else the first one. */
export function swaggerBody({ requestModels }: MethodModel): Json[] {
  const model = soleModel(requestModels);
  return model === undefined
    ? []
    : [{ in: 'body', name: model, required: true, schema: { $ref: modelReference(model, 'swagger') } }];
}

export function swaggerResponses({ methodResponses }: MethodModel): Json {
  return Object.fromEntries(methodResponses.map((response) => [response.statusCode, swaggerResponse(response)]));
}

function swaggerResponse({ statusCode, responseModels, responseParameters }: MethodResponseModel): Json {
  const model = soleModel(responseModels);
  const headers = responseHeaders(responseParameters);
  return {
    description: `${statusCode} response`,
    schema: model === undefined ? undefined : { $ref: modelReference(model, 'swagger') },
    headers: headers.length > 0 ? Object.fromEntries(headers.map((name) => [name, { type: 'string' }])) : undefined,
  };
}

function soleModel(models: Readonly<Record<string, string>>): string | undefined {
  const entries = inOrder(models);
  return (entries.find(([type]) => type === 'application/json') ?? entries[0])?.[1];
}
