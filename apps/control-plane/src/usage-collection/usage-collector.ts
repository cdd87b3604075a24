import { parseUsageField, USAGE_PROCESSES_KEY, usageKey, type UsageField } from '@gatehouse/throttling';
import type { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import type { QuotaPeriodChanges } from './quota-period-changes.js';

interface ReadTotal extends UsageField {
  field: string;
  total: string;
}

const READ_AT_ONCE = 1000;
/** Names the advisory lock that only one collector at a time holds. */
const LOCK_NAME = 'gatehouse usage collection';

/** KEYS: one usage hash. ARGV: field and value by turns. Removes the fields that still have that value. */
const FORGET_STORED = `
for i = 1, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then redis.call('HDEL', KEYS[1], ARGV[i]) end
end
`;

/** KEYS: set of processes, one usage hash. ARGV: the process. Forgets a process of which nothing is left to store. */
const FORGET_PROCESS = `
if redis.call('EXISTS', KEYS[2]) == 0 then redis.call('SREM', KEYS[1], ARGV[1]) end
`;

/**
 * Moves what gateways counted from Redis into `usage_totals`, and what they counted under a period that is no more into the quota. A total is absolute and only ever raises the stored one, and leaves Redis only
 * after that, so a pass may be repeated, cut short, or run beside another one.
 */
export class UsageCollector {
  constructor(
    private readonly redis: Redis,
    private readonly database: DataSource,
    private readonly periodChanges: QuotaPeriodChanges,
  ) {}

  /** One pass. Returns the number of totals it stored; 0 while another control plane is at it. Rejects when Redis or Postgres is away. */
  async collect(): Promise<number> {
    const processes = await this.redis.smembers(USAGE_PROCESSES_KEY);
    if (processes.length === 0) return 0;
    const session = this.database.createQueryRunner();
    try {
      const [{ locked }] = await session.query('SELECT pg_try_advisory_lock(hashtext($1)) AS locked', [LOCK_NAME]);
      if (!locked) return 0;
      try {
        let stored = 0;
        for (const processId of processes) stored += await this.collectProcess(processId);
        return stored;
      } finally {
        await session.query('SELECT pg_advisory_unlock(hashtext($1))', [LOCK_NAME]);
      }
    } finally {
      await session.release();
    }
  }

  private async collectProcess(processId: string): Promise<number> {
    const key = usageKey(processId);
    let stored = 0;
    let cursor = '0';
    do {
      const [next, read] = await this.redis.hscan(key, cursor, 'COUNT', READ_AT_ONCE);
      cursor = next;
      if (read.length === 0) continue;
      const totals = readTotals(read);
      await this.store(processId, totals);
      await this.periodChanges.tellLate(totals);
      await this.redis.eval(FORGET_STORED, 1, key, ...read);
      stored += totals.length;
    } while (cursor !== '0');
    await this.redis.eval(FORGET_PROCESS, 2, USAGE_PROCESSES_KEY, key, processId);
    return stored;
  }

  private async store(processId: string, totals: ReadTotal[]): Promise<void> {
    // In the order of the key, so that two passes over the same rows wait for each other instead of deadlocking.
    await this.database.query(
      `INSERT INTO usage_totals (account_id, region, usage_plan_id, api_key_id, day, quota_period, process_id, total)
       SELECT account_id, region, usage_plan_id, api_key_id, day, period, $1, max(total)
       FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::text[], $8::bigint[])
         AS read (account_id, region, usage_plan_id, api_key_id, day, period, total)
       GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
       ON CONFLICT (account_id, region, usage_plan_id, api_key_id, day, process_id, quota_period)
       DO UPDATE SET total = GREATEST(usage_totals.total, excluded.total)`,
      [
        processId,
        totals.map(({ accountId }) => accountId),
        totals.map(({ region }) => region),
        totals.map(({ usagePlanId }) => usagePlanId),
        totals.map(({ apiKeyId }) => apiKeyId),
        totals.map(({ day }) => day),
        totals.map(({ period }) => period),
        totals.map(({ total }) => total),
      ],
    );
  }
}

/** What is no total of ours could never be stored: it is left out, and so leaves Redis with the others. */
function readTotals(read: string[]): ReadTotal[] {
  const totals: ReadTotal[] = [];
  for (let i = 0; i < read.length; i += 2) {
    const [field, total] = [read[i]!, read[i + 1]!];
    const parsed = parseUsageField(field);
    if (parsed && /^\d{1,15}$/.test(total)) totals.push({ ...parsed, field, total });
  }
  return totals;
}
