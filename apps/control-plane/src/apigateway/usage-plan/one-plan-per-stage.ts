import { conflict } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';

/**
 * An API key may be in many usage plans, but only in one that covers a given API stage: else it would be unclear whose limits apply.
 * Throws `ConflictException` when a key of this usage plan (or, with `apiKeyId`, that one) is in another plan with one of its stages.
 * Call it after the rows were written, under the locks of the plan and of the stages' APIs or of the key.
 */
export async function requireOnePlanPerStage(
  manager: EntityManager,
  scope: Scope,
  usagePlanId: string,
  apiKeyId?: string,
): Promise<void> {
  const [shared] = await manager.query<{ usage_plan_id: string }[]>(
    `SELECT other.usage_plan_id
       FROM usage_plan_keys mine
       JOIN usage_plan_stages my_stage
         ON my_stage.account_id = mine.account_id AND my_stage.region = mine.region AND my_stage.usage_plan_id = mine.usage_plan_id
       JOIN usage_plan_keys other
         ON other.account_id = mine.account_id AND other.region = mine.region AND other.api_key_id = mine.api_key_id
        AND other.usage_plan_id <> mine.usage_plan_id
       JOIN usage_plan_stages other_stage
         ON other_stage.account_id = other.account_id AND other_stage.region = other.region
        AND other_stage.usage_plan_id = other.usage_plan_id
        AND other_stage.api_id = my_stage.api_id AND other_stage.stage_name = my_stage.stage_name
      WHERE mine.account_id = $1 AND mine.region = $2 AND mine.usage_plan_id = $3
        AND ($4::text IS NULL OR mine.api_key_id = $4)
      LIMIT 1`,
    [scope.accountId, scope.region, usagePlanId, apiKeyId ?? null],
  );
  if (shared) throw severalPlansOfStage(usagePlanId);
}

/** AWS's answer to a usage plan that covers a stage which another plan of the key covers too. */
export const severalPlansOfStage = (usagePlanId: string) =>
  conflict(
    `Usage Plan ${usagePlanId} cannot be added because API Key cannot reference multiple Usage Plans with same API stages`,
  );
