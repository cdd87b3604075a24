import {
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  type APIGatewayClient,
  type CreateUsagePlanCommandInput,
} from '@aws-sdk/client-api-gateway';
import { steadyDay } from '@gatehouse/testing';
import { Redis } from 'ioredis';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import http from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { admin } from './admin.js';
import { createPets, redeploy, type Pets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { startLoad, type Ask, type Load } from './http.js';
import { Product, REGION, type GatewayProcess } from './product.js';

const WORKERS = 2;
let product: Product;
let gateway: GatewayProcess;
let client: APIGatewayClient;
let backend: Backend;
let pets: Pets;
const loads: Load[] = [];

beforeAll(async () => {
  product = await Product.start(
    { controlPlanes: 1, gateways: 1 },
    // Exact figures need Redis's own answers, however busy this machine is.
    { GATEHOUSE_WORKERS: String(WORKERS), GATEHOUSE_LIMIT_PATIENCE_MS: '5000' },
  );
  gateway = product.gateways[0]!;
  client = product.controlPlanes[0]!.client();
  backend = await startBackend();
  pets = await createPets(client, `${backend.url}/first`);
  await client.send(new CreateDeploymentCommand({ restApiId: pets.apiId, stageName: 'dev' }));
  await served('/first');
});
afterEach(async () => {
  await Promise.all(loads.splice(0).map((load) => load.stop()));
});
afterAll(async () => {
  await backend?.stop();
  await product?.stop();
});

const request = (): Ask => ({
  port: gateway.port,
  path: '/dev/pets',
  headers: { host: `${pets.apiId}.execute-api.${REGION}.localhost` },
});

function load(connections: number, keepAlive: boolean): Load {
  const started = startLoad(request(), connections, { keepAlive });
  loads.push(started);
  return started;
}

const moreAnswers = async (of: Load, n = 200) => {
  const before = of.answers;
  await until(`${n} more answers`, () => (of.answers >= before + n ? true : undefined));
};

/** Waits until the gateway answers from the backend path `url`. */
async function served(url: string): Promise<void> {
  await until(`the gateway to serve ${url}`, async () => {
    const answer = await gateway.call(pets.apiId, '/dev/pets');
    return answer.status === 200 && (JSON.parse(answer.body) as { url: string }).url === url ? true : undefined;
  });
}

const workers = () => gateway.workers();
const metric = (name: string, labels?: RegExp) => gateway.metric(name, labels);

/** How many connections of clients a process has accepted. */
function connectionsHeldBy(pid: number): number {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).map((fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]),
  );
  const localPort = `:${gateway.port.toString(16).toUpperCase().padStart(4, '0')}`;
  const established = '01';
  const lines = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1);
  return lines.filter((line) => {
    const fields = line.trim().split(/\s+/);
    return fields[1]!.endsWith(localPort) && fields[3] === established && sockets.has(fields[9]);
  }).length;
}

const isAlive = (pid: number) => existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

const allServe = () =>
  until('all workers to serve', async () => ((await metric('gatehouse_workers')) === WORKERS ? true : undefined));

const counted = () => metric('gatehouse_requests_total', new RegExp(`api_id="${pets.apiId}",stage="dev"`));

/** Open connections of a worker, as it told last. */
const connectionsOf = (number: number) => metric('gatehouse_connections', new RegExp(`worker="${number}"`));

/** A connection of its own, which stays open; `call` sends one request over it and answers the status. */
class Connection {
  private readonly socket = connect(gateway.port, '127.0.0.1');
  private text = '';

  constructor() {
    this.socket.setEncoding('latin1').on('data', (text: string) => (this.text += text));
    this.socket.on('error', () => undefined);
  }

  async call(key: string): Promise<number> {
    this.text = '';
    const host = `${pets.apiId}.execute-api.${REGION}.localhost`;
    this.socket.write(`GET /limited/pets HTTP/1.1\r\nHost: ${host}\r\nx-api-key: ${key}\r\n\r\n`);
    await until('an answer', () => (/^HTTP\/1\.1 \d{3} [\s\S]*\r\n\r\n[\s\S]*\}$/.test(this.text) ? true : undefined));
    return Number(this.text.slice(9, 12));
  }

  close(): void {
    this.socket.destroy();
  }
}

describe('workers', () => {
  it('have even shares of the connections, also of those that come at once', async () => {
    const open = () => Promise.all([connectionsOf(1), connectionsOf(2)]);
    await until('all connections to be closed', async () => ((await open()).every((count) => count === 0) ? true : undefined));
    const connections = Array.from({ length: 60 }, () => new Connection());
    const shares = await until('all to be counted', async () => {
      const counts = await open();
      return counts[0]! + counts[1]! === 60 ? counts : undefined;
    });
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(20);
    for (const connection of connections) connection.close();
  });

  it('one that is killed under load loses at most what was in its flight, and another one takes its place', async () => {
    const [kept, fresh] = [load(8, true), load(8, false)];
    await Promise.all([moreAnswers(kept), moreAnswers(fresh)]);
    const before = await workers();
    expect(before).toHaveLength(WORKERS);
    // Held for a moment, so that what it has can be counted; the others serve on.
    process.kill(before[0]!, 'SIGSTOP');
    const held = connectionsHeldBy(before[0]!);
    process.kill(before[0]!, 'SIGKILL');
    await until('a new worker', async () => ((await workers()).some((pid) => !before.includes(pid)) ? true : undefined));
    await allServe();
    await Promise.all([moreAnswers(kept), moreAnswers(fresh)]);
    const results = await Promise.all([kept.stop(), fresh.stop()]);
    const lost = results.flatMap(({ others }) => Object.entries(others));
    expect(lost.filter(([what]) => !['ECONNRESET', 'EPIPE'].includes(what))).toEqual([]);
    expect(lost.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(held);
    expect(await metric('gatehouse_worker_restarts_total')).toBe(1);
  });

  it('are replaced one after the other on SIGHUP, and no request is lost', async () => {
    const before = await workers();
    const [kept, fresh] = [load(8, true), load(8, false)];
    await Promise.all([moreAnswers(kept), moreAnswers(fresh)]);
    gateway.child.process.kill('SIGHUP');
    await until('all workers to be others', async () => {
      const now = await workers();
      return now.length === WORKERS && now.every((pid) => !before.includes(pid)) ? true : undefined;
    });
    await Promise.all([moreAnswers(kept), moreAnswers(fresh)]);
    expect((await kept.stop()).others).toEqual({});
    expect((await fresh.stop()).others).toEqual({});
  });

  it('that are all killed at once leave new connections waiting, not refused, until others serve what was served', async () => {
    await redeploy(client, pets, `${backend.url}/second`, 'dev');
    await served('/second');
    await product.redis.stop();
    for (const pid of await workers()) process.kill(pid, 'SIGKILL');
    const agent = new http.Agent({ keepAlive: false });
    const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.call(pets.apiId, '/dev/pets', { agent })));
    expect(answers.map(({ status, body }) => `${status} ${(JSON.parse(body) as { url: string }).url}`)).toEqual(
      Array(20).fill('200 /second'),
    );
    await product.startRedis();
    await allServe();
  });

  it('count together, and nothing of what one counted is lost with it', async () => {
    await until('what was counted before to be told', async () => {
      const first = await counted();
      await new Promise((resolve) => setTimeout(resolve, 100));
      return (await counted()) === first ? true : undefined;
    });
    const before = await counted();
    const cpu = await metric('process_cpu_seconds_total', /worker="1"/);
    const agent = new http.Agent({ keepAlive: false });
    for (let n = 0; n < 40; n++) await gateway.call(pets.apiId, '/dev/pets', { agent });
    await until('40 requests to be counted', async () => ((await counted()) === before + 40 ? true : undefined));
    for (const pid of await workers()) process.kill(pid, 'SIGKILL');
    expect(await counted()).toBe(before + 40);
    await allServe();
    await gateway.call(pets.apiId, '/dev/pets', { agent });
    await until('41 requests to be counted', async () => ((await counted()) === before + 41 ? true : undefined));
    expect(await metric('process_cpu_seconds_total', /worker="1"/)).toBeGreaterThan(cpu);
  });

  it('show in the fleet by number', async () => {
    const numbers = await until('the report', async () => {
      const { body } = await admin(product.controlPlanes[0]!, 'GET', '/gatehouse/fleet');
      const [{ workers: reported }] = (
        JSON.parse(body) as { gateways: [{ workers: { number: number; pid: number; serving: boolean }[] }] }
      ).gateways;
      const now = (await workers()).sort();
      const pids = reported.map(({ pid }) => pid).sort();
      return JSON.stringify(pids) === JSON.stringify(now) && reported.every(({ serving }) => serving) ? reported : undefined;
    });
    expect(numbers.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('that all hang make a gateway that neither lives nor is ready, until they go on', async () => {
    const statuses = async () =>
      (await Promise.all(['/livez', '/readyz'].map((name) => gateway.internal(name)))).map(({ status }) => status);
    const hanging = await workers();
    for (const pid of hanging) process.kill(pid, 'SIGSTOP');
    await until('it to say so', async () => ((await statuses()).every((status) => status === 503) ? true : undefined));
    expect(hanging.filter(isAlive)).toEqual(hanging);
    for (const pid of hanging) process.kill(pid, 'SIGCONT');
    await until('it to say so', async () => ((await statuses()).every((status) => status === 200) ? true : undefined));
    expect(await workers()).toEqual(hanging);
  });

  it('one that hangs is killed and replaced', { timeout: 60_000 }, async () => {
    const [hanging] = await workers();
    process.kill(hanging!, 'SIGSTOP');
    await until('the hanging worker to go', () => (isAlive(hanging!) ? undefined : true), 40);
    await allServe();
    expect((await gateway.internal('/livez')).status).toBe(200);
  });
});

describe('limits over the workers of one gateway', () => {
  const connections: Connection[] = [];
  beforeAll(async () => {
    const limited = await createPets(client, `${backend.url}/limited`, { apiKeyRequired: true });
    await client.send(new CreateDeploymentCommand({ restApiId: limited.apiId, stageName: 'limited' }));
    pets = limited;
    await until('connections to both workers', async () => {
      connections.push(new Connection());
      await new Promise((resolve) => setTimeout(resolve, 100));
      const open = await Promise.all([connectionsOf(1), connectionsOf(2)]);
      return open.every((count) => count >= 2) ? true : undefined;
    });
  });
  afterAll(() => {
    for (const connection of connections) connection.close();
  });

  async function keyed(limits: Pick<CreateUsagePlanCommandInput, 'throttle' | 'quota'>): Promise<string> {
    const key = await client.send(new CreateApiKeyCommand({ enabled: true }));
    const apiStages = [{ apiId: pets.apiId, stage: 'limited' }];
    const plan = await client.send(new CreateUsagePlanCommand({ name: 'limits', apiStages, ...limits }));
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' }));
    await until('the key to be known', async () => {
      const revision = await metric('gatehouse_config_revision');
      await new Promise((resolve) => setTimeout(resolve, 300));
      return revision > 0 && revision === (await metric('gatehouse_config_revision')) ? true : undefined;
    });
    return key.value!;
  }

  /** Calls over all connections at once, several times each. */
  async function callAll(key: string, rounds: number): Promise<Record<number, number>> {
    const statuses: Record<number, number> = {};
    await Promise.all(
      connections.map(async (connection) => {
        for (let round = 0; round < rounds; round++) {
          const status = await connection.call(key);
          statuses[status] = (statuses[status] ?? 0) + 1;
        }
      }),
    );
    return statuses;
  }

  it('admit exactly the quota, each worker counting for itself', async () => {
    await steadyDay(30);
    const key = await keyed({ quota: { limit: 20, period: 'DAY' } });
    const rounds = Math.ceil(60 / connections.length);
    expect((await callAll(key, rounds))[200]).toBe(20);
    const redis = new Redis(product.redis.url);
    const [hash] = await redis.keys('{gatehouse}:quota:*');
    const processes = (await redis.hkeys(hash!)).map((name) => name.split('.')[0]).sort();
    redis.disconnect();
    expect(processes).toEqual(['gateway-0/1', 'gateway-0/2']);
  });

  it('admit the burst, then what the rate allows', async () => {
    const key = await keyed({ throttle: { rateLimit: 0.01, burstLimit: 15 } });
    expect((await callAll(key, Math.ceil(60 / connections.length)))[200]).toBe(15);
  });
});

describe('a supervisor that is killed', () => {
  it('leaves nothing behind, and another one starts on the same ports', async () => {
    const left = await workers();
    expect(left).toHaveLength(WORKERS);
    const ended = once(gateway.child.process, 'exit');
    gateway.child.process.kill('SIGKILL');
    await ended;
    await until('its workers to end', () => (left.some(isAlive) ? undefined : true));
    gateway.start();
    await gateway.ready();
    expect((await gateway.call(pets.apiId, '/limited/pets')).status).toBe(403);
  });

  it('or that is stopped, ends its workers first', async () => {
    const left = await workers();
    expect(await gateway.child.stop('SIGTERM')).toBe(0);
    expect(left.filter(isAlive)).toEqual([]);
    gateway.start();
    await gateway.ready();
  });
});
