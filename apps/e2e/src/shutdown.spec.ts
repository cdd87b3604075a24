import { CreateDeploymentCommand } from '@aws-sdk/client-api-gateway';
import { existsSync } from 'node:fs';
import http from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { Product, REGION, type GatewayProcess } from './product.js';
import { established, talk } from './talk.js';

const PATH = '/dev/pets';
/** Far longer than a client takes from a look at /readyz to its next request. */
const DELAY_SECONDS = 5;

let product: Product;
let backend: Backend;
let apiId: string;
let host: string;

beforeAll(async () => {
  product = await Product.start({ controlPlanes: 1, gateways: 2 }, { GATEHOUSE_WORKERS: '2' });
  backend = await startBackend();
  const client = product.controlPlanes[0]!.client();
  ({ apiId } = await createPets(client, `${backend.url}/v1`));
  await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
  host = `${apiId}.execute-api.${REGION}.localhost`;
  for (const gateway of product.gateways) await serves(gateway);
});
afterAll(async () => {
  await backend?.stop();
  await product?.stop();
});

async function serves(gateway: GatewayProcess): Promise<void> {
  await until('the API to be served', async () => ((await gateway.call(apiId, PATH)).status === 200 ? true : undefined));
}

async function startAgain(gateway: GatewayProcess, changes: Record<string, string> = {}): Promise<void> {
  gateway.start(changes);
  await gateway.ready();
  await serves(gateway);
}

it('a gateway that is stopped answers every connection that was established before, also those that nobody had accepted', async () => {
  const gateway = product.gateways[0]!;
  const workers = await gateway.workers();
  const kept = await Promise.all(Array.from({ length: 16 }, () => established(gateway.port)));
  const talks = kept.map((socket) => talk(socket, host, PATH));
  await until('the workers to know one another’s share', async () =>
    (await gateway.metric('gatehouse_connections')) >= kept.length ? true : undefined,
  );
  for (const pid of workers) process.kill(pid, 'SIGSTOP');
  const waiting = await Promise.all(Array.from({ length: 200 }, () => established(gateway.port)));
  const waited = waiting.map((socket) => talk(socket, host, PATH));
  const ended = gateway.child.stop('SIGTERM');
  for (const pid of workers) process.kill(pid, 'SIGCONT');
  const told = { toldToClose: true };
  expect(await Promise.all(talks)).toEqual(Array(kept.length).fill(expect.objectContaining(told)));
  expect(await Promise.all(waited)).toEqual(Array(waiting.length).fill({ ...told, statuses: [200] }));
  expect(await ended).toBe(0);
  await startAgain(gateway);
});

it('a gateway that says in time that it is not ready loses no request of clients that look at that', async () => {
  const [stopped, other] = product.gateways as [GatewayProcess, GatewayProcess];
  await stopped.child.stop();
  await startAgain(stopped, { GATEHOUSE_SHUTDOWN_DELAY_SECONDS: String(DELAY_SECONDS) });
  let asked = 0;
  let running = true;
  const client = async (keepAlive: boolean) => {
    const agent = new http.Agent({ keepAlive });
    const others: string[] = [];
    while (running) {
      const isReady = await stopped.internal('/readyz').then(
        ({ status }) => status === 200,
        () => false,
      );
      const { status } = await (isReady ? stopped : other).call(apiId, PATH, { agent });
      if (status !== 200) others.push(`${status}`);
      asked++;
    }
    agent.destroy();
    return others;
  };
  const clients = [true, true, false, false].map(client);
  await until('200 requests', () => (asked >= 200 ? true : undefined));
  stopped.child.process.kill('SIGTERM');
  await until('it to say so', async () => ((await stopped.internal('/readyz')).status === 503 ? true : undefined));
  const late = await stopped.call(apiId, PATH, { agent: new http.Agent({ keepAlive: true }) });
  expect([late.status, late.headers.connection]).toEqual([200, 'close']);
  expect(await stopped.child.ended()).toBe(0);
  const before = asked;
  await until('200 more requests', () => (asked >= before + 200 ? true : undefined));
  running = false;
  expect(await Promise.all(clients)).toEqual([[], [], [], []]);
  await startAgain(stopped);
});

it('a second wish to end, which is no repetition of the first one, ends a gateway that waits for its requests at once', async () => {
  const gateway = product.gateways[0]!;
  const slow = await startBackend(() => undefined);
  const client = product.controlPlanes[0]!.client();
  const { apiId: slowApi } = await createPets(client, slow.url);
  await client.send(new CreateDeploymentCommand({ restApiId: slowApi, stageName: 'dev' }));
  const workers = await gateway.workers();
  const answers: Promise<unknown>[] = [];
  await until('a request at the backend', () => {
    answers.push(gateway.call(slowApi, PATH).catch((error: Error) => error));
    return slow.requests.length > 0 ? true : undefined;
  });
  gateway.child.process.kill('SIGTERM');
  gateway.child.process.kill('SIGTERM');
  await until('it to drain', async () => ((await gateway.internal('/readyz')).status === 503 ? true : undefined));
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(gateway.child.running).toBe(true);
  expect((await gateway.workers()).length).toBeGreaterThan(0);
  expect(await gateway.child.stop('SIGTERM')).toBe(1);
  await until('its workers to end', () => (workers.some((pid) => existsSync(`/proc/${pid}`)) ? undefined : true));
  await Promise.all(answers);
  await slow.stop();
  await startAgain(gateway);
});
