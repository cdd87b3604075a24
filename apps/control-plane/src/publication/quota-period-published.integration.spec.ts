import type { SnapshotWriter } from '@gatehouse/publication';
import type { AnyDocument, DataPlaneKey, SealingKey } from '@gatehouse/snapshot';
import { createDatabase, freshRedis, steadyDay, type TestDatabase, type TestRedis } from '@gatehouse/testing';
import { createLimiter, type QuotaPeriod, type SharedLimiter } from '@gatehouse/throttling';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testCall } from '../apigateway/rest-api/definition.fixture.js';
import { Serving } from '../apigateway/stage/serving.fixture.js';
import { QuotaGrants } from '../usage-collection/quota-grants.js';
import { QuotaPeriodChanges } from '../usage-collection/quota-period-changes.js';
import { UsageCollector } from '../usage-collection/usage-collector.js';
import { DocumentSender } from './document-sender.js';
import { Publisher } from './publisher.js';

const CHANGES = 20;
const PERIODS: QuotaPeriod[] = ['DAY', 'WEEK', 'MONTH'];

let server: TestDatabase;
let redisProcess: TestRedis;
let redis: Redis;
let serving: Serving;
let limiter: SharedLimiter;

beforeAll(async () => {
  [server, redisProcess] = await Promise.all([createDatabase(), freshRedis({ appendonly: false })]);
  redis = new Redis(redisProcess.url);
  await redis.mset('{gatehouse}:epoch', 'epoch-0', '{gatehouse}:complete', 'epoch-0');
  serving = await Serving.open(server.url);
  limiter = createLimiter({ redis, processId: 'a-gateway', holders: () => 1, patienceMs: 1000 });
  await limiter.firstContact(5000);
});

afterAll(async () => {
  await limiter?.close();
  redis?.disconnect();
  await serving?.close();
  await Promise.all([redisProcess?.stop(), server?.drop()]);
});

it('a change of a quota’s period admits no more beyond the limit than what was not stored when it was published', async () => {
  await steadyDay(60);
  const { database } = serving.definition;
  const changes = new QuotaPeriodChanges(redis, database, new QuotaGrants(redis, database));
  const collector = new UsageCollector(redis, database, changes);
  let limit = 100;
  const { id: usagePlanId } = await serving.usagePlans.createUsagePlan(testCall(), {
    name: 'p',
    quota: { limit, period: 'DAY' },
  });
  const subject = { ...testCall().scope, usagePlanId: usagePlanId!, apiKeyId: 'key1' };
  let admitted = 0;
  const requests = async (period: QuotaPeriod, most: number) => {
    const quota = { limit, offset: 0, period, quotaStart: '2020-01-01' };
    for (let count = 0; count < most && (await limiter.quota(subject, quota)); count++) {
      limiter.count(subject, period);
      admitted++;
    }
  };
  const stored = async () => {
    const [row] = await database.query<[{ total: string }]>('SELECT coalesce(sum(total), 0) AS total FROM usage_totals');
    return Number(row.total);
  };
  const storeAll = () =>
    vi.waitFor(
      async () => {
        await collector.collect();
        expect(await stored()).toBe(admitted);
      },
      { timeout: 10_000 },
    );
  /** A gateway that hears of the plan as soon as it is in Redis, while much more than is left is asked of it. */
  const gateway = {
    publish: async (_epoch: string, documents: readonly AnyDocument[]) => {
      for (const { kind, body } of documents) {
        if (kind === 'usage-plan') await requests(body!.quota!.period, Infinity);
      }
      return { outcome: 'published' as const, sequence: 1 };
    },
  } as unknown as SnapshotWriter;
  const sender = new DocumentSender(gateway, { epoch: 'epoch-0', differs: () => {}, reached: () => {} });
  const keys = { dataPlaneKey: {} as DataPlaneKey, atRestKey: {} as SealingKey };
  const publisher = new Publisher(database, sender, keys, changes);
  await requests('DAY', 40);
  await storeAll();
  await requests('DAY', 20);
  let beyond = 0;
  for (let change = 1; change <= CHANGES; change++) {
    limit += 10;
    await serving.usagePlans.updateUsagePlan(testCall(), {
      usagePlanId: usagePlanId!,
      patchOperations: [
        { op: 'replace', path: '/quota/period', value: PERIODS[change % 3]! },
        { op: 'replace', path: '/quota/limit', value: String(limit) },
      ],
    });
    const [before, bound] = [admitted, admitted - (await stored())];
    await publisher.publishUnsent([{ ...testCall().scope, kind: 'usage-plan', key: usagePlanId! }]);
    expect(admitted).toBeLessThanOrEqual(Math.max(before, limit + bound));
    beyond = Math.max(beyond, admitted - limit);
    if (change % 3 === 0) await storeAll();
  }
  // It was tried with something that was not stored, and in the end nothing is left over.
  expect(beyond).toBeGreaterThan(0);
  expect(admitted).toBeGreaterThanOrEqual(limit);
});
