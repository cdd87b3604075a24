import { freshRedis, type TestRedis } from '@gatehouse/testing';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ConcurrencyLeases, type Place } from './concurrency-leases.js';
import { COMPLETE_KEY, EPOCH_KEY, concurrencyKey } from './redis-keys.js';

let service: TestRedis;
let redis: Redis;
const processes: ConcurrencyLeases[] = [];

beforeAll(async () => {
  service = await freshRedis();
  redis = new Redis(service.url);
  redis.on('error', () => undefined);
});
beforeEach(async () => {
  await service.flush();
  await complete();
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((leases) => leases.close()));
});
afterAll(async () => {
  redis.disconnect();
  await service.stop();
});

const complete = () => redis.mset(EPOCH_KEY, 'epoch', COMPLETE_KEY, 'epoch');

/** One of `among` processes. */
async function process(among = 2): Promise<ConcurrencyLeases> {
  const connection = new Redis(service.url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy: () => 20 });
  connection.on('error', () => undefined);
  await new Promise<void>((resolve) => connection.once('ready', () => resolve()));
  const leases = new ConcurrencyLeases(connection);
  leases.heardOf(among);
  processes.push(leases);
  return leases;
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 10_000; !(await reached()); await sleep(10)) {
    if (Date.now() > deadline) throw new Error('it never came');
  }
}

const taken = () => redis.zcard(concurrencyKey('f'));

it('gives out as many places as the limit has, whoever asks at the same time', async () => {
  const [a, b] = [await process(), await process()];
  const places = await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? a : b).take('f', 7)));
  const held = places.filter((place): place is Place => place !== null);
  expect(held).toHaveLength(7);
  expect(await a.take('g', 1)).not.toBeNull();
  held[0]!.release();
  held[0]!.release();
  await until(async () => (await taken()) === 6);
  expect(await b.take('f', 7)).not.toBeNull();
  expect(await a.take('f', 7)).toBeNull();
  expect(await a.take('h', 0)).toBeNull();
});

it('is a mutex where the limit is one', async () => {
  const all = [await process(3), await process(3), await process(3)];
  let inside = 0;
  let most = 0;
  let times = 0;
  const work = async (leases: ConcurrencyLeases) => {
    while (times < 300) {
      const place = await leases.take('f', 1);
      if (!place) continue;
      most = Math.max(most, ++inside);
      times++;
      await sleep(0);
      inside--;
      place.release();
    }
  };
  await Promise.all(all.map(work));
  expect(most).toBe(1);
});

it('keeps places while their process lives, and takes those of a dead one back', async () => {
  const [a, b] = [await process(), await process()];
  await a.take('f', 2);
  // Of a process that has ended without a word.
  await redis.zadd(concurrencyKey('f'), Date.now() + 1_500, 'dead');
  expect(await b.take('f', 2)).toBeNull();
  const [first] = (await redis.zrange(concurrencyKey('f'), 0, -1, 'REV', 'WITHSCORES')) as string[];
  const before = Number(await redis.zscore(concurrencyKey('f'), first!));
  await until(async () => Number(await redis.zscore(concurrencyKey('f'), first!)) > before + 900);
  await until(async () => (await b.take('f', 2)) !== null);
  expect(await taken()).toBe(2);
});

it('tells an emptied Redis what is held, and takes nothing from it before it is complete again', async () => {
  const [a, b] = [await process(), await process()];
  await a.take('f', 1);
  await service.flush();
  expect(await b.take('f', 1)).toBeNull();
  await until(async () => (await taken()) === 1);
  await complete();
  expect(await b.take('f', 1)).toBeNull();
});

it('admits a share while Redis is away, rounded down, and counts it again afterwards', async () => {
  const [a, b] = [await process(), await process()];
  await service.kill();
  await sleep(50);
  const admitted = async (leases: ConcurrencyLeases, name: string, limit: number) => {
    const places = [];
    for (let n = 0; n < 5; n++) places.push(await leases.take(name, limit));
    return places.filter((place) => place !== null).length;
  };
  expect([await admitted(a, 'f', 5), await admitted(b, 'f', 5)]).toEqual([2, 2]);
  expect([await admitted(a, 'one', 1), await admitted(b, 'one', 1)]).toEqual([0, 0]);
  // One process alone has all.
  a.heardOf(1);
  expect(await admitted(a, 'one', 1)).toBe(0);
  a.heardOf(1);
  expect(await admitted(a, 'one', 1)).toBe(1);
  await service.start();
  await until(async () => redis.status === 'ready' && (await taken().catch(() => 0)) === 4);
  await complete();
  expect(await b.take('f', 4)).toBeNull();
});
