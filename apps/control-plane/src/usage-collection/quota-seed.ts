import { quotaKey, quotaPeriodAt } from '@gatehouse/throttling';
import type { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import type { QuotaGrants } from './quota-grants.js';

interface TakenRow {
  account_id: string;
  region: string;
  usage_plan_id: string;
  api_key_id: string;
  process_id: string;
  period: 'DAY' | 'WEEK' | 'MONTH';
  taken: string;
}

const ROWS_AT_ONCE = 1000;

/** KEYS: quota hashes. ARGV, three for each: process, requests taken, time at which the hash expires. Never lowers a field. */
const RAISE = `
for i = 1, #KEYS do
  local a = (i - 1) * 3
  local taken = tonumber(redis.call('HGET', KEYS[i], ARGV[a + 1]) or 0)
  if tonumber(ARGV[a + 2]) > taken then redis.call('HSET', KEYS[i], ARGV[a + 1], ARGV[a + 2]) end
  redis.call('EXPIREAT', KEYS[i], ARGV[a + 3])
end
`;

/**
 * Puts the quotas of a Redis that lost its content back where they stood: what each process took in the current periods, from the stored usage,
 * and what was granted.
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
    await this.seedTaken();
    await this.grants.deliverAgain();
  }

  private async seedTaken(): Promise<void> {
    const [seconds] = await this.redis.time();
    const now = Number(seconds) * 1000;
    await this.database.transaction(async (manager) => {
      await manager.query(
        `DECLARE quota_seed NO SCROLL CURSOR FOR
         SELECT u.account_id, u.region, u.usage_plan_id, u.api_key_id, u.process_id, p.quota->>'period' AS period, sum(u.total) AS taken
         FROM usage_totals u JOIN usage_plans p USING (account_id, region, usage_plan_id)
         WHERE u.day >= CASE p.quota->>'period' WHEN 'DAY' THEN $1::date WHEN 'WEEK' THEN $2::date WHEN 'MONTH' THEN $3::date END
         GROUP BY u.account_id, u.region, u.usage_plan_id, u.api_key_id, u.process_id, p.quota->>'period'`,
        (['DAY', 'WEEK', 'MONTH'] as const).map((period) => quotaPeriodAt(period, now).start),
      );
      for (;;) {
        const rows = await manager.query<TakenRow[]>(`FETCH ${ROWS_AT_ONCE} FROM quota_seed`);
        if (rows.length === 0) return;
        await this.raise(rows, now);
      }
    });
  }

  private async raise(rows: TakenRow[], now: number): Promise<void> {
    const fields = rows.map((row) => {
      const period = quotaPeriodAt(row.period, now);
      const subject = { accountId: row.account_id, region: row.region, usagePlanId: row.usage_plan_id, apiKeyId: row.api_key_id };
      return { key: quotaKey(subject, period.start), values: [row.process_id, row.taken, period.to + 60] };
    });
    const keys = fields.map(({ key }) => key);
    await this.redis.eval(RAISE, keys.length, ...keys, ...fields.flatMap(({ values }) => values));
  }
}
