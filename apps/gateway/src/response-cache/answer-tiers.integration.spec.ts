import { connectRedis, firstContact } from '@gatehouse/publication';
import { dataPlaneKey } from '@gatehouse/snapshot';
import { freshRedis, type TestRedis } from '@gatehouse/testing';
import type { Redis } from 'ioredis';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnswerTiers, type AnswerTiersOptions } from './answer-tiers.js';
import { SharedAnswers } from './shared-answers.js';

const KEY = dataPlaneKey(Buffer.alloc(32, 7));
const MEBIBYTE = 1_048_576;

let server: TestRedis;
let redis: Redis;
let errors: Error[];

beforeEach(async () => {
  server = await freshRedis();
  redis = connectRedis(server.url);
  await firstContact(redis, 2_000);
  errors = [];
});
afterEach(async () => {
  redis.disconnect();
  await server.stop();
});

const tiers = (options: Partial<AnswerTiersOptions> = {}, sharedBytes = MEBIBYTE) =>
  new AnswerTiers({
    localBytes: MEBIBYTE,
    shared: new SharedAnswers(redis, sharedBytes),
    keys: [KEY],
    isShared: () => redis.status === 'ready',
    onError: (error) => errors.push(error),
    ...options,
  });
const answer = (text: string, bytes = 0) => ({ status: 200, headers: ['X-A', text], body: Buffer.alloc(bytes, text) });

/** Resolves when Redis has this many answers. */
async function kept(count: number): Promise<void> {
  for (let tries = 0; (await redis.hlen('{gatehouse}:answers')) !== count; tries++) {
    if (tries > 500) throw new Error(`Redis does not have ${count} answers`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('answers of all processes', () => {
  it('that one keeps another finds, for as long as they may be given', async () => {
    const [one, other] = [tiers(), tiers()];
    expect(await one.find('k')).toBeUndefined();
    one.keep('k', answer('a', 100), 1);
    expect(one.find('k')).toEqual(answer('a', 100));
    await kept(1);
    expect(await other.find('k')).toEqual(answer('a', 100));
    expect(other.find('k')).toEqual(answer('a', 100));
    expect(await other.find('l')).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await tiers().find('k')).toBeUndefined();
    expect(await other.find('k')).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it('that one has fetched anew the others give a second later', async () => {
    const [one, other] = [tiers(), tiers()];
    one.keep('k', answer('old'), 60);
    await kept(1);
    expect(await other.find('k')).toEqual(answer('old'));
    one.keep('k', answer('new'), 60);
    expect(one.find('k')).toEqual(answer('new'));
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await other.find('k')).toEqual(answer('new'));
  });

  it('are asked for once by all who wait', async () => {
    tiers().keep('k', answer('a'), 60);
    await kept(1);
    const reader = tiers();
    const [first, second] = [reader.find('k'), reader.find('k')];
    expect(first).toBe(second);
    expect(await first).toEqual(answer('a'));
  });

  it('take no more of Redis than they may: what ends first makes room', async () => {
    const one = tiers({}, 50_000);
    for (let at = 0; at < 40; at++) one.keep(`k${at}`, answer('a', 5_000), 60 + at);
    await kept(9);
    const bytes = Number(await redis.get('{gatehouse}:answers-bytes'));
    const lengths = await Promise.all(
      (await redis.hkeys('{gatehouse}:answers')).map((key) => redis.hstrlen('{gatehouse}:answers', key)),
    );
    expect(bytes).toBe(lengths.reduce((sum, length) => sum + length + 256, 0));
    expect(bytes).toBeLessThanOrEqual(50_000);
    expect(await redis.zcard('{gatehouse}:answers-ends')).toBe(9);
    expect([await tiers().find('k39'), await tiers().find('k0')]).toEqual([answer('a', 5_000), undefined]);
    one.keep('k39', answer('a', 60_000), 60);
    await kept(8);
    expect([await tiers().find('k39'), await tiers().find('k38')]).toEqual([undefined, answer('a', 5_000)]);
  });

  it('leave Redis as a whole when nobody uses them any more', async () => {
    tiers().keep('k', answer('a'), 60);
    await kept(1);
    for (const key of ['answers', 'answers-ends', 'answers-bytes']) {
      expect(await redis.pttl(`{gatehouse}:${key}`)).toBeGreaterThan(3_600_000);
    }
  });

  it('that somebody changed in Redis are none', async () => {
    tiers().keep('k', answer('a'), 60);
    await kept(1);
    await redis.hset('{gatehouse}:answers', 'k', 'something else');
    expect(await tiers().find('k')).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it('are each process’s own while Redis is away, and nobody waits for it', async () => {
    const one = tiers();
    redis.disconnect();
    await once(redis, 'end');
    expect(one.find('k')).toBeUndefined();
    one.keep('k', answer('a'), 60);
    expect(one.find('k')).toEqual(answer('a'));
    expect(errors).toEqual([]);
  });

  it('are not waited for where Redis is slow', async () => {
    const shared = { find: () => new Promise<never>(() => {}), keep: () => Promise.resolve() } as unknown as SharedAnswers;
    expect(await tiers({ shared }).find('k')).toBeUndefined();
  });

  it('that Redis refuses harm nobody, and it is told', async () => {
    await redis.set('{gatehouse}:answers', 'no hash');
    const one = tiers();
    one.keep('k', answer('a'), 60);
    expect(one.find('k')).toEqual(answer('a'));
    await redis.zadd('{gatehouse}:answers-ends', Date.now() + 60_000, 'l');
    expect(await one.find('l')).toBeUndefined();
    expect(errors.map(({ message }) => message.slice(0, 9))).toEqual(['WRONGTYPE', 'WRONGTYPE']);
  });
});
