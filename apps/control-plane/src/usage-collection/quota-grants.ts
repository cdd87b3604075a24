import { GRANTED_FIELD, quotaKey, quotaPeriodAt, type QuotaPeriod } from '@gatehouse/throttling';
import type { Redis } from 'ioredis';
import type { DataSource, EntityManager } from 'typeorm';
import { firstDayOf, firstDays, redisNow } from './current-periods.js';

interface GrantRow {
  account_id: string;
  region: string;
  usage_plan_id: string;
  api_key_id: string;
  /** ISO date. */
  day: string;
}

interface GrantedRow extends Omit<GrantRow, 'day'> {
  period: QuotaPeriod;
  granted: string;
}

const ROWS_AT_ONCE = 1000;
/** Names the advisory lock that only one delivery at a time holds, so that an older sum never follows a newer one. */
const LOCK_NAME = 'gatehouse quota grants';

/** KEYS: quota hashes. ARGV: the field, then two for each: requests granted, time at which the hash expires. What is granted counts as taken, negated. */
const SET_GRANTED = `
for i = 1, #KEYS do
  redis.call('HSET', KEYS[i], ARGV[1], string.format('%.0f', -tonumber(ARGV[i * 2])))
  redis.call('EXPIREAT', KEYS[i], ARGV[i * 2 + 1])
end
`;

/** Tells Redis, from which gateways take quotas, what UpdateUsage granted. Postgres is the truth; each grant stays marked until Redis has it. */
export class QuotaGrants {
  constructor(
    private readonly redis: Redis,
    private readonly database: DataSource,
  ) {}

  /** Delivers what Redis has not heard of. Rejects when Redis or Postgres is away: nothing is lost then. */
  async deliver(): Promise<void> {
    let delivered: number;
    do delivered = await this.database.transaction((manager) => this.deliverSome(manager));
    while (delivered === ROWS_AT_ONCE);
  }

  /** Delivers everything that may still count, to a Redis that lost its content. */
  async deliverAgain(): Promise<void> {
    const [, week, month] = firstDays(await redisNow(this.redis));
    await this.database.query('UPDATE quota_grants SET delivered = false WHERE delivered AND day >= LEAST($1::date, $2::date)', [
      week,
      month,
    ]);
    await this.deliver();
  }

  /** Makes the next delivery tell what was granted under one plan once more. */
  async markUndelivered(accountId: string, region: string, usagePlanId: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      await takeTurn(manager);
      await manager.query(
        'UPDATE quota_grants SET delivered = false WHERE account_id = $1 AND region = $2 AND usage_plan_id = $3 AND delivered',
        [accountId, region, usagePlanId],
      );
    });
  }

  /** Grants that are delivered stay locked meanwhile: one that changes after it was read is delivered once more. */
  private async deliverSome(manager: EntityManager): Promise<number> {
    const some = await manager.query<unknown[]>('SELECT 1 FROM quota_grants WHERE NOT delivered LIMIT 1');
    if (some.length === 0) return 0;
    await takeTurn(manager);
    const rows = await manager.query<GrantRow[]>(
      `SELECT account_id, region, usage_plan_id, api_key_id, to_char(day, 'YYYY-MM-DD') AS day FROM quota_grants
        WHERE NOT delivered ORDER BY account_id, region, usage_plan_id, api_key_id, quota_grants.day LIMIT $1 FOR UPDATE`,
      [ROWS_AT_ONCE],
    );
    if (rows.length === 0) return 0;
    await this.tell(manager, rows);
    await manager.query(
      `UPDATE quota_grants g SET delivered = true FROM (${toldFrom(1)}) AS told WHERE ${SAME_KEY} AND g.day = told.day`,
      columns(rows),
    );
    return rows.length;
  }

  /** What is granted in the current periods altogether, of plans that have a quota still. */
  private async tell(manager: EntityManager, rows: GrantRow[]): Promise<void> {
    const now = await redisNow(this.redis);
    const granted = await manager.query<GrantedRow[]>(
      `SELECT g.account_id, g.region, g.usage_plan_id, g.api_key_id, p.quota->>'period' AS period, sum(g.granted) AS granted
         FROM (SELECT DISTINCT account_id, region, usage_plan_id, api_key_id FROM (${toldFrom(4)}) AS each) AS told
         JOIN quota_grants g ON ${SAME_KEY}
         JOIN usage_plans p ON p.account_id = g.account_id AND p.region = g.region AND p.usage_plan_id = g.usage_plan_id
        WHERE g.day >= ${firstDayOf("p.quota->>'period'")}
        GROUP BY 1, 2, 3, 4, 5`,
      [...firstDays(now), ...columns(rows)],
    );
    if (granted.length === 0) return;
    const hashes = granted.map((row) => {
      const period = quotaPeriodAt(row.period, now);
      const subject = { accountId: row.account_id, region: row.region, usagePlanId: row.usage_plan_id, apiKeyId: row.api_key_id };
      return { key: quotaKey(subject, period), values: [row.granted, period.to + 60] };
    });
    const keys = hashes.map(({ key }) => key);
    await this.redis.eval(SET_GRANTED, keys.length, ...keys, GRANTED_FIELD, ...hashes.flatMap(({ values }) => values));
  }
}

function takeTurn(manager: EntityManager): Promise<unknown> {
  return manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [LOCK_NAME]);
}

/** SQL: the rows of `columns`, which are the parameters from `first` on, as a table. */
function toldFrom(first: number): string {
  const [account, region, plan, key, day] = Array.from({ length: 5 }, (_, index) => `$${first + index}`);
  return `SELECT * FROM unnest(${account}::text[], ${region}::text[], ${plan}::text[], ${key}::text[], ${day}::date[])
    AS row (account_id, region, usage_plan_id, api_key_id, day)`;
}

const SAME_KEY = `g.account_id = told.account_id AND g.region = told.region
  AND g.usage_plan_id = told.usage_plan_id AND g.api_key_id = told.api_key_id`;

function columns(rows: readonly GrantRow[]): string[][] {
  return [
    rows.map((row) => row.account_id),
    rows.map((row) => row.region),
    rows.map((row) => row.usage_plan_id),
    rows.map((row) => row.api_key_id),
    rows.map((row) => row.day),
  ];
}
