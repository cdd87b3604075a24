import {
  FunctionsReports,
  PublicationProducer,
  PublicationWorker,
  REDIS_KEYS,
  SnapshotWriter,
  type SnapshotReader,
} from '@gatehouse/publication';
import { dataPlaneKey, type AnyDocument, type Document } from '@gatehouse/snapshot';
import { apiKey, freshRedis, type TestRedis } from '@gatehouse/testing';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { StartupError } from '../startup-error.js';
import { FunctionDirectory } from './function-directory.js';
import { FunctionFollower } from './function-follower.js';

const key = dataPlaneKey(Buffer.alloc(32, 1));
const stranger = dataPlaneKey(Buffer.alloc(32, 2));
const scope = { accountId: '123456789012', region: 'us-east-1' };
let service: TestRedis;
let redis: Redis;
let follower: FunctionFollower | null = null;
let directory: FunctionDirectory;
let troubles: string[];
let readyTimes: number;
let revision = 0;

beforeAll(async () => {
  service = await freshRedis();
  redis = new Redis(service.url);
  redis.on('error', () => undefined);
});
afterEach(async () => {
  await follower?.stop();
  follower = null;
  vi.useRealTimers();
});
afterAll(async () => {
  redis.disconnect();
  await service.stop();
});

function document(name: string, revisionId: string): Document<'function'> {
  const version = {
    version: '$LATEST',
    revisionId,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    timeout: 3,
    memorySize: 128,
    environment: null,
    codeSha256: 'ab'.repeat(32),
    codeSize: 1,
  };
  const body = { functionName: name, versions: [version], aliases: [], reservedConcurrency: null, policy: [] };
  return { kind: 'function', ...scope, key: name, revision: ++revision, body };
}

async function publish(documents: AnyDocument[], { epoch = 'epoch-1', signedBy = key } = {}): Promise<void> {
  const writer = new SnapshotWriter(redis, signedBy);
  expect(await writer.publish(epoch, documents)).toMatchObject({ outcome: 'published' });
}

async function begin(epoch: string, before: string | null = null): Promise<void> {
  await new SnapshotWriter(redis, key).beginEpoch(before, epoch);
}

async function follow(url = service.url): Promise<void> {
  directory = new FunctionDirectory();
  troubles = [];
  readyTimes = 0;
  follower = new FunctionFollower({
    redisUrl: url,
    keys: [key],
    directory,
    self: () => ({ functionsId: 'functions-0', address: '127.0.0.1:9100', busy: 0 }),
  });
  for (const event of ['failed', 'refused'] as const) follower.on(event, ({ message }: Error) => troubles.push(message));
  follower.on('ready', () => readyTimes++);
  await follower.start();
}

function revisionOf(name: string): string | null {
  try {
    return directory.resolve({ ...scope, functionName: name, qualifier: null }).version.revisionId;
  } catch {
    return null;
  }
}

const reported = async () => (await new FunctionsReports(redis).live())[0];

async function eventually(check: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await check()); await sleep(10))
    if (Date.now() > deadline) throw new Error('it never came');
}

describe('a follower', () => {
  it('is ready when it knows everything, and takes what changes, through an outage and over epochs', async () => {
    await service.flush();
    await follow();
    await sleep(200);
    expect(follower!.ready).toBe(false);
    await begin('epoch-1');
    await publish(Array.from({ length: 1_200 }, (_, n) => document(`f${n}`, 'a')));
    await new SnapshotWriter(redis, key).completeEpoch('epoch-1');
    await eventually(() => follower!.ready);
    expect(directory.size).toBe(1_200);
    await publish([document('f1', 'b')]);
    follower!.look();
    await eventually(() => revisionOf('f1') === 'b');
    await publish([{ kind: 'function', ...scope, key: 'f2', revision: ++revision, body: null }]);
    follower!.look();
    await eventually(() => revisionOf('f2') === null);

    await service.kill();
    await eventually(() => troubles.includes('Redis is away') || (follower!.look(), false));
    expect([follower!.ready, revisionOf('f1')]).toEqual([true, 'b']);
    await service.start();
    await eventually(() => redis.status === 'ready');

    // What a new epoch does not list is kept: absence is no deletion.
    await begin('epoch-2', 'epoch-1');
    await publish([document('f1', 'c')], { epoch: 'epoch-2' });
    await new SnapshotWriter(redis, key).completeEpoch('epoch-2');
    await eventually(() => (follower!.look(), revisionOf('f1') === 'c'));
    expect(revisionOf('f3')).toBe('a');
    expect(readyTimes).toBe(1);
  });

  it('security class: refuses a document that it cannot trust, by name, and goes on with what it had', async () => {
    await service.flush();
    await begin('epoch-1');
    await publish([document('trusted', 'a')]);
    await new SnapshotWriter(redis, key).completeEpoch('epoch-1');
    await follow();
    await eventually(() => follower!.ready);
    await publish([document('trusted', 'b')], { signedBy: stranger });
    await publish([document('other', 'a')]);
    await eventually(() => (follower!.look(), revisionOf('other') === 'a'));
    expect(revisionOf('trusted')).toBe('a');
    expect(troubles.join()).toContain('function 123456789012/us-east-1/trusted: signed with the unknown key');
    const [untrusted] = (await reported())!.refused;
    expect(untrusted).toMatchObject({ name: 'function 123456789012/us-east-1/trusted', revision: revision - 1 });
    expect(untrusted!.reason).toContain('signed with the unknown key');
    await publish([document('trusted', 'c')]);
    await eventually(() => (follower!.look(), revisionOf('trusted') === 'c'));
    await eventually(async () => (await reported())!.refusedTotal === 0);
  });

  it('tells of a hundred documents that it refuses and how many there are, until they are listed no more', async () => {
    await service.flush();
    await begin('epoch-1');
    const refused = Array.from({ length: 101 }, (_, n) => document(`f${n}`, 'a'));
    await publish(refused, { signedBy: stranger });
    await new SnapshotWriter(redis, key).completeEpoch('epoch-1');
    await follow();
    await eventually(async () => (await reported())?.refusedTotal === 101);
    expect((await reported())!.refused).toHaveLength(100);
    await begin('epoch-2', 'epoch-1');
    await new SnapshotWriter(redis, key).completeEpoch('epoch-2');
    await eventually(() => (follower!.look(), follower!.refusedCount === 0));
  });

  it('looks by itself when Redis is back, and at every ring of the bell', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await service.flush();
    await begin('epoch-1');
    await publish([document('f', 'a')]);
    await new SnapshotWriter(redis, key).completeEpoch('epoch-1');
    await follow();
    await eventually(() => follower!.ready);
    await eventually(async () => (await reported())?.source === 'redis');
    const looks = vi.spyOn(follower!, 'look');
    await service.kill();
    await service.start();
    await eventually(() => looks.mock.calls.length > 0);

    await eventually(() => redis.status === 'ready');
    const worker = new PublicationWorker(
      service.url,
      1,
      () => publish([document('f', 'b')]),
      () => undefined,
    );
    try {
      await eventually(async () => {
        await new PublicationProducer(redis).add([{ kind: 'function', ...scope, key: 'f' }]);
        await sleep(200);
        return revisionOf('f') === 'b';
      });
    } finally {
      await worker.close();
    }
  });

  it('takes nothing again that it has, in a new epoch either, and there even older revisions: of a Postgres that was restored', async () => {
    await service.flush();
    await begin('epoch-1');
    const [same, restored] = [document('same', 'a'), document('restored', 'a')];
    await publish([same, document('restored', 'b')]);
    await new SnapshotWriter(redis, key).completeEpoch('epoch-1');
    await follow();
    await eventually(() => follower!.ready);
    const taken: string[] = [];
    directory.on('changed', (_, name) => taken.push(name));
    await begin('epoch-2', 'epoch-1');
    await publish([same, restored], { epoch: 'epoch-2' });
    await new SnapshotWriter(redis, key).completeEpoch('epoch-2');
    await eventually(() => (follower!.look(), revisionOf('restored') === 'a'));
    expect([taken, troubles]).toEqual([['123456789012/us-east-1/restored'], []]);
  });

  it('tells the fleet how far it is, and leaves it when it ends', async () => {
    await service.flush();
    await begin('epoch-1');
    await publish([document('f', 'a')]);
    await follow();
    await eventually(async () => (await reported()) !== undefined);
    expect(await reported()).toMatchObject({ source: 'none', servingSince: null, epoch: null, sequence: 0 });
    await new SnapshotWriter(redis, key).completeEpoch('epoch-1');
    await eventually(async () => (follower!.look(), (await reported())!.source === 'redis'));
    await publish([apiKey('key', ++revision), document('g', 'a')]);
    await eventually(async () => (follower!.look(), (await reported())!.sequence === 3));
    expect(await reported()).toMatchObject({
      functionsId: 'functions-0',
      address: '127.0.0.1:9100',
      epoch: 'epoch-1',
      functions: 2,
      refusedTotal: 0,
      orphansTotal: 0,
    });
    await begin('epoch-2', 'epoch-1');
    await publish([document('f', 'b')], { epoch: 'epoch-2' });
    await new SnapshotWriter(redis, key).completeEpoch('epoch-2');
    await eventually(async () => (follower!.look(), (await reported())!.epoch === 'epoch-2'));
    expect(await reported()).toMatchObject({ functions: 2, orphans: ['function 123456789012/us-east-1/g'] });
    const { heartbeatAt } = (await reported())!;
    await eventually(async () => (await reported())!.heartbeatAt !== heartbeatAt);
    await follower!.stop();
    expect(await reported()).toBeUndefined();
    const before = troubles.length;
    follower!.look();
    await sleep(50);
    expect(troubles).toHaveLength(before);
  });

  it('lists everything again when the digests differ, and finds what it has missed', async () => {
    await service.flush();
    await begin('epoch-1');
    await publish([document('f', 'a'), apiKey('key', ++revision)]);
    await new SnapshotWriter(redis, key).completeEpoch('epoch-1');
    await follow();
    await eventually(() => follower!.ready);
    // A change that stands where this process has been already.
    await redis.multi().set(REDIS_KEYS.complete, 'not yet').exec();
    await publish([document('f', 'b')]);
    await redis.zadd(REDIS_KEYS.log, 1, 'function 123456789012/us-east-1/f');
    await redis.set(REDIS_KEYS.complete, 'epoch-1');
    await eventually(() => (follower!.look(), revisionOf('f') === 'b'));
    expect(troubles).toEqual([]);

    await redis.set(REDIS_KEYS.digest, '1');
    await eventually(() => (follower!.look(), troubles.includes('the documents in Redis do not add up to their digest')));
    expect(revisionOf('f')).toBe('b');

    // Not at once again, where that has not helped.
    const reads = vi.spyOn(Reflect.get(follower!, 'reader') as SnapshotReader, 'changesAfter');
    const before = troubles.length;
    await eventually(() => (follower!.look(), troubles.length >= before + 3));
    expect(reads.mock.calls.filter(([epoch]) => epoch === null)).toEqual([]);
  });

  it('security class: replay: refuses an older revision of the same epoch', async () => {
    await service.flush();
    await begin('epoch-1');
    await publish([document('f', 'a')]);
    await new SnapshotWriter(redis, key).completeEpoch('epoch-1');
    const name = 'function 123456789012/us-east-1/f';
    const [old, at] = await Promise.all([redis.hget(REDIS_KEYS.documents, name), redis.hget(REDIS_KEYS.revisions, name)]);
    await follow();
    await eventually(() => follower!.ready);
    await publish([document('f', 'b')]);
    await eventually(() => (follower!.look(), revisionOf('f') === 'b'));
    await redis.multi().hset(REDIS_KEYS.documents, name, old!).hset(REDIS_KEYS.revisions, name, at!).exec();
    const sequence = await redis.incr(REDIS_KEYS.sequence);
    await redis.zadd(REDIS_KEYS.log, sequence, name);
    await eventually(() => (follower!.look(), troubles.some((trouble) => trouble.includes('in the same epoch'))));
    expect(revisionOf('f')).toBe('b');
  });

  it('does not start with a wrong password', async () => {
    const url = new URL(service.url);
    url.password = 'wrong';
    await expect(follow(url.href)).rejects.toThrow(StartupError);
    follower = null;
  });
});
