import { GatewayReports, PublicationProducer, PublicationWorker, SnapshotWriter } from '@gatehouse/publication';
import {
  freshRedis,
  httpBackend,
  restApiModel,
  steadyDay,
  temporaryDirectory,
  type HttpBackend,
  type TestRedis,
} from '@gatehouse/testing';
import { Redis } from 'ioredis';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadConfig } from './config.js';
import { Documents, KEY, SECRET } from './documents.fixture.js';
import { startGateway, type RunningGateway } from './start-gateway.js';
import { StartupError } from './startup-error.js';

const EPOCH = 'epoch-1';
let service: TestRedis;
let redis: Redis;
let writer: SnapshotWriter;
let producer: PublicationProducer;
let worker: PublicationWorker;
let backend: HttpBackend;
let dataDir: string;
let logFile: string;
const running: RunningGateway[] = [];

beforeAll(async () => {
  [service, backend, dataDir] = await Promise.all([freshRedis(), httpBackend(), temporaryDirectory('gateway')]);
  logFile = path.join(dataDir, 'access.log');
  redis = new Redis(service.url);
  redis.on('error', () => undefined);
  writer = new SnapshotWriter(redis, KEY);
  await writer.beginEpoch(null, EPOCH);
  producer = new PublicationProducer(redis);
  worker = new PublicationWorker(
    service.url,
    1,
    async () => {},
    () => {},
  );
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.stop()));
});
afterAll(async () => {
  await Promise.all([producer.close(), worker.close(), backend.close()]);
  redis.disconnect();
  await service.stop();
  await rm(dataDir, { recursive: true, force: true });
});

function environment(changes: Record<string, string> = {}): Record<string, string> {
  return {
    REDIS_URL: service.url,
    GATEHOUSE_DATA_PLANE_KEY: SECRET.toString('base64'),
    GATEHOUSE_DATA_DIR: dataDir,
    GATEHOUSE_GATEWAY_PORT: '0',
    GATEHOUSE_INTERNAL_PORT: '0',
    GATEHOUSE_GATEWAY_ID: 'gateway-0',
    GATEHOUSE_ACCESS_LOG: logFile,
    GATEHOUSE_WORKERS: '2',
    // Exact figures need Redis's own answers, however busy this machine is.
    GATEHOUSE_LIMIT_PATIENCE_MS: '5000',
    ...changes,
  };
}

/** The supervisor runs in this process, from its sources; its workers are the built program. */
const program = path.resolve(import.meta.dirname, '../dist/worker/main.js');

function begin(changes: Record<string, string> = {}): Promise<RunningGateway> {
  const env = environment(changes);
  return startGateway(loadConfig(env), { args: [program], env });
}

async function start(changes: Record<string, string> = {}): Promise<RunningGateway> {
  const gateway = await begin(changes);
  running.push(gateway);
  await gateway.serving;
  return gateway;
}

async function publish(documents: Documents): Promise<void> {
  await writer.storeDeployments(documents.deploymentDocuments());
  expect(await writer.publish(EPOCH, documents.documents)).toMatchObject({ outcome: 'published' });
  await writer.completeEpoch(EPOCH);
  await producer.add(documents.documents);
}

/** Asks until the answer is what is waited for: what was published takes a moment to arrive. */
async function eventually(ask: () => Promise<Response>, status: number): Promise<Response> {
  for (const deadline = Date.now() + 20_000; ; await wait(20)) {
    const response = await ask();
    if (response.status === status || Date.now() > deadline) {
      expect(response.status).toBe(status);
      return response;
    }
    await response.arrayBuffer();
  }
}

describe('a gateway', () => {
  it('serves what is published, tells health, metrics and a log of it, and drains', async () => {
    // One holder has all of each quota for its share, which decides until it has heard that Redis is complete.
    const gateway = await start({ GATEHOUSE_WORKERS: '1' });
    const internal = `http://${gateway.addresses.internal}`;
    const url = `http://${gateway.addresses.gateway}/_aws/execute-api/abcdefghij/prod/pets`;
    expect((await fetch(`${internal}/livez`)).status).toBe(200);
    const unready = await fetch(`${internal}/readyz`);
    expect(unready.status).toBe(503);
    expect(await unready.json()).toMatchObject({ ready: false, source: 'none', ageSeconds: null });
    expect((await fetch(url)).status).toBe(503);

    const proxy = { type: 'HTTP_PROXY' as const, httpMethod: 'GET', uri: `${backend.url}/backend` };
    const api = restApiModel({ 'GET /pets': { integration: proxy }, 'GET /keyed': { apiKeyRequired: true, integration: proxy } });
    await publish(
      new Documents()
        .stage(api)
        .usagePlan({
          usagePlanId: 'plan01',
          apiStages: [{ apiId: 'abcdefghij', stage: 'prod' }],
          quota: { limit: 2, offset: 0, period: 'DAY' },
        })
        .apiKey('key0000001', 'sesame', ['plan01']),
    );
    const served = await eventually(() => fetch(url), 200);
    expect(await served.text()).toBe('ok');
    expect(served.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);

    const keyed = (key?: string) =>
      fetch(url.replace('/pets', '/keyed?secret=hunter2'), key ? { headers: { 'x-api-key': key } } : undefined);
    expect((await keyed()).status).toBe(403);
    expect((await keyed('wrong')).status).toBe(403);
    await steadyDay(15);
    expect([(await keyed('sesame')).status, (await keyed('sesame')).status]).toEqual([200, 200]);
    const exceeded = await keyed('sesame');
    expect([exceeded.status, await exceeded.text()]).toEqual([429, '{"message":"Limit Exceeded"}']);

    const ready = await fetch(`${internal}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ ready: true, source: 'redis', draining: false });
    const metrics = await (await fetch(`${internal}/metrics`)).text();
    expect(metrics).toMatch(
      /gatehouse_requests_total\{api_id="abcdefghij",stage="prod",resource="",method="",status_class="4xx"\} 3/,
    );
    expect(metrics).toMatch(/gatehouse_integration_seconds_count\{api_id="abcdefghij",stage="prod",resource="",method=""\} 3/);
    expect(metrics).toMatch(/gatehouse_config_revision 3/);

    await running.pop()?.stop();
    const log = await readFile(logFile, 'utf8');
    const lines = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.find(({ status }) => status === 429)).toMatchObject({
      apiId: 'abcdefghij',
      stage: 'prod',
      resourcePath: '/keyed',
      httpMethod: 'GET',
      path: '/_aws/execute-api/abcdefghij/prod/keyed',
      status: 429,
      apiKeyId: 'key0000001',
      error: { type: 'QUOTA_EXCEEDED', reason: 'usage plan quota' },
    });
    expect(log).not.toMatch(/sesame|hunter2/);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('serves from its disk copy when Redis is away', async () => {
    await service.kill();
    try {
      const gateway = await start();
      const url = `http://${gateway.addresses.gateway}/_aws/execute-api/abcdefghij/prod/pets`;
      expect(await (await eventually(() => fetch(url), 200)).text()).toBe('ok');
      const readiness = await eventually(() => fetch(`http://${gateway.addresses.internal}/readyz`), 200);
      expect(await readiness.json()).toMatchObject({ ready: true, source: 'disk' });
    } finally {
      await service.start();
    }
  });

  it('has a worker that starts read everything from Redis where the disk copy was damaged meanwhile', async () => {
    const gateway = await start();
    const url = `http://${gateway.addresses.gateway}/_aws/execute-api/abcdefghij/prod/pets`;
    await eventually(() => fetch(url), 200);
    const copy = path.join(dataDir, 'gateways', 'gateway-0', 'configuration.log');
    await writeFile(copy, (await readFile(copy, 'utf8')).replaceAll('abcdefghij', 'jihgfedcba'));
    const reports = new GatewayReports(redis);
    const pids = async () => (await reports.live())[0]!.workers.map(({ pid, serving }) => (serving ? pid : null));
    const before = await pids();
    for (const pid of before) process.kill(pid!, 'SIGKILL');
    await vi.waitFor(
      async () => {
        const now = await pids();
        expect(now).not.toContain(null);
        expect(now.filter((pid) => before.includes(pid))).toEqual([]);
      },
      { timeout: 20_000, interval: 50 },
    );
    expect((await fetch(url)).status).toBe(200);
    expect(await readFile(copy, 'utf8')).not.toContain('jihgfedcba');
  });

  it('that ends leaves its place in the fleet and its disk copy to another one at once, though requests are under way', async () => {
    let release = (): void => undefined;
    const held = await httpBackend((response) => (release = () => void response.end('at last')));
    const integration = { type: 'HTTP_PROXY' as const, httpMethod: 'GET', uri: held.url };
    await publish(new Documents().stage(restApiModel({ 'GET /held': { integration } }, { apiId: 'heldheld00' })));
    const first = await start();
    const pathname = '/_aws/execute-api/heldheld00/prod/held';
    await eventually(() => fetch(`http://${first.addresses.gateway}${pathname}x`), 403);
    const answer = fetch(`http://${first.addresses.gateway}${pathname}`);
    await vi.waitFor(() => expect(held.received).toHaveLength(1), { timeout: 20_000 });
    const stopping = first.stop();
    const second = await start();
    const reports = new GatewayReports(redis);
    const addresses = async () => (await reports.live()).map((report) => report.addresses.gateway);
    await vi.waitFor(async () => expect(await addresses()).toEqual([second.addresses.gateway]), { timeout: 20_000 });
    release();
    expect(await (await answer).text()).toBe('at last');
    await stopping;
    expect(await addresses()).toEqual([second.addresses.gateway]);
    await held.close();
  });

  it('refuses a port in use in one line', async () => {
    const gateway = await start();
    const port = gateway.addresses.gateway.split(':')[1] as string;
    const refusal = begin({ GATEHOUSE_GATEWAY_PORT: port, GATEHOUSE_GATEWAY_ID: 'gateway-1' });
    await expect(refusal).rejects.toThrow(StartupError);
    await expect(refusal).rejects.toThrow(`GATEHOUSE_GATEWAY_PORT: 127.0.0.1:${port} is in use by another process`);
  });

  it('security class: the gateway as a way to its own internals: neither its internal port nor its Redis can be an integration', async () => {
    const gateway = await start();
    const internalPort = gateway.addresses.internal.split(':')[1] as string;
    const redisPort = new URL(service.url).port;
    const toward = (host: string) => ({
      integration: { type: 'HTTP_PROXY' as const, httpMethod: 'GET', uri: `http://${host}/` },
    });
    await publish(
      new Documents().stage(
        restApiModel(
          {
            'GET /metrics': toward(`localhost:${internalPort}`),
            'GET /redis': toward(`127.0.0.1:${redisPort}`),
            'GET /pets': toward(`127.0.0.1:${backend.port}`),
          },
          { apiId: 'insider000' },
        ),
      ),
    );
    const url = `http://${gateway.addresses.gateway}/_aws/execute-api/insider000/prod`;
    await eventually(() => fetch(`${url}/pets`), 200);
    for (const name of ['metrics', 'redis']) {
      const refused = await fetch(`${url}/${name}`);
      expect([refused.status, await refused.text()]).toEqual([500, '{"message":"Internal server error"}']);
    }
  });

  it('calls functions where it is told that they are, and nothing else reaches that', async () => {
    const functions = await httpBackend((response) => response.end('{"statusCode":200,"body":"Hello from Lambda!"}'));
    const uri =
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:hello/invocations';
    const api = restApiModel(
      {
        'GET /hello': { integration: { type: 'AWS_PROXY', httpMethod: 'POST', uri } },
        'GET /around': { integration: { type: 'HTTP_PROXY', httpMethod: 'GET', uri: functions.url } },
      },
      { apiId: 'functions0' },
    );
    const gateway = await start({ GATEHOUSE_WORKERS: '1', GATEHOUSE_LAMBDA_ENDPOINT: functions.url });
    await publish(new Documents().stage(api));
    const url = `http://${gateway.addresses.gateway}/_aws/execute-api/functions0/prod`;
    const answer = await eventually(() => fetch(`${url}/hello`), 200);
    expect(await answer.text()).toBe('Hello from Lambda!');
    expect(JSON.parse(functions.received[0]!.body)).toMatchObject({
      resource: '/hello',
      requestContext: { apiId: 'functions0' },
    });
    expect(functions.received[0]!.header('authorization')).toContain(`Credential=${KEY.calls.accessKeyId}/`);
    expect((await fetch(`${url}/around`)).status).toBe(500);
    await functions.close();
  });
});
