import type { CreateRestApiRequest } from '@gatehouse/admin-contract/apigateway';
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { FreeIds } from '../../database/free-ids.js';
import { AuthorizerEntity } from '../authorizer/authorizer.entity.js';
import { DocumentationPartEntity } from '../documentation-part/documentation-part.entity.js';
import { GatewayResponseEntity } from '../gateway-response/gateway-response.entity.js';
import { MethodEntity } from '../method/method.entity.js';
import { withModelUrlsOf } from '../model/model-url.js';
import { ModelEntity } from '../model/model.entity.js';
import { RequestValidatorEntity } from '../request-validator/request-validator.entity.js';
import { ResourceEntity } from '../resource/resource.entity.js';
import type { RestApiEntity } from './rest-api.entity.js';

/** Rows of one INSERT: a statement has at most 65,535 parameters. */
const ROWS_AT_ONCE = 1_000;

/** The request that makes an API like `source`, except for what the client gives itself; tags are only those given. */
export function likeSource(source: RestApiEntity, input: CreateRestApiRequest): CreateRestApiRequest {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.assign(
    {
      name: source.name,
      description: source.description ?? undefined,
      version: source.version ?? undefined,
      apiKeySource: source.apiKeySource,
      disableExecuteApiEndpoint: source.disableExecuteApiEndpoint,
      endpointConfiguration: source.endpointConfiguration,
      binaryMediaTypes: source.binaryMediaTypes,
      minimumCompressionSize: source.minimumCompressionSize ?? undefined,
      policy: source.policy ?? undefined,
      securityPolicy: (source.securityPolicy ?? undefined) as CreateRestApiRequest['securityPolicy'],
      endpointAccessMode: (source.endpointAccessMode ?? undefined) as CreateRestApiRequest['endpointAccessMode'],
    } satisfies CreateRestApiRequest,
    Object.fromEntries(given),
  );
}

/**
 * Copies everything below `source` that defines it to `clone`, whose row there is: resources, methods, models, authorizers, request
 * validators, gateway responses and documentation parts, but no stages, deployments and documentation versions. What has an id gets a
 * new one, and whatever refers to it follows. Call it under the lock of `source`.
 */
export async function cloneParts(manager: EntityManager, source: RestApiEntity, clone: RestApiEntity): Promise<void> {
  const of = { accountId: source.accountId, region: source.region, apiId: source.apiId };
  const { apiId } = clone;
  const resources = await manager.findBy(ResourceEntity, of);
  const authorizers = await manager.findBy(AuthorizerEntity, of);
  const validators = await manager.findBy(RequestValidatorEntity, of);
  const ids = new FreeIds([]);
  const resourceIds = new Map(resources.map(({ resourceId }) => [resourceId, ids.draw()])).set(
    source.rootResourceId,
    clone.rootResourceId,
  );
  const authorizerIds = new Map(authorizers.map(({ authorizerId }) => [authorizerId, ids.draw()]));
  const validatorIds = new Map(validators.map(({ requestValidatorId }) => [requestValidatorId, ids.draw()]));

  await insertAll(manager, ResourceEntity, resources, (row) => ({
    ...row,
    apiId,
    resourceId: renamed(resourceIds, row.resourceId),
    parentId: row.parentId === null ? null : renamed(resourceIds, row.parentId),
  }));
  await insertAll(manager, AuthorizerEntity, authorizers, (row) => ({
    ...row,
    apiId,
    authorizerId: renamed(authorizerIds, row.authorizerId),
  }));
  await insertAll(manager, RequestValidatorEntity, validators, (row) => ({
    ...row,
    apiId,
    requestValidatorId: renamed(validatorIds, row.requestValidatorId),
  }));
  await insertAll(manager, MethodEntity, await manager.findBy(MethodEntity, of), (row) => ({
    ...row,
    apiId,
    resourceId: renamed(resourceIds, row.resourceId),
    authorizerId: row.authorizerId === null ? null : renamed(authorizerIds, row.authorizerId),
    requestValidatorId: row.requestValidatorId === null ? null : renamed(validatorIds, row.requestValidatorId),
    // A cache's namespace is by default the id of a resource.
    methodIntegration: row.methodIntegration && {
      ...row.methodIntegration,
      cacheNamespace: renamed(resourceIds, row.methodIntegration.cacheNamespace),
    },
  }));
  await insertAll(manager, ModelEntity, await manager.findBy(ModelEntity, of), (row) => ({
    ...row,
    apiId,
    modelId: ids.draw(),
    schema: row.schema === null ? null : withModelUrlsOf(row.schema, { from: source.apiId, to: apiId }),
  }));
  await insertAll(manager, GatewayResponseEntity, await manager.findBy(GatewayResponseEntity, of), (row) => ({ ...row, apiId }));
  await insertAll(manager, DocumentationPartEntity, await manager.findBy(DocumentationPartEntity, of), (row) => ({
    ...row,
    apiId,
    documentationPartId: ids.draw(),
  }));
}

const renamed = (ids: ReadonlyMap<string, string>, id: string) => ids.get(id) ?? id;

async function insertAll<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly T[],
  copyOf: (row: T) => T,
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await manager.insert(entity, rows.slice(from, from + ROWS_AT_ONCE).map(copyOf));
  }
}
