import type { UsagePlanModel } from '@gatehouse/api-model';
import type { UsagePlanStageEntity } from './usage-plan-stage.entity.js';
import type { UsagePlanEntity } from './usage-plan.entity.js';

/** The usage plan as the compiler takes it; `stages` in the order of their positions. */
export function usagePlanModel(usagePlan: UsagePlanEntity, stages: readonly UsagePlanStageEntity[]): UsagePlanModel {
  return {
    usagePlanId: usagePlan.usagePlanId,
    createdDate: usagePlan.createdDate,
    throttle: usagePlan.throttle ?? undefined,
    quota: usagePlan.quota ?? undefined,
    apiStages: stages.map(({ apiId, stageName, throttle }) => ({ apiId, stage: stageName, throttle })),
  };
}
