import type { RestApi } from '@gatehouse/admin-contract/apigateway';
import { expandResourcePolicy } from '@gatehouse/compiler';
import { MalformedPolicy } from '@gatehouse/iam-policy';
import type { RestApiEntity } from './rest-api.entity.js';

/**
 * An API as it goes over the wire; what is not set is left out. Lists and the answer to a creation leave empty tags out too, the
 * others show them (`withEmptyTags`).
 */
export function restApiView(api: RestApiEntity, { withEmptyTags }: { withEmptyTags: boolean }): RestApi {
  return {
    id: api.apiId,
    name: api.name,
    description: api.description ?? undefined,
    createdDate: api.createdDate,
    version: api.version ?? undefined,
    binaryMediaTypes: api.binaryMediaTypes.length > 0 ? api.binaryMediaTypes : undefined,
    minimumCompressionSize: api.minimumCompressionSize ?? undefined,
    apiKeySource: api.apiKeySource,
    endpointConfiguration: api.endpointConfiguration,
    policy: api.policy === null ? undefined : escapeOnceMore(wholePolicy(api, api.policy)),
    tags: withEmptyTags || Object.keys(api.tags).length > 0 ? api.tags : undefined,
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    rootResourceId: api.rootResourceId,
    securityPolicy: api.securityPolicy ?? undefined,
    endpointAccessMode: api.endpointAccessMode ?? undefined,
  };
}

/** AWS answers resources that were abbreviated as ARNs. What an older version took, and no policy is, stays what it is. */
function wholePolicy({ accountId, region, apiId }: RestApiEntity, policy: string): string {
  try {
    return expandResourcePolicy(policy, { accountId, region }, apiId);
  } catch (error) {
    if (error instanceof MalformedPolicy) return policy;
    throw error;
  }
}

/** AWS answers the policy as the inside of a JSON string literal, and clients (Terraform) unescape it. */
const escapeOnceMore = (policy: string) => JSON.stringify(policy).slice(1, -1);
