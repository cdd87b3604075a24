import { NO_BODY, parseRequestTarget, type Exchange, type GatewayRequest, type UpstreamListener } from '@gatehouse/pipeline';
import { pipelineServices, restApiModel, type MethodsOf } from '@gatehouse/testing';
import { createLimiter } from '@gatehouse/throttling';
import type { Redis } from 'ioredis';
import { describe, it } from 'vitest';
import { accessRecord } from './access-log/access-record.js';
import { AccessLog } from './access-log/access-log.js';
import { Documents, KEY } from './documents.fixture.js';
import { RequestMetrics } from './metrics/request-metrics.js';
import { RequestHandler } from './request-handler.js';
import { RoutingTable } from './routing-table/routing-table.js';

/*
 * What a request costs between the sockets: from the text of its target to the line in the access log, with a backend that answers at once. Microseconds
 * of one request in compiled code, on a core of an EPYC, tenth percentile of runs of 200 requests while others used the machine (the module runner of
 * the tests adds as much again, for each call from module to module):
 *
 *                                before   after
 *   no key                          5.7     2.4
 *   key, plan, rate and quota       8.4     3.5
 *
 * Half a microsecond of the latter is the SHA-256 of the key.
 */

const REQUESTS = 1000;
const HOST = 'abcdefghij.execute-api.us-east-1.localhost';

/** A Redis that grants everything, so that only the cost of the gateway itself is measured. */
const generous = {
  status: 'ready',
  duplicate: () => generous,
  on: () => generous,
  removeAllListeners: () => undefined,
  disconnect: () => undefined,
  time: async () => [Math.floor(Date.now() / 1000), 0],
  mget: async () => ['epoch', 'epoch'],
  evalsha: async (_sha: string, keyCount: number, ...rest: (string | number)[]) => {
    const values = rest.slice(keyCount);
    // Buckets have five values each; quotas are asked for with the epoch's two keys and the process before them.
    if (rest[0] !== '{gatehouse}:epoch') return values.flatMap((want, i) => (i % 5 === 4 ? [want, 1e9, 0] : []));
    const answers = values.slice(1).flatMap((want, i, all) => (i % 5 === 4 ? [1, want, Number(all[i - 1]), 0] : []));
    return [Date.now(), 'epoch', 1, ...answers];
  },
  multi: () => ({ sadd: () => generous.multi(), hset: () => ({ exec: async () => [] }) }),
};

const proxy = { type: 'HTTP_PROXY', httpMethod: 'GET', uri: 'http://127.0.0.1:9000/pets/{id}' } as const;
const integration = { ...proxy, requestParameters: { 'integration.request.path.id': 'method.request.path.id' } };
const methods: MethodsOf = { 'GET /open/{id}': { integration }, 'GET /keyed/{id}': { integration, apiKeyRequired: true } };

const limiter = createLimiter({ redis: generous as unknown as Redis, processId: 'bench', holders: () => 1 });
const metrics = new RequestMetrics(1000, () => true);
const log = new AccessLog({ write: () => Promise.resolve(), close: () => Promise.resolve() });
let backend: UpstreamListener | null = null;
const table = new RoutingTable({
  services: pipelineServices({
    limiter,
    upstream: {
      send(_, listener) {
        backend = listener;
        return { pause: () => undefined, resume: () => undefined, abort: () => undefined };
      },
      close: () => Promise.resolve(),
    },
  }),
  dataPlaneKeys: [KEY],
  pathForms: true,
  listener: metrics,
});
const plan = {
  usagePlanId: 'plan01',
  apiStages: [{ apiId: 'abcdefghij', stage: 'prod' }],
  throttle: { rateLimit: 1e9, burstLimit: 1e9 },
  quota: { limit: 1e9, offset: 0, period: 'MONTH' as const },
};
table.apply(
  new Documents()
    .stage(restApiModel(methods))
    .usagePlan(plan)
    .apiKey('key0000001', 'value-of-the-key-0000001', ['plan01'])
    .batch(),
);
const handler = new RequestHandler(table, () => true);

const body = Buffer.alloc(100, 'a');
const sink = { data: () => undefined, end: () => undefined, fail: () => undefined };
const responder = {
  respond(response: Parameters<Parameters<typeof handler.handle>[1]['respond']>[0]) {
    if (response.body !== null && 'start' in response.body) response.body.start(sink);
  },
};

function request(path: string, key: string | null): GatewayRequest {
  const headers = ['Host', HOST, 'User-Agent', 'wrk/4.2', 'Accept', '*/*', 'Accept-Encoding', 'gzip'];
  if (key !== null) headers.push('x-api-key', key);
  return {
    method: 'GET',
    rawTarget: path,
    target: parseRequestTarget(path),
    headers,
    host: HOST,
    remoteAddress: '127.0.0.1',
    localPort: 8080,
    secure: false,
    protocol: 'HTTP/1.1',
    connectionOptions: [],
    body: NO_BODY,
    onAbort: () => undefined,
  };
}

function finish(exchange: Exchange, listener: UpstreamListener): void {
  backend = null;
  listener.sent();
  const headers = ['Server', 'nginx', 'Date', 'Thu, 01 Jan 2026 00:00:00 GMT', 'Content-Type', 'application/json'];
  listener.answered(200, [...headers, 'Content-Length', '100', 'Connection', 'keep-alive'], 100);
  listener.data(body);
  listener.ended();
  const outcome = { exchange, bytesSent: 100, aborted: false };
  metrics.count(outcome);
  log.write(accessRecord(outcome));
}

/** Each iteration is 1,000 requests and one turn of the event loop, so that leases are renewed as they are in a gateway. */
async function requests(path: string, key: string | null): Promise<void> {
  for (let n = 0; n < REQUESTS; n++) {
    const exchange = handler.handle(request(path, key), responder);
    // An empty lease waits for an answer of Redis.
    while (backend === null) {
      if (exchange.error !== null) throw new Error(exchange.error.reason);
      await Promise.resolve();
    }
    finish(exchange, backend);
  }
  await new Promise(setImmediate);
}

/** One after another: the harness begins the second iteration before it knows that the first one is not over. */
let last: Promise<void> = Promise.resolve();
const inTurn = (path: string, key: string | null) => (last = last.then(() => requests(path, key)));

describe('1,000 requests', () => {
  it('no key', async ({ bench }) => {
    await bench('no key', () => inTurn('/prod/open/4711', null)).run();
  });

  it('key, plan, rate and quota', async ({ bench }) => {
    await limiter.firstContact(1000);
    await bench('key', () => inTurn('/prod/keyed/4711', 'value-of-the-key-0000001')).run();
  });
});
