import { concurrentModification } from '@gatehouse/aws-wire';
import { In } from 'typeorm';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { quotaExceeded, quotaOf } from '../../quotas/quotas.js';
import { groupBy } from '../resource/group-by.js';
import { severalPlansOfStage } from '../usage-plan/one-plan-per-stage.js';
import { UsagePlanStageEntity } from '../usage-plan/usage-plan-stage.entity.js';

/** The usage plans that many API keys are in or are to join; nobody changes their stages, or moves one of the keys, before the transaction ends. */
export class PlansOfKeys {
  private constructor(
    private readonly transaction: AdminTransaction,
    /** Plan -> its API stages; a plan that is missing does not exist. */
    private readonly stages: ReadonlyMap<string, readonly string[]>,
    /** Key -> the plans that it is in. */
    private readonly memberships: ReadonlyMap<string, readonly string[]>,
  ) {}

  /**
   * Locks these plans, those that the keys are in, and the keys, in the order in which everybody locks them.
   * Throws `ConflictException` when a key is removed, or joins another plan, before it is locked.
   */
  static async lock(
    transaction: AdminTransaction,
    usagePlanIds: readonly string[],
    apiKeyIds: readonly string[],
  ): Promise<PlansOfKeys> {
    const { manager, scope } = transaction;
    const before = await membershipsOf(transaction, apiKeyIds);
    const plans = await manager.query<{ usage_plan_id: string }[]>(
      `SELECT usage_plan_id FROM usage_plans WHERE account_id = $1 AND region = $2 AND usage_plan_id = ANY ($3)
        ORDER BY usage_plan_id FOR SHARE`,
      [scope.accountId, scope.region, [...new Set([...usagePlanIds, ...[...before.values()].flat()])]],
    );
    const keys = await manager.query<unknown[]>(
      `SELECT 1 FROM api_keys WHERE account_id = $1 AND region = $2 AND api_key_id = ANY ($3) ORDER BY api_key_id FOR UPDATE`,
      [scope.accountId, scope.region, apiKeyIds],
    );
    const ids = plans.map((row) => row.usage_plan_id);
    const memberships = await membershipsOf(transaction, apiKeyIds);
    const locked = new Set(ids);
    if (keys.length < apiKeyIds.length || [...memberships.values()].flat().some((id) => !locked.has(id)))
      throw concurrentModification();
    const rows = await manager.findBy(UsagePlanStageEntity, { ...scope, usagePlanId: In(ids) });
    const byPlan = groupBy(rows, (row) => row.usagePlanId);
    const stages = ids.map((id) => [id, (byPlan.get(id) ?? []).map(({ apiId, stageName }) => `${apiId}:${stageName}`)] as const);
    return new PlansOfKeys(transaction, new Map(stages), memberships);
  }

  /** Why a key cannot join these plans beside its own, in AWS's words; undefined when it can. */
  refusal(apiKeyId: string, usagePlanIds: readonly string[]): string | undefined {
    const unknown = usagePlanIds.find((id) => !this.stages.has(id));
    if (unknown !== undefined) return `Invalid Usage Plan ID specified: ${unknown}`;
    const all = new Set([...(this.memberships.get(apiKeyId) ?? []), ...usagePlanIds]);
    if (all.size > quotaOf('usagePlansOfKey', this.transaction.limits)) return quotaExceeded('usagePlansOfKey').message;
    const covered = new Set<string>();
    for (const id of all) {
      for (const stage of this.stages.get(id)!) {
        if (covered.has(stage)) return severalPlansOfStage(id).message;
        covered.add(stage);
      }
    }
    return undefined;
  }

  /** Puts keys, which were not refused, into plans; those that a key is in already stay as they are. */
  async join(keys: readonly { apiKeyId: string; usagePlanIds: readonly string[] }[], now: Date): Promise<void> {
    const { manager, scope } = this.transaction;
    const pairs = keys.flatMap(({ apiKeyId, usagePlanIds }) =>
      usagePlanIds.map((usagePlanId) => [usagePlanId, apiKeyId] as const),
    );
    await manager.query(
      `INSERT INTO usage_plan_keys (account_id, region, usage_plan_id, api_key_id, created_date)
       SELECT $1, $2, usage_plan_id, api_key_id, $5 FROM unnest($3::text[], $4::text[]) AS joined (usage_plan_id, api_key_id)
       ON CONFLICT DO NOTHING`,
      [scope.accountId, scope.region, pairs.map(([plan]) => plan), pairs.map(([, key]) => key), now],
    );
  }
}

async function membershipsOf({ manager, scope }: AdminTransaction, apiKeyIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await manager.query<{ api_key_id: string; usage_plan_ids: string[] }[]>(
    `SELECT api_key_id, array_agg(usage_plan_id) AS usage_plan_ids FROM usage_plan_keys
      WHERE account_id = $1 AND region = $2 AND api_key_id = ANY ($3) GROUP BY api_key_id`,
    [scope.accountId, scope.region, apiKeyIds],
  );
  return new Map(rows.map((row) => [row.api_key_id, row.usage_plan_ids]));
}
