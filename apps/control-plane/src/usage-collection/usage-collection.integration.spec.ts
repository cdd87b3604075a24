import { createDatabase, freshRedis, type TestDatabase, type TestRedis } from '@gatehouse/testing';
import { createLimiter, quotaKey, quotaPeriodAt, USAGE_PROCESSES_KEY, usageKey, utcDay } from '@gatehouse/throttling';
import { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../database/data-source.js';
import { QuotaSeed } from './quota-seed.js';
import { UsageCollector } from './usage-collector.js';

const scope = { accountId: '123456789012', region: 'us-east-1' };
const today = utcDay(Date.now());
const field = (apiKeyId: string, day = today) => `123456789012/us-east-1/plan01/${apiKeyId}/${day}`;
let redisProcess: TestRedis;
let testDatabase: TestDatabase;
let redis: Redis;
let database: DataSource;

beforeAll(async () => {
  [redisProcess, testDatabase] = await Promise.all([freshRedis({ appendonly: false }), createDatabase()]);
  redis = new Redis(redisProcess.url);
  database = await openDatabase(testDatabase.url);
});
afterAll(async () => {
  redis.disconnect();
  await database.destroy();
  await Promise.all([redisProcess.stop(), testDatabase.drop()]);
});
beforeEach(async () => {
  await redis.flushall();
  await database.query('TRUNCATE usage_totals, usage_plans CASCADE');
});

async function report(processId: string, totals: Record<string, number | string>): Promise<void> {
  await redis.sadd(USAGE_PROCESSES_KEY, processId);
  await redis.hset(usageKey(processId), totals);
}

function stored(): Promise<{ process_id: string; api_key_id: string; day: string; total: string }[]> {
  return database.query(
    `SELECT process_id, api_key_id, to_char(day, 'YYYY-MM-DD') AS day, total FROM usage_totals ORDER BY 1, 2, 3`,
  );
}

describe('UsageCollector', () => {
  it('stores totals and takes them out of Redis', async () => {
    await report('process-1', { [field('key1')]: 3, [field('key2', '2026-01-31')]: 1 });
    await report('process-2', { [field('key1')]: 4 });
    const collector = new UsageCollector(redis, database);
    expect(await collector.collect()).toBe(3);
    expect(await stored()).toEqual([
      { process_id: 'process-1', api_key_id: 'key1', day: today, total: '3' },
      { process_id: 'process-1', api_key_id: 'key2', day: '2026-01-31', total: '1' },
      { process_id: 'process-2', api_key_id: 'key1', day: today, total: '4' },
    ]);
    expect(await redis.keys('*usage*')).toEqual([]);
    expect(await collector.collect()).toBe(0);
  });

  it('never counts a repeated report twice and never lowers a total', async () => {
    const collector = new UsageCollector(redis, database);
    for (const total of [5, 5, 3, 7]) {
      await report('process-1', { [field('key1')]: total });
      await collector.collect();
    }
    expect(await stored()).toEqual([{ process_id: 'process-1', api_key_id: 'key1', day: today, total: '7' }]);
  });

  it('keeps in Redis what changed while it was being stored', async () => {
    await report('process-1', { [field('key1')]: 1 });
    const query = database.query.bind(database);
    const spy = vi.spyOn(database, 'query').mockImplementationOnce(async (...call) => {
      await report('process-1', { [field('key1')]: 2 });
      return query(...call);
    });
    const collector = new UsageCollector(redis, database);
    await collector.collect();
    spy.mockRestore();
    expect(await redis.hget(usageKey('process-1'), field('key1'))).toBe('2');
    await collector.collect();
    expect(await stored()).toEqual([{ process_id: 'process-1', api_key_id: 'key1', day: today, total: '2' }]);
  });

  it('keeps totals in Redis when they could not be stored', async () => {
    await report('process-1', { [field('key1')]: 1 });
    const spy = vi.spyOn(database, 'query').mockRejectedValueOnce(new Error('Postgres is away'));
    const collector = new UsageCollector(redis, database);
    await expect(collector.collect()).rejects.toThrow('Postgres is away');
    spy.mockRestore();
    expect(await redis.hget(usageKey('process-1'), field('key1'))).toBe('1');
    expect(await collector.collect()).toBe(1);
  });

  it('lets one control plane work at a time and is right when several do', async () => {
    const totals = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [field(`key${i}`), i + 1]));
    await report('process-1', totals);
    const collectors = Array.from({ length: 4 }, () => new UsageCollector(redis, database));
    const passes = await Promise.all(collectors.map((collector) => collector.collect()));
    expect(passes.filter((count) => count > 0)).toHaveLength(1);
    const [{ count, sum }] = await database.query('SELECT count(*), sum(total) FROM usage_totals');
    expect([count, sum]).toEqual(['3000', String((3000 * 3001) / 2)]);
  });

  it('skips what is no total, and does not stumble over it again', async () => {
    await report('process-1', { 'no/total': 1, [field('key1', '2026-02-31')]: 1, [field('key2')]: 'many', [field('key3')]: 1 });
    expect(await new UsageCollector(redis, database).collect()).toBe(1);
    expect(await redis.exists(usageKey('process-1'))).toBe(0);
  });

  it('collects what a limiter counted', async () => {
    const limiter = createLimiter({ redis, processId: 'a-gateway', holders: () => 1 });
    const subject = { ...scope, usagePlanId: 'plan01', apiKeyId: 'key1' };
    for (let i = 0; i < 6; i += 1) limiter.count(subject);
    const collector = new UsageCollector(redis, database);
    await vi.waitFor(async () => expect(await collector.collect()).toBe(1), { timeout: 5000 });
    await limiter.close();
    expect(await stored()).toEqual([{ process_id: 'a-gateway', api_key_id: 'key1', day: today, total: '6' }]);
  });
});

describe('QuotaSeed', () => {
  const subject = { ...scope, usagePlanId: 'plan01', apiKeyId: 'key1' };

  async function plan(period: 'DAY' | 'WEEK' | 'MONTH' | null): Promise<void> {
    await database.query(
      `INSERT INTO usage_plans (account_id, region, usage_plan_id, name, created_date, quota, tags)
       VALUES ('123456789012', 'us-east-1', 'plan01', 'a plan', now(), $1, '{}')`,
      [period && { limit: 100, offset: 0, period }],
    );
  }

  async function used(processId: string, day: string, total: number): Promise<void> {
    await database.query(
      `INSERT INTO usage_totals (account_id, region, usage_plan_id, api_key_id, day, process_id, total)
       VALUES ('123456789012', 'us-east-1', 'plan01', 'key1', $1, $2, $3)`,
      [day, processId, total],
    );
  }

  it.each(['DAY', 'WEEK', 'MONTH'] as const)('seeds what was taken in the current %s, per process', async (name) => {
    const period = quotaPeriodAt(name, Date.now());
    const before = utcDay(period.from * 1000 - 1);
    const last = utcDay(period.to * 1000 - 1);
    await plan(name);
    await used('process-1', before, 100);
    await used('process-1', period.start, 5);
    await used('process-2', period.start, 1);
    if (last !== period.start) await used('process-1', last, 2);
    await new QuotaSeed(redis, database).seed();
    const key = quotaKey(subject, period.start);
    expect(await redis.hgetall(key)).toEqual({ 'process-1': name === 'DAY' ? '5' : '7', 'process-2': '1' });
    expect(await redis.expiretime(key)).toBe(period.to + 60);
    expect(await redis.keys('{gatehouse}:quota:*')).toEqual([key]);
  });

  it('never lowers what a process reported itself', async () => {
    await plan('DAY');
    await used('process-1', today, 5);
    await used('process-2', today, 5);
    const key = quotaKey(subject, today);
    await redis.hset(key, { 'process-1': 9, 'process-2': 3 });
    await new QuotaSeed(redis, database).seed();
    expect(await redis.hgetall(key)).toEqual({ 'process-1': '9', 'process-2': '5' });
  });

  it('leaves plans without a quota alone', async () => {
    await plan(null);
    await used('process-1', today, 5);
    await new QuotaSeed(redis, database).seed();
    expect(await redis.dbsize()).toBe(0);
  });

  it('seeds more rows than travel at once', async () => {
    await plan('DAY');
    await database.query(
      `INSERT INTO usage_totals (account_id, region, usage_plan_id, api_key_id, day, process_id, total)
       SELECT '123456789012', 'us-east-1', 'plan01', 'key' || n, $1::date, 'process-1', n FROM generate_series(1, 2500) n`,
      [today],
    );
    await new QuotaSeed(redis, database).seed();
    expect(await redis.dbsize()).toBe(2500);
    expect(await redis.hget(quotaKey({ ...subject, apiKeyId: 'key2500' }, today), 'process-1')).toBe('2500');
  });
});
