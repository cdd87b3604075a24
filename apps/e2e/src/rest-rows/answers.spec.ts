import { freePort } from '@gatehouse/embedded';
import { CreateDeploymentCommand, ImportRestApiCommand } from '@aws-sdk/client-api-gateway';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ask } from '../http.js';
import { errorOf, FORBIDDEN, INTERNAL, method, mock, RowsLab, UNMATCHED } from './rows-lab.js';

// aws-behaviour.md B3 (order), B4 (headers and ids), B5 (gateway responses) and B6 (request validation).

const TRACE = /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01]$/;
let lab: RowsLab;
let apiId: string;
let customId: string;

const PARAMETERS = [
  { name: 'q', in: 'query', required: true, schema: { type: 'string' } },
  { name: 'X-Need', in: 'header', required: true, schema: { type: 'string' } },
];
const PET = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const validated = (more = {}) => ({
  'x-amazon-apigateway-request-validator': 'all',
  parameters: PARAMETERS,
  requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
  ...more,
});
const COMMON = {
  'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
  components: {
    schemas: { Pet: PET },
    securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
  },
};

beforeAll(async () => {
  lab = await RowsLab.start({
    handle: (request, body, response) => {
      if (request.url?.startsWith('/slow')) return;
      if (request.url?.startsWith('/headers')) {
        for (const [name, value] of Object.entries(BACKEND_HEADERS)) response.setHeader(name, value);
      }
      response.end(body);
    },
  });
  const to = (path: string, more: object = {}) =>
    method({ type: 'http_proxy', httpMethod: 'ANY', uri: `${lab.backend.url}${path}`, ...more });
  const http = (path: string, more: object = {}) =>
    method({
      type: 'http',
      httpMethod: 'POST',
      uri: `${lab.backend.url}${path}`,
      responses: { default: { statusCode: '200' } },
      ...more,
    });
  const mapped = Object.fromEntries(
    Object.keys(BACKEND_HEADERS).map((name) => [`method.response.header.${name}`, `integration.response.header.${name}`]),
  );
  const declared = Object.fromEntries(Object.keys(BACKEND_HEADERS).map((name) => [name, { schema: { type: 'string' } }]));
  const paths = {
    '/mock': { get: mock('{}') },
    '/proxy': { 'x-amazon-apigateway-any-method': to('/proxy') },
    '/http': { post: http('/http') },
    '/headers': {
      get: to('/headers'),
      post: {
        ...http('/headers', { responses: { default: { statusCode: '200', responseParameters: mapped } } }),
        responses: { 200: { description: '', headers: declared } },
      },
    },
    '/broken': {
      get: mock('$input.nothing('),
      post: method({ type: 'mock', requestTemplates: { 'application/json': '{"statusCode": "no"}' } }),
    },
    '/nobody': { get: to('', { uri: `http://127.0.0.1:${await freePort()}/` }) },
    '/slow': { get: to('/slow', { timeoutInMillis: 100 }) },
    '/xml': {
      post: method({ type: 'mock', passthroughBehavior: 'never', requestTemplates: { 'text/xml': '{"statusCode": 200}' } }),
    },
    '/key': { post: mock('{}', { ...validated(), security: [{ key: [] }] }) },
    '/validated': { post: mock('{}', validated()), put: mock('{}', { parameters: PARAMETERS }) },
  };
  apiId = await lab.serve(paths, COMMON);
  customId = await lab.serve(
    { '/mock': { get: mock('{}') }, '/validated': paths['/validated'], '/slow': paths['/slow'] },
    {
      ...COMMON,
      'x-amazon-apigateway-gateway-responses': {
        MISSING_AUTHENTICATION_TOKEN: {
          statusCode: '404',
          responseParameters: {
            'gatewayresponse.header.X-Static': "'a'",
            'gatewayresponse.header.X-Query': 'method.request.querystring.q',
            'gatewayresponse.header.X-Stage': 'context.stage',
          },
          responseTemplates: {
            'application/json':
              '{"m":$context.error.messageString,"t":"$context.error.responseType","p":"$context.path","i":"$input.body #if(true)"}',
            'text/xml': '<m>$context.error.message</m>',
          },
        },
        DEFAULT_4XX: { responseTemplates: { 'application/json': '{"4xx":$context.error.messageString}' } },
        DEFAULT_5XX: { statusCode: '599' },
      },
    },
  );
});
afterAll(() => lab?.stop());

const BACKEND_HEADERS = {
  'X-Own': 'own',
  Date: 'yesterday',
  Server: 'backend',
  Via: '1.1 backend',
  'WWW-Authenticate': 'Basic',
  Authorization: 'a',
  Host: 'h',
  'Max-Forwards': '1',
  'Proxy-Authenticate': 'Basic',
  'User-Agent': 'u',
  'x-amzn-RequestId': 'backend-id',
};

const call = (path: string, more: Partial<Ask> = {}) => lab.call(apiId, `/dev${path}`, more);
const custom = (path: string, more: Partial<Ask> = {}) => lab.call(customId, `/dev${path}`, more);
const JSON_TYPE = { 'content-type': 'application/json' };

describe('B3: order', () => {
  it('the key goes before parameters, parameters before the body', async () => {
    expect(errorOf(await call('/key', { method: 'POST', body: 'no JSON' }))).toEqual(FORBIDDEN);
    expect((await call('/validated', { method: 'POST', body: 'no JSON' })).body).toContain('Missing required request parameters');
  });
});

describe('B4: headers', () => {
  it('x-amzn-RequestId and x-amz-apigw-id are there always', async () => {
    for (const { headers } of [
      await call('/mock'),
      await call('/proxy'),
      await call('/nix'),
      await lab.call('aaaaaaaaaa', '/'),
    ]) {
      expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
      expect(headers['x-amz-apigw-id']).toBeTruthy();
    }
  });

  it('X-Amzn-Trace-Id: of HTTP, and neither of MOCK and HTTP_PROXY nor of errors', async () => {
    expect((await call('/http', { method: 'POST' })).headers['x-amzn-trace-id']).toMatch(TRACE);
    for (const path of ['/mock', '/proxy', '/nix']) expect((await call(path)).headers).not.toHaveProperty('x-amzn-trace-id');
  });

  it('the Root of a client’s trace header is kept, and with a Parent it is sampled', async () => {
    const root = 'Root=1-5759e988-bd862e3fe1be46a994272793';
    await call('/proxy', { headers: { 'x-amzn-trace-id': root } });
    expect(lab.backend.requests.at(-1)!.headers['x-amzn-trace-id']).toBe(root);
    await call('/proxy', { headers: { 'x-amzn-trace-id': `${root};Parent=53995c3f42cd8ad8` } });
    expect(lab.backend.requests.at(-1)!.headers['x-amzn-trace-id']).toBe(`${root};Sampled=1`);
    const { headers } = await call('/http', { method: 'POST', headers: { 'x-amzn-trace-id': root } });
    expect(headers['x-amzn-trace-id']).toMatch(new RegExp(`^${root};Parent=[0-9a-f]{16};Sampled=0$`));
  });

  it('Content-Type is application/json where nobody says otherwise', async () => {
    for (const path of ['/mock', '/proxy', '/nix']) expect((await call(path)).headers['content-type']).toBe('application/json');
  });

  it('x-amzn-requestid of a client is taken when it is a UUID', async () => {
    const id = randomUUID();
    expect((await call('/mock', { headers: { 'x-amzn-requestid': id } })).headers['x-amzn-requestid']).toBe(id);
    expect((await call('/mock', { headers: { 'x-amzn-requestid': 'mine' } })).headers['x-amzn-requestid']).toBe(
      'UUID_REPLACED_INVALID_REQUEST_ID',
    );
  });

  it('HTTP_PROXY gets what the client sends, without what speaks of the connection, Host and Content-Encoding', async () => {
    const dropped = {
      'content-md5': 'x',
      'max-forwards': '1',
      'proxy-authenticate': 'x',
      server: 'x',
      te: 'trailers',
      trailer: 'X-T',
      'www-authenticate': 'x',
      via: '1.1 x',
      'content-encoding': 'identity',
    };
    await call('/proxy', {
      method: 'POST',
      body: 'x',
      headers: { ...dropped, authorization: 'Bearer x', 'x-own': 'own', cookie: 'a=b' },
    });
    const { headers } = lab.backend.requests.at(-1)!;
    expect(headers).toMatchObject({
      authorization: 'Bearer x',
      'x-own': 'own',
      cookie: 'a=b',
      host: new URL(lab.backend.url).host,
    });
    expect(Object.keys(dropped).filter((name) => name in headers)).toEqual([]);
  });

  it('HTTP gets mapped headers only, and the defaults', async () => {
    await call('/http', {
      method: 'POST',
      body: '{}',
      headers: { 'x-own': 'own', 'user-agent': 'client', 'content-type': 'application/x' },
    });
    const { headers } = lab.backend.requests.at(-1)!;
    expect(headers).toMatchObject({
      accept: 'application/json',
      'user-agent': `AmazonAPIGateway_${apiId}`,
      'x-amzn-apigateway-api-id': apiId,
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-/) as string,
      'content-type': 'application/x',
    });
    expect(headers).not.toHaveProperty('x-own');
  });

  it('answers of HTTP_PROXY: Date, Server and x-amzn-RequestId get another name, Via is dropped', async () => {
    const { headers } = await call('/headers');
    expect(headers).toMatchObject({
      'x-own': 'own',
      'x-amzn-remapped-date': 'yesterday',
      'x-amzn-remapped-server': 'backend',
      'x-amzn-remapped-x-amzn-requestid': 'backend-id',
      'x-amzn-remapped-content-length': '0',
    });
    expect(headers).not.toHaveProperty('via');
    expect(headers['x-amzn-requestid']).not.toBe('backend-id');
  });

  it('answers of HTTP: others do, too, where they are mapped', async () => {
    const { headers } = await call('/headers', { method: 'POST' });
    expect(headers).toMatchObject({
      'x-own': 'own',
      'x-amzn-remapped-www-authenticate': 'Basic',
      'x-amzn-remapped-authorization': 'a',
      'x-amzn-remapped-host': 'h',
      'x-amzn-remapped-max-forwards': '1',
      'x-amzn-remapped-proxy-authenticate': 'Basic',
      'x-amzn-remapped-user-agent': 'u',
    });
    for (const name of ['www-authenticate', 'authorization', 'host', 'user-agent']) expect(headers).not.toHaveProperty(name);
  });

  it('mappings to headers that break the message are refused when the API is deployed', async () => {
    const requestParameters = { 'integration.request.header.Transfer-Encoding': "'x'" };
    const paths = { '/': { get: method({ type: 'http_proxy', httpMethod: 'GET', uri: lab.backend.url, requestParameters }) } };
    const document = { openapi: '3.0.1', info: { title: 'x', version: '1' }, paths };
    const { id } = await lab.client.send(new ImportRestApiCommand({ body: Buffer.from(JSON.stringify(document)) }));
    await expect(lab.client.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'dev' }))).rejects.toThrow(
      'Transfer-Encoding',
    );
  });
});

describe('B5: gateway responses', () => {
  it.each<[string, string, Partial<Ask>, unknown[]]>([
    ['API_CONFIGURATION_ERROR', '/broken', { method: 'POST' }, INTERNAL],
    [
      'BAD_REQUEST_PARAMETERS',
      '/validated',
      { method: 'POST' },
      [400, '{"message":"Missing required request parameters: [X-Need, q]"}', 'BadRequestException'],
    ],
    [
      'BAD_REQUEST_BODY',
      '/validated?q=1',
      { method: 'POST', headers: { 'X-Need': '1' } },
      [400, '{"message":"Invalid request body"}', 'BadRequestException'],
    ],
    [
      'INTEGRATION_FAILURE',
      '/nobody',
      {},
      [504, '{"message":"Network error communicating with endpoint"}', 'InternalServerErrorException'],
    ],
    ['INTEGRATION_TIMEOUT', '/slow', {}, [504, '{"message":"Endpoint request timed out"}', 'InternalServerErrorException']],
    ['INVALID_API_KEY', '/key', { method: 'POST' }, FORBIDDEN],
    ['MISSING_AUTHENTICATION_TOKEN', '/nix', {}, UNMATCHED],
    [
      'REQUEST_TOO_LARGE',
      '/proxy',
      { method: 'POST', body: Buffer.alloc(10_485_761) },
      [413, '{"message":"HTTP content length exceeded 10485760 bytes."}', 'RequestTooLargeException'],
    ],
    [
      'UNSUPPORTED_MEDIA_TYPE',
      '/xml',
      { method: 'POST', headers: JSON_TYPE, body: '{}' },
      [415, '{"message":"Unsupported Media Type"}', 'BadRequestException'],
    ],
  ])('%s', async (_, path, more, expected) => {
    expect(errorOf(await call(path, more))).toEqual(expected);
  });

  it('one’s own: status, headers, template, which is no VTL', async () => {
    const answer = await custom('/nix?q=b');
    expect([answer.status, answer.headers['x-static'], answer.headers['x-query'], answer.headers['x-stage']]).toEqual([
      404,
      'a',
      'b',
      'dev',
    ]);
    expect(JSON.parse(answer.body)).toEqual({
      m: 'Missing Authentication Token',
      t: 'MISSING_AUTHENTICATION_TOKEN',
      p: '/dev/nix',
      i: '$input.body #if(true)',
    });
    expect(answer.headers['x-amzn-errortype']).toBe('MissingAuthenticationTokenException');
  });

  it('the template is chosen by Accept', async () => {
    const { body, headers } = await custom('/nix', { headers: { accept: 'text/xml' } });
    expect([body, headers['content-type']]).toEqual(['<m>Missing Authentication Token</m>', 'text/xml']);
  });

  it('DEFAULT_4XX and DEFAULT_5XX stand for types without one of their own, which keep their status', async () => {
    expect(await custom('/validated', { method: 'POST' })).toMatchObject({
      status: 400,
      body: '{"4xx":"Missing required request parameters: [X-Need, q]"}',
    });
    expect(await custom('/slow')).toMatchObject({ status: 599, body: '{"message":"Endpoint request timed out"}' });
  });
});

describe('B6: request validation', () => {
  const send = (more: Partial<Ask>) =>
    call('/validated?q=1', { method: 'POST', ...more, headers: { 'X-Need': '1', ...more.headers } });

  it('required parameters are nothing without a validator', async () => {
    expect((await call('/validated', { method: 'PUT' })).status).toBe(200);
  });

  it('names of headers go by case, and a blank value is missing', async () => {
    expect((await call('/validated?q=1', { method: 'POST', headers: { 'X-NEED': '1' } })).body).toContain('[X-Need]');
    expect((await call('/validated?q=', { method: 'POST', headers: { 'X-Need': '1' } })).body).toContain('[q]');
  });

  it.each<[string, Partial<Ask>, number]>([
    ['what fits', { headers: JSON_TYPE, body: '{"name":"a"}' }, 200],
    ['no body is {}', { headers: JSON_TYPE }, 400],
    ['another type than the model’s falls back to it', { headers: { 'content-type': 'text/plain' }, body: '{"name":1}' }, 400],
    ['no JSON', { headers: JSON_TYPE, body: 'name' }, 400],
  ])('a body: %s', async (_, more, status) => {
    expect((await send(more)).status).toBe(status);
  });
});
