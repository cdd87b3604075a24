import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import type { KeyUsage } from './usage-days.js';

export interface UsageQuestion {
  usagePlanId: string;
  /** ISO dates, both included. */
  startDate: string;
  endDate: string;
  keyIds: readonly string[];
}

/** What each of these keys used on each day, summed over all gateway processes, and what it was granted; keys without either are missing. */
export async function loadKeyUsage(
  manager: EntityManager,
  scope: Scope,
  question: UsageQuestion,
): Promise<Map<string, KeyUsage>> {
  const { usagePlanId, startDate, endDate, keyIds } = question;
  const rows = await manager.query<{ api_key_id: string; day: string; used: string; granted: string }[]>(
    `SELECT api_key_id, to_char(day, 'YYYY-MM-DD') AS day, sum(used) AS used, sum(granted) AS granted
       FROM (SELECT account_id, region, usage_plan_id, api_key_id, day, total AS used, 0 AS granted FROM usage_totals
             UNION ALL
             SELECT account_id, region, usage_plan_id, api_key_id, day, 0, granted FROM quota_grants) AS counts
      WHERE account_id = $1 AND region = $2 AND usage_plan_id = $3 AND day BETWEEN $4 AND $5 AND api_key_id = ANY ($6)
      GROUP BY api_key_id, day`,
    [scope.accountId, scope.region, usagePlanId, startDate, endDate, keyIds],
  );
  const usage = new Map<string, { used: Map<string, number>; granted: Map<string, number> }>();
  for (const { api_key_id, day, used, granted } of rows) {
    const ofKey = usage.get(api_key_id) ?? { used: new Map<string, number>(), granted: new Map<string, number>() };
    ofKey.used.set(day, Number(used));
    ofKey.granted.set(day, Number(granted));
    usage.set(api_key_id, ofKey);
  }
  return usage;
}

/** A key of which nothing is known. */
export const NOTHING_USED: KeyUsage = { used: new Map(), granted: new Map() };
