import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApplication, type TestApplication } from '../../admin-api/admin-api.fixture.js';
import { openDatabase } from '../../database/data-source.js';
import { AuthorizerModule } from '../authorizer/authorizer.module.js';
import { GatewayResponseModule } from '../gateway-response/gateway-response.module.js';
import { ModelModule } from '../model/model.module.js';
import { RequestValidatorModule } from '../request-validator/request-validator.module.js';
import { writing } from './definition.fixture.js';
import { RestApiModule } from './rest-api.module.js';

const MODULES = [RestApiModule, ModelModule, RequestValidatorModule, AuthorizerModule, GatewayResponseModule];

let server: TestDatabase;
let database: DataSource;
let application: TestApplication;
let api: string;

beforeAll(async () => {
  server = await createDatabase();
  database = await openDatabase(server.url);
  application = await startTestApplication([writing(database), ...MODULES], database);
  const created = await send('POST', '/restapis', { name: 'wire' });
  api = `/restapis/${(created.body as { id: string }).id}`;
});

afterAll(async () => {
  await application?.app.close();
  if (database?.isInitialized) await database.destroy();
  await server?.drop();
});

async function send(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) {
  const headers = { authorization: 'me', accept: 'application/json' };
  const answer = await application.app.inject({
    method,
    url,
    headers,
    payload: payload === undefined ? undefined : JSON.stringify(payload),
  });
  return { status: answer.statusCode, body: (answer.body === '' ? undefined : answer.json()) as unknown };
}

const URI = 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:f/invocations';
const model = { name: 'Pet', contentType: 'application/json', schema: '{"type":"object"}' };
const authorizer = { name: 'a', type: 'TOKEN', authorizerUri: URI, identitySource: 'method.request.header.a' };

describe('over the wire, as clients of AWS send and expect it', () => {
  it('models', async () => {
    const created = await send('POST', `${api}/models`, model);
    expect(created).toEqual({ status: 201, body: { id: expect.any(String) as string, ...model } });
    expect(await send('GET', `${api}/models/Pet?flatten=true`)).toEqual({ status: 200, body: created.body });
    const page = await send('GET', `${api}/models?limit=1`);
    expect(page).toMatchObject({ status: 200, body: { item: [{ name: 'Empty' }], position: expect.any(String) as string } });
    const { position } = page.body as { position: string };
    expect((await send('GET', `${api}/models?position=${position}`)).body).toMatchObject({
      item: [{ name: 'Error' }, { name: 'Pet' }],
    });
    expect(await send('GET', `${api}/models/Pet/default_template`)).toEqual({
      status: 200,
      body: { value: "#set($inputRoot = $input.path('$'))\n{ }" },
    });
    const patchOperations = [{ op: 'replace', path: '/description', value: 'd' }];
    expect(await send('PATCH', `${api}/models/Pet`, { patchOperations })).toMatchObject({
      status: 200,
      body: { description: 'd' },
    });
    expect(await send('DELETE', `${api}/models/Pet`)).toEqual({ status: 202, body: undefined });
  });

  it('request validators and authorizers', async () => {
    for (const [group, given] of [
      ['requestvalidators', { name: 'v', validateRequestBody: true, validateRequestParameters: false }],
      ['authorizers', { ...authorizer, authType: 'custom' }],
    ] as const) {
      const created = await send('POST', `${api}/${group}`, given);
      expect(created).toEqual({ status: 201, body: { id: expect.any(String) as string, ...given } });
      const one = `${api}/${group}/${(created.body as { id: string }).id}`;
      expect(await send('GET', one)).toEqual({ status: 200, body: created.body });
      expect(await send('GET', `${api}/${group}`)).toEqual({ status: 200, body: { item: [created.body] } });
      const patchOperations = [{ op: 'replace', path: '/name', value: 'new' }];
      expect(await send('PATCH', one, { patchOperations })).toMatchObject({ status: 200, body: { name: 'new' } });
      expect(await send('DELETE', one)).toEqual({ status: 202, body: undefined });
      expect(await send('GET', `${api}/${group}`)).toEqual({ status: 200, body: { item: [] } });
    }
  });

  it('gateway responses', async () => {
    const one = `${api}/gatewayresponses/THROTTLED`;
    const uncustomised = {
      responseType: 'THROTTLED',
      statusCode: '429',
      responseParameters: {},
      responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
      defaultResponse: true,
    };
    expect(await send('GET', one)).toEqual({ status: 200, body: uncustomised });
    expect(await send('PUT', one, { statusCode: '430' })).toEqual({
      status: 201,
      body: { ...uncustomised, statusCode: '430', defaultResponse: false },
    });
    const patchOperations = [{ op: 'add', path: '/responseParameters/gatewayresponse.header.x', value: "'x'" }];
    expect(await send('PATCH', one, { patchOperations })).toMatchObject({
      status: 200,
      body: { responseParameters: { 'gatewayresponse.header.x': "'x'" } },
    });
    expect((await send('GET', `${api}/gatewayresponses`)).body).toMatchObject({ item: { length: 21 } });
    expect(await send('DELETE', one)).toEqual({ status: 202, body: undefined });
    expect(await send('DELETE', one)).toEqual({ status: 404, body: { message: 'Gateway response type not defined on api' } });
    const unknown = await send('GET', `${api}/gatewayresponses/FAKE_RESPONSE_TYPE`);
    expect(unknown).toMatchObject({
      status: 400,
      body: {
        message: expect.stringContaining("Value 'FAKE_RESPONSE_TYPE' at 'responseType' failed to satisfy constraint") as string,
      },
    });
  });
});

describe('bad input gets an error of the client, never one of the server', () => {
  const gatewayResponse = (more: object) => ['PUT', '/gatewayresponses/THROTTLED', more] as const;
  const patch = (path: string, value: unknown) => ({ patchOperations: [{ op: 'replace', path, value }] });

  it.each<[string, readonly ['GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', string, object?]]>([
    ['NUL in the name of a model', ['GET', '/models/a%00']],
    ['NUL in a description', ['POST', '/models', { ...model, description: 'a\0' }]],
    ['NUL in a schema', ['POST', '/models', { ...model, schema: '{"title":"\\u0000","type":"object"}\0' }]],
    ['half a character in a schema', ['POST', '/models', { ...model, schema: '"\ud800' }]],
    ['NUL in the name of a validator', ['POST', '/requestvalidators', { name: '\0' }]],
    ['NUL in an authorizer', ['POST', '/authorizers', { ...authorizer, identityValidationExpression: '\0' }]],
    ['NUL in an auth type', ['POST', '/authorizers', { ...authorizer, authType: 'a\0' }]],
    ['a lifetime beyond 32 bits', ['POST', '/authorizers', { ...authorizer, authorizerResultTtlInSeconds: 99999999999 }]],
    ['NUL in a template', gatewayResponse({ responseTemplates: { 'application/json': 'a\0' } })],
    ['a template that is a number', gatewayResponse({ responseTemplates: { 'application/json': 1 } })],
    ['a parameter named like a member of Object', gatewayResponse({ responseParameters: { constructor: "'x'" } })],
    ['a status that is none', gatewayResponse({ statusCode: '999' })],
    ['a patched status that is none', ['PATCH', '/gatewayresponses/THROTTLED', patch('/statusCode', '1\0')]],
    ['a patched description with NUL', ['PATCH', '/models/Empty', patch('/description', '\0')]],
    ['a forged position', ['GET', '/authorizers?position=abc']],
    ['a position with NUL', ['GET', `/models?position=${Buffer.from('["\\u0000"]').toString('base64url')}`]],
  ])('%s', async (_, [method, url, payload]) => {
    const { status } = await send(method, `${api}${url}`, payload);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});
