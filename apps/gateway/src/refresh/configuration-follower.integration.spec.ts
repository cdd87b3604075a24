import {
  DocumentDigest,
  GatewayReports,
  PublicationProducer,
  PublicationWorker,
  REDIS_KEYS,
  SnapshotWriter,
  connectRedis,
  firstContact,
  type GatewayReport,
} from '@gatehouse/publication';
import { RefusedDocument, refName, writeDocument, type AnyDocument } from '@gatehouse/snapshot';
import { freshRedis, temporaryDirectory, type TestRedis } from '@gatehouse/testing';
import type { Redis } from 'ioredis';
import { readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { StartupError } from '../startup-error.js';
import { apiKey, contentOf, deployment, gateway, key, otherKey, stage, tombstone, type Gateway } from './follower.fixture.js';

const EPOCH = 'epoch-1';

let service: TestRedis;
let redis: Redis;
let writer: SnapshotWriter;
let producer: PublicationProducer;
let worker: PublicationWorker;
let dataDir: string;
const running: Gateway[] = [];

beforeAll(async () => {
  service = await freshRedis();
  redis = connectRedis(service.url);
  await firstContact(redis, 5000);
  producer = new PublicationProducer(redis);
  worker = new PublicationWorker(
    service.url,
    1,
    async () => {},
    () => {},
  );
});
afterAll(async () => {
  await Promise.all([producer.close(), worker.close()]);
  redis.disconnect();
  await service.stop();
});
beforeEach(async () => {
  await redis.flushall();
  dataDir = await temporaryDirectory('gateway');
  writer = new SnapshotWriter(redis, key);
  await writer.beginEpoch(null, EPOCH);
  await writer.completeEpoch(EPOCH);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ follower }) => follower.stop()));
  await rm(dataDir, { recursive: true, force: true });
});

async function start(
  options: Parameters<typeof gateway>[0] = { redisUrl: service.url, dataDir },
  keys = [key],
): Promise<Gateway> {
  const made = gateway(options, keys);
  running.push(made);
  await made.start();
  return made;
}

async function startReady(): Promise<Gateway> {
  const made = await start();
  await made.until(() => made.follower.readiness().ready);
  return made;
}

/** Publishes, and rings as a control plane does. */
async function publish(...documents: AnyDocument[]): Promise<void> {
  expect(await writer.publish(EPOCH, documents)).toMatchObject({ outcome: 'published' });
  await ring();
}

/** A job that a worker finishes without doing anything: the bell. */
const ring = () => producer.add([apiKey('k', 1)]);

const digestOf = (...documents: AnyDocument[]): string => {
  const digest = new DocumentDigest();
  for (const document of documents) digest.add(refName(document), document.revision);
  return digest.toString();
};

const reported = async (): Promise<GatewayReport | undefined> => (await new GatewayReports(redis).live())[0];
const served = ({ sink }: Gateway) => Object.fromEntries(sink.served);

describe('following Redis', () => {
  it('lists everything when cold, then follows the bell, and reports what it runs at once', async () => {
    await writer.storeDeployments([deployment('one'), deployment('two')]);
    await publish(stage('a', 1, 'one'), apiKey('k', 2));
    const one = await startReady();
    expect(one.follower.readiness()).toMatchObject({ ready: true, source: 'redis', revision: 2 });
    expect(served(one)).toEqual({ [refName(stage('a', 1, 'one'))]: 1, [refName(apiKey('k', 2))]: 2 });

    await publish(stage('a', 3, 'two'), tombstone(apiKey('k', 2), 4));
    await vi.waitFor(async () => {
      await ring();
      expect(served(one)).toEqual({ [refName(stage('a', 3, 'two'))]: 3 });
    });
    expect(one.sink.batches).toHaveLength(2);
    expect([...one.sink.batches[1]!.deployments.keys()]).toEqual([refName(deployment('two'))]);
    await vi.waitFor(async () =>
      expect(await reported()).toMatchObject({
        gatewayId: 'gateway-0',
        source: 'redis',
        epoch: EPOCH,
        sequence: 4,
        counts: { deployments: 1, stages: 1, usagePlans: 0, apiKeys: 0, certificates: 0, domains: 0 },
        refused: [],
        orphans: [],
      }),
    );
    await one.follower.stop();
    expect(await reported()).toBeUndefined();
  });

  it('finds a change whose bell was lost by its slow timer', async () => {
    const one = await startReady();
    await writer.publish(EPOCH, [apiKey('k', 1)]);
    await one.until(() => one.sink.served.size === 1);
  });

  it('is not ready while an epoch is being filled, and takes it up when it is complete', async () => {
    await writer.beginEpoch(EPOCH, 'epoch-2');
    await writer.publish('epoch-2', [apiKey('k', 1)]);
    const one = await start();
    for (let rings = 0; rings < 5; rings++) await ring();
    expect(one.follower.readiness()).toMatchObject({ ready: false, source: 'none' });
    await writer.completeEpoch('epoch-2');
    await ring();
    await one.until(() => one.follower.readiness().ready);
    expect(one.sink.served.size).toBe(1);
  });

  it('never takes absence for deletion: serves on through FLUSHALL, and keeps what a new epoch does not list as an orphan', async () => {
    await writer.storeDeployments([deployment('one')]);
    await publish(stage('a', 1, 'one'), apiKey('kept', 2), apiKey('gone', 3));
    const one = await startReady();
    await redis.flushall();
    await writer.beginEpoch(null, 'epoch-2');
    await writer.storeDeployments([deployment('one')]);
    await writer.publish('epoch-2', [stage('a', 1, 'one'), apiKey('kept', 4)]);
    await writer.completeEpoch('epoch-2');
    await ring();
    await one.until(() => one.sink.served.get(refName(apiKey('kept', 4))) === 4);
    expect(served(one)).toEqual({
      [refName(stage('a', 1, 'one'))]: 1,
      [refName(apiKey('kept', 4))]: 4,
      [refName(apiKey('gone', 3))]: 3,
    });
    expect(one.sink.batches.at(-1)!.documents).toHaveLength(1);
    await vi.waitFor(async () =>
      expect(await reported()).toMatchObject({ epoch: 'epoch-2', orphans: [refName(apiKey('gone', 3))], orphansTotal: 1 }),
    );
  });

  it('follows a new epoch to lower revisions, as after a restored Postgres', async () => {
    await publish(apiKey('k', 9, false));
    const one = await startReady();
    await writer.beginEpoch(EPOCH, 'epoch-2');
    await writer.publish('epoch-2', [apiKey('k', 5, true)]);
    await writer.completeEpoch('epoch-2');
    await ring();
    await one.until(() => one.sink.served.get(refName(apiKey('k', 5))) === 5);
  });

  it('lists everything again when the digests differ', async () => {
    await publish(apiKey('a', 1), apiKey('b', 2));
    const one = await startReady();
    await writer.publish(EPOCH, [apiKey('c', 3)]);
    await redis.zadd(REDIS_KEYS.log, 0.5, refName(apiKey('c', 3)));
    await publish(apiKey('a', 4));
    await one.until(() => one.sink.served.size === 3);
  });

  it('does not call itself the newest while the documents in Redis do not add up', async () => {
    await publish(apiKey('a', 1));
    const one = await startReady();
    const failures: string[] = [];
    one.follower.on('failed', ({ error }) => failures.push(error.message));
    const lostAt = Date.now();
    await redis.incr(REDIS_KEYS.digest);
    await publish(apiKey('b', 2));
    await one.until(() => failures.length === 1);
    await ring();
    await one.until(() => failures.length === 3);
    expect(new Set(failures)).toEqual(new Set(['the documents in Redis do not add up to their digest']));
    const lostFor = (Date.now() - lostAt) / 1000;
    expect(one.follower.readiness()).toMatchObject({ ready: true, revision: 2 });
    expect(one.follower.readiness().ageSeconds).toBeGreaterThanOrEqual(lostFor);
    await one.follower.stop();
    const log = await readFile(path.join(dataDir, 'gateways', 'gateway-0', 'configuration.log'), 'utf8');
    const { mark } = JSON.parse(log.trimEnd().split('\nM ').at(-1)!) as { mark: { confirmedAt: number; sequence: number } };
    expect(mark.sequence).toBe(2);
    expect(mark.confirmedAt).toBeLessThanOrEqual(lostAt);
  });

  it('is not ready from a cold start, nor from the copy it wrote then, while the documents do not add up', async () => {
    await publish(apiKey('a', 1), apiKey('b', 2));
    await redis.zrem(REDIS_KEYS.log, refName(apiKey('b', 2)));
    const one = await start();
    await new Promise((resolve) => one.follower.on('failed', resolve));
    expect(served(one)).toEqual({ [refName(apiKey('a', 1))]: 1 });
    expect(one.follower.readiness()).toMatchObject({ ready: false, source: 'none', ageSeconds: null });
    await one.follower.stop();
    const again = await start({ redisUrl: 'redis://127.0.0.1:1', dataDir });
    const failures: string[] = [];
    again.follower.on('failed', ({ error }) => failures.push(error.message));
    // The look after 5 s comes with the moment at which a complete copy would be settled for; the one after it comes later.
    await again.until(() => again.follower.readiness().ready || failures.length === 2);
    expect(again.follower.readiness()).toMatchObject({ ready: false, source: 'none' });
    await again.follower.stop();

    await publish(apiKey('b', 3));
    await redis.set(REDIS_KEYS.digest, digestOf(apiKey('a', 1), apiKey('b', 3)));
    const healed = await startReady();
    expect(healed.follower.readiness()).toMatchObject({ source: 'redis', revision: 3 });
  });

  it('resumes after Redis was away, without a restart', async () => {
    await publish(apiKey('a', 1));
    const one = await startReady();
    await service.kill();
    await one.until(() => true);
    expect(one.sink.served.size).toBe(1);
    await service.start();
    await vi.waitFor(() => publish(apiKey('b', 2)), { timeout: 10_000 });
    await one.until(() => one.sink.served.size === 2);
    expect(one.follower.readiness()).toMatchObject({ ready: true, source: 'redis' });
  });

  it('takes all documents of a publication in one batch, whatever else is written meanwhile', async () => {
    const one = await startReady();
    let revision = 0;
    for (let n = 0; n < 200; n++) {
      await publish(apiKey('left', ++revision), apiKey('right', ++revision));
    }
    await one.until(() => one.sink.served.get(refName(apiKey('right', revision))) === revision);
    for (const { documents } of one.sink.batches) {
      const [left, right] = documents
        .map(({ text }) => (JSON.parse(text) as { revision: number }).revision)
        .sort((a, b) => a - b);
      expect(right! - left!).toBe(1);
    }
  });
});

describe('documents that cannot be served', () => {
  it('keeps the old unit while the deployment of a stage is missing, and serves the new one when it is there', async () => {
    await writer.storeDeployments([deployment('one'), deployment('two')]);
    await publish(stage('a', 1, 'one'), apiKey('k', 2));
    const one = await startReady();
    await publish(stage('a', 3, 'two'), apiKey('k', 4));
    await redis.hdel(REDIS_KEYS.deployments, refName(deployment('two')));
    await one.until(() => one.sink.served.get(refName(apiKey('k', 4))) === 4);
    expect(one.sink.served.get(refName(stage('a', 1, 'one')))).toBe(1);
    const reason = `${refName(deployment('two'))} is not there`;
    await vi.waitFor(async () =>
      expect((await reported())?.refused).toEqual([{ name: refName(stage('a', 3, 'two')), revision: 3, reason }]),
    );
    await writer.storeDeployments([deployment('two')]);
    await ring();
    await one.until(() => one.sink.served.get(refName(stage('a', 3, 'two'))) === 3);
    await vi.waitFor(async () =>
      expect(await reported()).toMatchObject({ refused: [], refusedTotal: 0, counts: { deployments: 1 } }),
    );
  });

  it('serves what a document replaced when it cannot be built, says so, and takes the next one', async () => {
    await publish(apiKey('k', 1));
    const one = await startReady();
    const refusals: string[] = [];
    one.follower.on('refused', ({ message }) => refusals.push(message));
    one.sink.unbuildable.add(refName(apiKey('k', 2)));
    await publish(apiKey('k', 2));
    await one.until(() => refusals.length === 1);
    expect(refusals).toEqual([`${refName(apiKey('k', 2))}: cannot be built`]);
    expect(one.sink.served.get(refName(apiKey('k', 1)))).toBe(1);
    await vi.waitFor(async () => expect(await reported()).toMatchObject({ refusedTotal: 1 }));
    one.sink.unbuildable.clear();
    await publish(apiKey('k', 3));
    await one.until(() => one.sink.served.get(refName(apiKey('k', 3))) === 3);
    await vi.waitFor(async () => expect(await reported()).toMatchObject({ refused: [], refusedTotal: 0 }));
  });

  it('tries the same change again when the sink fails', async () => {
    await publish(apiKey('k', 1));
    const one = gateway({ redisUrl: service.url, dataDir });
    running.push(one);
    vi.spyOn(one.sink, 'apply').mockRejectedValueOnce(new Error('no memory'));
    await one.start();
    await one.until(() => one.sink.served.size === 1);
  });
});

describe('security class: the gateway as a way to its own internals', () => {
  it('refuses documents that another key signed, and is not ready with nothing but those', async () => {
    await publish(apiKey('k', 1));
    const one = await start({ redisUrl: service.url, dataDir }, [otherKey]);
    const [refusal] = await new Promise<[Error]>((resolve) => one.follower.on('refused', (...args) => resolve(args)));
    expect(refusal.message).toMatch(/unknown key/);
    expect(served(one)).toEqual({});
    expect(one.follower.readiness()).toMatchObject({ ready: false, source: 'none' });
  });

  it('serves on, unchanged, when documents are replaced by others that were not signed, or moved', async () => {
    await writer.storeDeployments([deployment('one')]);
    await publish(apiKey('k', 1), apiKey('l', 2), stage('a', 3, 'one'));
    const one = await startReady();
    const attack = async (document: AnyDocument, text: string) => {
      const name = refName(document);
      const sequence = await redis.incr(REDIS_KEYS.sequence);
      await redis
        .multi()
        .hset(REDIS_KEYS.documents, name, text)
        .hset(REDIS_KEYS.revisions, name, 100)
        .zadd(REDIS_KEYS.log, sequence, name)
        .exec();
    };
    const signed = JSON.parse(writeDocument(key, apiKey('k', 100, false))) as Record<string, unknown>;
    await attack(apiKey('k', 1), JSON.stringify({ ...signed, body: JSON.stringify(apiKey('k', 100, true).body) }));
    await attack(apiKey('l', 2), writeDocument(key, apiKey('k', 100)));
    await attack(stage('a', 3, 'one'), writeDocument(key, stage('a', 3, 'one')));
    await attack(apiKey('lines', 1), writeDocument(key, apiKey('lines', 100)).replace(',', ',\n'));
    await attack(apiKey('new', 1), 'not even JSON');
    await attack({ ...apiKey('x', 1), kind: 'firewall' as 'api-key' }, '{}');
    await ring();
    await vi.waitFor(async () => expect(await reported()).toMatchObject({ refusedTotal: 6 }), { timeout: 10_000 });
    expect((await reported())!.refused.map(({ reason }) => reason)).toEqual([
      'its MAC does not match',
      `it is named ${refName(apiKey('k', 1))}`,
      'listed as revision 100, signed as 3',
      'it is not written as Gatehouse writes it',
      'not JSON',
      'unknown document kind firewall',
    ]);
    expect(Object.values(served(one))).toEqual([1, 2, 3]);
  });

  it('refuses an older document, signed and numbered as it was, while the epoch goes on', async () => {
    await publish(apiKey('revoked', 1), apiKey('deleted', 2), apiKey('other', 1));
    const names = [refName(apiKey('revoked', 1)), refName(apiKey('deleted', 2))];
    const texts = await redis.hmget(REDIS_KEYS.documents, ...names);
    await publish(apiKey('revoked', 3, false), tombstone(apiKey('deleted', 2), 4));
    const right = { [names[0]!]: 3, [refName(apiKey('other', 1))]: 1 };
    const one = await startReady();
    expect(served(one)).toEqual(right);
    const rollBack = async (index: number, revision: number) => {
      await redis
        .multi()
        .hset(REDIS_KEYS.documents, names[index]!, texts[index]!)
        .hset(REDIS_KEYS.revisions, names[index]!, revision)
        .zadd(REDIS_KEYS.log, await redis.incr(REDIS_KEYS.sequence), names[index]!)
        .exec();
    };
    // A listing without the tombstone comes first: it must not make the gateway forget that there was one.
    const failure = new Promise((resolve) => one.follower.on('failed', resolve));
    await redis.zrem(REDIS_KEYS.log, names[1]!);
    await redis.set(REDIS_KEYS.digest, '1');
    await ring();
    await failure;
    await rollBack(0, 1);
    await rollBack(1, 2);
    await redis.set(REDIS_KEYS.digest, digestOf(apiKey('revoked', 1), apiKey('deleted', 2), apiKey('other', 1)));
    await ring();
    await vi.waitFor(async () => expect(await reported()).toMatchObject({ refusedTotal: 2 }), { timeout: 10_000 });
    expect((await reported())!.refused).toEqual([
      { name: names[0], revision: 1, reason: 'revision 1 in place of 3, in the same epoch' },
      { name: names[1], revision: 2, reason: 'revision 2 in place of 4, in the same epoch' },
    ]);
    expect(served(one)).toEqual(right);
    await one.follower.stop();
    const restarted = await start();
    await restarted.until(() => restarted.follower.readiness().source === 'redis');
    expect(served(restarted)).toEqual(right);
    await restarted.follower.stop();

    await publish(apiKey('revoked', 5, false));
    const healed = await start();
    await healed.until(() => healed.sink.served.get(names[0]!) === 5);
    await vi.waitFor(async () => expect(await reported()).toMatchObject({ refusedTotal: 1 }));
  });

  it('refuses a deployment with other content than its name says', async () => {
    await writer.storeDeployments([deployment('one')]);
    await publish(stage('a', 1, 'one'));
    await redis.hset(
      REDIS_KEYS.deployments,
      refName(deployment('one')),
      writeDocument(key, { ...deployment('evil'), key: deployment('one').key }),
    );
    const one = await start();
    await one.until(() => one.sink.batches.length > 0 || one.follower.readiness().revision > 0);
    await vi.waitFor(async () => expect((await reported())?.refused[0]?.reason).toMatch(/its content does not match its hash/));
    expect(served(one)).toEqual({});
  });
});

describe('who joins', () => {
  const joined = (one: Gateway) =>
    new Promise<Record<string, number>>((resolve) => one.follower.join((whole) => void contentOf(whole).then(resolve)));

  it('gets all that is served out of the disk copy, and what was on its way only when it is settled', async () => {
    await writer.storeDeployments([deployment('one')]);
    await publish(stage('a', 1, 'one'), apiKey('k', 2));
    const one = await startReady();
    const before = { [refName(deployment('one'))]: 0, [refName(stage('a', 1, 'one'))]: 1, [refName(apiKey('k', 2))]: 2 };
    expect(await joined(one)).toEqual(before);

    let release = (): void => undefined;
    one.sink.hold = new Promise((resolve) => (release = resolve));
    const apply = vi.spyOn(one.sink, 'apply');
    one.sink.unbuildable.add(refName(apiKey('l', 4)));
    await publish(apiKey('k', 3), apiKey('l', 4));
    await vi.waitFor(() => expect(apply).toHaveBeenCalled());
    const joining = joined(one);
    release();
    expect(await joining).toEqual({ ...before, [refName(apiKey('k', 3))]: 3 });
  });

  it('may refuse what others serve: that is told by name, and not counted as served', async () => {
    await writer.storeDeployments([deployment('one')]);
    await publish(stage('a', 1, 'one'), apiKey('k', 2));
    const one = await startReady();
    one.follower.refusedByOne([new RefusedDocument(refName(stage('a', 1, 'one')), 'cannot be built')]);
    await vi.waitFor(async () =>
      expect(await reported()).toMatchObject({
        refused: [{ name: refName(stage('a', 1, 'one')), revision: 1, reason: 'cannot be built' }],
        counts: { deployments: 0, stages: 0, apiKeys: 1 },
      }),
    );
    await publish(stage('a', 3, 'one'));
    await one.until(() => one.sink.served.get(refName(stage('a', 3, 'one'))) === 3);
    await vi.waitFor(async () => expect(await reported()).toMatchObject({ refused: [], counts: { deployments: 1, stages: 1 } }));
  });

  it('has everything read from Redis again when it finds the disk copy damaged; who serves that already builds nothing of it', async () => {
    await writer.storeDeployments([deployment('one')]);
    await publish(stage('a', 1, 'one'), apiKey('k', 2), tombstone(apiKey('gone', 2), 3));
    const one = await startReady();
    const whole = await joined(one);
    const log = path.join(dataDir, 'gateways', 'gateway-0', 'configuration.log');
    const { size } = await vi.waitFor(() => stat(log));
    await writeFile(log, 'x'.repeat(size));
    expect(await joined(one)).toEqual({});
    const applied = new Promise((resolve) => one.follower.once('applied', resolve));
    one.follower.listAgain();
    expect(await applied).toMatchObject({ documents: 3 });
    expect(await joined(one)).toEqual(whole);
    expect(one.sink.batches).toHaveLength(1);
    expect(one.follower.readiness()).toMatchObject({ ready: true, revision: 3 });
    await one.follower.stop();
    const again = await start({ redisUrl: 'redis://127.0.0.1:1', dataDir });
    expect(served(again)).toEqual({ [refName(stage('a', 1, 'one'))]: 1, [refName(apiKey('k', 2))]: 2 });
  });

  it('has what somebody could not build tried again then, with the deployments that it needs', async () => {
    await writer.storeDeployments([deployment('one'), deployment('two')]);
    await publish(stage('a', 1, 'one'), apiKey('k', 2));
    const one = await start();
    one.sink.unbuildable.add(refName(stage('b', 3, 'two')));
    await publish(stage('b', 3, 'two'));
    await vi.waitFor(async () => expect(await reported()).toMatchObject({ refusedTotal: 1, sequence: 3 }), { timeout: 10_000 });
    one.follower.refusedByOne([new RefusedDocument(refName(apiKey('k', 2)), 'cannot be built')]);
    one.sink.unbuildable.clear();
    const before = one.sink.batches.length;
    one.follower.listAgain();
    await one.until(() => one.sink.served.size === 3);
    expect(one.sink.batches.slice(before).map(({ documents, deployments }) => [documents.length, ...deployments.keys()])).toEqual(
      [[2, refName(deployment('two'))]],
    );
    await vi.waitFor(async () => expect(await reported()).toMatchObject({ refusedTotal: 0, counts: { stages: 2 } }));
  });
});

it('writes a damaged disk copy anew also where nobody is there to build what differs', async () => {
  await publish(apiKey('k', 1));
  const one = await start();
  one.sink.unbuildable.add(refName(apiKey('l', 2)));
  await publish(apiKey('l', 2));
  await vi.waitFor(async () => expect(await reported()).toMatchObject({ refusedTotal: 1, sequence: 2 }), { timeout: 10_000 });
  vi.spyOn(one.sink, 'apply').mockRejectedValue(new Error('nobody is there'));
  const applied = new Promise((resolve) => one.follower.once('applied', resolve));
  one.follower.listAgain();
  expect(await applied).toMatchObject({ documents: 2 });
  const content = await new Promise((resolve) => one.follower.join((whole) => void contentOf(whole).then(resolve)));
  expect(content).toEqual({ [refName(apiKey('k', 1))]: 1, [refName(apiKey('l', 2))]: 2 });
});

describe('the disk copy', () => {
  const nowhere = 'redis://127.0.0.1:1';
  const file = () => path.join(dataDir, 'gateways', 'gateway-0', 'configuration.log');

  /** A gateway that has followed some changes and ended. */
  async function leaveCopy(): Promise<void> {
    await writer.storeDeployments([deployment('one'), deployment('two')]);
    await publish(stage('a', 1, 'one'), apiKey('k', 2), apiKey('l', 3));
    const one = await startReady();
    await publish(stage('a', 4, 'two'), tombstone(apiKey('k', 2), 5));
    await one.until(() => one.sink.served.get(refName(stage('a', 4, 'two'))) === 4);
    await one.follower.stop();
  }

  it('serves a gateway that starts with everything else down, after 5 s, and says so', async () => {
    await leaveCopy();
    const one = await start({ redisUrl: nowhere, dataDir });
    expect(served(one)).toEqual({ [refName(stage('a', 4, 'two'))]: 4, [refName(apiKey('l', 3))]: 3 });
    expect([...one.sink.batches[0]!.deployments.keys()]).toEqual([refName(deployment('two'))]);
    expect(one.follower.readiness()).toMatchObject({ ready: false, source: 'none' });
    await one.until(() => one.follower.readiness().ready);
    expect(one.follower.readiness()).toMatchObject({ source: 'disk', revision: 5 });
    expect(one.follower.readiness().ageSeconds).toBeGreaterThan(4);
  });

  it('spares listing everything when Redis is still in the same epoch', async () => {
    await leaveCopy();
    await publish(apiKey('m', 6));
    const one = await startReady();
    expect(one.sink.batches.map(({ documents }) => documents.length)).toEqual([3, 1]);
    expect(one.follower.readiness().source).toBe('redis');
  });

  it('is readable by nobody else', async () => {
    await leaveCopy();
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file()))).mode & 0o777).toBe(0o700);
  });

  it('passes over a batch that was cut off, and follows on from the one before', async () => {
    await leaveCopy();
    const { size } = await stat(file());
    await truncate(file(), size - 20);
    const cut = await start({ redisUrl: nowhere, dataDir });
    expect(served(cut)).toEqual({
      [refName(stage('a', 1, 'one'))]: 1,
      [refName(apiKey('k', 2))]: 2,
      [refName(apiKey('l', 3))]: 3,
    });
    await cut.follower.stop();
    const one = await startReady();
    await one.until(() => one.sink.served.get(refName(stage('a', 4, 'two'))) === 4);
    await one.follower.stop();
    const again = await start({ redisUrl: nowhere, dataDir });
    expect(served(again)).toEqual({ [refName(stage('a', 4, 'two'))]: 4, [refName(apiKey('l', 3))]: 3 });
  });

  it.each([
    ['a changed document', (text: string) => text.replace('"enabled\\":true', '"enabled\\":false')],
    [
      'a document taken away',
      (text: string) =>
        text
          .split('\n')
          .filter((line) => !line.includes('us-east-1/l"'))
          .join('\n'),
    ],
    [
      'a deployment taken away',
      (text: string) =>
        text
          .split('\n')
          .filter((line) => !line.includes(`deployment 123456789012/us-east-1/${deployment('two').key}"`))
          .join('\n'),
    ],
    ['a mark of another time', (text: string) => text.replace(/"sequence":5/, '"sequence":4')],
    ['noise', () => 'D noise\nM noise\n'],
    ['nothing', () => ''],
  ])(
    'security class: the gateway as a way to its own internals: refuses a copy with %s, and writes a new one',
    async (_, damage) => {
      await leaveCopy();
      const text = await readFile(file(), 'utf8');
      expect(damage(text)).not.toBe(text);
      await writeFile(file(), damage(text));
      const refusing = gateway({ redisUrl: nowhere, dataDir });
      const failures: string[] = [];
      refusing.follower.on('failed', ({ what }) => failures.push(what));
      running.push(refusing);
      await refusing.start();
      expect(served(refusing)).toEqual({});
      expect(failures).toContain('disk copy');
      await refusing.follower.stop();
      const one = await startReady();
      await one.follower.stop();
      const again = await start({ redisUrl: nowhere, dataDir });
      expect(served(again)).toEqual({ [refName(stage('a', 4, 'two'))]: 4, [refName(apiKey('l', 3))]: 3 });
    },
  );

  it('is not replaced by a gateway whose key reads nothing', async () => {
    await leaveCopy();
    const wrong = await start({ redisUrl: service.url, dataDir }, [otherKey]);
    await new Promise((resolve) => wrong.follower.on('refused', resolve));
    await wrong.follower.stop();
    const one = await start({ redisUrl: nowhere, dataDir });
    expect(one.sink.served.size).toBe(2);
  });

  it('is read with an older key while keys rotate', async () => {
    await leaveCopy();
    const one = await start({ redisUrl: nowhere, dataDir }, [otherKey, key]);
    expect(one.sink.served.size).toBe(2);
  });

  it('leaves no other file behind', async () => {
    await leaveCopy();
    expect(await readdir(path.dirname(file()))).toEqual(['configuration.log']);
  });
});

it('does not start with a Redis that refuses the password, or without a place for its disk copy', async () => {
  const wrong = new URL(service.url);
  wrong.password = 'wrong';
  await expect(start({ redisUrl: wrong.href, dataDir })).rejects.toThrow(
    new StartupError('REDIS_URL: Redis refuses the user or the password'),
  );
  const file = path.join(dataDir, 'a file');
  await writeFile(file, '');
  await expect(start({ redisUrl: service.url, dataDir: file })).rejects.toThrow(StartupError);
});
