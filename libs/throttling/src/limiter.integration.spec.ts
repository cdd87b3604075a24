import { freshRedis, steadyDay, type TestRedis } from '@gatehouse/testing';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLimiter, type SharedLimiter } from './create-limiter.js';
import type { QuotaLimit, UsageSubject } from './limiter.js';
import { quotaPeriodAt } from './quota-period.js';
import { COMPLETE_KEY, EPOCH_KEY, quotaKey, usageKey } from './redis-keys.js';

const quotaOf = (limit: number): QuotaLimit => ({ limit, offset: 0, period: 'DAY', quotaStart: '2020-01-01' });
const holders = () => 3;
let redisProcess: TestRedis;
let redis: Redis;
let limiters: SharedLimiter[] = [];
let subjects = 0;
let today: string;

function subject(): UsageSubject {
  subjects += 1;
  return { accountId: '123456789012', region: 'us-east-1', usagePlanId: 'plan01', apiKeyId: `key${subjects}` };
}

const hashOf = (key: UsageSubject) => quotaKey(key, quotaPeriodAt('DAY', Date.now()));

/** A limiter as one gateway runs it, but patient: a busy machine must not make it decide without Redis where a test counts exactly. */
function startGateway(processId = `process-${limiters.length}-${subjects}`, patienceMs = 1000): SharedLimiter {
  const limiter = createLimiter({ redis, processId, holders, patienceMs });
  limiters.push(limiter);
  return limiter;
}

/** Three gateways that Redis answers. */
async function threeGateways(): Promise<SharedLimiter[]> {
  const three = [startGateway(), startGateway(), startGateway()];
  await Promise.all(three.map(connected));
  return three;
}

/** Resolves once `limiter` decides with Redis: it then waits for an answer. */
async function connected(limiter: SharedLimiter): Promise<void> {
  const probe = subject();
  await vi.waitFor(() => expect(limiter.quota(probe, quotaOf(1_000_000))).toBeInstanceOf(Promise), { timeout: 10_000 });
}

async function complete(epoch: string): Promise<void> {
  await redis.mset(EPOCH_KEY, epoch, COMPLETE_KEY, epoch);
}

/** Offers `perSecond` requests to each gateway for `ms`; returns how many were admitted, and how long it took. */
async function offer(
  gateways: SharedLimiter[],
  perSecond: number,
  ms: number,
  take: (gateway: SharedLimiter) => boolean | Promise<boolean>,
) {
  let admitted = 0;
  const open: Promise<void>[] = [];
  const began = performance.now();
  let offered = 0;
  while (performance.now() - began < ms) {
    const due = Math.floor(((performance.now() - began) * perSecond) / 1000);
    for (; offered < due; offered += 1) {
      for (const gateway of gateways) {
        const decision = take(gateway);
        if (decision === true) admitted += 1;
        else if (decision !== false) open.push(decision.then((yes) => void (admitted += yes ? 1 : 0)));
      }
    }
    await sleep(1);
  }
  await Promise.all(open);
  return { admitted, seconds: (performance.now() - began) / 1000 };
}

beforeAll(async () => {
  redisProcess = await freshRedis({ appendonly: false });
  redis = new Redis(redisProcess.url);
  redis.on('error', () => undefined);
});
afterAll(async () => {
  redis.disconnect();
  await redisProcess.stop();
});
beforeEach(async () => {
  today = await steadyDay(15);
  await redis.flushall();
  await complete('epoch-1');
});
afterEach(async () => {
  await Promise.all(limiters.map((limiter) => limiter.close()));
  limiters = [];
});

describe('throttle', () => {
  it('admits the burst at once and then the rate, over three gateways together', async () => {
    const gateways = await threeGateways();
    const limit = { rateLimit: 100, burstLimit: 50 };
    const { admitted, seconds } = await offer(gateways, 300, 2000, (gateway) => gateway.throttle('burst', limit));
    const allowed = 50 + 100 * seconds;
    expect(admitted).toBeGreaterThanOrEqual(allowed * 0.95);
    expect(admitted).toBeLessThanOrEqual(allowed + Math.max(1, allowed * 0.01));
  });

  it('admits everything that stays under a high limit, mostly without waiting', async () => {
    const gateways = await threeGateways();
    const limit = { rateLimit: 10_000, burstLimit: 5000 };
    let waited = 0;
    let offered = 0;
    const { admitted } = await offer(gateways, 1000, 1500, (gateway) => {
      offered += 1;
      const decision = gateway.throttle('high', limit);
      if (decision instanceof Promise) waited += 1;
      return decision;
    });
    expect(admitted).toBe(offered);
    expect(waited).toBeLessThan(offered / 4);
  });

  it('never admits more than a small limit', async () => {
    const gateways = await threeGateways();
    const limit = { rateLimit: 5, burstLimit: 5 };
    const { admitted, seconds } = await offer(gateways, 100, 2000, (gateway) => gateway.throttle('small', limit));
    expect(admitted).toBeGreaterThanOrEqual(5 + 5 * seconds - 2);
    expect(admitted).toBeLessThanOrEqual(5 + 5 * seconds + 1);
  });

  it('acts on a changed limit from the next call on', async () => {
    const [gateway] = await threeGateways();
    expect(await gateway!.throttle('changed', { rateLimit: 0.001, burstLimit: 1 })).toBe(true);
    expect(await gateway!.throttle('changed', { rateLimit: 0.001, burstLimit: 1 })).toBe(false);
    expect(gateway!.throttle('changed', { rateLimit: 0, burstLimit: 100 })).toBe(false);
    await sleep(20);
    expect(await gateway!.throttle('changed', { rateLimit: 1000, burstLimit: 100 })).toBe(true);
  });
});

describe('quota', () => {
  it('admits exactly 50 of a quota of 50 that three gateways hammer', async () => {
    const gateways = await threeGateways();
    const key = subject();
    const { admitted } = await offer(gateways, 400, 800, (gateway) => gateway.quota(key, quotaOf(50)));
    expect(admitted).toBe(50);
  });

  it('admits exactly a large quota, which is leased', async () => {
    const gateways = await threeGateways();
    const key = subject();
    const { admitted } = await offer(gateways, 1500, 2000, (gateway) => gateway.quota(key, quotaOf(4000)));
    expect(admitted).toBe(4000);
  });

  it('returns the unused part of a lease', async () => {
    const [gateway] = await threeGateways();
    const key = subject();
    const stored = async () => Number(Object.values(await redis.hgetall(hashOf(key)))[0]);
    let leased = 0;
    const { admitted } = await offer([gateway!], 1000, 300, (one) => {
      const decision = one.quota(key, quotaOf(1_000_000));
      if (decision === true) leased += 1;
      return decision;
    });
    expect(leased).toBeGreaterThan(0);
    await vi.waitFor(async () => expect(await stored()).toBe(admitted));
  });

  it('takes the offset off the first period', async () => {
    const [gateway] = await threeGateways();
    const key = subject();
    const quota = { ...quotaOf(10), offset: 7, quotaStart: today };
    expect((await offer([gateway!], 100, 300, (one) => one.quota(key, quota))).admitted).toBe(3);
  });

  it('counts what this process took before it forgot the key', async () => {
    await threeGateways();
    const key = subject();
    await redis.hset(hashOf(key), 'the-process', 8, 'another', 1);
    const gateway = startGateway('the-process');
    await connected(gateway);
    expect((await offer([gateway], 100, 300, (one) => one.quota(key, quotaOf(10)))).admitted).toBe(1);
  });

  it('expires after the period', async () => {
    const [gateway] = await threeGateways();
    const key = subject();
    await gateway!.quota(key, quotaOf(10));
    const { to } = quotaPeriodAt('DAY', Date.now());
    expect(await redis.expiretime(hashOf(key))).toBe(to + 60);
  });

  it('stays exact when Redis is emptied: gateways tell what they took, and their shares decide until it is complete again', async () => {
    const gateways = await threeGateways();
    const key = subject();
    const quota = quotaOf(50);
    let admitted = 0;
    for (const gateway of gateways) for (let i = 0; i < 7; i += 1) admitted += (await gateway.quota(key, quota)) ? 1 : 0;
    expect(admitted).toBe(21);
    await redis.flushall();
    await vi.waitFor(async () => expect(Object.values(await redis.hgetall(hashOf(key)))).toEqual(['7', '7', '7']));
    admitted += (await offer(gateways, 200, 400, (gateway) => gateway.quota(key, quota))).admitted;
    // (50 - what each last knew) / 3 each
    expect(admitted).toBeGreaterThan(42);
    expect(admitted).toBeLessThanOrEqual(50 + 7);
    await complete('epoch-2');
    await Promise.all(gateways.map(connected));
    admitted += (await offer(gateways, 200, 400, (gateway) => gateway.quota(key, quota))).admitted;
    expect(admitted).toBeLessThanOrEqual(50 + 7);
    expect(admitted).toBeGreaterThanOrEqual(50);
  });
});

describe('usage', () => {
  it('writes absolute totals once a second and everything again when Redis was emptied', async () => {
    const gateway = startGateway('usage-process');
    await connected(gateway);
    const key = subject();
    const field = `123456789012/us-east-1/plan01/${key.apiKeyId}/${today}/DAY`;
    const stored = () => redis.hget(usageKey('usage-process'), field);
    for (let i = 0; i < 3; i += 1) gateway.count(key, 'DAY');
    await vi.waitFor(async () => expect(await stored()).toBe('3'), { timeout: 3000 });
    gateway.count(key, 'DAY');
    await vi.waitFor(async () => expect(await stored()).toBe('4'), { timeout: 3000 });
    await redis.flushall();
    await complete('epoch-2');
    await vi.waitFor(async () => expect(await stored()).toBe('4'), { timeout: 3000 });
  });

  it('writes the last totals when it closes', async () => {
    const gateway = startGateway('closing-process');
    await connected(gateway);
    gateway.count(subject(), 'DAY');
    await gateway.close();
    expect(Object.values(await redis.hgetall(usageKey('closing-process')))).toEqual(['1']);
  });
});

describe('Redis slow, and within the patience', () => {
  /** 60 requests at once, over the gateways in turn. */
  const admittedOf60 = async (gateways: SharedLimiter[], name: string) => {
    const limit = { rateLimit: 0.01, burstLimit: 15 };
    const decisions = await Promise.all(
      Array.from({ length: 60 }, (_, n) => gateways[n % gateways.length]!.throttle(name, limit)),
    );
    return decisions.filter(Boolean).length;
  };

  it('admits exactly a small limit while every answer takes 50 ms', async () => {
    const gateways = await threeGateways();
    for (let round = 0; round < 10; round += 1) {
      await redis.call('CLIENT', 'PAUSE', '50', 'ALL');
      expect(await admittedOf60(gateways, `slow ${round}`)).toBe(15);
    }
  });

  it('admits exactly a small limit from the first contact on', async () => {
    const gateway = startGateway('just started');
    await redis.call('CLIENT', 'PAUSE', '50', 'ALL');
    await gateway.firstContact(10_000);
    expect(await admittedOf60([gateway], 'first')).toBe(15);
  });

  it('admits exactly a small limit when Redis stands still for longer than a dead connection would be kept', async () => {
    // Alone, its share would be a third.
    const gateway = startGateway('patient', 5000);
    await connected(gateway);
    await redis.call('CLIENT', 'PAUSE', '3000', 'ALL');
    expect(await admittedOf60([gateway], 'still')).toBe(15);
  });
});

describe('Redis away', () => {
  it('does not wait for a first contact', async () => {
    const nowhere = new Redis('redis://127.0.0.1:1', { lazyConnect: true });
    const limiter = createLimiter({ redis: nowhere, processId: 'alone', holders });
    limiters.push(limiter);
    await limiter.firstContact(2 ** 30);
    expect(limiter.throttle('alone', { rateLimit: 1, burstLimit: 1 })).toBe(true);
  });

  it('admits this process its share without waiting, and shares again when Redis is back', async () => {
    const gateways = await threeGateways();
    const limit = { rateLimit: 300, burstLimit: 30 };
    const known = subject();
    expect(await gateways[0]!.quota(known, quotaOf(30))).toBe(true);
    await redisProcess.kill();
    await vi.waitFor(() => expect(gateways[0]!.throttle('never seen 1', limit)).toBe(true));
    for (const gateway of gateways) await vi.waitFor(() => expect(gateway.throttle('never seen 2', limit)).toBe(true));
    const { admitted, seconds } = await offer(gateways, 500, 1000, (gateway) => {
      const decision = gateway.throttle('never seen 3', limit);
      expect(decision).not.toBeInstanceOf(Promise);
      return decision;
    });
    expect(admitted).toBeGreaterThan((30 + 300 * seconds) * 0.9);
    expect(admitted).toBeLessThanOrEqual((30 + 300 * seconds) * 1.01);
    expect((await offer([gateways[0]!], 500, 100, (gateway) => gateway.quota(known, quotaOf(30)))).admitted).toBe(
      Math.floor(29 / 3),
    );
    expect((await offer(gateways, 500, 100, (gateway) => gateway.quota(subject(), quotaOf(2)))).admitted).toBe(0);
    await redisProcess.start();
    await vi.waitFor(() => redis.ping(), { timeout: 10_000 });
    await complete('epoch-2');
    await Promise.all(gateways.map(connected));
    // All that was admitted without Redis counts: 1 + 9 of 30.
    expect((await offer(gateways, 300, 400, (gateway) => gateway.quota(known, quotaOf(30)))).admitted).toBe(20);
  });

  it('does not wait for a Redis that hangs', async () => {
    const gateway = startGateway('impatient', 5);
    await connected(gateway);
    await redis.call('CLIENT', 'PAUSE', '1500', 'ALL');
    const slow = gateway.throttle('paused', { rateLimit: 100, burstLimit: 10 });
    expect(await slow).toBe(true);
    expect(gateway.throttle('paused', { rateLimit: 100, burstLimit: 10 })).toBe(true);
    await connected(gateway);
    expect(await gateway.throttle('paused', { rateLimit: 100, burstLimit: 10 })).toBe(true);
  });
});
