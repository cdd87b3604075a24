import {
  FunctionsReports,
  GatewayReports,
  REDIS_KEYS,
  SnapshotReader,
  connectRedis,
  firstContact,
  gatewayKey,
  type FunctionsReport,
  type GatewayReport,
} from '@gatehouse/publication';
import { dataPlaneKey, deriveDataPlaneSecret, parseRef, readDocument } from '@gatehouse/snapshot';
import { createDatabase, freshRedis, type TestDatabase, type TestRedis } from '@gatehouse/testing';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ControlPlane, MASTER_KEY } from './control-plane.fixture.js';
import { lastRevision } from './document-revisions.js';
import { PublicationWaits } from './fleet/publication-waits.js';

const key = dataPlaneKey(deriveDataPlaneSecret(MASTER_KEY));

let service: TestRedis;
let database: TestDatabase;
let redis: Redis;
const running: ControlPlane[] = [];

beforeEach(async () => {
  [service, database] = await Promise.all([freshRedis(), createDatabase()]);
  redis = connectRedis(service.url);
  await firstContact(redis, 5000);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((plane) => plane.stop()));
  redis.disconnect();
  await Promise.all([service.stop(), database.drop()]);
});

async function start(redisUrl = service.url): Promise<ControlPlane> {
  const plane = await ControlPlane.start(database.url, redisUrl);
  running.push(plane);
  return plane;
}

/** What a gateway would read now: document name -> whether it is there (a tombstone is not). Throws while no epoch is complete. */
async function published(): Promise<Map<string, boolean>> {
  const reader = new SnapshotReader(redis);
  const { epoch } = await reader.changesAfter(null, 0, 1);
  const page = await reader.changesAfter(epoch, 0, 100_000);
  if (!page.complete) throw new Error('no complete epoch');
  return new Map(
    page.documents.map(({ name, text }) => {
      const document = readDocument([key], parseRef(name), text!);
      return [name, document.body !== null];
    }),
  );
}

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 20 });
const epochNow = () => redis.get(REDIS_KEYS.epoch);
const stageName = (restApiId: string) => `stage 123456789012/us-east-1/${restApiId}/prod`;
const functionName = (name: string) => `function 123456789012/us-east-1/${name}`;
const keyName = (id: string) => `api-key 123456789012/us-east-1/${id}`;
const unsent = async (plane: ControlPlane) =>
  (await plane.database.query<[{ count: number }]>('SELECT count(*)::int AS count FROM outbox WHERE sent_at IS NULL'))[0].count;

describe('publishing', () => {
  it('brings a deployment, its redeployment and its deletion to where gateways read', async () => {
    const plane = await start();
    const { restApiId } = await plane.newStage();
    await until(async () => expect(await published()).toEqual(new Map([[stageName(restApiId), true]])));
    const [before] = await redis.hkeys(REDIS_KEYS.references);
    await plane.changeAnswer(restApiId, 404);
    await plane.deploy(restApiId);
    await until(async () => expect(await redis.hkeys(REDIS_KEYS.references)).not.toEqual([before]));
    expect(await redis.hkeys(REDIS_KEYS.references)).toHaveLength(1);
    await plane.deleteStage(restApiId);
    await until(async () => expect(await published()).toEqual(new Map([[stageName(restApiId), false]])));
    await until(async () => expect(await unsent(plane)).toBe(0));
  });

  it('keeps up with a burst from two control planes, which coalesces', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    const { restApiId } = await one.newStage();
    await until(async () => expect(await published()).toEqual(new Map([[stageName(restApiId), true]])));
    const keys = await Promise.all(Array.from({ length: 60 }, (_, n) => [one, two][n % 2]!.newKey()));
    for (let n = 0; n < 20; n++) await Promise.all([one.deploy(restApiId), two.deploy(restApiId)]);
    await until(async () => expect(await unsent(one)).toBe(0));
    expect(await published()).toEqual(
      new Map([[stageName(restApiId), true], ...keys.map(({ id }) => [keyName(id), true] as const)]),
    );
  });

  it('accepts writes while Redis is away, from the start, and publishes them when it is there', async () => {
    await service.kill();
    const plane = await start();
    const { restApiId } = await plane.newStage();
    const fleet = await plane.ask('GET', '/gatehouse/fleet');
    expect(fleet.status).toBe(503);
    await service.start();
    await until(async () => expect(await published()).toEqual(new Map([[stageName(restApiId), true]])));
    await service.kill();
    const { id } = await plane.newKey();
    await service.start();
    await until(async () => expect((await published()).get(keyName(id))).toBe(true));
    await until(async () => expect(await unsent(plane)).toBe(0));
  });

  it('sends what a control plane that ended left in the outbox', async () => {
    const first = await start('redis://127.0.0.1:1');
    const { restApiId } = await first.newStage();
    await first.stop();
    running.splice(0);
    const second = await start();
    await until(async () => expect(await published()).toEqual(new Map([[stageName(restApiId), true]])));
    await until(async () => expect(await unsent(second)).toBe(0));
  });

  it('sends what was written just before the control plane ended', async () => {
    const plane = await start();
    await until(async () => expect(await published()).toEqual(new Map()));
    const { restApiId } = await plane.newStage();
    await running.pop()!.stop();
    expect(await published()).toEqual(new Map([[stageName(restApiId), true]]));
  });

  it('holds up nothing else when a document cannot be made', async () => {
    const plane = await start();
    const broken = await plane.newStage();
    await until(async () => expect(await published()).toEqual(new Map([[stageName(broken.restApiId), true]])));
    await plane.database.query(`UPDATE deployments SET model = jsonb_set(model, '{policy}', '"{}"')`);
    await plane.database.query(`UPDATE document_revisions SET revision = nextval('document_revision')`);
    await plane.database.query(
      `INSERT INTO outbox (account_id, region, publication_id, kind, key, revision, created_at)
       SELECT account_id, region, gen_random_uuid(), kind, key, revision, '2026-01-01' FROM document_revisions`,
    );
    const { id } = await plane.newKey();
    await until(async () => expect((await published()).get(keyName(id))).toBe(true));
    await until(async () => expect(await unsent(plane)).toBe(1));
    expect((await published()).get(stageName(broken.restApiId))).toBe(true);
  });
});

it('leaves documents of a kind that only a newer control plane knows to that one, and publishes everything else', async () => {
  const plane = await start();
  await until(async () => expect(await published()).toEqual(new Map()));
  await plane.database.query(
    `INSERT INTO document_revisions VALUES ('123456789012', 'us-east-1', 'of-tomorrow', 'x', nextval('document_revision'), false)`,
  );
  await plane.database.query(
    `INSERT INTO outbox (account_id, region, publication_id, kind, key, revision, created_at)
     SELECT account_id, region, gen_random_uuid(), kind, key, revision, '2026-01-01' FROM document_revisions`,
  );
  const { id } = await plane.newKey();
  await until(async () => expect(await published()).toEqual(new Map([[keyName(id), true]])));
  await service.flush();
  await until(async () => expect(await published()).toEqual(new Map([[keyName(id), true]])));
  expect(await unsent(plane)).toBe(1);
});

describe('what is over', () => {
  it('leaves Redis: deployments that no stage names, after the grace period', async () => {
    vi.stubEnv('GATEHOUSE_UNREFERENCED_GRACE_SECONDS', '0');
    const plane = await start().finally(() => vi.unstubAllEnvs());
    const { restApiId } = await plane.newStage();
    await until(async () => expect(await redis.hlen(REDIS_KEYS.references)).toBe(1));
    const [first] = await redis.hkeys(REDIS_KEYS.deployments);
    await plane.changeAnswer(restApiId, 404);
    await plane.deploy(restApiId);
    await until(async () => expect(await redis.hexists(REDIS_KEYS.deployments, first!)).toBe(0));
    expect(await redis.hkeys(REDIS_KEYS.deployments)).toEqual(await redis.hkeys(REDIS_KEYS.references));
  });

  it('leaves the outbox a day after it was sent', async () => {
    const first = await start();
    const { publicationId } = await first.newKey();
    const old = (await first.newKey()).publicationId;
    await until(async () => expect(await unsent(first)).toBe(0));
    await first.database.query(`UPDATE outbox SET sent_at = now() - interval '25 hours' WHERE publication_id = $1`, [old]);
    const second = await start();
    await until(async () =>
      expect(await second.database.query('SELECT publication_id FROM outbox')).toEqual([{ publication_id: publicationId }]),
    );
  });
});

describe('a Redis that lost its content', () => {
  it('is complete again within 10 s of FLUSHALL, tombstones included', async () => {
    const plane = await start();
    const { restApiId } = await plane.newStage();
    const gone = await plane.newStage();
    await plane.deleteStage(gone.restApiId);
    await until(async () => expect((await published()).get(stageName(gone.restApiId))).toBe(false));
    const before = await epochNow();
    await service.flush();
    await until(async () =>
      expect(await published()).toEqual(
        new Map([
          [stageName(restApiId), true],
          [stageName(gone.restApiId), false],
        ]),
      ),
    );
    expect(await epochNow()).not.toBe(before);
    const { id } = await plane.newKey();
    await until(async () => expect((await published()).get(keyName(id))).toBe(true));
  });

  it('is filled once by two control planes', async () => {
    await Promise.all([start(), start()]);
    await until(async () => expect(await published()).toEqual(new Map()));
    const epoch = await epochNow();
    await service.flush();
    await until(async () => expect(await published()).toEqual(new Map()));
    expect(await epochNow()).not.toBe(epoch);
    const after = await epochNow();
    // Both look every second; neither finds anything left to do.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await epochNow()).toBe(after);
  });

  it('keeps its epoch through a restart that lost nothing', async () => {
    const plane = await start();
    const { restApiId } = await plane.newStage();
    await until(async () => expect(await published()).toEqual(new Map([[stageName(restApiId), true]])));
    const before = await epochNow();
    await service.restart();
    const { id } = await plane.newKey();
    await until(async () => expect((await published()).get(keyName(id))).toBe(true));
    expect(await epochNow()).toBe(before);
  });

  it('gets a new epoch when a rebuild was cut off', async () => {
    await start();
    await until(async () => expect(await published()).toEqual(new Map()));
    const before = await epochNow();
    await redis.del(REDIS_KEYS.complete);
    await until(async () => expect(await published()).toEqual(new Map()));
    expect(await epochNow()).not.toBe(before);
  });
});

describe('a Redis that came back without its last writes', () => {
  const fallBack = async (restApiId: string) => {
    const name = stageName(restApiId);
    await redis
      .multi()
      .zrem(REDIS_KEYS.log, name)
      .hdel(REDIS_KEYS.documents, name)
      .hdel(REDIS_KEYS.revisions, name)
      .decr(REDIS_KEYS.sequence)
      .exec();
  };

  it('gets a new epoch with everything, at once', async () => {
    const plane = await start();
    const { restApiId } = await plane.newStage();
    await until(async () => expect(await unsent(plane)).toBe(0));
    await fallBack(restApiId);
    await until(async () => expect(await published()).toEqual(new Map([[stageName(restApiId), true]])));
  });

  it('gets a new epoch from a control plane that starts after it', async () => {
    const plane = await start();
    const { restApiId } = await plane.newStage();
    await until(async () => expect(await unsent(plane)).toBe(0));
    await plane.stop();
    running.splice(0);
    await fallBack(restApiId);
    await start();
    await until(async () => expect(await published()).toEqual(new Map([[stageName(restApiId), true]])));
  });

  it('gets a new epoch when it fell back to an older one', async () => {
    const plane = await start();
    await plane.newStage();
    await until(async () => expect(await unsent(plane)).toBe(0));
    const older = '2020-01-01T00:00:00.000Z-000000000000';
    await redis.mset(REDIS_KEYS.epoch, older, REDIS_KEYS.complete, older);
    await until(async () => expect(await epochNow()).not.toBe(older));
    await until(async () => expect((await published()).size).toBe(1));
    expect((await epochNow())! > older).toBe(true);
  });
});

it('finds that Postgres was restored from a backup: a new epoch begins and revisions go on after the highest published', async () => {
  const plane = await start();
  const { restApiId } = await plane.newStage();
  await until(async () => expect(await published()).toEqual(new Map([[stageName(restApiId), true]])));
  const before = await epochNow();
  await redis.set(REDIS_KEYS.maxRevision, 5000);
  await until(async () => {
    expect(await epochNow()).not.toBe(before);
    expect(await published()).toEqual(new Map([[stageName(restApiId), true]]));
  });
  expect(await lastRevision(plane.database.manager)).toBe(5000);
  const { id } = await plane.newKey();
  await until(async () => expect(await redis.hget(REDIS_KEYS.revisions, keyName(id))).toBe('5001'));
});

it('does not start with a Redis that drops keys, or that refuses its password', async () => {
  await redis.config('SET', 'maxmemory', '500mb', 'maxmemory-policy', 'allkeys-lru');
  await expect(start()).rejects.toThrow(/^Redis drops keys when it is full \(maxmemory-policy allkeys-lru\)/);
  const wrong = new URL(service.url);
  wrong.password = 'wrong';
  await expect(start(wrong.href)).rejects.toThrow('REDIS_URL: Redis refuses the user or the password');
});

describe('the fleet', () => {
  const report = async (plane: ControlPlane, gatewayId: string, more: Partial<GatewayReport> = {}) => {
    const fleet = await plane.ask('GET', '/gatehouse/fleet');
    const full: GatewayReport = {
      gatewayId,
      addresses: { gateway: '127.0.0.1:8080', internal: '127.0.0.1:9090' },
      startedAt: '2026-01-01T00:00:00.000Z',
      servingSince: '2026-01-01T00:00:00.000Z',
      source: 'redis',
      epoch: fleet.body['epoch'] as string,
      sequence: 0,
      counts: { deployments: 0, stages: 0, usagePlans: 0, apiKeys: 0, certificates: 0, domains: 0 },
      refused: [],
      refusedTotal: 0,
      orphans: [],
      orphansTotal: 0,
      workers: [],
      heartbeatAt: '2026-01-01T00:00:00.000Z',
      ...more,
    };
    await new GatewayReports(redis).write(full);
    return full;
  };
  const wait = (plane: ControlPlane, publicationId: string, timeoutSeconds: number) =>
    plane.ask('POST', `/gatehouse/publications/${publicationId}/wait`, JSON.stringify({ timeoutSeconds }));

  it('shows what each live gateway runs', async () => {
    const plane = await start();
    await until(async () => expect(await published()).toEqual(new Map()));
    const b = await report(plane, 'b', { source: 'disk' });
    const a = await report(plane, 'a', { orphans: ['stage 123456789012/us-east-1/x/y'], orphansTotal: 1 });
    const { status, body } = await plane.ask('GET', '/gatehouse/fleet');
    expect({ status, body }).toEqual({ status: 200, body: { epoch: await epochNow(), gateways: [a, b], functions: [] } });
  });

  const functionsReport = async (functionsId: string, more: Partial<FunctionsReport> = {}) => {
    const full: FunctionsReport = {
      functionsId,
      address: '127.0.0.1:9100',
      startedAt: '2026-01-01T00:00:00.000Z',
      servingSince: '2026-01-01T00:00:00.000Z',
      source: 'redis',
      epoch: await epochNow(),
      sequence: 0,
      functions: 1,
      busy: 0,
      refused: [],
      refusedTotal: 0,
      orphans: [],
      orphansTotal: 0,
      heartbeatAt: '2026-01-01T00:00:00.000Z',
      ...more,
    };
    await new FunctionsReports(redis).write(full);
    return full;
  };

  it('shows functions processes, and names no documents of other accounts', async () => {
    const plane = await start();
    await until(async () => expect(await published()).toEqual(new Map()));
    const refused = ['123456789012', '210987654321'].map((id) => ({
      name: `function ${id}/us-east-1/f`,
      revision: 1,
      reason: 'no',
    }));
    const full = await functionsReport('f', { refused, refusedTotal: 2 });
    const { body } = await plane.ask('GET', '/gatehouse/fleet');
    expect(body).toEqual({ epoch: await epochNow(), gateways: [], functions: [{ ...full, refused: refused.slice(0, 1) }] });
  });

  it('waits for functions processes where functions are published, and for nobody else', async () => {
    const plane = await start();
    const publicationId = await plane.newFunction('f');
    await until(async () => expect(await unsent(plane)).toBe(0));
    await report(plane, 'behind', { sequence: 0 });
    expect((await wait(plane, publicationId, 0)).body).toEqual({
      publicationId,
      served: false,
      laggards: [],
      reason: 'there is no live functions process',
    });
    await functionsReport('a', { sequence: 0 });
    await functionsReport('b', {
      sequence: 1,
      refused: [{ name: functionName('f'), revision: 1, reason: 'no' }],
      refusedTotal: 1,
    });
    expect((await wait(plane, publicationId, 0)).body).toEqual({
      publicationId,
      served: false,
      laggards: [
        { functionsId: 'a', reason: 'it has followed the changes to 0 of 1' },
        { functionsId: 'b', reason: `it refuses ${functionName('f')}: no` },
      ],
    });
    const answer = wait(plane, publicationId, 30);
    await functionsReport('a', { sequence: 1 });
    await functionsReport('b', { sequence: 1 });
    expect((await answer).body).toEqual({ publicationId, served: true, functions: ['a', 'b'] });
  });

  it('does not wait for functions processes where no function is published', async () => {
    const plane = await start();
    const { publicationId } = await plane.newStage();
    await until(async () => expect(await unsent(plane)).toBe(0));
    await report(plane, 'serving', { sequence: 9 });
    await functionsReport('behind', { sequence: 0 });
    expect((await wait(plane, publicationId, 0)).body).toEqual({ publicationId, served: true, gateways: ['serving'] });
  });

  it('security class: tenant isolation: names no documents of other accounts', async () => {
    const plane = await start();
    await until(async () => expect(await published()).toEqual(new Map()));
    const foreign = 'stage 210987654321/us-east-1/x/y';
    const own = 'stage 123456789012/us-east-1/x/y';
    await report(plane, 'a', {
      orphans: [foreign, own],
      orphansTotal: 2,
      refused: [foreign, own].map((name) => ({ name, revision: 1, reason: 'no' })),
      refusedTotal: 2,
    });
    const { body } = await plane.ask('GET', '/gatehouse/fleet');
    expect(body['gateways']).toMatchObject([{ orphans: [own], refused: [{ name: own, revision: 1, reason: 'no' }] }]);
    expect(JSON.stringify(body)).not.toContain('210987654321');
  });

  it('answers who waits when the control plane ends', async () => {
    const plane = await start();
    const { publicationId } = await plane.newStage();
    await until(async () => expect(await unsent(plane)).toBe(0));
    await report(plane, 'behind', { sequence: 0 });
    const answer = wait(plane, publicationId, 60);
    const waits = plane.app.get(PublicationWaits, { strict: false });
    const outcomes = () => [...(Reflect.get(waits, 'waiting') as Set<{ outcome: object }>)].map(({ outcome }) => outcome);
    await until(async () => expect(outcomes()).toMatchObject([{ laggards: [{ gatewayId: 'behind' }] }]));
    await running.pop()!.stop();
    expect(await answer).toMatchObject({ status: 200, body: { served: false, laggards: [{ gatewayId: 'behind' }] } });
  });

  it('looks once at the gateways, however short the time to wait', async () => {
    const plane = await start();
    const { publicationId } = await plane.newStage();
    await until(async () => expect(await unsent(plane)).toBe(0));
    await report(plane, 'serving', { sequence: 9 });
    expect((await wait(plane, publicationId, 0)).body).toEqual({ publicationId, served: true, gateways: ['serving'] });
    await report(plane, 'behind', { sequence: 0 });
    expect((await wait(plane, publicationId, 0)).body).toMatchObject({ served: false, laggards: [{ gatewayId: 'behind' }] });
  });

  it('answers a wait as soon as all live gateways serve the publication', async () => {
    const plane = await start();
    const { publicationId } = await plane.newStage();
    await until(async () => expect((await published()).size).toBe(1));
    await report(plane, 'a', { sequence: 1 });
    await report(plane, 'b', { sequence: 0 });
    const answer = wait(plane, publicationId, 30);
    await report(plane, 'b', { sequence: 1 });
    expect(await answer).toEqual({ status: 200, body: { publicationId, served: true, gateways: ['a', 'b'] } });
  });

  it('names who does not serve it, and why, when the time is up', async () => {
    const plane = await start();
    const { publicationId, restApiId } = await plane.newStage();
    await until(async () => expect(await unsent(plane)).toBe(0));
    await report(plane, 'behind');
    await report(plane, 'serving', { sequence: 9 });
    await report(plane, 'starting', { source: 'none', epoch: null });
    await report(plane, 'refusing', {
      sequence: 9,
      refused: [{ name: stageName(restApiId), revision: 1, reason: 'no' }],
      refusedTotal: 1,
    });
    await report(plane, 'dead');
    await redis.del(gatewayKey('dead'));
    expect(await wait(plane, publicationId, 0.2 as number)).toMatchObject({ status: 400 });
    const { status, body } = await wait(plane, publicationId, 1);
    expect(status).toBe(200);
    expect(body).toEqual({
      publicationId,
      served: false,
      laggards: [
        { gatewayId: 'behind', reason: 'it has followed the changes to 0 of 1' },
        { gatewayId: 'refusing', reason: `it refuses ${stageName(restApiId)}: no` },
        { gatewayId: 'starting', reason: 'it serves no complete configuration yet' },
      ],
    });
  });

  it('says so when there is no gateway, and when the publication is not known or not an id', async () => {
    const plane = await start();
    const { publicationId } = await plane.newStage();
    expect(await wait(plane, publicationId, 1)).toEqual({
      status: 200,
      body: { publicationId, served: false, laggards: [], reason: 'there is no live gateway' },
    });
    expect((await wait(plane, '00000000-0000-4000-8000-000000000000', 1)).status).toBe(404);
    expect((await wait(plane, 'x', 1)).status).toBe(400);
    expect((await wait(plane, publicationId, 61)).status).toBe(400);
  });
});
