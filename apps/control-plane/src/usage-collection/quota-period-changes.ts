import type { QuotaPeriod, UsageField } from '@gatehouse/throttling';
import type { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { firstDays, redisNow } from './current-periods.js';
import { USED_BY_KEYS_UNDER_OTHER_PERIODS, usedUnderOtherPeriods } from './other-periods.js';
import type { QuotaGrants } from './quota-grants.js';
import { readByPortions } from './read-by-portions.js';
import { raiseTaken, type TakenRow } from './taken-requests.js';

interface ChangedRow {
  account_id: string;
  region: string;
  usage_plan_id: string;
  period_change: string;
}

interface PeriodRow extends Pick<UsageField, 'accountId' | 'region' | 'usagePlanId'> {
  period: QuotaPeriod;
}

/**
 * Makes a quota whose period was changed count everything that was used on the days of the new one. Gateways count each period in a hash of its
 * own, so what they counted under another period, or without a quota, is told to the present hash as one sum beside theirs. Each stored total
 * names the period under which it was counted: it is either a process's own count in the hash or in that sum, never in both.
 */
export class QuotaPeriodChanges {
  constructor(
    private readonly redis: Redis,
    private readonly database: DataSource,
    private readonly grants: QuotaGrants,
  ) {}

  /**
   * Tells Redis what is stored under other periods of plans whose period was changed, and marks what was granted for delivery. Rejects when
   * Redis or Postgres is away; the change stays marked then.
   */
  async deliver(): Promise<void> {
    const changed = await this.database.query<ChangedRow[]>(
      'SELECT account_id, region, usage_plan_id, period_change FROM usage_plans WHERE period_change IS NOT NULL',
    );
    for (const plan of changed) await this.deliverChange(plan);
  }

  /**
   * Tells Redis of totals that were stored after the period had changed: of gateways that reported, or heard of the change, late. Must be called
   * when they are stored. Whoever changes the period meanwhile is followed by `deliver`, which finds them. Rejects when Redis or Postgres is away.
   */
  async tellLate(totals: readonly UsageField[]): Promise<void> {
    const late = await this.lateOf(totals);
    if (late.length === 0) return;
    const now = await redisNow(this.redis);
    const rows = await this.database.query<TakenRow[]>(USED_BY_KEYS_UNDER_OTHER_PERIODS, [
      ...firstDays(now),
      late.map(({ accountId }) => accountId),
      late.map(({ region }) => region),
      late.map(({ usagePlanId }) => usagePlanId),
      late.map(({ apiKeyId }) => apiKeyId),
    ]);
    await raiseTaken(this.redis, rows, now);
  }

  /** Those that were counted under another period than their plan's quota has. */
  private async lateOf(totals: readonly UsageField[]): Promise<UsageField[]> {
    const plans = [...new Map(totals.map((total) => [nameOf(total), total])).values()];
    const rows = await this.database.query<PeriodRow[]>(
      `SELECT account_id AS "accountId", region, usage_plan_id AS "usagePlanId", quota->>'period' AS period
         FROM usage_plans JOIN unnest($1::text[], $2::text[], $3::text[]) AS told (account_id, region, usage_plan_id)
           USING (account_id, region, usage_plan_id)
        WHERE quota IS NOT NULL`,
      [plans.map(({ accountId }) => accountId), plans.map(({ region }) => region), plans.map(({ usagePlanId }) => usagePlanId)],
    );
    const periods = new Map(rows.map((row) => [nameOf(row), row.period]));
    return totals.filter((total) => {
      const present = periods.get(nameOf(total));
      return present !== undefined && present !== total.period;
    });
  }

  private async deliverChange({ account_id, region, usage_plan_id, period_change }: ChangedRow): Promise<void> {
    const plan = [account_id, region, usage_plan_id] as const;
    const now = await redisNow(this.redis);
    const query = usedUnderOtherPeriods('p.account_id = $4 AND p.region = $5 AND p.usage_plan_id = $6');
    await readByPortions<TakenRow>(this.database, query, [...firstDays(now), ...plan], (rows) =>
      raiseTaken(this.redis, rows, now),
    );
    await this.grants.markUndelivered(...plan);
    // A later change has another name, and is delivered as well.
    await this.database.query(
      `UPDATE usage_plans SET period_change = NULL
        WHERE account_id = $1 AND region = $2 AND usage_plan_id = $3 AND period_change = $4`,
      [...plan, period_change],
    );
  }
}

function nameOf({ accountId, region, usagePlanId }: Omit<PeriodRow, 'period'>): string {
  return `${accountId}/${region}/${usagePlanId}`;
}
