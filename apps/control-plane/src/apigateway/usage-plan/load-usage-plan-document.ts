import { compileUsagePlan } from '@gatehouse/compiler';
import type { Scope, UsagePlanSnapshot } from '@gatehouse/snapshot';
import { In, type EntityManager } from 'typeorm';
import { UsagePlanStageEntity } from './usage-plan-stage.entity.js';
import { UsagePlanEntity } from './usage-plan.entity.js';
import { usagePlanModel } from './usage-plan.model.js';

/** Reads many usage plans at once. Gives for each that there is, by id, what compiles it. */
export async function readUsagePlans(
  manager: EntityManager,
  scope: Scope,
  keys: readonly string[],
): Promise<Map<string, () => UsagePlanSnapshot>> {
  const where = { ...scope, usagePlanId: In(keys) };
  const usagePlans = await manager.find(UsagePlanEntity, { where });
  const stages = await manager.find(UsagePlanStageEntity, { where, order: { position: 'ASC' } });
  const stagesOf = (id: string) => stages.filter(({ usagePlanId }) => usagePlanId === id);
  return new Map(
    usagePlans.map((usagePlan) => [
      usagePlan.usagePlanId,
      () => compileUsagePlan(usagePlanModel(usagePlan, stagesOf(usagePlan.usagePlanId))),
    ]),
  );
}
