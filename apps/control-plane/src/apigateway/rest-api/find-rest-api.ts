import { notFound } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { RestApiEntity } from './rest-api.entity.js';

/** Reads one API of the caller's. Throws `NotFoundException` with AWS's sentence when there is none. */
export async function findRestApi(manager: EntityManager, scope: Scope, apiId: string): Promise<RestApiEntity> {
  const api = await manager.findOneBy(RestApiEntity, { ...scope, apiId });
  if (!api) throw notFound(`Invalid API identifier specified ${scope.accountId}:${apiId}`);
  return api;
}
