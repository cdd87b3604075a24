import type { AdminCall } from '@gatehouse/admin-contract';
import { UsageOperations, type GetUsageRequest, type Usage } from '@gatehouse/admin-contract/apigateway';
import { compileUsagePlan } from '@gatehouse/compiler';
import type { Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { findUsagePlan } from '../usage-plan/find-usage-plan.js';
import { usagePlanModel } from '../usage-plan/usage-plan.model.js';
import { daysBetween, periodStart, usageOn } from './usage-days.js';

@Injectable()
export class UsageService extends UsageOperations {
  constructor(@Inject(DataSource) private readonly database: DataSource) {
    super();
  }

  /** The keys that were used on one of the days, by id; keys and plans that are gone keep what they used. */
  override async getUsage(call: AdminCall, input: GetUsageRequest): Promise<Usage> {
    const { manager } = this.database;
    const { startDate, endDate } = input;
    const days = daysBetween(startDate, endDate);
    const limit = pageLimit(input.limit);
    const [after] = decodePosition(input.position, ['text']) ?? [];
    const usagePlan = await findUsagePlan(manager, call.scope, input.usagePlanId);
    const { usagePlanId } = usagePlan;
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
    const used = await loadTotals(manager, call.scope, { usagePlanId, startDate: from, endDate, keyIds: page.items });
    const values = page.items.map((keyId) => [keyId, usageOn(plan, days, used.get(keyId) ?? new Map())] as const);
    return { usagePlanId, startDate, endDate, values: Object.fromEntries(values), position: page.position };
  }
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
  const rows = await manager.query<{ api_key_id: string }[]>(
    `SELECT DISTINCT api_key_id FROM usage_totals
      WHERE account_id = $1 AND region = $2 AND usage_plan_id = $3 AND day BETWEEN $4 AND $5 AND total > 0
        AND ($6::text IS NULL OR api_key_id = $6) AND ($7::text IS NULL OR api_key_id > $7)
      ORDER BY api_key_id LIMIT $8`,
    [scope.accountId, scope.region, usagePlanId, startDate, endDate, keyId || null, after ?? null, limit],
  );
  return rows.map((row) => row.api_key_id);
}

interface TotalsQuestion {
  usagePlanId: string;
  startDate: string;
  endDate: string;
  keyIds: string[];
}

/** Key -> day -> requests, summed over all gateway processes. */
async function loadTotals(
  manager: EntityManager,
  scope: Scope,
  question: TotalsQuestion,
): Promise<Map<string, Map<string, number>>> {
  const { usagePlanId, startDate, endDate, keyIds } = question;
  const rows = await manager.query<{ api_key_id: string; day: string; used: string }[]>(
    `SELECT api_key_id, to_char(day, 'YYYY-MM-DD') AS day, sum(total) AS used FROM usage_totals
      WHERE account_id = $1 AND region = $2 AND usage_plan_id = $3 AND day BETWEEN $4 AND $5 AND api_key_id = ANY ($6)
      GROUP BY api_key_id, day`,
    [scope.accountId, scope.region, usagePlanId, startDate, endDate, keyIds],
  );
  const totals = new Map<string, Map<string, number>>();
  for (const { api_key_id, day, used } of rows) {
    const ofKey = totals.get(api_key_id) ?? new Map<string, number>();
    totals.set(api_key_id, ofKey.set(day, Number(used)));
  }
  return totals;
}
