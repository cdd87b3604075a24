import { CreateDeploymentCommand, UpdateStageCommand, type APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { sign } from '@gatehouse/sigv4';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin } from './admin.js';
import { createPets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { ask, type Answer } from './http.js';
import { Product, REGION, ROOT_KEY } from './product.js';

let backend: Backend;
let product: Product;
let client: APIGatewayClient;
let restApiId: string;
let token: string;

const CLI = path.resolve(import.meta.dirname, '../../cli/dist/main.js');
const tokensOf = (stage: string) => `/gatehouse/restapis/${restApiId}/stages/${stage}/explain-tokens`;

async function newToken(stage: string, body?: object): Promise<{ token: string; header: string; expiresAt: string }> {
  const answer = await admin(product.controlPlanes[0]!, 'POST', tokensOf(stage), body);
  expect(answer.status).toBe(201);
  return JSON.parse(answer.body) as Awaited<ReturnType<typeof newToken>>;
}

const call = (pathname: string, headers: Record<string, string> = {}): Promise<Answer> =>
  product.gateways[0]!.call(restApiId, pathname, { headers });

beforeAll(async () => {
  backend = await startBackend((_, __, response) => void response.end('plain'));
  product = await Product.start({ controlPlanes: 1, gateways: 1 });
  client = product.controlPlanes[0]!.client();
  restApiId = (await createPets(client, backend.url)).apiId;
  for (const stageName of ['prod', 'dev']) await client.send(new CreateDeploymentCommand({ restApiId, stageName }));
  await until('the API', async () => ((await call('/dev/pets')).status === 200 ? true : undefined));
  token = (await newToken('prod')).token;
});
afterAll(async () => {
  await product?.stop();
  await backend?.stop();
});

describe('x-gatehouse-explain', () => {
  it('gives an explanation in place of the answer, with the answer in it', async () => {
    const answer = await call('/prod/pets', { 'x-gatehouse-explain': token });
    expect([answer.status, answer.headers['x-gatehouse-explained'], answer.headers['cache-control']]).toEqual([
      200,
      'true',
      'no-store',
    ]);
    const told = JSON.parse(answer.body) as { response: object; route: { candidates: object[] }; integration: object };
    expect(told.response).toMatchObject({ status: 200, body: 'plain' });
    expect(told.route.candidates).toMatchObject([{ httpMethod: 'GET', resourcePath: '/pets', matched: true }]);
    expect(told.integration).toMatchObject({ type: 'HTTP_PROXY', request: { uri: `${backend.url}/` } });
  });

  it('says of a refusal why it was made', async () => {
    const throttle = (value: string) =>
      client.send(
        new UpdateStageCommand({
          restApiId,
          stageName: 'prod',
          patchOperations: [
            { op: 'replace', path: '/*/*/throttling/rateLimit', value },
            { op: 'replace', path: '/*/*/throttling/burstLimit', value },
          ],
        }),
      );
    await throttle('0');
    await until('requests to be refused', async () => ((await call('/prod/pets')).status === 429 ? true : undefined));
    const told = JSON.parse((await call('/prod/pets', { 'x-gatehouse-explain': token })).body) as {
      methodRequest: { step: string; outcome: string }[];
      limits: object;
      response: object;
    };
    expect(told.methodRequest.at(-1)).toMatchObject({ step: 'methodThrottle', outcome: 'refused' });
    expect(told.limits).toMatchObject({ method: { rateLimit: 0, burstLimit: 0 } });
    expect(told.response).toMatchObject({ status: 429 });
    await throttle('1000');
    await until('requests to be admitted', async () => ((await call('/prod/pets')).status === 200 ? true : undefined));
  });

  it('security class: explanations are for administrators: nobody else gets one, and no backend sees the header', async () => {
    backend.requests.length = 0;
    const short = await newToken('prod', { expiresInSeconds: 1 });
    await until('the token to end', async () => (Date.now() > Date.parse(short.expiresAt) + 50 ? true : undefined));
    for (const [pathname, given] of [
      ['/dev/pets', token],
      ['/prod/pets', short.token],
      ['/prod/pets', `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
      ['/prod/pets', 'true'],
    ] as const) {
      const answer = await call(pathname, { 'X-Gatehouse-Explain': given });
      expect([answer.status, answer.body, answer.headers['x-gatehouse-explained']]).toEqual([200, 'plain', undefined]);
    }
    expect(backend.requests).toHaveLength(4);
    expect(JSON.stringify(backend.requests).toLowerCase()).not.toContain('gatehouse-explain');
  });

  it('takes a permission of its own to make tokens', async () => {
    const [controlPlane] = product.controlPlanes;
    const post = async (target: string, body?: object) =>
      JSON.parse((await admin(controlPlane!, 'POST', target, body)).body) as never;
    await post('/gatehouse/principals', { userName: 'ann' });
    const key = await post('/gatehouse/principals/ann/access-keys');
    const url = new URL(tokensOf('prod'), controlPlane!.endpoint);
    const asAnn = async () => {
      const headers = sign({ method: 'POST', url }, key, { region: REGION, service: 'apigateway' });
      return (await ask({ port: controlPlane!.port, method: 'POST', path: url.pathname, headers })).status;
    };
    expect(await asAnn()).toBe(403);
    await admin(controlPlane!, 'PUT', '/gatehouse/principals/ann/policies/explain', {
      policyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'gatehouse:CreateExplainToken',
            Resource: `arn:aws:apigateway:${REGION}::/restapis/${restApiId}/stages/prod`,
          },
        ],
      }),
    });
    await until('the policy', async () => ((await asAnn()) === 201 ? true : undefined));
    const other = await admin(controlPlane!, 'POST', tokensOf('none'));
    expect([other.status, JSON.parse(other.body)]).toEqual([404, { message: 'Invalid Stage identifier specified' }]);
    expect((await admin(controlPlane!, 'POST', tokensOf('prod'), { expiresInSeconds: 3601 })).status).toBe(400);
    expect((await ask({ port: controlPlane!.port, method: 'POST', path: url.pathname })).status).toBe(403);
  });

  it('is used by the command line', async () => {
    const address = `http://${restApiId}.execute-api.${REGION}.localhost:${product.gateways[0]!.port}/prod/pets`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [CLI, 'explain', address, '-H', 'X-A: b', '--endpoint', product.controlPlanes[0]!.endpoint],
      {
        env: {
          PATH: process.env['PATH'],
          AWS_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
          AWS_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
        },
      },
    );
    expect(JSON.parse(stdout)).toMatchObject({ response: { status: 200, body: 'plain' }, error: null });
  });
});
