import {
  CreateBasePathMappingCommand,
  CreateDeploymentCommand,
  CreateDomainNameCommand,
  ImportRestApiCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../http.js';
import { REGION } from '../product.js';
import { errorOf, FORBIDDEN, method, mock, RowsLab, UNMATCHED } from './rows-lab.js';

// aws-behaviour.md B1 (addresses), B2 (matching), and of E what concerns names of REST APIs.

const says = (text: string) => mock(`${text} $context.resourcePath`);
let lab: RowsLab;
let apiId: string;

beforeAll(async () => {
  lab = await RowsLab.start();
  const proxy = {
    type: 'http_proxy',
    httpMethod: 'ANY',
    uri: `${lab.backend.url}/{proxy}`,
    requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
  };
  const parameters = [{ name: 'proxy', in: 'path', required: true, schema: { type: 'string' } }];
  apiId = await lab.serve({
    '/pets': { get: says('get'), 'x-amazon-apigateway-any-method': says('any') },
    '/pets/{id}': { get: mock(`id=$input.params('id') q=$input.params('q') path=$context.path`), options: says('options') },
    '/pets/mine': { get: mock('static $context.resourcePath $context.domainPrefix') },
    '/only/get': { get: says('get') },
    '/only/{proxy+}': { post: says('greedy') },
    '/greedy/{proxy+}': { 'x-amazon-apigateway-any-method': mock(`greedy $input.params('proxy')`) },
    '/backend/{proxy+}': { 'x-amazon-apigateway-any-method': method(proxy, { parameters }) },
  });
});
afterAll(() => lab?.stop());

const at = (host: string, path: string) => ask({ port: lab.gateway.port, path, headers: { host } });
const body = async (path: string, verb = 'GET', headers: Record<string, string> = {}) =>
  (await lab.call(apiId, `/dev${path}`, { method: verb, headers })).body;
const error = async (path: string, verb = 'GET', headers: Record<string, string> = {}) =>
  errorOf(await lab.call(apiId, `/dev${path}`, { method: verb, headers }));

describe('B1: addresses', () => {
  it.each([
    ['the default endpoint', () => at(`${apiId}.execute-api.${REGION}.amazonaws.com`, '/dev/pets')],
    ['a local domain', () => at(`${apiId}.execute-api.gatehouse.test:4566`, '/dev/pets')],
    ['an emulator’s path', () => at('localhost', `/_aws/execute-api/${apiId}/dev/pets`)],
    ['an emulator’s older path', () => at('localhost', `/restapis/${apiId}/dev/_user_request_/pets`)],
  ])('%s', async (_, call) => {
    expect(await call()).toMatchObject({ status: 200, body: 'get /pets' });
  });

  it('a custom domain name: no stage in the path, but where the mapping has none; (none) is the base path for the rest', async () => {
    const domainName = 'rows.example.com';
    await lab.client.send(new CreateDomainNameCommand({ domainName, endpointConfiguration: { types: ['REGIONAL'] } }));
    await lab.client.send(new CreateBasePathMappingCommand({ domainName, basePath: 'shop', restApiId: apiId, stage: 'dev' }));
    await lab.allServed();
    expect((await at(domainName, '/shop/pets')).body).toBe('get /pets');
    expect(errorOf(await at(domainName, '/pets'))).toEqual(FORBIDDEN);
    await lab.client.send(new CreateBasePathMappingCommand({ domainName, basePath: '(none)', restApiId: apiId }));
    await lab.allServed();
    expect((await at(domainName, '/dev/pets')).body).toBe('get /pets');
    expect((await at(domainName, '/shop/pets')).body).toBe('get /pets');
    expect((await at('other.example.com', '/dev/pets')).status).toBe(403);
  });

  it('E: wildcard domain names, of which a more specific one is none', async () => {
    await lab.client.send(
      new CreateDomainNameCommand({ domainName: '*.example.com', endpointConfiguration: { types: ['REGIONAL'] } }),
    );
    await lab.client.send(
      new CreateBasePathMappingCommand({ domainName: '*.example.com', basePath: 'wild', restApiId: apiId, stage: 'dev' }),
    );
    await lab.allServed();
    expect((await at('any.example.com', '/wild/pets/mine')).body).toBe('static /pets/mine any');
    expect((await at('rows.example.com', '/wild/pets')).status).toBe(403);
  });

  it('disableExecuteApiEndpoint', async () => {
    const closed = await lab.serve({ '/': { get: says('get') } });
    expect((await lab.call(closed, '/dev')).status).toBe(200);
    const patchOperations = [{ op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' } as const];
    await lab.client.send(new UpdateRestApiCommand({ restApiId: closed, patchOperations }));
    await lab.client.send(new CreateDeploymentCommand({ restApiId: closed, stageName: 'dev' }));
    await lab.allServed();
    expect(errorOf(await lab.call(closed, '/dev'))).toEqual(FORBIDDEN);
  });

  it('an unknown stage, and an unknown API', async () => {
    expect(errorOf(await lab.call(apiId, '/nix/pets'))).toEqual(FORBIDDEN);
    expect(errorOf(await lab.call('aaaaaaaaaa', '/dev/pets'))).toEqual(FORBIDDEN);
  });

  it.each(['/ping', '/sping'])('%s is reserved', async (path) => {
    expect((await lab.call(apiId, path)).status).toBe(200);
  });

  it.each(['|', '{', '}'])('%s in a query is refused', async (character) => {
    expect((await lab.call(apiId, `/dev/pets/1?q=a${character}b`)).status).toBe(400);
  });

  it('; splits parameters', async () => {
    expect(await body('/pets/1?a=b;q=c')).toContain('q=c');
  });

  it('private APIs are refused by name, once they have a resource policy', async () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }],
    };
    const document = {
      openapi: '3.0.1',
      info: { title: 'private', version: '1' },
      'x-amazon-apigateway-policy': policy,
      paths: { '/': { get: says('get') } },
    };
    const { id } = await lab.client.send(
      new ImportRestApiCommand({
        body: Buffer.from(JSON.stringify(document)),
        parameters: { endpointConfigurationTypes: 'PRIVATE' },
      }),
    );
    await expect(lab.client.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'dev' }))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining('PRIVATE') as string,
    });
  });
});

describe('B2: matching', () => {
  it('static goes before {param}, and {param} before {proxy+}', async () => {
    expect([await body('/pets/mine'), await body('/pets/1'), await body('/greedy/a/b')]).toEqual([
      `static /pets/mine ${apiId}`,
      expect.stringContaining('id=1 '),
      'greedy a/b',
    ]);
  });

  it('{proxy+} needs a segment', async () => expect(await error('/greedy')).toEqual(UNMATCHED));

  it('the verb goes before ANY, which covers the others', async () => {
    expect(await body('/pets')).toBe('get /pets');
    for (const verb of ['DELETE', 'OPTIONS', 'PATCH', 'POST', 'PUT'])
      expect([verb, await body('/pets', verb)]).toEqual([verb, 'any /pets']);
    expect((await lab.call(apiId, '/dev/pets', { method: 'HEAD' })).status).toBe(200);
  });

  it('GET serves no HEAD', async () => {
    expect((await lab.call(apiId, '/dev/pets/1', { method: 'HEAD' })).status).toBe(403);
  });

  it('a resource without the verb leaves it to a greedy one', async () => {
    expect([await body('/only/get'), await body('/only/get', 'POST')]).toEqual(['get /only/get', 'greedy /only/{proxy+}']);
  });

  it('slashes at the end are ignored, and no part of {proxy}', async () => {
    expect([await body('/pets/mine/'), await body('/greedy/a/')]).toEqual([`static /pets/mine ${apiId}`, 'greedy a']);
  });

  it('slashes at the beginning are one, those within a {proxy} stay', async () => {
    expect((await lab.call(apiId, '//dev/pets')).body).toBe('get /pets');
    expect(await body('/greedy/a//b')).toBe('greedy a//b');
  });

  it('path parameters stay encoded, query values are decoded', async () => {
    expect(await body('/pets/foo%2Fbar?q=a+b%2Fc')).toBe('id=foo%2Fbar q=a b/c path=/dev/pets/foo%2Fbar');
  });

  it('paths go by case', async () => expect(await error('/Pets')).toEqual(UNMATCHED));

  it.each([
    ['path', '/nix', 'GET'],
    ['verb', '/only/get', 'PUT'],
  ])('an unknown %s is 403', async (_, path, verb) => expect(await error(path, verb)).toEqual(UNMATCHED));

  it('with an Authorization header that is no signature, it is IncompleteSignatureException', async () => {
    const [status, text, type] = await error('/nix', 'GET', { authorization: 'Bearer x.' });
    expect([status, type]).toEqual([403, 'IncompleteSignatureException']);
    expect(text).toContain('key=value pair (missing equal-sign) in Authorization header');
  });

  it('X-HTTP-Method-Override takes the place of the verb, and goes no further', async () => {
    expect(await body('/pets', 'GET', { 'x-http-method-override': 'DELETE' })).toBe('any /pets');
    await body('/backend/a', 'POST', { 'x-http-method-override': 'PUT' });
    expect(lab.backend.requests.at(-1)).toMatchObject({ method: 'PUT', url: '/a' });
    expect(lab.backend.requests.at(-1)!.headers).not.toHaveProperty('x-http-method-override');
  });

  it('preflight requests need an OPTIONS method', async () => {
    const preflight = { origin: 'https://a.example', 'access-control-request-method': 'GET' };
    expect(await error('/only/get', 'OPTIONS', preflight)).toEqual(UNMATCHED);
    expect(await body('/pets/1', 'OPTIONS', preflight)).toBe('options /pets/{id}');
  });
});
