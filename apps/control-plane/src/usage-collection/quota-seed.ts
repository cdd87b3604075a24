import type { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { firstDayOf, firstDays, redisNow } from './current-periods.js';
import { usedUnderOtherPeriods } from './other-periods.js';
import type { QuotaGrants } from './quota-grants.js';
import { readByPortions } from './read-by-portions.js';
import { raiseTaken, type TakenRow } from './taken-requests.js';

/** SQL: what each process counted under each period, be it the present one of the plan or one that may come back. $1 to $3 are `firstDays`. */
const USED_BY_PROCESS = `SELECT u.account_id, u.region, u.usage_plan_id, u.api_key_id, u.quota_period AS period, u.process_id AS field, sum(u.total) AS taken
   FROM usage_totals u JOIN usage_plans p USING (account_id, region, usage_plan_id)
  WHERE u.day >= ${firstDayOf('u.quota_period')}
  GROUP BY u.account_id, u.region, u.usage_plan_id, u.api_key_id, u.quota_period, u.process_id`;

/**
 * Puts the quotas of a Redis that lost its content back where they stood: what each process took in the current periods, and what it took under
 * other ones, from the stored usage, and what was granted.
 * Processes that still live report the newest themselves; this brings back those that are gone and keys that gateways have forgotten.
 */
export class QuotaSeed {
  constructor(
    private readonly redis: Redis,
    private readonly database: DataSource,
    private readonly grants: QuotaGrants,
  ) {}

  /** Seeds all quotas. Rejects when Redis or Postgres is away: Redis must not count as complete then. */
  async seed(): Promise<void> {
    const now = await redisNow(this.redis);
    const query = `${USED_BY_PROCESS} UNION ALL ${usedUnderOtherPeriods()}`;
    await this.database.transaction((manager) =>
      readByPortions<TakenRow>(manager, query, firstDays(now), (rows) => raiseTaken(this.redis, rows, now)),
    );
    await this.grants.deliverAgain();
  }
}
