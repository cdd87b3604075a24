import { notFound } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { unknownResource } from '../resource/resource-rules.js';
import { ResourceEntity } from '../resource/resource.entity.js';
import { MethodEntity } from './method.entity.js';

/** How requests name a method; the verb is the client's text and need not be one. */
export interface MethodKey {
  restApiId: string;
  resourceId: string;
  httpMethod: string;
}

export const unknownMethod = () => notFound('Invalid Method identifier specified');
export const unknownResponse = () => notFound('Invalid Response status code specified');

/** Throws `NotFoundException`, also when the API does not exist: AWS looks for the resource alone. */
export async function requireResource(
  manager: EntityManager,
  scope: Scope,
  { restApiId: apiId, resourceId }: MethodKey,
): Promise<void> {
  if (!(await manager.existsBy(ResourceEntity, { ...scope, apiId, resourceId }))) throw unknownResource();
}

/** Reads a method. Throws `NotFoundException` when its resource is not there, else `missing` when it is not. */
export async function findMethod(
  manager: EntityManager,
  scope: Scope,
  key: MethodKey,
  missing = unknownMethod,
): Promise<MethodEntity> {
  const { restApiId: apiId, resourceId } = key;
  const method = await manager.findOne(MethodEntity, {
    where: { ...scope, apiId, resourceId, httpMethod: key.httpMethod as MethodEntity['httpMethod'] },
  });
  if (method) return method;
  await requireResource(manager, scope, key);
  throw missing();
}

/** Takes the API's lock and reads a method for changing it. Throws like `findMethod`. */
export async function lockMethod(transaction: AdminTransaction, key: MethodKey, missing = unknownMethod): Promise<MethodEntity> {
  await transaction.lockApi(key.restApiId, unknownResource().message);
  return findMethod(transaction.manager, transaction.scope, key, missing);
}

/** Writes all columns of a method that exists, under its API's lock. */
export async function saveMethod(manager: EntityManager, method: MethodEntity): Promise<void> {
  const { accountId, region, apiId, resourceId, httpMethod, ...columns } = method;
  await manager.update(MethodEntity, { accountId, region, apiId, resourceId, httpMethod }, columns);
}
