/** How a schema names another model of its API. Source: API Gateway's developer guide, "canonical form". */
const MODEL_URL = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/([^/]+)\/models\/([^/#?]+)$/;

/** A model of an API as the `$ref` of a schema names it. */
export function modelUrl(apiId: string, name: string): string {
  return `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;
}

/** What a `$ref` names; undefined unless it is a model's URL. */
export function parseModelUrl(ref: string): { apiId: string; name: string } | undefined {
  const [, apiId, name] = MODEL_URL.exec(ref) ?? [];
  return apiId !== undefined && name !== undefined ? { apiId, name } : undefined;
}
