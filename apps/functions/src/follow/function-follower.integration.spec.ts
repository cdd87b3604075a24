import { SnapshotWriter } from '@gatehouse/publication';
import { dataPlaneKey, type AnyDocument, type Document } from '@gatehouse/snapshot';
import { freshRedis, type TestRedis } from '@gatehouse/testing';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
    onTrouble: (_, { message }) => troubles.push(message),
    onReady: () => readyTimes++,
  });
  await follower.start();
}

function revisionOf(name: string): string | null {
  try {
    return directory.resolve({ ...scope, functionName: name, qualifier: null }).version.revisionId;
  } catch {
    return null;
  }
}

async function eventually(check: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 15_000; !check(); await sleep(10))
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
  });

  it('does not start with a wrong password', async () => {
    const url = new URL(service.url);
    url.password = 'wrong';
    await expect(follow(url.href)).rejects.toThrow(StartupError);
    follower = null;
  });
});
