import { createDatabase, freshRedis, steadyDay, type TestDatabase, type TestRedis } from '@gatehouse/testing';
import {
  createLimiter,
  GRANTED_FIELD,
  OTHER_PERIODS_FIELD,
  quotaKey,
  quotaPeriodAt,
  USAGE_PROCESSES_KEY,
  usageField,
  usageKey,
  utcDay,
  type CountedPeriod,
  type QuotaPeriod,
  type SharedLimiter,
} from '@gatehouse/throttling';
import { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../database/data-source.js';
import { QuotaGrants } from './quota-grants.js';
import { QuotaPeriodChanges } from './quota-period-changes.js';
import { QuotaSeed } from './quota-seed.js';
import { UsageCollector } from './usage-collector.js';

const subject = { accountId: '123456789012', region: 'us-east-1', usagePlanId: 'plan01', apiKeyId: 'key1' };
const LIMIT = 1000;
let redisProcess: TestRedis;
let testDatabase: TestDatabase;
let redis: Redis;
let database: DataSource;
let grants: QuotaGrants;
let changes: QuotaPeriodChanges;
let collector: UsageCollector;
let seed: QuotaSeed;
let today: string;

beforeAll(async () => {
  [redisProcess, testDatabase] = await Promise.all([freshRedis({ appendonly: false }), createDatabase()]);
  redis = new Redis(redisProcess.url);
  database = await openDatabase(testDatabase.url);
  grants = new QuotaGrants(redis, database);
  changes = new QuotaPeriodChanges(redis, database, grants);
  collector = new UsageCollector(redis, database, changes);
  seed = new QuotaSeed(redis, database, grants);
});
afterAll(async () => {
  redis.disconnect();
  await database.destroy();
  await Promise.all([redisProcess.stop(), testDatabase.drop()]);
});
beforeEach(async () => {
  today = await steadyDay(25);
  await redis.flushall();
  await complete('epoch-0');
  await database.query('TRUNCATE usage_totals, quota_grants, usage_plans CASCADE');
  await database.query(
    `INSERT INTO usage_plans (account_id, region, usage_plan_id, name, created_date, tags)
     VALUES ('123456789012', 'us-east-1', 'plan01', 'a plan', now(), '{}')`,
  );
});

async function complete(epoch: string): Promise<void> {
  await redis.mset('{gatehouse}:epoch', epoch, '{gatehouse}:complete', epoch);
}

/** As UpdateUsagePlan does it. */
async function changePeriod(period: CountedPeriod): Promise<void> {
  const quota = period === 'NONE' ? null : { limit: LIMIT, offset: 0, period };
  await database.query('UPDATE usage_plans SET quota = $1, period_change = gen_random_uuid()', [quota]);
}

async function isMarked(): Promise<boolean> {
  const [plan] = await database.query<{ period_change: string | null }[]>('SELECT period_change FROM usage_plans');
  return plan!.period_change !== null;
}

/** What a process that is gone left behind in Postgres. */
async function used(processId: string, day: string, period: CountedPeriod, total: number): Promise<void> {
  await database.query(
    `INSERT INTO usage_totals (account_id, region, usage_plan_id, api_key_id, day, process_id, quota_period, total)
     VALUES ('123456789012', 'us-east-1', 'plan01', 'key1', $1, $2, $3, $4)`,
    [day, processId, period, total],
  );
}

async function grant(day: string, granted: number): Promise<void> {
  await database.query(
    `INSERT INTO quota_grants (account_id, region, usage_plan_id, api_key_id, day, granted, delivered)
     VALUES ('123456789012', 'us-east-1', 'plan01', 'key1', $1, $2, false)`,
    [day, granted],
  );
}

async function report(processId: string, period: CountedPeriod, total: number): Promise<void> {
  await redis.sadd(USAGE_PROCESSES_KEY, processId);
  await redis.hset(usageKey(processId), usageField(subject, today, period), total);
}

const counted = (period: QuotaPeriod) => redis.hgetall(quotaKey(subject, quotaPeriodAt(period, Date.now())));

/** One pass, as it is made every second. */
async function pass(): Promise<void> {
  await collector.collect();
  await changes.deliver();
  await grants.deliver();
}

describe('QuotaPeriodChanges', () => {
  it.each([
    ['DAY', 'WEEK'],
    ['DAY', 'MONTH'],
    ['WEEK', 'DAY'],
    ['MONTH', 'WEEK'],
    ['NONE', 'MONTH'],
  ] as const)('%s -> %s: tells what was used and granted on the days of the new period', async (before, after) => {
    const { start, from, to } = quotaPeriodAt(after, Date.now());
    await used('process-1', utcDay(from * 1000 - 1), before, 1000);
    await used('process-1', start, before, 3);
    await used('process-2', start, before, 4);
    if (start !== today) await used('process-1', today, before, 20);
    await grant(utcDay(from * 1000 - 1), 500);
    await grant(today, 5);
    await changePeriod(before);
    await pass();
    await changePeriod(after);
    await pass();
    const total = start === today ? '7' : '27';
    expect(await counted(after)).toEqual({ [OTHER_PERIODS_FIELD]: total, [GRANTED_FIELD]: '-5' });
    expect(await redis.expiretime(quotaKey(subject, { period: after, start }))).toBe(to + 60);
    expect(await isMarked()).toBe(false);
  });

  it('keeps a change that Redis could not be told', async () => {
    await used('process-1', today, 'DAY', 3);
    await grant(today, 5);
    await changePeriod('DAY');
    await pass();
    await changePeriod('MONTH');
    const spy = vi.spyOn(redis, 'eval').mockRejectedValueOnce(new Error('Redis is away'));
    await expect(changes.deliver()).rejects.toThrow('Redis is away');
    spy.mockRestore();
    expect(await isMarked()).toBe(true);
    await Promise.all([pass(), pass(), pass()]);
    expect(await counted('MONTH')).toEqual({ [OTHER_PERIODS_FIELD]: '3', [GRANTED_FIELD]: '-5' });
  });

  it('keeps a change that comes during the delivery of another one', async () => {
    await used('process-1', today, 'DAY', 3);
    await changePeriod('MONTH');
    const deliverGrants = grants.markUndelivered.bind(grants);
    const spy = vi.spyOn(grants, 'markUndelivered').mockImplementationOnce(async (...plan) => {
      await changePeriod('WEEK');
      await deliverGrants(...plan);
    });
    await changes.deliver();
    spy.mockRestore();
    expect(await isMarked()).toBe(true);
    await changes.deliver();
    expect([await counted('WEEK'), await isMarked()]).toEqual([{ [OTHER_PERIODS_FIELD]: '3' }, false]);
  });

  it('tells more keys than travel at once', async () => {
    await database.query(
      `INSERT INTO usage_totals (account_id, region, usage_plan_id, api_key_id, day, process_id, quota_period, total)
       SELECT '123456789012', 'us-east-1', 'plan01', 'key' || n, $1::date, 'process-1', 'DAY', n FROM generate_series(1, 2500) n`,
      [today],
    );
    await changePeriod('MONTH');
    await changes.deliver();
    const key = quotaKey({ ...subject, apiKeyId: 'key2500' }, quotaPeriodAt('MONTH', Date.now()));
    expect(await redis.hget(key, OTHER_PERIODS_FIELD)).toBe('2500');
  });

  it('adds what is reported late under the old period, once', async () => {
    await changePeriod('MONTH');
    await pass();
    for (const total of [3, 3, 8]) {
      await report('process-1', 'DAY', total);
      await report('process-2', 'MONTH', 100);
      await pass();
      expect(await counted('MONTH')).toEqual({ [OTHER_PERIODS_FIELD]: String(total) });
    }
  });

  it('keeps a late report until Redis has heard of it', async () => {
    await changePeriod('MONTH');
    await pass();
    await report('process-1', 'DAY', 3);
    const spy = vi.spyOn(redis, 'eval').mockRejectedValueOnce(new Error('Redis is away'));
    await expect(pass()).rejects.toThrow('Redis is away');
    spy.mockRestore();
    expect(await counted('MONTH')).toEqual({});
    await pass();
    expect(await counted('MONTH')).toEqual({ [OTHER_PERIODS_FIELD]: '3' });
    expect(await redis.keys('{gatehouse}:usage*')).toEqual([]);
  });

  it("takes what a gateway of an older version reports for another period's", async () => {
    await changePeriod('MONTH');
    await pass();
    await redis.sadd(USAGE_PROCESSES_KEY, 'old');
    await redis.hset(usageKey('old'), `123456789012/us-east-1/plan01/key1/${today}`, 4);
    await pass();
    expect(await counted('MONTH')).toEqual({ [OTHER_PERIODS_FIELD]: '4' });
  });

  it('lets gateways admit exactly what is left, there and back', async () => {
    const limiter = createLimiter({ redis, processId: 'a-gateway', holders: () => 1, patienceMs: 1000 });
    try {
      await limiter.firstContact(5000);
      const admit = async (period: QuotaPeriod, limit: number, most = Infinity) => {
        let count = 0;
        while (count < most && (await limiter.quota(subject, { limit, offset: 0, period, quotaStart: '2020-01-01' }))) {
          limiter.count(subject, period);
          count += 1;
        }
        return count;
      };
      const taken = async (period: QuotaPeriod) =>
        Object.values(await counted(period)).reduce((sum, each) => sum + Number(each), 0);
      const heard = async (period: QuotaPeriod, total: number) => {
        await vi.waitFor(
          async () => {
            await pass();
            expect(await taken(period)).toBe(total);
          },
          { timeout: 5000 },
        );
      };
      await changePeriod('DAY');
      expect(await admit('DAY', 10, 4)).toBe(4);
      await changePeriod('MONTH');
      await heard('MONTH', 4);
      expect(await admit('MONTH', 10)).toBe(6);
      await changePeriod('WEEK');
      await heard('WEEK', 10);
      expect(await admit('WEEK', 10)).toBe(0);
      await changePeriod('DAY');
      await heard('DAY', 10);
      expect(await admit('DAY', 15)).toBe(5);
    } finally {
      await limiter.close();
    }
  });
});

describe('every request is counted exactly once', () => {
  /** The same numbers for the same seed (mulberry32). */
  function numbers(state: number): (below: number) => number {
    return (below) => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
    };
  }

  it.each(Array.from({ length: 12 }, (_, n) => n + 1))(
    'in any order of changes, traffic, losses and restarts (%i)',
    async (n) => {
      const random = numbers(n);
      const periods = ['DAY', 'WEEK', 'MONTH', 'NONE'] as const;
      let [processes, epochs, probes] = [0, 0, 0];
      /** A promise where Redis decides, a boolean where the process does alone. */
      const decision = (limiter: SharedLimiter) =>
        limiter.quota(
          { ...subject, apiKeyId: `probe${(probes += 1)}` },
          { limit: LIMIT, offset: 0, period: 'DAY', quotaStart: '2020-01-01' },
        );
      const shares = (limiter: SharedLimiter) =>
        vi.waitFor(() => expect(decision(limiter)).toBeInstanceOf(Promise), { timeout: 10_000 });
      const start = async () => {
        const limiter = createLimiter({ redis, processId: `process-${(processes += 1)}`, holders: () => 2, patienceMs: 1000 });
        await limiter.firstContact(5000);
        return limiter;
      };
      const limiters = [await start(), await start()];
      /** What each gateway believes, which follows the plan late. */
      const known: CountedPeriod[] = ['DAY', 'DAY'];
      let period: CountedPeriod = 'DAY';
      let admitted = 0;
      let ended = false;
      await changePeriod(period);

      const requests = async () => {
        const which = random(2);
        const quota = { limit: LIMIT, offset: 0, quotaStart: '2020-01-01' };
        for (let count = random(20); count > 0; count -= 1) {
          const under = known[which]!;
          if (under !== 'NONE' && !(await limiters[which]!.quota(subject, { ...quota, period: under }))) continue;
          limiters[which]!.count(subject, under);
          admitted += 1;
        }
      };
      const steps = [
        requests,
        requests,
        requests,
        async () => void (known[random(2)] = period),
        async () => changePeriod((period = periods[random(4)]!)),
        pass,
        async () => {
          // What a process reported last is lost with Redis once the process is gone.
          if (ended) await collector.collect();
          ended = false;
          await redis.flushall();
          const epoch = `epoch-${(epochs += 1)}`;
          await redis.set('{gatehouse}:epoch', epoch);
          // A process that ends before it notices takes with it what it had written.
          await Promise.all(limiters.map((limiter) => vi.waitFor(() => expect(decision(limiter)).toBeTypeOf('boolean'))));
          if (random(2)) await requests();
          await seed.seed();
          await redis.set('{gatehouse}:complete', epoch);
          if (random(2)) await Promise.all(limiters.map(shares));
        },
        async () => {
          const which = random(2);
          await shares(limiters[which]!);
          await limiters[which]!.close();
          ended = true;
          limiters[which] = await start();
        },
      ];
      for (let step = 0; step < 30; step += 1) await steps[random(steps.length)]!();

      // Then all is told.
      await Promise.all(limiters.map(shares));
      await Promise.all(limiters.map((limiter) => limiter.close()));
      await pass();
      for (const present of ['DAY', 'WEEK', 'MONTH'] as const) {
        await changePeriod(present);
        await pass();
        const sum = Object.values(await counted(present)).reduce((total, taken) => total + Number(taken), 0);
        expect([present, sum]).toEqual([present, admitted]);
      }
    },
  );
});
