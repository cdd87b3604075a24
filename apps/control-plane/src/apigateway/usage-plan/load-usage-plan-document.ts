import { compileUsagePlan } from '@gatehouse/compiler';
import type { Scope, UsagePlanSnapshot } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { findUsagePlanStages } from './find-usage-plan.js';
import { UsagePlanEntity } from './usage-plan.entity.js';
import { usagePlanModel } from './usage-plan.model.js';

/** Compiles the usage plan named `key` (its id). Null when there is none. */
export async function loadUsagePlanDocument(
  manager: EntityManager,
  scope: Scope,
  key: string,
): Promise<UsagePlanSnapshot | null> {
  const usagePlan = await manager.findOneBy(UsagePlanEntity, { ...scope, usagePlanId: key });
  if (!usagePlan) return null;
  return compileUsagePlan(usagePlanModel(usagePlan, await findUsagePlanStages(manager, scope, key)));
}
