import type { UsageField } from '@gatehouse/throttling';
import type { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { firstDays, redisNow } from './current-periods.js';
import { usedUnderOtherPeriods } from './other-periods.js';
import type { QuotaGrants } from './quota-grants.js';
import { readByPortions } from './read-by-portions.js';
import { raiseTaken, type TakenRow } from './taken-requests.js';

interface ChangedRow {
  account_id: string;
  region: string;
  usage_plan_id: string;
  period_change: string;
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
    const now = await redisNow(this.redis);
    const late = `(u.account_id, u.region, u.usage_plan_id, u.api_key_id) IN (
       SELECT account_id, region, usage_plan_id, api_key_id
         FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) AS told (account_id, region, usage_plan_id, api_key_id, period)
         JOIN usage_plans USING (account_id, region, usage_plan_id)
        WHERE period <> quota->>'period')`;
    const rows = await this.database.query<TakenRow[]>(usedUnderOtherPeriods(late), [
      ...firstDays(now),
      totals.map(({ accountId }) => accountId),
      totals.map(({ region }) => region),
      totals.map(({ usagePlanId }) => usagePlanId),
      totals.map(({ apiKeyId }) => apiKeyId),
      totals.map(({ period }) => period),
    ]);
    await raiseTaken(this.redis, rows, now);
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
