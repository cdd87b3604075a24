import {
  CreateDeploymentCommand,
  FlushStageCacheCommand,
  UpdateStageCommand,
  type APIGatewayClient,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { Product, type GatewayProcess } from './product.js';

let backend: Backend;
let answers = 0;
let product: Product;
let client: APIGatewayClient;
let restApiId: string;

beforeAll(async () => {
  backend = await startBackend((_, __, response) => {
    response.setHeader('content-type', 'text/plain');
    response.end(`answer ${++answers}`);
  });
  product = await Product.start({ controlPlanes: 1, gateways: 2 });
  client = product.controlPlanes[0]!.client();
  const integration = { cacheKeyParameters: ['method.request.querystring.page'] };
  restApiId = (await createPets(client, backend.url, { integration })).apiId;
  await client.send(
    new CreateDeploymentCommand({ restApiId, stageName: 'prod', cacheClusterEnabled: true, cacheClusterSize: '0.5' }),
  );
  await client.send(
    new UpdateStageCommand({
      restApiId,
      stageName: 'prod',
      patchOperations: [
        { op: 'replace', path: '/*/*/caching/enabled', value: 'true' },
        { op: 'replace', path: '/*/*/caching/requireAuthorizationForCacheControl', value: 'false' },
      ],
    }),
  );
  for (const gateway of product.gateways) {
    await until('answers to be kept', async () => {
      const path = `/prod/pets?page=${Math.random()}`;
      const [first, second] = [await gateway.call(restApiId, path), await gateway.call(restApiId, path)];
      return first.status === 200 && first.body === second.body ? true : undefined;
    });
  }
});
afterAll(async () => {
  await product?.stop();
  await backend?.stop();
});

const get = (gateway: GatewayProcess, page: number, headers: Record<string, string> = {}) =>
  gateway.call(restApiId, `/prod/pets?page=${page}`, { headers });

describe('a cache', () => {
  it('keeps an answer for every gateway, with its headers, and tells pages apart', async () => {
    const [one, other] = product.gateways as [GatewayProcess, GatewayProcess];
    const first = await get(one, 1);
    await until('the other gateway to give the same', async () => ((await get(other, 1)).body === first.body ? true : undefined));
    const again = await get(other, 1);
    expect([again.status, again.body, again.headers['content-type']]).toEqual([200, first.body, 'text/plain']);
    expect(again.headers['x-amzn-requestid']).not.toBe(first.headers['x-amzn-requestid']);
    expect((await get(one, 2)).body).not.toBe(first.body);
    expect((await get(one, 1)).body).toBe(first.body);
  });

  it('fetches anew what a client asks for so, for every gateway within a second', async () => {
    const [one, other] = product.gateways as [GatewayProcess, GatewayProcess];
    const old = await get(one, 3);
    const fresh = await get(one, 3, { 'Cache-Control': 'max-age=0' });
    expect(fresh.body).not.toBe(old.body);
    expect((await get(one, 3)).body).toBe(fresh.body);
    await until('the other gateway to give it', async () => ((await get(other, 3)).body === fresh.body ? true : undefined));
  });

  it('is empty once it is flushed', async () => {
    const [one, other] = product.gateways as [GatewayProcess, GatewayProcess];
    const old = await get(one, 4);
    await client.send(new FlushStageCacheCommand({ restApiId, stageName: 'prod' }));
    for (const gateway of [one, other])
      await until('another answer', async () => ((await get(gateway, 4)).body === old.body ? undefined : true));
  });

  it('counts hits and misses', async () => {
    const { body: metrics } = await product.gateways[0]!.internal('/metrics');
    expect(metrics).toMatch(/gatehouse_cache_hits_total\{[^}]*stage="prod"[^}]*\} \d/);
    expect(metrics).toMatch(/gatehouse_cache_misses_total\{[^}]*stage="prod"[^}]*\} \d/);
  });
});
