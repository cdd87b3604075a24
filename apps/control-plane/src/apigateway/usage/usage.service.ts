import type { AdminCall } from '@gatehouse/admin-contract';
import { UsageOperations, type GetUsageRequest, type UpdateUsageRequest, type Usage } from '@gatehouse/admin-contract/apigateway';
import { badRequest, notFound } from '@gatehouse/aws-wire';
import { compileUsagePlan } from '@gatehouse/compiler';
import type { Scope } from '@gatehouse/snapshot';
import { utcDay } from '@gatehouse/throttling';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork, type AdminTransaction } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { findUsagePlan } from '../usage-plan/find-usage-plan.js';
import { UsagePlanKeyEntity } from '../usage-plan/usage-plan-key.entity.js';
import { usagePlanModel } from '../usage-plan/usage-plan.model.js';
import { loadKeyUsage, NOTHING_USED } from './load-key-usage.js';
import { daysBetween, periodStart, remainingOn, usageOn } from './usage-days.js';
import { usagePatch, type UsageDraft } from './usage.patch.js';

@Injectable()
export class UsageService extends UsageOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  /** The keys that were used, or granted something, on one of the days, by id; keys and plans that are gone keep what they used. */
  override async getUsage(call: AdminCall, input: GetUsageRequest): Promise<Usage> {
    const { manager } = this.database;
    const { startDate, endDate } = input;
    const usagePlan = await findUsagePlan(manager, call.scope, input.usagePlanId);
    const { usagePlanId } = usagePlan;
    const days = daysBetween(startDate, endDate);
    const limit = pageLimit(input.limit);
    const [after] = decodePosition(input.position, ['text']) ?? [];
    const plan = compileUsagePlan(usagePlanModel(usagePlan, []));

    const keys = await usedKeys(manager, call.scope, {
      usagePlanId,
      startDate,
      endDate,
      keyId: input.keyId,
      after,
      limit: limit + 1,
    });
    const page = pageOf(keys, limit, (keyId) => [keyId]);
    const from = periodStart(plan, startDate);
    const usage = await loadKeyUsage(manager, call.scope, { usagePlanId, startDate: from, endDate, keyIds: page.items });
    const values = page.items.map((keyId) => [keyId, usageOn(plan, days, usage.get(keyId) ?? NOTHING_USED)] as const);
    return { usagePlanId, startDate, endDate, values: Object.fromEntries(values), position: page.position };
  }

  /**
   * Changes what remains of a key's quota in the current period, and answers the usage of today. What gateways admit while this runs counts
   * afterwards. Gateways follow once Redis has heard of it, which `QuotaGrants` sees to.
   */
  override async updateUsage(call: AdminCall, input: UpdateUsageRequest): Promise<Usage> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const usagePlan = await findUsagePlan(manager, scope, input.usagePlanId);
      const { usagePlanId } = usagePlan;
      const { apiKeyId } = await transaction.lockApiKey(input.keyId);
      if (!(await manager.existsBy(UsagePlanKeyEntity, { ...scope, usagePlanId, apiKeyId }))) {
        throw notFound('Invalid API Key identifier specified');
      }
      const draft: UsageDraft = { remaining: undefined };
      const { remaining } = applyPatch(usagePatch, draft, input.patchOperations);

      const plan = compileUsagePlan(usagePlanModel(usagePlan, []));
      const today = utcDay(Date.now());
      const question = { usagePlanId, startDate: periodStart(plan, today), endDate: today, keyIds: [apiKeyId] };
      const load = async () => (await loadKeyUsage(manager, scope, question)).get(apiKeyId) ?? NOTHING_USED;
      let usage = await load();
      if (remaining !== undefined) {
        const [before] = remainingOn(plan, [today], usage) ?? [];
        if (before === undefined) throw badRequest(`Usage Plan ${usagePlanId} does not have a quota`);
        await grant(transaction, { usagePlanId, apiKeyId, day: today, requests: remaining - before });
        usage = await load();
      }
      const values = { [apiKeyId]: usageOn(plan, [today], usage) };
      return { usagePlanId, startDate: today, endDate: today, values };
    });
  }
}

interface Grant {
  usagePlanId: string;
  apiKeyId: string;
  day: string;
  /** Below zero: taken away. */
  requests: number;
}

async function grant({ manager, scope }: AdminTransaction, { usagePlanId, apiKeyId, day, requests }: Grant): Promise<void> {
  await manager.query(
    `INSERT INTO quota_grants AS there (account_id, region, usage_plan_id, api_key_id, day, granted, delivered)
     VALUES ($1, $2, $3, $4, $5, $6, false)
     ON CONFLICT (account_id, region, usage_plan_id, api_key_id, day)
     DO UPDATE SET granted = there.granted + excluded.granted, delivered = false`,
    [scope.accountId, scope.region, usagePlanId, apiKeyId, day, requests],
  );
}

interface UsedKeysQuestion {
  usagePlanId: string;
  startDate: string;
  endDate: string;
  keyId?: string;
  after?: string;
  limit: number;
}

async function usedKeys(manager: EntityManager, scope: Scope, question: UsedKeysQuestion): Promise<string[]> {
  const { usagePlanId, startDate, endDate, keyId, after, limit } = question;
  const inQuestion = `account_id = $1 AND region = $2 AND usage_plan_id = $3 AND day BETWEEN $4 AND $5
    AND ($6::text IS NULL OR api_key_id = $6) AND ($7::text IS NULL OR api_key_id > $7)`;
  const rows = await manager.query<{ api_key_id: string }[]>(
    `(SELECT DISTINCT api_key_id FROM usage_totals WHERE ${inQuestion} AND total > 0 ORDER BY api_key_id LIMIT $8)
     UNION
     (SELECT DISTINCT api_key_id FROM quota_grants WHERE ${inQuestion} ORDER BY api_key_id LIMIT $8)
     ORDER BY api_key_id LIMIT $8`,
    [scope.accountId, scope.region, usagePlanId, startDate, endDate, keyId || null, after ?? null, limit],
  );
  return rows.map((row) => row.api_key_id);
}
