import { sign } from '@gatehouse/sigv4';
import { restApiModel } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Documents } from './documents.fixture.js';
import { socketGateway, type SocketGateway } from './gateway.fixture.js';
import { bodyOf, exchangeRaw } from './raw-client.fixture.js';

const ANN = { accessKeyId: 'AKIAANN', secretAccessKey: 'secret of ann' };
const ENDPOINT = 'abcdefghij.execute-api.us-east-1.localhost';
const ARN = 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij';
const statement = (Resource: string, Effect = 'Allow') => ({ Effect, Action: 'execute-api:Invoke', Resource });
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

let gateway: SocketGateway;
const methods = { 'GET /{proxy+}': { authorizationType: 'AWS_IAM' as const } };

async function serve(changes: Parameters<typeof restApiModel>[1] = {}): Promise<SocketGateway> {
  const model = restApiModel(methods, changes);
  const served = await socketGateway(model);
  const refused = served.table.apply(
    new Documents()
      .stage(model, 'prod')
      .stage(model, 'test')
      .domain('api.example.com', { shop: 'abcdefghij/prod', beta: 'abcdefghij/test' })
      .principal('ann', { AKIAANN: ANN.secretAccessKey }, [policy(statement(`${ARN}/prod/GET/*`))])
      .batch(),
  );
  if (refused[0]) throw refused[0];
  return served;
}

/** A request as a client signs it for a host, sent with another spelling of it where one is given. */
async function get(host: string, path: string, to = gateway) {
  const url = new URL(`http://${host}${path}`);
  // As it is written: URL puts names in lower case.
  Object.defineProperty(url, 'host', { value: host });
  const headers = sign({ method: 'GET', url }, ANN, { region: 'us-east-1', service: 'execute-api' });
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const { text } = await exchangeRaw(to.port, `GET ${path} HTTP/1.1\r\n${lines.join('')}Connection: close\r\n\r\n`);
  return { status: Number(text.split(' ', 2)[1]), body: bodyOf(text) };
}

beforeAll(async () => {
  gateway = await serve();
});
afterAll(() => gateway.close());

describe('signed requests over sockets', () => {
  it.each([
    [ENDPOINT, '/prod/pets/1'],
    [ENDPOINT.toUpperCase(), '/prod/pets/1'],
    [`${ENDPOINT}:8080`, '/prod/pets%2F1?a=b'],
    ['localhost', '/_aws/execute-api/abcdefghij/prod/pets/1'],
    ['localhost', '/restapis/abcdefghij/prod/_user_request_/pets/1'],
    ['api.example.com', '/shop/pets/1'],
    ['API.example.com', '/shop/pets/1'],
  ])('are let in at %s%s', async (host, path) => expect((await get(host, path)).status).toBe(200));

  it.each([
    [ENDPOINT, '/test/pets/1'],
    [ENDPOINT.toUpperCase(), '/test/pets/1'],
    ['localhost', '/_aws/execute-api/abcdefghij/test/pets/1'],
    ['localhost', '/restapis/abcdefghij/test/_user_request_/pets/1'],
    ['api.example.com', '/beta/pets/1'],
    ['API.EXAMPLE.COM', '/beta/pets/1'],
  ])('are denied for another stage at %s%s, whose name the path need not hold', async (host, path) => {
    expect(await get(host, path)).toEqual({
      status: 403,
      body: '{"Message":"User: arn:aws:iam::123456789012:user/ann is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:abcdefghij/test/GET/pets/1"}',
    });
  });

  it('know users from when they are published until they are gone', async () => {
    const allowed = policy(statement('*'));
    const batch = (documents: Documents) => gateway.table.apply(documents.batch());
    const status = async () => (await get(ENDPOINT, '/test/pets/1')).status;
    expect(await status()).toBe(403);
    batch(new Documents().principal('ann', { AKIAANN: ANN.secretAccessKey }, [allowed]));
    expect(await status()).toBe(200);
    batch(new Documents().principal('ann', { AKIAANN: 'another secret' }, [allowed]));
    expect(await status()).toBe(403);
    batch(new Documents().principal('ann', { AKIAANN: ANN.secretAccessKey }, [policy(statement(`${ARN}/prod/GET/*`))]));
  });
});

describe('a closed execute-api endpoint', () => {
  it.each([
    [ENDPOINT, '/prod/pets/1'],
    [ENDPOINT.toUpperCase(), '/prod/pets/1'],
    [`${ENDPOINT}:8080`, '/prod/pets/1'],
    [`${ENDPOINT}.`, '/prod/pets/1'],
    ['abcdefghij.execute-api.other', '/prod/pets/1'],
    ['localhost', '/_aws/execute-api/abcdefghij/prod/pets/1'],
    ['localhost', '/restapis/abcdefghij/prod/_user_request_/pets/1'],
    ['api.example.com.execute-api.x', '/_aws/execute-api/abcdefghij/prod/pets/1'],
  ])('is closed in all its forms: %s%s', async (host, path) => {
    const closed = await serve({ disableExecuteApiEndpoint: true });
    try {
      expect(await get(host, path, closed)).toEqual({ status: 403, body: '{"message":"Forbidden"}' });
      expect((await get('api.example.com', '/shop/pets/1', closed)).status).toBe(200);
    } finally {
      await closed.close();
    }
  });
});

describe('security class: path normalisation against authorization: names of hosts', () => {
  it.each([ENDPOINT, ENDPOINT.toUpperCase(), `${ENDPOINT}:1`, 'api.example.com', 'API.EXAMPLE.COM', 'api.example.com:1'])(
    'a resource policy holds at %s',
    async (host) => {
      const everybody = { Principal: '*' };
      const denies = policy({ ...statement('*'), ...everybody }, { ...statement('execute-api:/prod/*', 'Deny'), ...everybody });
      const guarded = await serve({ policy: denies });
      try {
        const path = host.toLowerCase().startsWith('api.') ? '/shop/pets/1' : '/prod/pets/1';
        expect((await get(host, path, guarded)).status).toBe(403);
      } finally {
        await guarded.close();
      }
    },
  );
});
