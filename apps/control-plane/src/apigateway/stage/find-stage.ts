import { notFound } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { StageEntity } from './stage.entity.js';

/** Reads one stage. Throws `NotFoundException` with AWS's sentence when there is none. */
export async function findStage(manager: EntityManager, scope: Scope, apiId: string, stageName: string): Promise<StageEntity> {
  const stage = await manager.findOneBy(StageEntity, { ...scope, apiId, stageName });
  if (!stage) throw notFound('Invalid Stage identifier specified');
  return stage;
}
