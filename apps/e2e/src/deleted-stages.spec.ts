import { CreateDeploymentCommand, DeleteStageCommand, type APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type http from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { admin } from './admin.js';
import { createPets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import type { Answer } from './http.js';
import { Product, type GatewayProcess } from './product.js';

let product: Product;
let gateway: GatewayProcess;
let client: APIGatewayClient;
let backend: Backend;
/** Answers of the backend that are not given yet. */
const held: http.ServerResponse[] = [];

beforeAll(async () => {
  product = await Product.start({ controlPlanes: 1, gateways: 1 }, { GATEHOUSE_WORKERS: '1' });
  gateway = product.gateways[0]!;
  client = product.controlPlanes[0]!.client();
  backend = await startBackend((_request, _body, response) => void held.push(response));
});
afterAll(async () => {
  await backend?.stop();
  await product?.stop();
});

/** A request that is at the backend, to an API of its own. */
async function underWay(): Promise<{ apiId: string; answer: Promise<Answer> }> {
  const { apiId } = await createPets(client, backend.url);
  await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
  await until('the API to be served', async () =>
    (await gateway.call(apiId, '/dev')).body.includes('Missing') ? true : undefined,
  );
  await until('its series', async () => ((await seriesOf(apiId)) > 0 ? true : undefined));
  const answer = gateway.call(apiId, '/dev/pets');
  await until('the request at the backend', () => (held.length > 0 ? true : undefined));
  return { apiId, answer };
}

/** Requests that are counted with the API's name. */
const seriesOf = (apiId: string) => gateway.metric('gatehouse_requests_total', new RegExp(`api_id="${apiId}"`));
/** Answers of 200 that are counted without one. */
const countedWithout = () => gateway.metric('gatehouse_requests_total', /api_id="",.*status_class="2xx"/);

async function deleteStage(apiId: string): Promise<void> {
  await client.send(new DeleteStageCommand({ restApiId: apiId, stageName: 'dev' }));
  await until('the series to go', async () => ((await seriesOf(apiId)) === 0 ? true : undefined));
}

it('a request that outlives its stage is counted without it', async () => {
  const { apiId, answer } = await underWay();
  const before = await countedWithout();
  await deleteStage(apiId);
  held.pop()!.end('{}');
  expect((await answer).status).toBe(200);
  await until('it to be counted', async () => ((await countedWithout()) === before + 1 ? true : undefined));
  expect(await seriesOf(apiId)).toBe(0);
});

it('also where its worker was being replaced, and did not hear of that', async () => {
  const { apiId, answer } = await underWay();
  const before = await countedWithout();
  const [old] = await gateway.workers();
  gateway.child.process.kill('SIGHUP');
  await until('another worker in its place', async () => {
    const { body } = await admin(product.controlPlanes[0]!, 'GET', '/gatehouse/fleet');
    const [{ workers }] = (JSON.parse(body) as { gateways: [{ workers: { pid: number; serving: boolean }[] }] }).gateways;
    return workers.every(({ pid, serving }) => serving && pid !== old) ? true : undefined;
  });
  await deleteStage(apiId);
  expect(await gateway.workers()).toContain(old);
  held.pop()!.end('{}');
  expect((await answer).status).toBe(200);
  await until('its worker to end', async () => ((await gateway.workers()).includes(old!) ? undefined : true));
  await until('it to be counted', async () => ((await countedWithout()) === before + 1 ? true : undefined));
  expect(await seriesOf(apiId)).toBe(0);
});
