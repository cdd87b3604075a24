import { badRequest } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';
import { StageEntity } from '../stage/stage.entity.js';
import { BasePathMappingEntity } from './base-path-mapping.entity.js';

/**
 * Locks the API that a base path is to lead to, so that neither it nor its stage is deleted meanwhile; call it when the domain name is locked.
 * Throws `BadRequestException` in AWS's words for an API or a stage that does not exist.
 */
export async function lockTarget(
  { manager, scope }: AdminTransaction,
  { apiId, stageName }: BasePathMappingEntity,
): Promise<void> {
  const api = await manager.findOne(RestApiEntity, { where: { ...scope, apiId }, lock: { mode: 'pessimistic_write' } });
  if (!api) throw badRequest('Invalid REST API identifier specified');
  if (stageName !== null && !(await manager.existsBy(StageEntity, { ...scope, apiId, stageName })))
    throw badRequest('Invalid stage identifier specified');
}

/** Throws `BadRequestException` in AWS's words while a base path leads to an API, whose lock is held. */
export async function refuseWhileApiMapped(manager: EntityManager, scope: Scope, apiId: string): Promise<void> {
  const domains = await domainsOf(manager, { ...scope, apiId });
  if (domains.length > 0) {
    throw badRequest(
      `Deleting RestApi ${apiId} failed. Please remove all base path mappings related to the RestApi in your domains: ${domains.join(', ')}`,
    );
  }
}

/** The same for a stage that base paths name; those that leave the stage to the path lead to whatever there is. */
export async function refuseWhileStageMapped(
  manager: EntityManager,
  scope: Scope,
  apiId: string,
  stageName: string,
): Promise<void> {
  const domains = await domainsOf(manager, { ...scope, apiId, stageName });
  if (domains.length > 0) {
    throw badRequest(
      `Deleting stage ${stageName} failed. Please remove all base path mappings related to the stage in your domains: ${domains.join(', ')}`,
    );
  }
}

async function domainsOf(manager: EntityManager, where: Scope & { apiId: string; stageName?: string }): Promise<string[]> {
  const mappings = await manager.find(BasePathMappingEntity, { where, order: { domainName: 'ASC' } });
  return [...new Set(mappings.map(({ domainName }) => domainName))];
}
