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

/** A schema's text with every reference to a model of one API moved to another API; everything else, layout too, stays. */
export function withModelUrlsOf(schema: string, { from, to }: { from: string; to: string }): string {
  // JSON may escape a slash.
  const slash = '(\\\\?/)';
  const reference = new RegExp(
    `(https:${slash}${slash}apigateway\\.amazonaws\\.com${slash}restapis${slash})${from}(${slash}models${slash})`,
    'g',
  );
  return schema.replace(reference, (_, before: string, ...groups: string[]) => `${before}${to}${groups[4]}`);
}
