import type { MethodModel, MethodResponseModel } from '@gatehouse/api-model';
import type { Documented } from './documented.js';
import type { Json } from './export-openapi.js';
import { inOrder } from './in-order.js';
import { modelReference } from './model-schemas.js';
import { requestParameters, responseHeaders, type MethodPlace, type ResponseHeader } from './request-parameters.js';

export function oas30Parameters(method: MethodModel, place: MethodPlace, documented: Documented): Json[] {
  return requestParameters(method, place).map(({ name, in: where, required, multiple, documentedAs, own }) => ({
    name,
    in: where,
    required: required || undefined,
    ...documented.attributes(documentedAs, { ...place, name }),
    ...own,
    schema: multiple ? { type: 'array', items: { type: 'string' } } : { type: 'string' },
  }));
}

export function oas30Body({ requestModels }: MethodModel, place: MethodPlace, documented: Documented): Json | undefined {
  return Object.keys(requestModels).length > 0
    ? { ...documented.attributes('REQUEST_BODY', place), content: content(requestModels), required: true }
    : undefined;
}

export function oas30Responses({ methodResponses }: MethodModel, place: MethodPlace, documented: Documented): Json {
  return Object.fromEntries(methodResponses.map((response) => [response.statusCode, oas30Response(response, place, documented)]));
}

function oas30Response(
  { statusCode, responseModels, responseParameters }: MethodResponseModel,
  place: MethodPlace,
  documented: Documented,
): Json {
  const headers = responseHeaders(responseParameters);
  const header = ({ name, required }: ResponseHeader): Json => ({
    required: required || undefined,
    ...documented.attributes('RESPONSE_HEADER', { ...place, statusCode, name }),
    schema: { type: 'string' },
  });
  return {
    description: `${statusCode} response`,
    ...documented.attributes('RESPONSE', { ...place, statusCode }),
    headers: headers.length > 0 ? Object.fromEntries(headers.map((each) => [each.name, header(each)])) : undefined,
    content: content(responseModels),
  };
}

function content(models: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(inOrder(models).map(([type, model]) => [type, { schema: { $ref: modelReference(model, 'oas30') } }]));
}
