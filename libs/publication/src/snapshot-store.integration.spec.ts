import {
  canonicalJson,
  contentHash,
  dataPlaneKey,
  readDocument,
  refName,
  type AnyDocument,
  type DeploymentSnapshot,
  type Document,
} from '@gatehouse/snapshot';
import { freshRedis, type TestRedis } from '@gatehouse/testing';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectRedis, firstContact } from './connect-redis.js';
import { DocumentDigest } from './document-digest.js';
import { REDIS_KEYS } from './redis-keys.js';
import { SnapshotReader } from './snapshot-reader.js';
import { SnapshotWriter } from './snapshot-writer.js';

const key = dataPlaneKey(Buffer.alloc(32, 1));
const scope = { accountId: '123456789012', region: 'us-east-1' };
const EPOCH = 'epoch-1';

function deployment(apiId: string): Document<'deployment'> {
  const body: DeploymentSnapshot = {
    protocol: 'REST',
    apiId,
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    routes: [],
  };
  return { ...scope, kind: 'deployment', key: contentHash(canonicalJson(body)), revision: 0, body };
}

function stage(name: string, revision: number, deploymentHash: string): Document<'stage'> {
  const body = { apiId: 'api', stageName: name, deploymentId: 'd', deploymentHash, variables: [], methodSettings: [] };
  return { ...scope, kind: 'stage', key: `api/${name}`, revision, body };
}

const apiKey = (id: string, revision: number): Document<'api-key'> => ({
  ...scope,
  kind: 'api-key',
  key: id,
  revision,
  body: { apiKeyId: id, valueHash: '00', enabled: true, usagePlanIds: [] },
});

const tombstone = <K extends AnyDocument>(document: K, revision: number): K => ({ ...document, revision, body: null });

let service: TestRedis;
let redis: Redis;
let writer: SnapshotWriter;
let reader: SnapshotReader;

beforeAll(async () => {
  service = await freshRedis();
  redis = connectRedis(service.url);
  await firstContact(redis, 5000);
});
afterAll(async () => {
  redis.disconnect();
  await service.stop();
});
beforeEach(async () => {
  await redis.flushall();
  writer = new SnapshotWriter(redis, key);
  reader = new SnapshotReader(redis);
  await writer.beginEpoch(null, EPOCH);
});

/** All documents as gateways see them, by name. */
async function listed(): Promise<Map<string, number>> {
  await writer.completeEpoch(EPOCH);
  const page = await reader.changesAfter(EPOCH, 0, 1000);
  return new Map(page.documents.map(({ name, revision }) => [name, revision]));
}

describe('publish', () => {
  it('stores documents that gateways can read, in the order of their changes', async () => {
    const plan: Document<'usage-plan'> = {
      ...scope,
      kind: 'usage-plan',
      key: 'p',
      revision: 2,
      body: { usagePlanId: 'p', throttle: null, quota: null, quotaStart: '2026-01-01', apiStages: [] },
    };
    expect(await writer.publish(EPOCH, [apiKey('k', 1), plan])).toEqual({ outcome: 'published', sequence: 2 });
    await writer.completeEpoch(EPOCH);
    const page = await reader.changesAfter(EPOCH, 0, 10);
    expect(page).toMatchObject({ epoch: EPOCH, complete: true, sequence: 2 });
    expect(page.documents.map(({ name, sequence }) => [name, sequence])).toEqual([
      [refName(apiKey('k', 1)), 1],
      [refName(plan), 2],
    ]);
    expect(readDocument([key], plan, page.documents[1]!.text!)).toEqual(plan);
    expect((await reader.changesAfter(EPOCH, 1, 10)).documents).toHaveLength(1);
  });

  it('moves forward only', async () => {
    await writer.publish(EPOCH, [apiKey('k', 5)]);
    expect(await writer.publish(EPOCH, [apiKey('k', 4), apiKey('other', 1)])).toEqual({ outcome: 'published', sequence: 2 });
    expect(await writer.publish(EPOCH, [apiKey('k', 5)])).toEqual({ outcome: 'published', sequence: 2 });
    expect(await listed()).toEqual(
      new Map([
        [refName(apiKey('k', 5)), 5],
        [refName(apiKey('other', 1)), 1],
      ]),
    );
  });

  it('keeps one entry for each document, its newest', async () => {
    await writer.publish(EPOCH, [apiKey('a', 1), apiKey('b', 2)]);
    await writer.publish(EPOCH, [apiKey('a', 3)]);
    await writer.completeEpoch(EPOCH);
    const page = await reader.changesAfter(EPOCH, 0, 10);
    expect(page.documents.map(({ name, sequence, revision }) => [name, sequence, revision])).toEqual([
      [refName(apiKey('b', 2)), 2, 2],
      [refName(apiKey('a', 3)), 3, 3],
    ]);
  });

  it('changes nothing at all while a deployment of one of its stages is missing', async () => {
    const there = deployment('there');
    const absent = deployment('absent');
    await writer.storeDeployments([there]);
    const outcome = await writer.publish(EPOCH, [apiKey('k', 1), stage('a', 2, there.key), stage('b', 3, absent.key)]);
    expect(outcome).toEqual({ outcome: 'missing-deployments', names: [refName(absent)] });
    expect(await listed()).toEqual(new Map());
    await writer.storeDeployments([absent]);
    const again = await writer.publish(EPOCH, [apiKey('k', 1), stage('a', 2, there.key), stage('b', 3, absent.key)]);
    expect(again).toEqual({ outcome: 'published', sequence: 3 });
  });

  it('does not ask for the deployment of a stage that is newer already', async () => {
    const second = deployment('second');
    await writer.storeDeployments([second]);
    await writer.publish(EPOCH, [stage('a', 2, second.key)]);
    expect(await writer.publish(EPOCH, [stage('a', 1, deployment('first').key)])).toMatchObject({ outcome: 'published' });
  });

  it('lists a deletion as a tombstone, and a name made again after it', async () => {
    await writer.publish(EPOCH, [apiKey('k', 1)]);
    await writer.publish(EPOCH, [tombstone(apiKey('k', 1), 2)]);
    expect(await listed()).toEqual(new Map([[refName(apiKey('k', 2)), 2]]));
    const [dead] = (await reader.changesAfter(EPOCH, 0, 10)).documents;
    expect(readDocument([key], apiKey('k', 2), dead!.text!).body).toBeNull();
    await writer.publish(EPOCH, [apiKey('k', 3)]);
    expect(await listed()).toEqual(new Map([[refName(apiKey('k', 3)), 3]]));
  });

  it('refuses another epoch than the present one', async () => {
    expect(await writer.publish('epoch-0', [apiKey('k', 1)])).toEqual({ outcome: 'other-epoch', epoch: EPOCH });
    await redis.flushall();
    expect(await writer.publish(EPOCH, [apiKey('k', 1)])).toEqual({ outcome: 'other-epoch', epoch: null });
  });

  it('keeps the digest that a reader counts', async () => {
    await writer.publish(EPOCH, [apiKey('a', 1), apiKey('b', 2)]);
    await writer.publish(EPOCH, [apiKey('a', 9007199254740991), tombstone(apiKey('b', 2), 7), apiKey('__proto__', 8)]);
    const digest = new DocumentDigest();
    for (const [name, revision] of await listed()) digest.add(name, revision);
    expect((await reader.changesAfter(EPOCH, 0, 1)).digest).toBe(digest.toString());
  });

  it('takes 5,000 documents and two writers at once', async () => {
    const documents = Array.from({ length: 5000 }, (_, n) => apiKey(`k${n}`, n + 1));
    const half = documents.slice(0, 2500);
    await Promise.all([
      writer.publish(EPOCH, documents),
      writer.publish(EPOCH, half),
      writer.publish(
        EPOCH,
        half.map((document) => ({ ...document, revision: document.revision + 10_000 })),
      ),
    ]);
    await writer.completeEpoch(EPOCH);
    const all = await reader.changesAfter(EPOCH, 0, 10_000);
    expect(all.documents).toHaveLength(5000);
    expect(all.documents.filter(({ revision }) => revision > 10_000)).toHaveLength(2500);
  });
});

describe('deployments', () => {
  const first = deployment('first');
  const second = deployment('second');
  const present = async () => [...(await reader.deployments([refName(first), refName(second)])).keys()];

  it('leave after the grace period when no stage names them any more', async () => {
    await writer.storeDeployments([first, second]);
    await writer.publish(EPOCH, [stage('a', 1, first.key), stage('b', 2, first.key)]);
    expect(await writer.removeUnreferenced(0, 10)).toBe(1);
    expect(await present()).toEqual([refName(first)]);
    await writer.storeDeployments([second]);
    await writer.publish(EPOCH, [stage('a', 3, second.key)]);
    expect(await writer.removeUnreferenced(0, 10)).toBe(0);
    await writer.publish(EPOCH, [tombstone(stage('b', 2, first.key), 4)]);
    expect(await writer.removeUnreferenced(60_000, 10)).toBe(0);
    expect(await writer.removeUnreferenced(0, 10)).toBe(1);
    expect(await present()).toEqual([refName(second)]);
  });

  it('stay when a stage takes them up again within the grace period', async () => {
    await writer.storeDeployments([first, second]);
    await writer.publish(EPOCH, [stage('a', 1, first.key)]);
    await writer.publish(EPOCH, [stage('a', 2, second.key)]);
    await writer.publish(EPOCH, [stage('a', 3, first.key)]);
    expect(await writer.removeUnreferenced(0, 10)).toBe(1);
    expect(await present()).toEqual([refName(first)]);
  });
});

describe('an epoch', () => {
  it('shows nothing to gateways before it is complete', async () => {
    await writer.publish(EPOCH, [apiKey('k', 1)]);
    expect(await reader.changesAfter(EPOCH, 0, 10)).toMatchObject({ epoch: EPOCH, complete: false, documents: [] });
  });

  it('begins empty, keeps the highest revision and replaces only the one it was meant to replace', async () => {
    await writer.storeDeployments([deployment('a')]);
    await writer.publish(EPOCH, [stage('a', 41, deployment('a').key)]);
    await writer.completeEpoch(EPOCH);
    expect(await writer.beginEpoch('epoch-0', 'epoch-2')).toBe(false);
    expect(await writer.state()).toEqual({ epoch: EPOCH, complete: EPOCH, sequence: 1, maxRevision: 41 });
    expect(await writer.beginEpoch(EPOCH, 'epoch-2')).toBe(true);
    expect(await writer.state()).toEqual({ epoch: 'epoch-2', complete: null, sequence: 0, maxRevision: 41 });
    expect(await writer.completeEpoch(EPOCH)).toBe(false);
    expect(await writer.completeEpoch('epoch-2')).toBe(true);
    expect(await reader.changesAfter('epoch-2', 0, 10)).toMatchObject({ sequence: 0, digest: '0', documents: [] });
    expect(await redis.hlen(REDIS_KEYS.references)).toBe(0);
    expect(await writer.removeUnreferenced(0, 10)).toBe(1);
  });
});
