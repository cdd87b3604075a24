import type { UsagePlan } from '@gatehouse/admin-contract/apigateway';
import type { ApiStageModel, UsagePlanModel } from '@gatehouse/api-model';
import type { UsagePlanEntity } from './usage-plan.entity.js';

/**
 * A usage plan as it goes over the wire; what is not set is left out. Lists leave tags out, the answer to a creation leaves empty ones
 * out, the others show them.
 */
export function usagePlanView(
  usagePlan: UsagePlanEntity,
  apiStages: UsagePlanModel['apiStages'],
  { tags }: { tags: 'shown' | 'if any' | 'left out' },
): UsagePlan {
  const showsTags = tags === 'shown' || (tags === 'if any' && Object.keys(usagePlan.tags).length > 0);
  return {
    id: usagePlan.usagePlanId,
    name: usagePlan.name,
    description: usagePlan.description ?? undefined,
    apiStages: apiStages.map(apiStageView),
    throttle: usagePlan.throttle ?? undefined,
    quota: usagePlan.quota ?? undefined,
    productCode: usagePlan.productCode ?? undefined,
    tags: showsTags ? usagePlan.tags : undefined,
  };
}

function apiStageView({ apiId, stage, throttle = {} }: ApiStageModel): NonNullable<UsagePlan['apiStages']>[number] {
  return { apiId, stage, throttle: Object.keys(throttle).length > 0 ? throttle : undefined };
}
