import {
  HTTP_METHODS,
  type AuthorizerModel,
  type GatewayResponseModel,
  type IntegrationModel,
  type MethodModel,
  type ModelModel,
  type RequestValidatorModel,
  type RestApiModel,
} from '@gatehouse/api-model';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { AuthorizerEntity } from '../authorizer/authorizer.entity.js';
import { GatewayResponseEntity } from '../gateway-response/gateway-response.entity.js';
import { withoutEmptyMaps } from '../method/empty-maps.js';
import { MethodEntity } from '../method/method.entity.js';
import { ModelEntity } from '../model/model.entity.js';
import { RequestValidatorEntity } from '../request-validator/request-validator.entity.js';
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
    description: api.description ?? undefined,
    version: api.version ?? undefined,
    createdDate: api.createdDate.toISOString().replace(/\.\d+/, ''),
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
    models: (await manager.find(ModelEntity, { where: { ...scope, apiId }, order: { name: 'ASC' } })).map(modelModel),
    authorizers: (await manager.find(AuthorizerEntity, { where: { ...scope, apiId }, order: { authorizerId: 'ASC' } })).map(
      authorizerModel,
    ),
    requestValidators: (
      await manager.find(RequestValidatorEntity, { where: { ...scope, apiId }, order: { requestValidatorId: 'ASC' } })
    ).map(requestValidatorModel),
    gatewayResponses: (
      await manager.find(GatewayResponseEntity, { where: { ...scope, apiId }, order: { responseType: 'ASC' } })
    ).map(gatewayResponseModel),
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
    methodResponses: method.methodResponses.map(withoutEmptyMaps),
    methodIntegration: method.methodIntegration ? integrationModel(method.methodIntegration) : undefined,
  };
}

function integrationModel(integration: IntegrationModel): IntegrationModel {
  return { ...integration, integrationResponses: integration.integrationResponses.map(withoutEmptyMaps) };
}

function modelModel(model: ModelEntity): ModelModel {
  return {
    name: model.name,
    description: model.description ?? undefined,
    contentType: model.contentType,
    schema: model.schema ?? undefined,
  };
}

function authorizerModel(authorizer: AuthorizerEntity): AuthorizerModel {
  return {
    id: authorizer.authorizerId,
    name: authorizer.name,
    type: authorizer.type,
    providerArns: authorizer.providerArns,
    authType: authorizer.authType ?? undefined,
    authorizerUri: authorizer.authorizerUri ?? undefined,
    authorizerCredentials: authorizer.authorizerCredentials ?? undefined,
    identitySource: authorizer.identitySource ?? undefined,
    identityValidationExpression: authorizer.identityValidationExpression ?? undefined,
    authorizerResultTtlInSeconds: authorizer.authorizerResultTtlInSeconds ?? undefined,
  };
}

function requestValidatorModel(validator: RequestValidatorEntity): RequestValidatorModel {
  return {
    id: validator.requestValidatorId,
    name: validator.name ?? undefined,
    validateRequestBody: validator.validateRequestBody,
    validateRequestParameters: validator.validateRequestParameters,
  };
}

function gatewayResponseModel(response: GatewayResponseEntity): GatewayResponseModel {
  return {
    responseType: response.responseType,
    statusCode: response.statusCode ?? undefined,
    responseParameters: response.responseParameters,
    responseTemplates: response.responseTemplates,
  };
}
