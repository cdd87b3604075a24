import {
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  GetUsageCommand,
  UpdateUsageCommand,
  UpdateUsagePlanCommand,
  type APIGatewayClient,
} from '@aws-sdk/client-api-gateway';
import { steadyDay } from '@gatehouse/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { Product } from './product.js';

type Period = 'DAY' | 'WEEK' | 'MONTH';

let product: Product;
let client: APIGatewayClient;
let backend: Backend;
let redis: Redis;

beforeAll(async () => {
  // Exact figures need Redis's own answers, however busy this machine is.
  const env = { GATEHOUSE_LIMIT_PATIENCE_MS: '5000', GATEHOUSE_WORKERS: '2' };
  product = await Product.start({ controlPlanes: 2, gateways: 2 }, env);
  client = product.controlPlanes[0]!.client();
  backend = await startBackend();
  redis = new Redis(product.redis.url);
});
afterAll(async () => {
  redis?.disconnect();
  await backend?.stop();
  await product?.stop();
});

describe('a quota whose period is changed', () => {
  it('counts what was used and granted on the days of the new period, on every gateway, there and back', async () => {
    const today = await steadyDay(60);
    const { apiId } = await createPets(client, `${backend.url}/pets`, { apiKeyRequired: true });
    await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
    const key = await client.send(new CreateApiKeyCommand({ enabled: true }));
    const { id: usagePlanId } = await client.send(
      new CreateUsagePlanCommand({
        name: 'plan',
        apiStages: [{ apiId, stage: 'dev' }],
        quota: { limit: 10, period: 'DAY' },
      }),
    );
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: key.id, keyType: 'API_KEY' }));

    const call = async (n: number) => {
      const gateway = product.gateways[n % product.gateways.length]!;
      return (await gateway.call(apiId, '/dev/pets', { headers: { 'x-api-key': key.value! } })).status;
    };
    /** How many of 40 requests at once are admitted; the others exceed the quota. */
    const admitted = async () => {
      const statuses = await Promise.all(Array.from({ length: 40 }, (_, n) => call(n)));
      expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
      return statuses.filter((status) => status === 200).length;
    };
    const usage = async () => {
      const answer = await client.send(new GetUsageCommand({ usagePlanId, startDate: today, endDate: today }));
      return answer.items?.[key.id!]?.[0];
    };
    const stored = (figures: [used: number, remaining: number]) =>
      until(`usage of ${figures}`, async () => (String(await usage()) === String(figures) ? true : undefined));
    const changeTo = async (period: Period, taken: number) => {
      await client.send(
        new UpdateUsagePlanCommand({ usagePlanId, patchOperations: [{ op: 'replace', path: '/quota/period', value: period }] }),
      );
      await until(`${taken} taken in the ${period}`, async () => {
        const [hash] = await redis.keys(`{gatehouse}:quota:*/${usagePlanId}/${key.id}:${period}:*`);
        const counts = hash ? await redis.hvals(hash) : [];
        return counts.reduce((sum, count) => sum + Number(count), 0) === taken ? true : undefined;
      });
    };

    await until('the key to be known', async () => ((await call(0)) === 200 ? true : undefined));
    await until('the key to be known to the other gateway', async () => ((await call(1)) === 200 ? true : undefined));
    await stored([2, 8]);
    const patchOperations = [{ op: 'replace' as const, path: '/remaining', value: '9' }];
    await client.send(new UpdateUsageCommand({ usagePlanId, keyId: key.id, patchOperations }));

    // 2 used, 1 granted.
    await changeTo('MONTH', 1);
    expect(await usage()).toEqual([2, 9]);
    expect(await admitted()).toBe(9);
    await stored([11, 0]);
    await changeTo('WEEK', 10);
    expect(await admitted()).toBe(0);
    await changeTo('DAY', 10);
    expect(await admitted()).toBe(0);
    await stored([11, 0]);
  });
});
