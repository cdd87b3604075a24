import { CreateDeploymentCommand } from '@aws-sdk/client-api-gateway';
import http from 'node:http';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { startLoad, type Load } from './http.js';
import { Product, REGION, type GatewayProcess } from './product.js';

const PATH = '/dev/pets';

let product: Product;
let gateway: GatewayProcess;
let backend: Backend;
let apiId: string;
const loads: Load[] = [];

beforeAll(async () => {
  product = await Product.start({ controlPlanes: 1, gateways: 1 }, { GATEHOUSE_WORKERS: '2' });
  gateway = product.gateways[0]!;
  backend = await startBackend();
  const client = product.controlPlanes[0]!.client();
  ({ apiId } = await createPets(client, `${backend.url}/v1`));
  await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
});
afterEach(async () => {
  await Promise.all(loads.splice(0).map((load) => load.stop()));
});
afterAll(async () => {
  await backend?.stop();
  await product?.stop();
});

async function startAgain(changes: Record<string, string>): Promise<void> {
  await gateway.child.stop();
  gateway.start(changes);
  await gateway.ready();
  await until('the API to be served', async () => ((await gateway.call(apiId, PATH)).status === 200 ? true : undefined));
}

/** Requests over connections of their own, so that all workers have some. */
function load(userAgent: string): Load {
  const headers = { host: `${apiId}.execute-api.${REGION}.localhost`, 'user-agent': userAgent };
  const started = startLoad({ port: gateway.port, path: PATH, headers }, 8, { keepAlive: false });
  loads.push(started);
  return started;
}

interface Line {
  requestId: string;
  path: string;
  userAgent?: string;
}

/** What the log's file and those put aside hold; throws where a line is not whole. */
async function logged(): Promise<Line[]> {
  const file = product.accessLog(0);
  const names = (await readdir(path.dirname(file))).filter((name) => name.startsWith(path.basename(file)));
  const texts = await Promise.all(names.map((name) => readFile(path.join(path.dirname(file), name), 'utf8')));
  return texts.flatMap((text) => {
    expect(text === '' || text.endsWith('\n')).toBe(true);
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  });
}

const idsOf = (lines: Line[], agent: string) =>
  lines.filter(({ userAgent }) => userAgent === agent).map(({ requestId }) => requestId);

describe('an access log that several workers write', () => {
  it('holds each request once, over files that are put aside meanwhile, and workers that are replaced', async () => {
    await startAgain({ GATEHOUSE_ACCESS_LOG_MAX_BYTES: '65536', GATEHOUSE_ACCESS_LOG_FILES: '1000' });
    const running = load('rotation');
    await until('a file put aside', () => (existsSync(`${product.accessLog(0)}.1`) ? true : undefined));
    gateway.child.process.kill('SIGHUP');
    await until('all workers to be replaced', () =>
      gateway.child.printed.includes('all workers are replaced') ? true : undefined,
    );
    await until('three files put aside', () => (existsSync(`${product.accessLog(0)}.3`) ? true : undefined), 40);
    const { answers, others } = await running.stop();
    expect(await gateway.child.stop()).toBe(0);
    const ids = idsOf(await logged(), 'rotation');
    expect(others).toEqual({});
    expect([ids.length, new Set(ids).size]).toEqual([answers, answers]);
  });

  it('holds whole lines when one of them is killed, and what the others and its successor answered after that', async () => {
    await startAgain({});
    const running = load('killed');
    await until('500 answers', () => (running.answers >= 500 ? true : undefined));
    process.kill((await gateway.workers())[0]!, 'SIGKILL');
    await running.stop();
    await until('both to serve', async () => ((await gateway.metric('gatehouse_workers')) === 2 ? true : undefined));
    const after = load('after');
    await until('500 answers', () => (after.answers >= 500 ? true : undefined));
    const { answers } = await after.stop();
    expect(await gateway.child.stop()).toBe(0);
    const lines = await logged();
    expect(idsOf(lines, 'after')).toHaveLength(answers);
    expect(idsOf(lines, 'killed').length).toBeGreaterThan(0);
  });
});

describe('an access log on standard output', () => {
  it.each(['stdout', '/dev/stdout'])('holds the lines of all workers, whole: %s', async (accessLog) => {
    await startAgain({ GATEHOUSE_ACCESS_LOG: accessLog });
    const agent = new http.Agent({ keepAlive: false });
    await Promise.all(Array.from({ length: 30 }, (_, n) => gateway.call(apiId, `/dev/line-${n}`, { agent })));
    await until('all lines', () => {
      const lines = gateway.child.printed.split('\n').filter((line) => line.startsWith('{"time"'));
      const paths = new Set(lines.map((line) => (JSON.parse(line) as Line).path).filter((line) => line.includes('line-')));
      return paths.size === 30 ? true : undefined;
    });
  });

  it('that nobody reads neither stops requests nor the end of the gateway', async () => {
    await startAgain({ GATEHOUSE_ACCESS_LOG: 'stdout' });
    gateway.child.process.stdout!.pause();
    const long = `/dev/${'x'.repeat(2000)}`;
    for (let n = 0; n < 1000; n++) expect((await gateway.call(apiId, long)).status).toBe(403);
    gateway.child.process.kill('SIGTERM');
    await until('its end', () => (gateway.child.running ? undefined : true));
    expect(await gateway.child.ended()).toBe(0);
  });
});
