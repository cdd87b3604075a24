import { notFound } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { UsagePlanStageEntity } from './usage-plan-stage.entity.js';
import { UsagePlanEntity } from './usage-plan.entity.js';

/** Reads one usage plan of the caller's. Throws `NotFoundException` with AWS's sentence when there is none. */
export async function findUsagePlan(manager: EntityManager, scope: Scope, usagePlanId: string): Promise<UsagePlanEntity> {
  const usagePlan = await manager.findOneBy(UsagePlanEntity, { ...scope, usagePlanId });
  if (!usagePlan) throw notFound('Invalid Usage Plan ID specified');
  return usagePlan;
}

/** The API stages of a usage plan, in the order in which they were added. */
export function findUsagePlanStages(manager: EntityManager, scope: Scope, usagePlanId: string): Promise<UsagePlanStageEntity[]> {
  return manager.find(UsagePlanStageEntity, { where: { ...scope, usagePlanId }, order: { position: 'ASC' } });
}
