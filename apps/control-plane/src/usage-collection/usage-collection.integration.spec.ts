import { createDatabase, freshRedis, steadyDay, type TestDatabase, type TestRedis } from '@gatehouse/testing';
import {
  createLimiter,
  GRANTED_FIELD,
  OTHER_PERIODS_FIELD,
  quotaKey,
  quotaPeriodAt,
  USAGE_PROCESSES_KEY,
  usageKey,
  utcDay,
  type CountedPeriod,
  type QuotaPeriod,
} from '@gatehouse/throttling';
import { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../database/data-source.js';
import { QuotaGrants } from './quota-grants.js';
import { QuotaPeriodChanges } from './quota-period-changes.js';
import { QuotaSeed } from './quota-seed.js';
import { UsageCollector } from './usage-collector.js';

const scope = { accountId: '123456789012', region: 'us-east-1' };
const field = (apiKeyId: string, day = today, period = 'DAY') => `123456789012/us-east-1/plan01/${apiKeyId}/${day}/${period}`;
let today: string;
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
  today = await steadyDay(20);
  await redis.flushall();
  await database.query('TRUNCATE usage_totals, quota_grants, usage_plans CASCADE');
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

const grants = () => new QuotaGrants(redis, database);
const periodChanges = () => new QuotaPeriodChanges(redis, database, grants());
const usageCollector = () => new UsageCollector(redis, database, periodChanges());

describe('UsageCollector', () => {
  it('stores totals and takes them out of Redis', async () => {
    await report('process-1', { [field('key1')]: 3, [field('key2', '2026-01-31')]: 1 });
    await report('process-2', { [field('key1')]: 4 });
    const collector = usageCollector();
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
    const collector = usageCollector();
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
    const collector = usageCollector();
    await collector.collect();
    spy.mockRestore();
    expect(await redis.hget(usageKey('process-1'), field('key1'))).toBe('2');
    await collector.collect();
    expect(await stored()).toEqual([{ process_id: 'process-1', api_key_id: 'key1', day: today, total: '2' }]);
  });

  it('keeps totals in Redis when they could not be stored', async () => {
    await report('process-1', { [field('key1')]: 1 });
    const spy = vi.spyOn(database, 'query').mockRejectedValueOnce(new Error('Postgres is away'));
    const collector = usageCollector();
    await expect(collector.collect()).rejects.toThrow('Postgres is away');
    spy.mockRestore();
    expect(await redis.hget(usageKey('process-1'), field('key1'))).toBe('1');
    expect(await collector.collect()).toBe(1);
  });

  it('lets one control plane work at a time and is right when several do', async () => {
    const totals = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [field(`key${i}`), i + 1]));
    await report('process-1', totals);
    const collectors = Array.from({ length: 4 }, () => usageCollector());
    const passes = await Promise.all(collectors.map((collector) => collector.collect()));
    expect(passes.filter((count) => count > 0)).toHaveLength(1);
    const [{ count, sum }] = await database.query('SELECT count(*), sum(total) FROM usage_totals');
    expect([count, sum]).toEqual(['3000', String((3000 * 3001) / 2)]);
  });

  it('skips what is no total, and does not stumble over it again', async () => {
    await report('process-1', { 'no/total': 1, [field('key1', '2026-02-31')]: 1, [field('key2')]: 'many', [field('key3')]: 1 });
    expect(await usageCollector().collect()).toBe(1);
    expect(await redis.exists(usageKey('process-1'))).toBe(0);
  });

  it('collects what a limiter counted', async () => {
    const limiter = createLimiter({ redis, processId: 'a-gateway', holders: () => 1 });
    const subject = { ...scope, usagePlanId: 'plan01', apiKeyId: 'key1' };
    for (let i = 0; i < 6; i += 1) limiter.count(subject, 'DAY');
    const collector = usageCollector();
    await vi.waitFor(async () => expect(await collector.collect()).toBe(1), { timeout: 5000 });
    await limiter.close();
    expect(await stored()).toEqual([{ process_id: 'a-gateway', api_key_id: 'key1', day: today, total: '6' }]);
  });
});

const subject = { ...scope, usagePlanId: 'plan01', apiKeyId: 'key1' };

const complete = (epoch: string) => redis.mset('{gatehouse}:epoch', epoch, '{gatehouse}:complete', epoch);

async function plan(period: QuotaPeriod | null): Promise<void> {
  await database.query(
    `INSERT INTO usage_plans (account_id, region, usage_plan_id, name, created_date, quota, tags)
     VALUES ('123456789012', 'us-east-1', 'plan01', 'a plan', now(), $1, '{}')`,
    [period && { limit: 100, offset: 0, period }],
  );
}

async function grant(day: string, granted: number, apiKeyId = 'key1'): Promise<void> {
  await database.query(
    `INSERT INTO quota_grants (account_id, region, usage_plan_id, api_key_id, day, granted, delivered)
     VALUES ('123456789012', 'us-east-1', 'plan01', $1, $2, $3, false)
     ON CONFLICT (account_id, region, usage_plan_id, api_key_id, day) DO UPDATE SET granted = excluded.granted, delivered = false`,
    [apiKeyId, day, granted],
  );
}

const hashOf = (period: QuotaPeriod, apiKeyId = 'key1') => quotaKey({ ...subject, apiKeyId }, quotaPeriodAt(period, Date.now()));
const undelivered = () => database.query('SELECT api_key_id FROM quota_grants WHERE NOT delivered');

describe('QuotaGrants', () => {
  it.each(['DAY', 'WEEK', 'MONTH'] as const)('tells Redis what was granted in the current %s', async (name) => {
    const period = quotaPeriodAt(name, Date.now());
    await plan(name);
    await grant(utcDay(period.from * 1000 - 1), 1000);
    await grant(period.start, 5);
    if (today !== period.start) await grant(today, -20);
    await grants().deliver();
    const key = quotaKey(subject, period);
    expect(await redis.hgetall(key)).toEqual({ [GRANTED_FIELD]: today === period.start ? '-5' : '15' });
    expect(await redis.expiretime(key)).toBe(period.to + 60);
    expect(await redis.keys('{gatehouse}:quota:*')).toEqual([key]);
    expect(await undelivered()).toEqual([]);
  });

  it('tells a change of it, and nothing twice', async () => {
    await plan('DAY');
    for (const granted of [5, -5, 0]) {
      await grant(today, granted);
      await grants().deliver();
      expect(Number(await redis.hget(hashOf('DAY'), GRANTED_FIELD))).toBeCloseTo(-granted);
    }
    await redis.flushall();
    await grants().deliver();
    expect(await redis.dbsize()).toBe(0);
  });

  it('keeps what Redis could not be told', async () => {
    await plan('DAY');
    await grant(today, 5);
    const spy = vi.spyOn(redis, 'eval').mockRejectedValueOnce(new Error('Redis is away'));
    await expect(grants().deliver()).rejects.toThrow('Redis is away');
    spy.mockRestore();
    expect(await undelivered()).toHaveLength(1);
    await Promise.all([grants().deliver(), grants().deliver(), grants().deliver()]);
    expect(await redis.hget(hashOf('DAY'), GRANTED_FIELD)).toBe('-5');
  });

  it('has nothing to tell of plans without a quota, and of those that are gone', async () => {
    await plan(null);
    await grant(today, 5);
    await grants().deliver();
    expect([await redis.dbsize(), await undelivered()]).toEqual([0, []]);
  });

  it('tells more than travels at once', async () => {
    await plan('DAY');
    await database.query(
      `INSERT INTO quota_grants (account_id, region, usage_plan_id, api_key_id, day, granted, delivered)
       SELECT '123456789012', 'us-east-1', 'plan01', 'key' || n, $1::date, n, false FROM generate_series(1, 2500) n`,
      [today],
    );
    await grants().deliver();
    expect(await redis.dbsize()).toBe(2500);
    expect(await redis.hget(hashOf('DAY', 'key2500'), GRANTED_FIELD)).toBe('-2500');
  });

  it('lets a gateway admit what was granted, or no more than what was left, also after Redis was lost', async () => {
    const quota = { limit: 3, offset: 0, period: 'DAY', quotaStart: '2020-01-01' } as const;
    await plan('DAY');
    await grant(today, -1);
    await grants().deliver();
    await complete('epoch-1');
    const limiter = createLimiter({ redis, processId: 'a-gateway', holders: () => 1, patienceMs: 1000 });
    try {
      await limiter.firstContact(5000);
      /** How many it admits, once it admits again. */
      const admitted = async () => {
        await vi.waitFor(async () => expect(await limiter.quota(subject, quota)).toBe(true), { timeout: 5000 });
        let count = 1;
        while (await limiter.quota(subject, quota)) count += 1;
        return count;
      };
      expect(await admitted()).toBe(2);
      await grant(today, 4);
      await grants().deliver();
      expect(await admitted()).toBe(5);
      await grant(today, 9);
      await redis.flushall();
      await complete('epoch-2');
      await new QuotaSeed(redis, database, grants()).seed();
      await vi.waitFor(async () => expect(await redis.hget(hashOf('DAY'), 'a-gateway')).toBe('7'), { timeout: 5000 });
      expect(await admitted()).toBe(5);
    } finally {
      await limiter.close();
    }
  });
});

async function used(processId: string, day: string, period: CountedPeriod, total: number): Promise<void> {
  await database.query(
    `INSERT INTO usage_totals (account_id, region, usage_plan_id, api_key_id, day, process_id, quota_period, total)
     VALUES ('123456789012', 'us-east-1', 'plan01', 'key1', $1, $2, $3, $4)`,
    [day, processId, period, total],
  );
}

describe('QuotaSeed', () => {
  const seed = () => new QuotaSeed(redis, database, grants());

  it.each(['DAY', 'WEEK', 'MONTH'] as const)('seeds what was taken in the current %s, per process', async (name) => {
    const period = quotaPeriodAt(name, Date.now());
    const before = utcDay(period.from * 1000 - 1);
    const last = utcDay(period.to * 1000 - 1);
    await plan(name);
    await used('process-1', before, name, 100);
    await used('process-1', period.start, name, 5);
    await used('process-2', period.start, name, 1);
    if (last !== period.start) await used('process-1', last, name, 2);
    await seed().seed();
    const key = quotaKey(subject, period);
    expect(await redis.hgetall(key)).toEqual({ 'process-1': name === 'DAY' ? '5' : '7', 'process-2': '1' });
    expect(await redis.expiretime(key)).toBe(period.to + 60);
    expect(await redis.keys('{gatehouse}:quota:*')).toEqual([key]);
  });

  it('never lowers what a process reported itself', async () => {
    await plan('DAY');
    await used('process-1', today, 'DAY', 5);
    await used('process-2', today, 'DAY', 5);
    const key = hashOf('DAY');
    await redis.hset(key, { 'process-1': 9, 'process-2': 3 });
    await seed().seed();
    expect(await redis.hgetall(key)).toEqual({ 'process-1': '9', 'process-2': '5' });
  });

  it('seeds what was granted, delivered before or not', async () => {
    await plan('MONTH');
    const { start } = quotaPeriodAt('MONTH', Date.now());
    await grant(start, 7);
    await grants().deliver();
    await redis.flushall();
    await seed().seed();
    expect(await redis.hgetall(hashOf('MONTH'))).toEqual({ [GRANTED_FIELD]: '-7' });
  });

  it('leaves plans that never had a quota alone', async () => {
    await plan(null);
    await used('process-1', today, 'NONE', 5);
    await seed().seed();
    expect(await redis.dbsize()).toBe(0);
  });

  it('seeds what was counted under another period once: as a sum in the present one, per process in its own', async () => {
    await plan('MONTH');
    await used('process-1', today, 'MONTH', 4);
    await used('process-1', today, 'DAY', 2);
    await used('process-2', today, 'DAY', 1);
    await used('process-1', today, 'NONE', 10);
    await seed().seed();
    await periodChanges().deliver();
    expect(await redis.hgetall(hashOf('MONTH'))).toEqual({ 'process-1': '4', [OTHER_PERIODS_FIELD]: '13' });
    expect(await redis.hgetall(hashOf('DAY'))).toEqual({ 'process-1': '2', 'process-2': '1' });
    expect(await redis.keys('{gatehouse}:quota:*')).toHaveLength(2);
  });

  it('seeds more rows than travel at once', async () => {
    await plan('DAY');
    await database.query(
      `INSERT INTO usage_totals (account_id, region, usage_plan_id, api_key_id, day, process_id, quota_period, total)
       SELECT '123456789012', 'us-east-1', 'plan01', 'key' || n, $1::date, 'process-1', 'DAY', n FROM generate_series(1, 2500) n`,
      [today],
    );
    await seed().seed();
    expect(await redis.dbsize()).toBe(2500);
    expect(await redis.hget(hashOf('DAY', 'key2500'), 'process-1')).toBe('2500');
  });
});
