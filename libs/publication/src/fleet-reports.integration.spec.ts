import { freshRedis, type TestRedis } from '@gatehouse/testing';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectRedis, firstContact } from './connect-redis.js';
import { EvictingRedis, refuseEviction } from './eviction-policy.js';
import { holdersOf, type GatewayReport } from './gateway-report.js';
import { FunctionsReports, GatewayReports } from './fleet-reports.js';
import type { FunctionsReport } from './functions-report.js';
import { functionsKey, gatewayKey } from './redis-keys.js';

let service: TestRedis;
let redis: Redis;

beforeAll(async () => {
  service = await freshRedis();
  redis = connectRedis(service.url);
  await firstContact(redis, 5000);
});
afterAll(async () => {
  redis.disconnect();
  await service.stop();
});

const report = (gatewayId: string): GatewayReport => ({
  gatewayId,
  addresses: { gateway: '127.0.0.1:8080', internal: '127.0.0.1:9090' },
  startedAt: '2026-01-01T00:00:00.000Z',
  servingSince: null,
  source: 'none',
  epoch: null,
  sequence: 0,
  counts: { deployments: 0, stages: 0, usagePlans: 0, apiKeys: 0, certificates: 0, domains: 0 },
  refused: [],
  refusedTotal: 0,
  orphans: [],
  orphansTotal: 0,
  workers: [{ number: 1, pid: 4711, serving: true, revision: 7 }],
  heartbeatAt: '2026-01-01T00:00:00.000Z',
});

it('lists live gateways by id, without those that left or fell silent', async () => {
  const reports = new GatewayReports(redis);
  for (const id of ['b', 'a', 'left', 'silent']) await reports.write(report(id));
  expect(await redis.pttl(gatewayKey('a'))).toBeGreaterThan(5000);
  await reports.remove('left', report('left').startedAt);
  await reports.remove('a', '2025-12-31T00:00:00.000Z');
  await redis.del(gatewayKey('silent'));
  expect(await reports.live()).toEqual([report('a'), report('b')]);
});

it('lists gateways of versions before, which have no workers and count neither certificates nor domains', async () => {
  const reports = new GatewayReports(redis);
  await redis.flushall();
  await reports.write(report('older'));
  const { certificates: _, domains: ___, ...counts } = report('older').counts;
  const { workers: __, ...older } = report('older');
  await redis.set(gatewayKey('older'), JSON.stringify({ ...older, counts }));
  const [read] = await reports.live();
  expect(read).toEqual({ ...report('older'), workers: [] });
  expect(holdersOf(read!)).toBe(1);
  expect(holdersOf({ workers: [...report('new').workers, { number: 2, pid: null, serving: false, revision: 0 }] })).toBe(2);
});

it('security class: the gateway as a way to its own internals: one malformed report does not hide the other gateways', async () => {
  const reports = new GatewayReports(redis);
  await redis.flushall();
  await reports.write(report('good'));
  const faults = [
    '{',
    'null',
    '[]',
    '"text"',
    ...[
      { gatewayId: 1 },
      { source: 'elsewhere' },
      { sequence: '1' },
      { epoch: 1 },
      { addresses: null },
      { counts: { deployments: 1 } },
      { counts: { ...report('bad').counts, certificates: 'many' } },
      { counts: { ...report('bad').counts, domains: 'many' } },
      { refused: {} },
      { refused: [null] },
      { refused: [{ name: 'stage', revision: 1 }] },
      { orphans: [1] },
      { workers: 2 },
      { workers: [{ number: 1, pid: 'x', serving: true, revision: 1 }] },
      { workers: [null] },
      { heartbeatAt: undefined },
    ].map((member) => JSON.stringify({ ...report('bad'), ...member })),
  ];
  for (const [index, text] of faults.entries()) {
    await reports.write(report(`bad-${index}`));
    await redis.set(gatewayKey(`bad-${index}`), text);
  }
  // The key of a report may also hold something that is no text at all.
  await reports.write(report('list'));
  await redis.del(gatewayKey('list'));
  await redis.lpush(gatewayKey('list'), 'x');
  expect(await reports.live()).toEqual([report('good')]);
});

it('refuses a Redis that drops keys when it is full', async () => {
  await expect(refuseEviction(redis)).resolves.toBeUndefined();
  await redis.config('SET', 'maxmemory', '500mb', 'maxmemory-policy', 'allkeys-lru');
  await expect(refuseEviction(redis)).rejects.toThrow(EvictingRedis);
  await redis.config('SET', 'maxmemory', '0');
  await expect(refuseEviction(redis)).resolves.toBeUndefined();
});

describe('reports of functions processes', () => {
  const functionsReport = (functionsId: string): FunctionsReport => {
    const { gatewayId: _, addresses: __, counts: ___, workers: ____, ...following } = report('x');
    return { ...following, functionsId, address: '127.0.0.1:9100', functions: 3, busy: 1 };
  };

  it('stand beside those of gateways, and tell how many there are', async () => {
    await redis.flushall();
    const reports = new FunctionsReports(redis);
    await new GatewayReports(redis).write(report('a'));
    expect(await reports.write(functionsReport('a'))).toBe(1);
    expect(await reports.write(functionsReport('b'))).toBe(2);
    expect(await reports.live()).toEqual([functionsReport('a'), functionsReport('b')]);
    expect(await new GatewayReports(redis).live()).toEqual([report('a')]);
    await reports.remove('b', functionsReport('b').startedAt);
    expect(await reports.write(functionsReport('a'))).toBe(1);
  });

  it('security class: the gateway as a way to its own internals: one malformed report does not hide the others', async () => {
    await redis.flushall();
    const reports = new FunctionsReports(redis);
    await reports.write(functionsReport('good'));
    const faults = [
      { functionsId: 1 },
      { address: null },
      { functions: 'many' },
      { busy: 0.5 },
      { refused: [null] },
      { epoch: 1 },
    ];
    for (const [index, fault] of faults.entries()) {
      await reports.write(functionsReport(`bad-${index}`));
      await redis.set(functionsKey(`bad-${index}`), JSON.stringify({ ...functionsReport('bad'), ...fault }));
    }
    expect(await reports.live()).toEqual([functionsReport('good')]);
  });
});
