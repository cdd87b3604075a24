import type { MethodModel, MethodResponseModel } from '@gatehouse/api-model';
import { OWN } from '../own-extensions.js';
import type { Documented } from './documented.js';
import type { Json } from './export-openapi.js';
import { inOrder } from './in-order.js';
import { modelReference } from './model-schemas.js';
import { requestParameters, responseHeaders, type MethodPlace, type ResponseHeader } from './request-parameters.js';

/**
 * What an operation takes and gives: the media types of its models or, without models, of the integration's templates.
 * Swagger 2.0 has one list for all bodies of an operation.
 */
export function swaggerMediaTypes(method: MethodModel): { consumes?: string[]; produces?: string[] } {
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
  return requestParameters(method, place).map(({ name, in: where, required, multiple, documentedAs, own }) => ({
    name,
    in: where,
    required,
    ...documented.attributes(documentedAs, { ...place, name }),
    ...own,
    ...(multiple ? { type: 'array', items: { type: 'string' } } : { type: 'string' }),
  }));
}

/** Swagger 2.0 has one body for all media types: that of JSON, else the first one. */
export function swaggerBody(method: MethodModel, place: MethodPlace, documented: Documented): Json[] {
  const { requestModels } = method;
  const model = soleModel(requestModels);
  return model === undefined
    ? []
    : [
        {
          in: 'body',
          name: model,
          required: true,
          ...documented.attributes('REQUEST_BODY', { ...place, name: model }),
          ...(place.exact ? bodies(requestModels, swaggerMediaTypes(method).consumes) : {}),
          schema: { $ref: modelReference(model, 'swagger') },
        },
      ];
}

export function swaggerResponses(method: MethodModel, place: MethodPlace, documented: Documented): Json {
  const { produces } = swaggerMediaTypes(method);
  return Object.fromEntries(
    method.methodResponses.map((response) => [
      response.statusCode,
      {
        ...swaggerResponse(response, place, documented),
        ...(place.exact ? bodies(response.responseModels, produces) : {}),
      },
    ]),
  );
}

/** The model of each media type, unless the operation's list of media types with the one schema says the same. */
function bodies(models: Readonly<Record<string, string>>, mediaTypes: readonly string[] = []): Json {
  const entries = inOrder(models);
  const isPlain = entries.length === 0 || (entries.length === mediaTypes.length && new Set(Object.values(models)).size === 1);
  if (isPlain) return {};
  return { [OWN.bodies]: Object.fromEntries(entries.map(([type, model]) => [type, { $ref: modelReference(model, 'swagger') }])) };
}

function swaggerResponse(
  { statusCode, responseModels, responseParameters }: MethodResponseModel,
  place: MethodPlace,
  documented: Documented,
): Json {
  const model = soleModel(responseModels);
  const headers = responseHeaders(responseParameters);
  const header = ({ name, required }: ResponseHeader) => ({
    type: 'string',
    ...documented.attributes('RESPONSE_HEADER', { ...place, statusCode, name }),
    ...(place.exact && required ? { [OWN.required]: true } : {}),
  });
  return {
    description: `${statusCode} response`,
    ...documented.attributes('RESPONSE', { ...place, statusCode }),
    schema: model === undefined ? undefined : { $ref: modelReference(model, 'swagger') },
    headers: headers.length > 0 ? Object.fromEntries(headers.map((each) => [each.name, header(each)])) : undefined,
  };
}

function soleModel(models: Readonly<Record<string, string>>): string | undefined {
  const entries = inOrder(models);
  return (entries.find(([type]) => type === 'application/json') ?? entries[0])?.[1];
}
