import { CreateDeploymentCommand } from '@aws-sdk/client-api-gateway';
import { freePort } from '@gatehouse/embedded';
import { issueCertificate, temporaryDirectory } from '@gatehouse/testing';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import http2 from 'node:http2';
import https from 'node:https';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createPets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { keepAsking, startLoad, type Load } from './http.js';
import { Product, REGION, type GatewayProcess } from './product.js';
import { established, talk } from './talk.js';

const WORKERS = 2;
const PATH = '/dev/pets';
const ROLLED = 'gateway: all workers are replaced';
const ENOUGH_FOR_ALL_WORKERS = 20;

let directory: string;
let product: Product;
let gateway: GatewayProcess;
let backend: Backend;
let tlsPort: number;
let host: string;
const root = issueCertificate({ commonName: 'root', ca: true, domainNames: [] });
const loads: Load[] = [];

beforeAll(async () => {
  directory = await temporaryDirectory('rolling-restart');
  const [certificateFile, keyFile] = [path.join(directory, 'tls.crt'), path.join(directory, 'tls.key')];
  const issued = issueCertificate({ issuer: root, domainNames: [`*.execute-api.${REGION}.localhost`] });
  await Promise.all([writeFile(certificateFile, issued.certificate), writeFile(keyFile, issued.privateKey)]);
  tlsPort = await freePort();
  product = await Product.start(
    { controlPlanes: 1, gateways: 1 },
    {
      GATEHOUSE_WORKERS: String(WORKERS),
      GATEHOUSE_TLS_PORT: String(tlsPort),
      GATEHOUSE_TLS_CERTIFICATE_FILE: certificateFile,
      GATEHOUSE_TLS_KEY_FILE: keyFile,
    },
  );
  gateway = product.gateways[0]!;
  backend = await startBackend();
  const client = product.controlPlanes[0]!.client();
  const { apiId } = await createPets(client, `${backend.url}/v1`);
  await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
  host = `${apiId}.execute-api.${REGION}.localhost`;
  await until('the API to be served', async () => ((await gateway.call(apiId, PATH)).status === 200 ? true : undefined));
});
afterEach(async () => {
  await Promise.all(loads.splice(0).map((load) => load.stop()));
});
afterAll(async () => {
  await backend?.stop();
  await product?.stop();
  await rm(directory, { recursive: true, force: true });
});

function started(load: Load): Load {
  loads.push(load);
  return load;
}

async function moreAnswers(of: Load): Promise<void> {
  const before = of.answers;
  await until('200 more answers', () => (of.answers >= before + 200 ? true : undefined));
}

const rolls = () => gateway.child.printed.split(ROLLED).length - 1;

/** Replaces all workers. */
async function roll(): Promise<void> {
  const before = rolls();
  gateway.child.process.kill('SIGHUP');
  await until('all workers to be replaced', () => (rolls() > before ? true : undefined), 60);
}

/** All sums that the gateway tells, by name and labels. */
async function sums(): Promise<Map<string, number>> {
  const { body } = await gateway.internal('/metrics');
  const names = [...body.matchAll(/^# TYPE (\S+) (?:counter|histogram)$/gm)].map(([, name]) => name!);
  const isSum = new RegExp(`^(?:${names.join('|')})(?:_bucket|_sum|_count)?(?:\\{|$)`);
  const lines = body.split('\n').map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').pop())] as const);
  return new Map(lines.filter(([name]) => isSum.test(name)));
}

/** What went back, or was told no more, from one look to the next one. */
function lost(before: Map<string, number>, after: Map<string, number>): string[] {
  const worse = [...before].filter(([name, value]) => !((after.get(name) ?? -1) >= value));
  return worse.map(([name, value]) => `${name}: ${value}, then ${after.get(name)}`);
}

it('no sum goes back while workers are replaced twice under load, and the requests add up', async () => {
  const counted = () => gateway.metric('gatehouse_requests_total', /stage="dev"/);
  const first = await until('what was counted before to be told', async () => {
    const told = await counted();
    return told > 0 && told === (await counted()) ? told : undefined;
  });
  const ask = { port: gateway.port, path: PATH, headers: { host } };
  const [kept, fresh] = [started(startLoad(ask, 4)), started(startLoad(ask, 4, { keepAlive: false }))];
  let before = await sums();
  const problems: string[] = [];
  const rolled = rolls();
  const pids = new Set(await gateway.workers());
  gateway.child.process.kill('SIGHUP');
  await until('a new worker', async () => ((await gateway.workers()).some((pid) => !pids.has(pid)) ? true : undefined));
  gateway.child.process.kill('SIGHUP');
  await until(
    'two replacements',
    async () => {
      const after = await sums();
      problems.push(...lost(before, after));
      before = after;
      for (const pid of await gateway.workers()) pids.add(pid);
      return rolls() >= rolled + 2 ? true : undefined;
    },
    60,
  );
  await Promise.all([moreAnswers(kept), moreAnswers(fresh)]);
  const results = await Promise.all([kept.stop(), fresh.stop()]);
  expect(problems).toEqual([]);
  expect(results.map(({ others }) => others)).toEqual([{}, {}]);
  expect(pids.size).toBe(3 * WORKERS);
  const answers = results.reduce((sum, result) => sum + result.answers, 0);
  await until('all requests to be counted', async () => ((await counted()) >= first + answers ? true : undefined));
  expect(await counted()).toBe(first + answers);
});

/** One request over HTTPS/1.1. */
function get(agent: https.Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: tlsPort, path: PATH, servername: host, headers: { host }, ca: root.certificate };
    const request = https.get({ ...options, agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject);
  });
}

/** A client of HTTP/2 that takes another connection when it is asked to leave one. */
class Http2Client {
  private session: http2.ClientHttp2Session | null = null;

  async get(): Promise<number> {
    if (this.session === null || this.session.closed || this.session.destroyed) this.session = this.connect();
    const stream = this.session.request({ ':path': PATH, ':authority': host });
    let status = 0;
    let body = '';
    stream.on('response', (headers) => (status = headers[':status'] ?? 0));
    stream.setEncoding('utf8').on('data', (text: string) => (body += text));
    await new Promise<void>((resolve, reject) => stream.on('close', resolve).on('error', reject));
    return body.endsWith('}') ? status : 0;
  }

  private connect(): http2.ClientHttp2Session {
    const session = http2.connect(`https://127.0.0.1:${tlsPort}`, { servername: host, ca: root.certificate });
    return session.on('error', () => undefined);
  }

  close(): void {
    this.session?.close();
    this.session = null;
  }
}

/** Over how many of some new connections a client goes on with a TLS session that it has. */
async function resumed(session: Buffer): Promise<number> {
  let count = 0;
  for (let n = 0; n < ENOUGH_FOR_ALL_WORKERS; n++) {
    const socket = tls.connect({ port: tlsPort, host: '127.0.0.1', servername: host, ca: root.certificate, session });
    await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    if (socket.isSessionReused()) count++;
    socket.destroy();
  }
  return count;
}

function newSession(): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ port: tlsPort, host: '127.0.0.1', servername: host, ca: root.certificate });
    socket.once('error', reject).once('session', (session) => {
      resolve(session);
      socket.destroy();
    });
  });
}

it('no request over TLS is lost, in HTTP/1.1 and HTTP/2, and clients resume their sessions with workers that came later', async () => {
  const keptAgent = new https.Agent({ keepAlive: true });
  const freshAgent = new https.Agent({ keepAlive: false });
  const clients = [0, 1, 2, 3].map(() => new Http2Client());
  const running = [
    keepAsking(4, () => get(keptAgent)),
    keepAsking(2, () => get(freshAgent)),
    keepAsking(2, (asker) => clients[asker]!.get()),
    keepAsking(2, async (asker) => {
      const status = await clients[asker + 2]!.get();
      clients[asker + 2]!.close();
      return status;
    }),
  ].map(started);
  const session = await newSession();
  expect(await resumed(session)).toBe(ENOUGH_FOR_ALL_WORKERS);
  await Promise.all(running.map(moreAnswers));
  await roll();
  await Promise.all(running.map(moreAnswers));
  expect(await resumed(session)).toBe(ENOUGH_FOR_ALL_WORKERS);
  const results = await Promise.all(running.map((load) => load.stop()));
  expect(results.map(({ others }) => others)).toEqual([{}, {}, {}, {}]);
  for (const client of clients) client.close();
  for (const agent of [keptAgent, freshAgent]) agent.destroy();
});

it('a gateway that is stopped while it replaces its workers ends all of them, and answers what came before', async () => {
  const before = await gateway.workers();
  const sockets = await Promise.all(Array.from({ length: 16 }, () => established(gateway.port)));
  const talks = sockets.map((socket) => talk(socket, host, PATH));
  gateway.child.process.kill('SIGHUP');
  const all = await until('a new worker beside the old ones', async () => {
    const now = await gateway.workers();
    return now.some((pid) => !before.includes(pid)) ? now : undefined;
  });
  expect(await gateway.child.stop('SIGTERM')).toBe(0);
  expect((await Promise.all(talks)).filter(({ toldToClose }) => !toldToClose)).toEqual([]);
  expect([...new Set([...before, ...all])].filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
});
