import { quotaKey, quotaPeriodAt, type QuotaPeriod } from '@gatehouse/throttling';
import type { Redis } from 'ioredis';

/** Requests that were taken from a key's quota in the current period of that length, as one field of the quota's hash counts them. */
export interface TakenRow {
  account_id: string;
  region: string;
  usage_plan_id: string;
  api_key_id: string;
  period: QuotaPeriod;
  field: string;
  taken: string;
}

/** KEYS: quota hashes. ARGV, three for each: field, requests taken, time at which the hash expires. Never lowers a field. */
const RAISE = `
for i = 1, #KEYS do
  local a = (i - 1) * 3
  local taken = tonumber(redis.call('HGET', KEYS[i], ARGV[a + 1]) or 0)
  if tonumber(ARGV[a + 2]) > taken then redis.call('HSET', KEYS[i], ARGV[a + 1], ARGV[a + 2]) end
  redis.call('EXPIREAT', KEYS[i], ARGV[a + 3])
end
`;

/**
 * Raises what Redis counts as taken in the periods that hold `now` (Unix ms). What is counted only ever grows, so a row may be told twice,
 * late, or beside a newer one. Rejects when Redis is away.
 */
export async function raiseTaken(redis: Redis, rows: readonly TakenRow[], now: number): Promise<void> {
  if (rows.length === 0) return;
  const fields = rows.map((row) => {
    const period = quotaPeriodAt(row.period, now);
    const subject = { accountId: row.account_id, region: row.region, usagePlanId: row.usage_plan_id, apiKeyId: row.api_key_id };
    return { key: quotaKey(subject, period), values: [row.field, row.taken, period.to + 60] };
  });
  const keys = fields.map(({ key }) => key);
  await redis.eval(RAISE, keys.length, ...keys, ...fields.flatMap(({ values }) => values));
}
