import {
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateStageCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteRestApiCommand,
  DeleteUsagePlanCommand,
  GetUsageCommand,
  UpdateStageCommand,
  UpdateUsagePlanCommand,
  type APIGatewayClient,
} from '@aws-sdk/client-api-gateway';
import { steadyDay } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, served } from './admin.js';
import { createPets, redeploy } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { Product } from './product.js';

let product: Product;
let client: APIGatewayClient;
let backend: Backend;

beforeAll(async () => {
  // Exact figures need Redis's own answers, however busy this machine is.
  product = await Product.start({ controlPlanes: 2, gateways: 3 }, { GATEHOUSE_LIMIT_PATIENCE_MS: '5000' });
  client = product.controlPlanes[0]!.client();
  // Remembers the publications, which the SDK's own results do not carry.
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const headers = (result.response as { headers?: Record<string, string> }).headers;
      const publication = headers?.['x-gatehouse-publication'];
      if (publication) publications.push(publication);
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  backend = await startBackend();
});
afterAll(async () => {
  await backend?.stop();
  await product?.stop();
});

/** Those not waited for yet. Each is published by itself: the last one may be served before another. */
const publications: string[] = [];
const onAllGateways = () =>
  Promise.all(publications.splice(0).map((publication) => served(product.controlPlanes[0]!, publication)));

describe('the main job, with the JavaScript SDK', () => {
  it('goes from nothing to a keyed, throttled API on every gateway, and redeploys it', async () => {
    const pets = await createPets(client, `${backend.url}/v1`, { apiKeyRequired: true });
    await client.send(new CreateDeploymentCommand({ restApiId: pets.apiId, stageName: 'dev' }));
    await onAllGateways();

    const today = await steadyDay(30);
    const key = await client.send(new CreateApiKeyCommand({ name: 'consumer', enabled: true }));
    const plan = await client.send(
      new CreateUsagePlanCommand({
        name: 'plan',
        apiStages: [{ apiId: pets.apiId, stage: 'dev' }],
        throttle: { rateLimit: 1000, burstLimit: 1000 },
        quota: { limit: 1000, period: 'DAY' },
      }),
    );
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' }));
    await onAllGateways();

    for (const gateway of product.gateways) {
      const without = await gateway.call(pets.apiId, '/dev/pets');
      expect([without.status, without.body, without.headers['x-amzn-errortype']]).toEqual([
        403,
        '{"message":"Forbidden"}',
        'ForbiddenException',
      ]);
      const answer = await gateway.call(pets.apiId, '/dev/pets?a=1', { headers: { 'x-api-key': key.value! } });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toMatchObject({ method: 'GET', url: '/v1?a=1' });
      expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    }

    await redeploy(client, pets, `${backend.url}/v2`, 'dev');
    await onAllGateways();
    for (const gateway of product.gateways) {
      const answer = await gateway.call(pets.apiId, '/dev/pets', { headers: { 'x-api-key': key.value! } });
      expect(JSON.parse(answer.body)).toMatchObject({ url: '/v2' });
    }

    const used = await until('the usage to be reported', async () => {
      const usage = await client.send(new GetUsageCommand({ usagePlanId: plan.id, startDate: today, endDate: today }));
      const [total] = usage.items?.[key.id!]?.[0] ?? [];
      return total === 6 ? usage.items![key.id!]![0] : undefined;
    });
    expect(used).toEqual([6, 994]);

    await client.send(
      new UpdateUsagePlanCommand({
        usagePlanId: plan.id,
        patchOperations: [{ op: 'remove', path: '/apiStages', value: `${pets.apiId}:dev` }],
      }),
    );
    await onAllGateways();
    expect((await product.gateways[2]!.call(pets.apiId, '/dev/pets', { headers: { 'x-api-key': key.value! } })).status).toBe(403);
    await client.send(new DeleteUsagePlanCommand({ usagePlanId: plan.id }));
    await client.send(new DeleteRestApiCommand({ restApiId: pets.apiId }));
    await onAllGateways();
    const gone = await product.gateways[1]!.call(pets.apiId, '/dev/pets');
    expect([gone.status, gone.body]).toEqual([403, '{"message":"Forbidden"}']);
  });

  it('serves the path forms, stage variables and two stages with deployments of their own', async () => {
    const pets = await createPets(client, `${backend.url}/\${stageVariables.version}/\${stageVariables.constructor}`);
    const first = await client.send(new CreateDeploymentCommand({ restApiId: pets.apiId }));
    await client.send(
      new CreateStageCommand({ restApiId: pets.apiId, stageName: 'blue', deploymentId: first.id, variables: { version: 'one' } }),
    );
    await redeploy(client, pets, `${backend.url}/second`, 'green');
    await onAllGateways();
    const [gateway] = product.gateways;
    const url = async (path: string) =>
      (JSON.parse((await gateway!.call('x', path, { headers: { host: 'localhost' } })).body) as { url: string }).url;
    expect(await url(`/_aws/execute-api/${pets.apiId}/blue/pets`)).toBe('/one/');
    expect(await url(`/restapis/${pets.apiId}/blue/_user_request_/pets`)).toBe('/one/');
    expect(await url(`/_aws/execute-api/${pets.apiId}/green/pets`)).toBe('/second');

    await client.send(
      new UpdateStageCommand({
        restApiId: pets.apiId,
        stageName: 'blue',
        patchOperations: [{ op: 'replace', path: '/variables/version', value: 'three' }],
      }),
    );
    await onAllGateways();
    expect(await url(`/_aws/execute-api/${pets.apiId}/blue/pets`)).toBe('/three/');
  });

  it('lets 20 clients on two control planes edit one API at once', async () => {
    const pets = await createPets(client, backend.url);
    const clients = product.controlPlanes.map((controlPlane) => controlPlane.client());
    const { CreateResourceCommand, GetResourcesCommand } = await import('@aws-sdk/client-api-gateway');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        // Every name is tried twice: one of the two gets a true conflict.
        clients[n % 2]!.send(
          new CreateResourceCommand({ restApiId: pets.apiId, parentId: pets.rootId, pathPart: `part${n >> 1}` }),
        ),
      ),
    );
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as Error).name] : []));
    expect(failures).toEqual(Array(10).fill('ConflictException'));
    const { items } = await client.send(new GetResourcesCommand({ restApiId: pets.apiId, limit: 500 }));
    expect(items?.map(({ path }) => path)).toEqual(['/', ...Array.from({ length: 10 }, (_, n) => `/part${n}`), '/pets']);
  });

  it('shows in the fleet what each gateway serves', async () => {
    const answer = await admin(product.controlPlanes[1]!, 'GET', '/gatehouse/fleet');
    expect(answer.status).toBe(200);
    const { gateways } = JSON.parse(answer.body) as { gateways: { gatewayId: string; refused: unknown[] }[] };
    expect(gateways.map(({ gatewayId }) => gatewayId).sort()).toEqual(['gateway-0', 'gateway-1', 'gateway-2']);
    expect(gateways.flatMap(({ refused }) => refused)).toEqual([]);
  });
});

describe('limits over three gateways', () => {
  async function keyed(limits: {
    throttle?: { rateLimit: number; burstLimit: number };
    quota?: { limit: number; period: 'DAY' };
  }) {
    const pets = await createPets(client, backend.url, { apiKeyRequired: true });
    await client.send(new CreateDeploymentCommand({ restApiId: pets.apiId, stageName: 'dev' }));
    const key = await client.send(new CreateApiKeyCommand({ enabled: true }));
    const plan = await client.send(
      new CreateUsagePlanCommand({ name: 'limits', apiStages: [{ apiId: pets.apiId, stage: 'dev' }], ...limits }),
    );
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' }));
    await onAllGateways();
    return (n: number) => product.gateways[n % 3]!.call(pets.apiId, '/dev/pets', { headers: { 'x-api-key': key.value! } });
  }

  it('admits exactly the quota', async () => {
    await steadyDay(30);
    const call = await keyed({ quota: { limit: 20, period: 'DAY' } });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => call(n)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ status, body, headers }) => `${status} ${body} ${headers['x-amzn-errortype']}`))).toEqual(
      new Set(['429 {"message":"Limit Exceeded"} LimitExceededException']),
    );
  });

  it('admits the burst, then what the rate allows', async () => {
    const call = await keyed({ throttle: { rateLimit: 0.01, burstLimit: 15 } });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => call(n)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(15);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ status, body, headers }) => `${status} ${body} ${headers['x-amzn-errortype']}`))).toEqual(
      new Set(['429 {"message":"Too Many Requests"} TooManyRequestsException']),
    );
  });
});
