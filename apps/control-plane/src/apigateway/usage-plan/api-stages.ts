import type { ApiStageModel } from '@gatehouse/api-model';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { checkQuota } from '../../quotas/quotas.js';
import { StageEntity } from '../stage/stage.entity.js';
import { unknownApiStage } from './usage-plan-rules.js';
import { UsagePlanStageEntity } from './usage-plan-stage.entity.js';

/**
 * Locks the APIs whose stages a usage plan is to cover, so that none of them is deleted meanwhile; call it before the plan is locked.
 * Throws `NotFoundException` for an API or a stage that does not exist.
 */
export async function lockApiStages(
  transaction: AdminTransaction,
  usagePlanId: string,
  apiStages: readonly ApiStageModel[],
): Promise<void> {
  const sorted = [...apiStages].sort((a, b) => (a.apiId < b.apiId ? -1 : a.apiId > b.apiId ? 1 : 0));
  for (const { apiId, stage } of sorted) {
    const unknown = unknownApiStage(apiId, stage, usagePlanId);
    await transaction.lockApi(apiId, unknown.message);
    const exists = await transaction.manager.existsBy(StageEntity, { ...transaction.scope, apiId, stageName: stage });
    if (!exists) throw unknown;
  }
}

/** Makes these the API stages of a usage plan, in this order; its lock is held. Throws `LimitExceededException` for too many limits of methods in one. */
export async function writeApiStages(
  { manager, scope, limits }: AdminTransaction,
  usagePlanId: string,
  apiStages: readonly ApiStageModel[],
): Promise<void> {
  for (const { throttle = {} } of apiStages) checkQuota('methodThrottles', limits, Object.keys(throttle).length);
  await manager.delete(UsagePlanStageEntity, { ...scope, usagePlanId });
  if (apiStages.length === 0) return;
  const rows = apiStages.map(({ apiId, stage, throttle = {} }, position) => ({
    ...scope,
    usagePlanId,
    apiId,
    stageName: stage,
    position,
    throttle,
  }));
  await manager.insert(UsagePlanStageEntity, rows);
}
