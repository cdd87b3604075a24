import type { IntegrationModel, IntegrationResponseModel } from '@gatehouse/api-model';
import { LONGEST_NAME } from '../import/document/read-document.js';
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
    connectionType: isImplied(integration) ? undefined : integration.connectionType,
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

/** An import gives integrations over HTTP the internet. */
const isImplied = ({ type, connectionType }: IntegrationModel) => connectionType === 'INTERNET' && type.startsWith('HTTP');

/**
 * What the extension loses: verb and URI where an import has its own mind about them, and of the responses what does not fit under patterns,
 * by status code.
 */
export function ownIntegration({ type, httpMethod, uri, integrationResponses }: IntegrationModel): Json | undefined {
  const own = {
    httpMethod: type === 'MOCK' || (type === 'AWS_PROXY' && httpMethod !== 'POST') ? httpMethod : undefined,
    uri: type === 'MOCK' ? uri : undefined,
    responses: ownResponses(integrationResponses),
  };
  return Object.values(own).some((member) => member !== undefined) ? own : undefined;
}

function ownResponses(list: readonly IntegrationResponseModel[]): Json | undefined {
  const patterns = new Set<string>();
  const own = list.flatMap((response): [string, Json][] => {
    const { statusCode, selectionPattern } = response;
    const name = nameOf(selectionPattern);
    const isShown = isName(name) && !patterns.has(name);
    patterns.add(name);
    const readAs = name === DEFAULT_RESPONSE ? undefined : name;
    if (isShown && readAs === selectionPattern) return [];
    return [[statusCode, isShown ? { selectionPattern } : { selectionPattern, ...responseMembers(response) }]];
  });
  return own.length > 0 ? Object.fromEntries(own) : undefined;
}

/** The name of the response without a selection pattern. */
const DEFAULT_RESPONSE = 'default';

/** A pattern that reads like that name is written as another one that matches the same. */
const nameOf = (pattern: string | undefined) => (pattern === DEFAULT_RESPONSE ? `(?:${pattern})` : pattern || DEFAULT_RESPONSE);

/** An import takes no longer ones. */
const isName = (pattern: string) => pattern.length <= LONGEST_NAME;

/** By selection pattern; of several responses with one pattern the first counts, as a document has room for one. One that is too long for a name is left out. */
function responses(list: readonly IntegrationResponseModel[]): Json | undefined {
  const byPattern = new Map<string, Json>();
  for (const response of list) {
    const pattern = nameOf(response.selectionPattern);
    if (!isName(pattern) || byPattern.has(pattern)) continue;
    byPattern.set(pattern, { statusCode: response.statusCode, ...responseMembers(response) });
  }
  return unlessEmpty(Object.fromEntries(byPattern));
}

const responseMembers = ({ responseParameters, responseTemplates, contentHandling }: IntegrationResponseModel): Json => ({
  responseParameters: unlessEmpty(responseParameters),
  responseTemplates: unlessEmpty(responseTemplates),
  contentHandling,
});
