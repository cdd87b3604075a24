import type { ConfigurationBatch } from '@gatehouse/publication';
import { pipelineServices, restApiModel, type MethodsOf } from '@gatehouse/testing';
import { hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, it } from 'vitest';
import { CompactKeyMap } from '../../dist/routing-table/compact-key-map.js';
import { RoutingTable } from '../../dist/routing-table/routing-table.js';
import { Documents, KEY } from '../documents.fixture.js';

// Large configurations: what they cost a request, and how much memory they take. `npm run bench -- proxy --only scale` judges the figures, which it
// takes from the file that SCALE_FIGURES_FILE names. What is measured is compiled code, which has to be built before: in the tests' module runner each
// call from module to module costs as much as what is to be compared. Run it with `--config vitest.compiled.config.mjs`.

const REQUESTS = 1000;
const FEW = 10;
const LOOKUPS_PER_SAMPLE = 100_000;
const SAMPLES = 21;
const KEYS = 1_000_000;
const PLANS = 20;

const services = pipelineServices();

interface Request {
  host: string;
  path: string;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are in use, whatever they are used for. */
function bytesInUse(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What this thread has used: time for which others have the processor is not in it. */
function cpuMicroseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

/** As many resources as asked for: of each three one is static, one has a parameter, one is greedy. */
function methodsOf(count: number): MethodsOf {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `GET ${[`/static/${n}/items`, `/named${n}/{id}/items`, `/greedy${n}/{proxy+}`][n % 3]}`,
      { integration: { type: 'HTTP_PROXY', httpMethod: 'GET', uri: `http://backend.example.com/${n}` } },
    ]),
  );
}

/** Requests for so many of the resources of that kind, which lie evenly among all; each request has values of its own. */
function requestsFor(apis: number, resources: number, asked: number): Request[] {
  return Array.from({ length: REQUESTS }, (_, n) => {
    const one = Math.floor((n * asked) / REQUESTS);
    const resource = Math.floor((one * resources) / asked);
    const api = Math.floor((one * apis) / asked);
    const path = [`/static/${resource}/items`, `/named${resource}/value${n}/items`, `/greedy${resource}/a/b/c${n}`][resource % 3];
    return { host: `${apiId(api)}.execute-api.us-east-1.localhost`, path: `/prod${path}` };
  });
}

function apiId(n: number): string {
  return `api${String(n).padStart(7, '0')}`;
}

/** A table that serves so many APIs of so many resources each, and the bytes that it takes. */
function tableOf(apis: number, resources: number): { table: RoutingTable; bytes: number } {
  const methods = methodsOf(resources);
  const documents = new Documents();
  for (let n = 0; n < apis; n++) documents.stage(restApiModel(methods, { apiId: apiId(n) }));
  // As they come to a gateway: read from text, so that no two documents share a string.
  const text = JSON.stringify({ documents: documents.documents, deployments: [...documents.deployments] });
  const table = new RoutingTable({
    services,
    dataPlaneKeys: [KEY],
    pathForms: true,
    listener: { stageRemoved: () => undefined },
  });
  const before = bytesInUse();
  expect(table.apply(batchFrom(text))).toEqual([]);
  return { table, bytes: bytesInUse() - before };
}

function batchFrom(text: string): ConfigurationBatch {
  const { documents, deployments } = JSON.parse(text) as {
    documents: ConfigurationBatch['documents'];
    deployments: [string, Documents['deployments'] extends Map<string, infer D> ? D : never][];
  };
  return { documents, deployments: new Map(deployments) };
}

/** Finds the route of each request in turn: microseconds for one. */
function sample(table: RoutingTable, requests: readonly Request[]): number {
  let found = 0;
  const began = cpuMicroseconds();
  for (let n = 0; n < LOOKUPS_PER_SAMPLE; n++) {
    const { host, path } = requests[n % REQUESTS]!;
    const { stage, pathStart } = table.resolve(host, path)!;
    if (stage.deployment.routes.match('GET', path, pathStart)) found++;
  }
  const microseconds = (cpuMicroseconds() - began) / LOOKUPS_PER_SAMPLE;
  expect(found).toBe(LOOKUPS_PER_SAMPLE);
  return microseconds;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const results: { routes?: object[]; keys?: object } = {};
afterAll(() => {
  console.log(JSON.stringify(results, null, 2));
  const file = process.env.SCALE_FIGURES_FILE;
  if (file) writeFileSync(file, JSON.stringify(results));
});

it('finds routes', { timeout: 600_000 }, () => {
  const sizes = [
    { name: 'one API of 10 resources', apis: 1, resources: 10 },
    { name: 'one API of 100,000 resources', apis: 1, resources: 100_000 },
    { name: '2,000 APIs of 50 resources', apis: 2000, resources: 50 },
  ];
  const subjects = sizes.map(({ name, apis, resources }) => ({
    name,
    ...tableOf(apis, resources),
    // The same traffic in tables of any size, and traffic that is spread until what it needs no longer fits the processor's nearest caches.
    few: { requests: requestsFor(apis, resources, FEW), times: [] as number[] },
    many: { requests: requestsFor(apis, resources, Math.min(REQUESTS, apis * resources)), times: [] as number[] },
  }));
  for (let round = 0; round < SAMPLES; round++) {
    for (const { table, few, many } of subjects) {
      for (const { requests, times } of [few, many]) times.push(sample(table, requests));
    }
  }
  const [ten, ...large] = subjects.map(({ name, bytes, few, many }) => ({
    name,
    bytes,
    few: median(few.times),
    many: median(many.times),
  }));
  results.routes = large.flatMap(({ name, bytes, few, many }) => [
    { name: `${name}, requests for ${FEW} of them`, bytes, microseconds: few, times10Routes: few / ten!.few },
    { name: `${name}, requests for ${REQUESTS} of them`, bytes, microseconds: many, times10Routes: many / ten!.few },
  ]);
});

it('finds API keys', { timeout: 600_000 }, () => {
  const hashOf = (n: number, encoding: 'hex' | 'binary') => hash('sha256', `value of key ${n}`, encoding);
  const before = bytesInUse();
  const keys = new CompactKeyMap();
  for (let n = 0; n < KEYS; n++) {
    const usagePlanIds = [`plan${String(n % PLANS).padStart(6, '0')}`];
    keys.set({
      apiKeyId: `k${n.toString(36).padStart(9, '0')}`,
      valueHash: hashOf(n, 'hex'),
      enabled: true,
      usagePlanIds,
    });
  }
  const bytes = bytesInUse() - before;
  // A gateway has just computed the hash that it looks for, so that is a part of both.
  const run = (find: boolean) => {
    let found = 0;
    const began = cpuMicroseconds();
    for (let n = 0; n < LOOKUPS_PER_SAMPLE; n++) {
      const valueHash = hashOf((n * 7919) % KEYS, 'binary');
      if (!find || keys.find(valueHash)) found++;
    }
    const microseconds = (cpuMicroseconds() - began) / LOOKUPS_PER_SAMPLE;
    expect(found).toBe(LOOKUPS_PER_SAMPLE);
    return microseconds;
  };
  const times = Array.from({ length: SAMPLES }, () => run(true) - run(false));
  results.keys = { count: KEYS, bytes, microsecondsPerLookUp: median(times) };
});
