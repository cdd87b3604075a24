import type { MethodModel, MethodResponseModel } from '@gatehouse/api-model';
import type { Json } from './export-openapi.js';
import { inOrder } from './in-order.js';
import { modelReference } from './model-schemas.js';
import { requestParameters, responseHeaders } from './request-parameters.js';

export function oas30Parameters(method: MethodModel): Json[] {
  return requestParameters(method).map(({ name, in: place, required, multiple }) => ({
    name,
    in: place,
    required: required || undefined,
    schema: multiple ? { type: 'array', items: { type: 'string' } } : { type: 'string' },
  }));
}

export function oas30Body({ requestModels }: MethodModel): Json | undefined {
  return Object.keys(requestModels).length > 0 ? { content: content(requestModels), required: true } : undefined;
}

export function oas30Responses({ methodResponses }: MethodModel): Json {
  return Object.fromEntries(methodResponses.map((response) => [response.statusCode, oas30Response(response)]));
}

function oas30Response({ statusCode, responseModels, responseParameters }: MethodResponseModel): Json {
  const headers = responseHeaders(responseParameters);
  return {
    description: `${statusCode} response`,
    headers: headers.length > 0 ? Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }])) : undefined,
    content: content(responseModels),
  };
}

function content(models: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(inOrder(models).map(([type, model]) => [type, { schema: { $ref: modelReference(model, 'oas30') } }]));
}
