import type { IntegrationModel, IntegrationResponseModel } from '@gatehouse/api-model';
import type { Json } from './export-openapi.js';
import { unlessEmpty } from './in-order.js';

/** Milliseconds that an integration has where its document gives none. */
const DEFAULT_TIMEOUT = 29_000;

/** A method's integration as `x-amazon-apigateway-integration`, without what an import fills in. */
export function integrationExtension(integration: IntegrationModel, resourceId: string): Json {
  const { cacheKeyParameters, cacheNamespace, timeoutInMillis } = integration;
  const caches = cacheKeyParameters.length > 0;
  return {
    type: integration.type.toLowerCase(),
    httpMethod: integration.httpMethod,
    uri: integration.uri,
    credentials: integration.credentials,
    connectionType: integration.connectionType === 'VPC_LINK' ? 'VPC_LINK' : undefined,
    connectionId: integration.connectionId,
    responses: responses(integration.integrationResponses),
    requestParameters: unlessEmpty(integration.requestParameters),
    requestTemplates: unlessEmpty(integration.requestTemplates),
    passthroughBehavior: integration.passthroughBehavior.toLowerCase(),
    contentHandling: integration.contentHandling,
    timeoutInMillis: timeoutInMillis === DEFAULT_TIMEOUT ? undefined : timeoutInMillis,
    cacheNamespace: caches || cacheNamespace !== resourceId ? cacheNamespace : undefined,
    cacheKeyParameters: caches ? cacheKeyParameters : undefined,
    tlsConfig: integration.tlsConfig,
    responseTransferMode: integration.responseTransferMode,
    integrationTarget: integration.integrationTarget,
  };
}

/** The name of the response without a selection pattern. */
const DEFAULT_RESPONSE = 'default';

/** A pattern that reads like that name is written as another one that matches the same. */
const nameOf = (pattern: string | undefined) => (pattern === DEFAULT_RESPONSE ? `(?:${pattern})` : pattern || DEFAULT_RESPONSE);

/** By selection pattern; of several responses with one pattern the first counts, as a document has room for one. */
function responses(list: readonly IntegrationResponseModel[]): Json | undefined {
  const byPattern = new Map<string, Json>();
  for (const response of list) {
    const pattern = nameOf(response.selectionPattern);
    if (byPattern.has(pattern)) continue;
    byPattern.set(pattern, {
      statusCode: response.statusCode,
      responseParameters: unlessEmpty(response.responseParameters),
      responseTemplates: unlessEmpty(response.responseTemplates),
      contentHandling: response.contentHandling,
    });
  }
  return unlessEmpty(Object.fromEntries(byPattern));
}
