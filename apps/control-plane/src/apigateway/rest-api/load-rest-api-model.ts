import { HTTP_METHODS, type MethodModel, type RestApiModel } from '@gatehouse/api-model';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { MethodEntity } from '../method/method.entity.js';
import { groupBy } from '../resource/group-by.js';
import { loadResourceTree } from '../resource/resource-tree.js';
import { findRestApi } from './find-rest-api.js';

/**
 * Reads an API as a deployment keeps it: every resource with its path, sorted by path, each with its methods in the order of
 * `HTTP_METHODS`. Call it under the API's lock. Throws `NotFoundException` when there is no such API.
 */
export async function loadRestApiModel(manager: EntityManager, scope: Scope, apiId: string): Promise<RestApiModel> {
  const api = await findRestApi(manager, scope, apiId);
  const tree = await loadResourceTree(manager, scope, apiId);
  const methods = groupBy(await manager.findBy(MethodEntity, { ...scope, apiId }), (method) => method.resourceId);
  return {
    apiId,
    name: api.name,
    apiKeySource: api.apiKeySource,
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    endpointConfiguration: api.endpointConfiguration,
    binaryMediaTypes: api.binaryMediaTypes,
    minimumCompressionSize: api.minimumCompressionSize ?? undefined,
    policy: api.policy ?? undefined,
    securityPolicy: api.securityPolicy ?? undefined,
    endpointAccessMode: api.endpointAccessMode ?? undefined,
    resources: tree.sortedByPath().map(({ resource, path }) => ({
      id: resource.resourceId,
      path,
      methods: (methods.get(resource.resourceId) ?? []).sort(byVerb).map(methodModel),
    })),
  };
}

const byVerb = (a: MethodEntity, b: MethodEntity) => HTTP_METHODS.indexOf(a.httpMethod) - HTTP_METHODS.indexOf(b.httpMethod);

function methodModel(method: MethodEntity): MethodModel {
  return {
    httpMethod: method.httpMethod,
    authorizationType: method.authorizationType,
    authorizerId: method.authorizerId ?? undefined,
    authorizationScopes: method.authorizationScopes,
    apiKeyRequired: method.apiKeyRequired,
    operationName: method.operationName ?? undefined,
    requestValidatorId: method.requestValidatorId ?? undefined,
    requestParameters: method.requestParameters,
    requestModels: method.requestModels,
    methodResponses: method.methodResponses,
    methodIntegration: method.methodIntegration ?? undefined,
  };
}
