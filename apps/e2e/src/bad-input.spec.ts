import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  type APIGatewayClient,
} from '@aws-sdk/client-api-gateway';
import { freePort } from '@gatehouse/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin } from './admin.js';
import { createPets, redeploy, type Pets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { Child, until } from './child.js';
import { ask, type Answer } from './http.js';
import { Product } from './product.js';

let product: Product;
let client: APIGatewayClient;
let backend: Backend;
let pets: Pets;

beforeAll(async () => {
  product = await Product.start({ controlPlanes: 1, gateways: 1 });
  client = product.controlPlanes[0]!.client();
  backend = await startBackend();
  pets = await createPets(client, backend.url);
  await client.send(new CreateDeploymentCommand({ restApiId: pets.apiId, stageName: 'dev' }));
  await serves('dev', 200);
});
afterAll(async () => {
  await backend?.stop();
  await product?.stop();
});

const gateway = () => product.gateways[0]!;
const serves = (stage: string, status: number) =>
  until(`stage ${stage} to answer ${status}`, async () => {
    const answer = await gateway().call(pets.apiId, `/${stage}/pets`);
    return answer.status === status ? answer : undefined;
  });
const said = ({ status, headers, body }: Answer) => [
  status,
  headers['x-amzn-errortype'],
  (JSON.parse(body) as { message: string }).message,
];
const signed = (method: string, path: string, body?: string | object) => admin(product.controlPlanes[0]!, method, path, body);

describe('bad input to the admin API', () => {
  it.each([
    ['malformed JSON', 'POST', '/restapis', '{"name":', 400, 'SerializationException', /./],
    ['a body that is no object', 'POST', '/restapis', '[]', 400, 'SerializationException', /./],
    ['an unknown member', 'POST', '/restapis', { name: 'x', colour: 'red' }, 400, 'BadRequestException', /colour/],
    ['a wrong type', 'POST', '/restapis', { name: 'x', tags: { a: true } }, 400, 'SerializationException', /java\.lang\.Boolean/],
    ['a missing member', 'POST', '/restapis', {}, 400, 'ValidationException', /createRestApiInput\.name/],
    [
      'an unknown API',
      'GET',
      '/restapis/nosuchapi1',
      undefined,
      404,
      'NotFoundException',
      /^Invalid API identifier specified 123456789012:nosuchapi1$/,
    ],
    [
      'a tenant name that is special to JavaScript',
      'GET',
      '/restapis/__proto__',
      undefined,
      404,
      'NotFoundException',
      /__proto__/,
    ],
    ['an operation that is not built', 'GET', '/sdktypes', undefined, 501, 'NotImplementedException', /GetSdkTypes/],
    ['an operation of the v2 API that is not built', 'GET', '/v2/apis', undefined, 501, 'NotImplementedException', /GetApis/],
  ])('%s', async (_, method, path, body, status, type, message) => {
    const answer = await signed(method, path, body);
    const [gotStatus, gotType, gotMessage] = said(answer);
    expect([gotStatus, gotType]).toEqual([status, type]);
    expect(gotMessage).toMatch(message);
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.body).not.toMatch(/\.[jt]s:\d|node_modules|at \w+ \(/);
  });

  it('refuses a body over 6 MB and goes on working', async () => {
    const answer = await signed('POST', '/restapis', { name: 'x', description: 'y'.repeat(6 * 1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
    expect((await signed('GET', '/restapis')).status).toBe(200);
  });

  it('security class: exposed administration: without credentials only three paths answer', async () => {
    const open = async (path: string) => (await ask({ port: product.controlPlanes[0]!.port, path })).status;
    expect(await Promise.all(['/docs', '/docs-json', '/healthz'].map(open))).toEqual([200, 200, 200]);
    expect(await Promise.all(['/restapis', '/gatehouse/fleet', '/', '/nosuch', '/v2/apis'].map(open))).toEqual(
      Array(5).fill(403),
    );
    expect(await Promise.all(['/docs/../restapis', '//docs'].map(open))).toEqual([400, 403]);
  });

  it('refuses at deployment, by name, what the gateways cannot enforce, and keeps nothing of it', async () => {
    const api = await createPets(client, backend.url);
    const method = { restApiId: api.apiId, resourceId: api.rootId, httpMethod: 'POST' };
    await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
    const credentials = 'arn:aws:iam::*:user/*';
    await client.send(new PutIntegrationCommand({ ...method, type: 'MOCK', credentials }));
    const refused = await client
      .send(new CreateDeploymentCommand({ restApiId: api.apiId, stageName: 'dev' }))
      .catch((error: Error) => error);
    expect(refused).toMatchObject({ name: 'BadRequestException' });
    expect(JSON.parse((await signed('GET', `/restapis/${api.apiId}/stages`)).body)).not.toHaveProperty('item.0');
    expect(JSON.parse((await signed('GET', `/restapis/${api.apiId}/deployments`)).body)).not.toHaveProperty('item.0');
  });

  it('pages through 60 APIs without losing or repeating one', async () => {
    const made = await Promise.all(
      Array.from({ length: 60 }, (_, n) => client.send(new CreateRestApiCommand({ name: `page ${n}` }))),
    );
    const { paginateGetRestApis } = await import('@aws-sdk/client-api-gateway');
    const seen: string[] = [];
    for await (const page of paginateGetRestApis({ client, pageSize: 7 }, {}))
      seen.push(...(page.items ?? []).map(({ id }) => id!));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
    expect((await client.send(new GetResourcesCommand({ restApiId: made[0]!.id }))).items).toEqual([
      { id: made[0]!.rootResourceId, path: '/' },
    ]);
  });
});

describe('bad input to a gateway', () => {
  it.each([
    ['an unknown API', 'nosuchapi1', '/dev/pets', 403, 'ForbiddenException', 'Forbidden'],
    ['an unknown stage', '', '/prod/pets', 403, 'ForbiddenException', 'Forbidden'],
    ['an unknown path', '', '/dev/cats', 403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
  ])('%s', async (_, apiId, path, status, type, message) => {
    expect(said(await gateway().call(apiId || pets.apiId, path))).toEqual([status, type, message]);
  });

  it.each([
    '/dev/../dev/pets',
    '/dev/%2e%2e/dev/pets',
    '/dev/.%2E/pets',
    '/dev/pets%00',
    '/dev\\pets',
    '/dev/%5cpets',
    '/dev/pets/%zz',
  ])('security class: path normalisation: %s is refused before routing', async (path) => {
    const before = backend.requests.length;
    expect((await gateway().call(pets.apiId, path)).status).toBe(400);
    expect(backend.requests.length).toBe(before);
  });

  it('a body over 10 MB never arrives whole at the backend', async () => {
    const api = await createPets(client, backend.url);
    await client.send(
      new PutMethodCommand({ restApiId: api.apiId, resourceId: api.resourceId, httpMethod: 'POST', authorizationType: 'NONE' }),
    );
    const { PutIntegrationCommand } = await import('@aws-sdk/client-api-gateway');
    await client.send(
      new PutIntegrationCommand({
        restApiId: api.apiId,
        resourceId: api.resourceId,
        httpMethod: 'POST',
        type: 'HTTP_PROXY',
        integrationHttpMethod: 'POST',
        uri: backend.url,
      }),
    );
    await client.send(new CreateDeploymentCommand({ restApiId: api.apiId, stageName: 'dev' }));
    await until('the API', async () => ((await gateway().call(api.apiId, '/dev/pets')).status === 200 ? true : undefined));
    const small = await gateway().call(api.apiId, '/dev/pets', { method: 'POST', body: Buffer.alloc(1024 * 1024, 97) });
    expect(small.status).toBe(200);
    const big = await gateway().call(api.apiId, '/dev/pets', { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1, 97) });
    expect(said(big)).toEqual([413, 'RequestTooLargeException', 'HTTP content length exceeded 10485760 bytes.']);
  });

  it('a backend that is not there, stalls or breaks off', async () => {
    const nobody = await freePort();
    await redeploy(client, pets, `http://127.0.0.1:${nobody}/`, 'gone');
    expect(said(await serves('gone', 504))).toEqual([
      504,
      'InternalServerErrorException',
      'Network error communicating with endpoint',
    ]);

    const stalling = await startBackend(() => undefined);
    const { apiId } = await createPets(client, stalling.url, { integration: { timeoutInMillis: 100 } });
    await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
    const late = await until('the stalling API', async () => {
      const answer = await gateway().call(apiId, '/dev/pets');
      return answer.status === 504 ? answer : undefined;
    });
    expect(said(late)).toEqual([504, 'InternalServerErrorException', 'Endpoint request timed out']);
    await stalling.stop();

    const breaking = await startBackend((_, __, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setImmediate(() => response.destroy());
    });
    await redeploy(client, pets, breaking.url, 'broken');
    const broken = await until('the broken stage', () =>
      gateway()
        .call(pets.apiId, '/broken/pets')
        .then(
          (answer) => (answer.status === 403 ? undefined : `a clean ${answer.status}`),
          (error: NodeJS.ErrnoException) => error.code,
        ),
    );
    expect(broken).toBe('ECONNRESET');
    await breaking.stop();
    expect((await gateway().call(pets.apiId, '/dev/pets')).status).toBe(200);
  });
});

describe('what cannot start says so in one line and ends with 1', () => {
  it('a control plane on a port in use', async () => {
    const [controlPlane] = product.controlPlanes;
    const child = new Child('control-plane', { ...controlPlane!.env, GATEHOUSE_ADMIN_PORT: String(controlPlane!.port) });
    expect(await child.ended()).toBe(1);
    expect(child.printed.trim().split('\n')).toHaveLength(1);
    expect(child.printed).toContain(String(controlPlane!.port));
  });

  it('a control plane with a wrong database password, which it does not print', async () => {
    const url = new URL(product.postgres.url);
    url.password = 'wrong-secret';
    const child = new Child('control-plane', {
      DATABASE_URL: url.href,
      REDIS_URL: product.redis.url,
      GATEHOUSE_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
      GATEHOUSE_ADMIN_PORT: String(await freePort()),
      GATEHOUSE_DATA_DIR: product.accessLog(8),
    });
    expect(await child.ended()).toBe(1);
    expect(child.printed.trim().split('\n')).toHaveLength(1);
    expect(child.printed).not.toContain('wrong-secret');
  });

  it('a gateway without its key, and one on a port in use', async () => {
    const without = new Child('gateway', { REDIS_URL: product.redis.url });
    expect(await without.ended()).toBe(1);
    expect(without.printed).toContain('GATEHOUSE_DATA_PLANE_KEY');
    const taken = new Child('gateway', {
      REDIS_URL: product.redis.url,
      GATEHOUSE_DATA_PLANE_KEY: Buffer.alloc(32, 1).toString('base64'),
      GATEHOUSE_GATEWAY_PORT: String(gateway().port),
      GATEHOUSE_INTERNAL_PORT: String(await freePort()),
      GATEHOUSE_DATA_DIR: product.accessLog(9),
    });
    expect(await taken.ended()).toBe(1);
    expect(taken.printed.trim().split('\n')).toHaveLength(1);
    expect(taken.printed).toContain(String(gateway().port));
  });
});
