import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetDeploymentsCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateStageCommand,
  type APIGatewayClient,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin } from './admin.js';
import { createPets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { Product, type GatewayProcess } from './product.js';

// What gateways cannot enforce is refused by name; with GATEHOUSE_UNENFORCED=deny exactly its methods answer 500 and reach no backend.

const INTERNAL_ERROR = { status: 500, body: '{"message":"Internal server error"}' };

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend?.stop());

/** An API with `GET /pets` and, beside it, a `POST /pets` whose integration asks for the caller's own identity. */
async function createHalf(client: APIGatewayClient): Promise<string> {
  const { apiId, resourceId } = await createPets(client, backend.url);
  const method = { restApiId: apiId, resourceId, httpMethod: 'POST' };
  await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  const credentials = 'arn:aws:iam::*:user/*';
  await client.send(
    new PutIntegrationCommand({ ...method, type: 'HTTP_PROXY', integrationHttpMethod: 'POST', uri: backend.url, credentials }),
  );
  return apiId;
}

describe('where it is refused', () => {
  let product: Product;
  let client: APIGatewayClient;
  beforeAll(async () => {
    product = await Product.start({ controlPlanes: 1, gateways: 0 });
    client = product.controlPlanes[0]!.client();
  });
  afterAll(() => product?.stop());

  it('a deployment says which methods ask for what, and nothing of it is kept', async () => {
    const restApiId = await createHalf(client);
    await expect(client.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringMatching(/^The gateways cannot enforce these settings yet: POST \/pets: credentials/) as unknown,
      $metadata: { httpStatusCode: 400 },
    });
    expect((await client.send(new GetDeploymentsCommand({ restApiId }))).items ?? []).toEqual([]);
  });
});

describe('where it is denied', () => {
  let product: Product;
  let client: APIGatewayClient;
  let gateway: GatewayProcess;
  let apiId: string;

  beforeAll(async () => {
    product = await Product.start({ controlPlanes: 1, gateways: 1 }, { GATEHOUSE_UNENFORCED: 'deny' });
    gateway = product.gateways[0]!;
    client = product.controlPlanes[0]!.client();
    apiId = await createHalf(client);
    await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
    await answers('GET', 200);
  });
  afterAll(() => product?.stop());

  const call = async (method: string) => {
    const { status, body } = await gateway.call(apiId, '/dev/pets', { method });
    return { status, body };
  };
  const answers = (method: string, status: number) =>
    until(`${method} to answer ${status}`, async () => ((await call(method)).status === status ? true : undefined));
  const update = (...patchOperations: PatchOperation[]) =>
    client.send(new UpdateStageCommand({ restApiId: apiId, stageName: 'dev', patchOperations }));

  it('exactly the methods that ask for it answer 500, and reach no backend', async () => {
    const before = backend.requests.length;
    expect(await call('POST')).toEqual(INTERNAL_ERROR);
    expect((await call('GET')).status).toBe(200);
    expect(backend.requests.slice(before).map(({ method }) => method)).toEqual(['GET']);
  });

  it('a setting of the stage denies all its methods until it is taken back', async () => {
    await update({ op: 'replace', path: '/tracingEnabled', value: 'true' });
    await answers('GET', 500);
    const before = backend.requests.length;
    expect(await call('GET')).toEqual(INTERNAL_ERROR);
    expect(await call('POST')).toEqual(INTERNAL_ERROR);
    expect(backend.requests).toHaveLength(before);
    await update({ op: 'replace', path: '/tracingEnabled', value: 'false' });
    await answers('GET', 200);
  });

  it('an API without anything to serve is refused all the same', async () => {
    const { id } = await client.send(new CreateRestApiCommand({ name: 'empty' }));
    await expect(client.send(new CreateDeploymentCommand({ restApiId: id }))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: "The REST API doesn't contain any methods",
    });
  });

  it('what changes between two deployments can be read, and going back is one patch', async () => {
    const { items = [] } = await client.send(new GetDeploymentsCommand({ restApiId: apiId }));
    const first = items[0]!.id!;
    const { id: second } = await client.send(
      new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev', description: 'the same' }),
    );
    const path = `/gatehouse/apis/${apiId}/deployments/${first}/diff/${second}`;
    const same = await admin(product.controlPlanes[0]!, 'GET', path);
    expect([same.status, JSON.parse(same.body)]).toEqual([200, { from: first, to: second, changes: [] }]);
    const unknown = await admin(product.controlPlanes[0]!, 'GET', `${path}x`);
    expect([unknown.status, JSON.parse(unknown.body)]).toEqual([404, { message: 'Invalid Deployment identifier specified' }]);
    expect((await update({ op: 'replace', path: '/deploymentId', value: first })).deploymentId).toBe(first);
  });
});
