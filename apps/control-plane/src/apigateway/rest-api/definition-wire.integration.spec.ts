import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApplication, type TestApplication } from '../../admin-api/admin-api.fixture.js';
import { openDatabase } from '../../database/data-source.js';
import { IntegrationResponseModule } from '../integration-response/integration-response.module.js';
import { IntegrationModule } from '../integration/integration.module.js';
import { MethodResponseModule } from '../method-response/method-response.module.js';
import { MethodModule } from '../method/method.module.js';
import { ResourceModule } from '../resource/resource.module.js';
import { TagModule } from '../tag/tag.module.js';
import { writing } from './definition.fixture.js';
import { RestApiModule } from './rest-api.module.js';

const MODULES = [
  RestApiModule,
  ResourceModule,
  MethodModule,
  MethodResponseModule,
  IntegrationModule,
  IntegrationResponseModule,
  TagModule,
];

let server: TestDatabase;
let database: DataSource;
let application: TestApplication;
let apiId: string;
let rootId: string;

beforeAll(async () => {
  server = await createDatabase();
  database = await openDatabase(server.url);
  application = await startTestApplication([writing(database), ...MODULES], database);
  const created = await send('POST', '/restapis', { name: 'wire' });
  ({ id: apiId, rootResourceId: rootId } = created.body as { id: string; rootResourceId: string });
});

afterAll(async () => {
  await application?.app.close();
  if (database?.isInitialized) await database.destroy();
  await server?.drop();
});

async function send(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object | string) {
  const headers = { authorization: 'me', accept: 'application/json' };
  const body = typeof payload === 'object' ? JSON.stringify(payload) : payload;
  const answer = await application.app.inject({ method, url, headers, payload: body });
  return { status: answer.statusCode, body: (answer.body === '' ? undefined : answer.json()) as unknown };
}
const patch = (url: string, ...patchOperations: object[]) => send('PATCH', url, { patchOperations });

describe('over the wire, as clients of AWS send and expect it', () => {
  it('an API is defined with the statuses of AWS', async () => {
    const created = await send('POST', '/restapis', { name: 'n', tags: { a: 'b' }, binaryMediaTypes: ['image/png'] });
    expect(created).toEqual({
      status: 201,
      body: {
        id: expect.any(String),
        name: 'n',
        createdDate: expect.any(Number),
        binaryMediaTypes: ['image/png'],
        apiKeySource: 'HEADER',
        endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
        tags: { a: 'b' },
        disableExecuteApiEndpoint: false,
        rootResourceId: expect.any(String),
      },
    });
    const { id, rootResourceId } = created.body as { id: string; rootResourceId: string };
    const resource = await send('POST', `/restapis/${id}/resources/${rootResourceId}`, { pathPart: '{proxy+}' });
    expect(resource).toMatchObject({ status: 201, body: { path: '/{proxy+}' } });
    const method = `/restapis/${id}/resources/${(resource.body as { id: string }).id}/methods/GET`;
    const steps: [Parameters<typeof send>, number][] = [
      [['PUT', method, { authorizationType: 'NONE', requestParameters: { 'method.request.path.proxy': true } }], 201],
      [['PUT', `${method}/responses/200`, {}], 201],
      [
        [
          'PUT',
          `${method}/integration`,
          {
            type: 'HTTP_PROXY',
            httpMethod: 'ANY',
            uri: 'http://backend/{proxy}',
            requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
          },
        ],
        201,
      ],
      [
        ['PUT', `${method}/integration/responses/200`, { selectionPattern: '', responseTemplates: { 'application/json': '' } }],
        201,
      ],
      [['GET', method], 200],
      [['GET', `${method}/integration`], 200],
      [['PATCH', method, { patchOperations: [{ op: 'replace', path: '/apiKeyRequired', value: 'true' }] }], 200],
      [['PATCH', `${method}/responses/200`, { patchOperations: [] }], 201],
      [['PATCH', `${method}/integration`, { patchOperations: [] }], 200],
      [['PATCH', `${method}/integration/responses/200`, {}], 200],
      [['GET', `${method}/integration/responses/200`], 200],
      [['GET', `/restapis/${id}/resources?embed=methods&limit=1`], 200],
      [['DELETE', `${method}/integration/responses/200`], 204],
      [['DELETE', `${method}/integration`], 204],
      [['DELETE', `${method}/responses/200`], 204],
      [['DELETE', method], 204],
      [['DELETE', method.replace(/\/methods.*/, '')], 202],
      [['DELETE', `/restapis/${id}`], 202],
    ];
    for (const [request, status] of steps) {
      expect({ request, status: (await send(...request)).status }).toEqual({ request, status });
    }
  });

  it('nulls of templates and names like __proto__ survive', async () => {
    const method = `/restapis/${apiId}/resources/${rootId}/methods/POST`;
    await send('PUT', method, { authorizationType: 'NONE' });
    await send('PUT', `${method}/integration`, { type: 'MOCK' });
    const answer = await send(
      'PUT',
      `${method}/integration/responses/200`,
      '{"responseTemplates":{"application/json":null,"__proto__/constructor":"x"}}',
    );
    expect(answer).toEqual({
      status: 201,
      body: { statusCode: '200', responseTemplates: { 'application/json': null, '__proto__/constructor': 'x' } },
    });
  });

  it('lists page with position', async () => {
    await send('POST', '/restapis', { name: 'second' });
    const first = (await send('GET', '/restapis?limit=1')).body as { item: { name: string }[]; position: string };
    expect(first.item).toHaveLength(1);
    const next = (await send('GET', `/restapis?limit=1&position=${first.position}`)).body as typeof first;
    expect(next.item[0]!.name).not.toBe(first.item[0]!.name);
    expect(await send('GET', '/restapis?position=forged')).toEqual({
      status: 400,
      body: { message: 'Invalid position parameter' },
    });
  });

  it('tags take a percent-encoded ARN', async () => {
    const arn = encodeURIComponent(`arn:aws:apigateway:us-east-1::/restapis/${apiId}`);
    expect(await send('PUT', `/tags/${arn}`, { tags: { k: 'v', k2: 'v2' } })).toEqual({ status: 204, body: undefined });
    expect(await send('GET', `/tags/${arn}`)).toEqual({ status: 200, body: { tags: { k: 'v', k2: 'v2' } } });
    expect((await send('DELETE', `/tags/${arn}?tagKeys=k&tagKeys=k2`)).status).toBe(204);
    expect(await send('GET', `/tags/${arn}`)).toEqual({ status: 200, body: { tags: {} } });
  });

  it('values that the service model rules out are refused before anything is looked up', async () => {
    const model = (message: string) => ({ status: 400, body: expect.objectContaining({ message }) as unknown });
    expect(await send('PUT', '/restapis/x/resources/y/methods/GET/responses/wrong', {})).toEqual(
      model(
        "1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
      ),
    );
    expect(await send('PUT', '/restapis/x/resources/y/methods/GET/integration', { type: 'HTTPS_PROXY' })).toEqual(
      model(
        "1 validation error detected: Value 'HTTPS_PROXY' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]",
      ),
    );
    expect(await patch('/restapis/x', { op: 'wrong', path: '/name' })).toEqual(
      model(
        "1 validation error detected: Value 'wrong' at 'updateRestApiInput.patchOperations.1.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]",
      ),
    );
  });
});

describe('bad input gets an error of the client, never one of the server', () => {
  it.each<[string, Parameters<typeof send>]>([
    ['an id that is none', ['GET', '/restapis/..%2f..%2fetc']],
    ['NUL in a resource id', ['GET', '/restapis/a/resources/%00']],
    ['NUL in an ARN', ['GET', `/tags/${encodeURIComponent('arn:aws:apigateway:us-east-1::/restapis/\0')}`]],
    ['an endless number', ['POST', '/restapis', '{"name":"a","minimumCompressionSize":1e400}']],
    ['a number beyond 32 bits', ['POST', '/restapis', '{"name":"a","minimumCompressionSize":99999999999}']],
    ['an unknown member', ['POST', '/restapis', { name: 'a', nmae: 'b' }]],
    ['an operation without path', ['PATCH', '/restapis/{api}', { patchOperations: [{ op: 'replace' }] }]],
    ['an operation without op', ['PATCH', '/restapis/{api}', { patchOperations: [{ path: '/name' }] }]],
    ['no operation at all', ['PATCH', '/restapis/{api}', { patchOperations: [null] }]],
  ])('%s', async (_, [method, url, payload]) => {
    const { status, body } = await send(method, url.replace('{api}', apiId), payload);
    expect({ status, body }).toEqual({
      status: expect.toSatisfy((code: number) => code >= 400 && code < 500) as number,
      body: { message: expect.any(String) as string },
    });
  });
});
