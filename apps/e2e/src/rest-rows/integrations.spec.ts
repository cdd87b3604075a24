import http from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ask } from '../http.js';
import { REGION } from '../product.js';
import { errorOf, INTERNAL, method, mock, RowsLab, type Paths } from './rows-lab.js';

// aws-behaviour.md B7 but for functions: types, mappings, which template and which response, content handling, compression.

const UNSUPPORTED = [415, '{"message":"Unsupported Media Type"}', 'BadRequestException'];
const BYTES = Buffer.from([0, 255, 128, 10]);
const BASE64 = BYTES.toString('base64');

let lab: RowsLab;
let apiId: string;
let binaryId: string;

const string = { schema: { type: 'string' } };
const PARAMETERS = [
  { name: 'id', in: 'path', required: true, ...string },
  { name: 'q', in: 'query', ...string },
  { name: 'X-H', in: 'header', ...string },
];
const MAPPINGS = {
  'integration.request.path.id': 'method.request.path.id',
  'integration.request.querystring.last': 'method.request.querystring.q',
  'integration.request.querystring.all': 'method.request.multivaluequerystring.q',
  'integration.request.header.X-Last': 'method.request.header.X-H',
  'integration.request.header.X-All': 'method.request.multivalueheader.X-H',
  'integration.request.header.X-Name': 'method.request.body.pet.name',
  'integration.request.header.X-Stage': 'context.stage',
  'integration.request.header.X-Variable': 'stageVariables.colour',
  'integration.request.header.X-Literal': "'literal'",
};
const RESPONSE_HEADERS = {
  'method.response.header.X-Own': 'integration.response.header.X-Backend',
  'method.response.header.X-All': 'integration.response.multivalueheader.X-Many',
  'method.response.header.X-Id': 'integration.response.body.id',
  'method.response.header.X-Context': 'context.httpMethod',
  'method.response.header.X-Variable': 'stageVariables.colour',
  'method.response.header.X-Literal': "'literal'",
  'method.response.header.X-None': 'integration.response.header.X-Nix',
};
const withHeaders = (names: string[]) => ({
  200: { description: '', headers: Object.fromEntries(names.map((name) => [name, string])) },
});

beforeAll(async () => {
  lab = await RowsLab.start({
    handle: (request, body, response) => {
      const { pathname, searchParams } = new URL(request.url!, 'http://backend');
      response.statusCode = Number(searchParams.get('status') ?? 200);
      response.setHeader('X-Backend', 'own').setHeader('X-Many', ['1', '2']).setHeader('content-type', 'application/json');
      if (pathname === '/echo') return void response.end(body);
      if (pathname === '/bytes') return void response.setHeader('content-type', 'image/png').end(BYTES);
      if (pathname === '/base64') return void response.setHeader('content-type', 'text/plain').end(BASE64);
      if (pathname === '/text') return void response.setHeader('content-type', 'text/plain').end('no base64!');
      response.end('{"id":7}');
    },
  });
  const toHttp = (path: string, more: object = {}, extra: object = {}) =>
    method(
      {
        type: 'http',
        httpMethod: 'POST',
        uri: `${lab.backend.url}${path}`,
        responses: { default: { statusCode: '200' } },
        ...more,
      },
      extra,
    );
  const templates = (passthroughBehavior: string, requestTemplates: object = {}) =>
    toHttp('/echo', { passthroughBehavior, requestTemplates });
  const mockOf = (template: string) =>
    method({
      type: 'mock',
      requestTemplates: { 'application/json': template },
      responses: {
        default: { statusCode: '200', responseTemplates: { 'application/json': '[$input.body]' } },
        404: { statusCode: '404' },
      },
    });
  const any = { parameters: PARAMETERS };
  apiId = await lab.serve(
    {
      '/mock/lenient': { get: mockOf("{statusCode: 404, 'a': 1,}") },
      '/mock/quoted': { get: mockOf('{"statusCode": "404"}') },
      '/mock/text': { get: mockOf('no JSON') },
      '/mock/body': { post: mockOf('{"statusCode": 200, "own": $input.body}') },
      '/http/{id}': {
        post: toHttp('/b/{id}/{unknown}/${stageVariables.colour}${stageVariables.nix}', { requestParameters: MAPPINGS }, any),
      },
      '/proxy/{id}': {
        'x-amazon-apigateway-any-method': method(
          {
            type: 'http_proxy',
            httpMethod: 'ANY',
            uri: `${lab.backend.url}/b/{id}`,
            requestParameters: {
              'integration.request.path.id': 'method.request.path.id',
              'integration.request.querystring.q': "'mapped'",
              'integration.request.header.X-H': "'mapped'",
            },
          },
          any,
        ),
      },
      '/unusable': { get: toHttp('', { uri: 'http://${stageVariables.nix}/x' }) },
      '/answer': {
        post: {
          ...toHttp('/answer?status=200', {
            responses: { default: { statusCode: '200', responseParameters: RESPONSE_HEADERS } },
          }),
          responses: withHeaders(['X-Own', 'X-All', 'X-Id', 'X-Context', 'X-Variable', 'X-Literal', 'X-None']),
        },
      },
      '/by-type': { post: toHttp('/echo', { requestTemplates: { 'application/json': 'json', $default: 'other' } }) },
      '/by-accept': {
        post: toHttp('/echo', {
          responses: { default: { statusCode: '200', responseTemplates: { 'text/xml': 'xml', 'application/json': 'json' } } },
        }),
      },
      '/no-match': { post: templates('when_no_match', { 'text/xml': 'xml' }) },
      '/no-templates': { post: templates('when_no_templates', { 'text/xml': 'xml' }), put: templates('when_no_templates') },
      '/never': { post: templates('never', { 'text/xml': 'xml' }), put: templates('never') },
      '/select': {
        post: {
          ...toHttp('/x', {
            requestParameters: { 'integration.request.querystring.status': 'method.request.querystring.q' },
            responses: {
              '4\\d{2}': { statusCode: '400', responseTemplates: { 'application/json': 'four' } },
              '50': { statusCode: '599' },
              default: { statusCode: '201', responseTemplates: { 'application/json': 'default' } },
            },
          }),
          parameters: PARAMETERS.slice(1),
          responses: { 201: { description: '' }, 400: { description: '' }, 599: { description: '' } },
        },
      },
      '/select-none': { post: toHttp('/x', { responses: { '4\\d{2}': { statusCode: '200' } } }) },
    },
    {},
    { variables: { colour: 'blue' } },
  );
  const handlings = ['', 'CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'];
  const paths: Paths = { '/compressed': { post: mock('x'.repeat(2000)), put: toHttp('/echo') } };
  for (const handling of handlings) {
    const contentHandling = handling === '' ? {} : { contentHandling: handling };
    paths[`/request${handling}`] = {
      post: toHttp('/echo', { ...contentHandling, responses: { default: { statusCode: '200' } } }),
    };
    for (const source of ['bytes', 'base64', 'text'])
      paths[`/${source}${handling}`] = {
        get: toHttp(`/${source}`, { httpMethod: 'GET', responses: { default: { statusCode: '200', ...contentHandling } } }),
      };
  }
  paths['/template'] = { post: toHttp('/echo', { requestTemplates: { 'image/png': '$input.body' } }) };
  binaryId = await lab.serve(paths, {
    'x-amazon-apigateway-binary-media-types': ['image/*'],
    'x-amazon-apigateway-minimum-compression-size': 1000,
  });
});
afterAll(() => lab?.stop());

const call = (path: string, more: Partial<Ask> = {}) => lab.call(apiId, `/dev${path}`, more);
const post = (path: string, body = '{}', headers: Record<string, string | string[]> = { 'content-type': 'application/json' }) =>
  call(path, { method: 'POST', body, headers });
const last = () => lab.backend.requests.at(-1)!;

/** An answer that is no text. */
const bytesOf = (options: http.RequestOptions) =>
  new Promise<{ coding?: string; bytes: Buffer }>((resolve, reject) => {
    const request = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      response
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => resolve({ coding: response.headers['content-encoding'], bytes: Buffer.concat(chunks) }));
    });
    request.on('error', reject).end();
  });

describe('B7: MOCK', () => {
  it('takes an integer statusCode, of JSON that is read leniently', async () =>
    expect((await call('/mock/lenient')).status).toBe(404));
  it.each(['/mock/quoted', '/mock/text'])('%s: 500', async (path) => expect(errorOf(await call(path))).toEqual(INTERNAL));
  it('its response template sees no body', async () => expect((await post('/mock/body', '{"a":1}')).body).not.toContain('own'));
});

describe('B7: HTTP and HTTP_PROXY', () => {
  it('parameter mappings of a request, and the order in which a URI is rendered', async () => {
    await post('/http/a%20b?q=1&q=2', '{"pet":{"name":"Rex"}}', { 'content-type': 'application/json', 'X-H': ['a', 'b'] });
    const { url, headers } = last();
    expect(url).toMatch(/^\/b\/a%20b\/(\{unknown\}|%7Bunknown%7D)\/blue\?/);
    expect(new URLSearchParams(url.slice(url.indexOf('?'))).getAll('all')).toEqual(['1', '2']);
    expect(new URLSearchParams(url.slice(url.indexOf('?'))).getAll('last')).toEqual(['2']);
    expect(headers).toMatchObject({
      'x-last': 'b',
      'x-all': 'a,b',
      'x-name': 'Rex',
      'x-stage': 'dev',
      'x-variable': 'blue',
      'x-literal': 'literal',
    });
  });

  it('a source without value sets nothing, and broken JSON is 400', async () => {
    await post('/http/1', '{}');
    expect(last().headers).not.toHaveProperty('x-last');
    expect(last().headers).not.toHaveProperty('x-name');
    expect(errorOf(await post('/http/1', '{"pet":'))).toEqual([
      400,
      '{"message":"Invalid JSON in request body"}',
      'BadRequestException',
    ]);
  });

  it('HTTP_PROXY forwards verb, query and body; mapped queries are added, mapped headers take the place of the client’s', async () => {
    await call('/proxy/a%2Fb?q=client', { method: 'PATCH', body: 'body', headers: { 'X-H': 'client' } });
    const { method: verb, url, body, headers } = last();
    expect([verb, url, body, headers['x-h']]).toEqual(['PATCH', '/b/a%2Fb?q=client&q=mapped', 'body', 'mapped']);
  });

  it('a URI that is none at run time: 500', async () => expect(errorOf(await call('/unusable'))).toEqual(INTERNAL));

  it('mappings of an answer: mapped headers only', async () => {
    const { headers } = await post('/answer');
    expect(headers).toMatchObject({
      'x-own': 'own',
      'x-all': '1,2',
      'x-id': '7',
      'x-context': 'POST',
      'x-variable': 'blue',
      'x-literal': 'literal',
    });
    for (const name of ['x-none', 'x-backend', 'x-many']) expect(headers).not.toHaveProperty(name);
  });
});

describe('B7: which template', () => {
  it.each([
    ['application/json; charset=utf-8', 'json'],
    [undefined, 'json'],
    ['text/plain', 'other'],
  ])('of a request with Content-Type %s: %s', async (type, expected) => {
    expect((await post('/by-type', '{}', type === undefined ? {} : { 'content-type': type })).body).toBe(expected);
  });

  it.each([
    ['text/xml', 'xml'],
    ['application/json', 'json'],
    ['text/plain', 'json'],
    [undefined, 'json'],
  ])('of an answer with Accept %s: %s', async (accept, expected) => {
    expect((await post('/by-accept', '{}', accept === undefined ? {} : { accept })).body).toBe(expected);
  });

  it.each([
    ['WHEN_NO_MATCH', 'a template for the type', 'POST', '/no-match', 'text/xml', 'xml'],
    ['WHEN_NO_MATCH', 'others', 'POST', '/no-match', 'text/plain', 'body'],
    ['WHEN_NO_TEMPLATES', 'a template for the type', 'POST', '/no-templates', 'text/xml', 'xml'],
    ['WHEN_NO_TEMPLATES', 'others', 'POST', '/no-templates', 'text/plain', UNSUPPORTED],
    ['WHEN_NO_TEMPLATES', 'none', 'PUT', '/no-templates', 'text/plain', 'body'],
    ['NEVER', 'a template for the type', 'POST', '/never', 'text/xml', 'xml'],
    ['NEVER', 'others', 'POST', '/never', 'text/plain', UNSUPPORTED],
    ['NEVER', 'none', 'PUT', '/never', 'text/plain', UNSUPPORTED],
  ])('%s with %s', async (_, __, verb, path, type, expected) => {
    const answer = await call(path, { method: verb, body: 'body', headers: { 'content-type': type } });
    expect(answer.status === 200 ? answer.body : errorOf(answer)).toEqual(expected);
  });
});

describe('B7: which response', () => {
  it.each([
    [404, 400, 'four'],
    [500, 201, 'default'],
    [200, 201, 'default'],
  ])('a backend’s %i: %i', async (status, expected, body) => {
    expect(await post(`/select?q=${status}`)).toMatchObject({ status: expected, body });
  });

  it('none: 500', async () => expect(errorOf(await post('/select-none'))).toEqual(INTERNAL));
});

describe('B7: content handling', () => {
  it.each([
    ['text', '', 'text/plain', BASE64, BASE64],
    ['text', 'CONVERT_TO_TEXT', 'text/plain', BASE64, BASE64],
    ['text', 'CONVERT_TO_BINARY', 'text/plain', Buffer.from('text').toString('base64'), 'text'],
    ['binary', '', 'image/png', 'bytes', 'bytes'],
    ['binary', 'CONVERT_TO_BINARY', 'image/png', 'bytes', 'bytes'],
    ['binary', 'CONVERT_TO_TEXT', 'image/png', 'bytes', Buffer.from('bytes').toString('base64')],
  ])('a request of %s with %s', async (_, handling, type, body, expected) => {
    await lab.call(binaryId, `/dev/request${handling}`, { method: 'POST', body, headers: { 'content-type': type } });
    expect(last().body).toBe(expected);
  });

  it.each([
    ['base64', 'text/plain', '', BASE64],
    ['base64', 'text/plain', 'CONVERT_TO_BINARY', BYTES.toString('utf8')],
    ['base64', 'text/plain', 'CONVERT_TO_TEXT', BASE64],
    ['base64', 'image/png', '', BYTES.toString('utf8')],
    ['base64', 'image/png', 'CONVERT_TO_BINARY', BYTES.toString('utf8')],
    ['base64', 'image/png', 'CONVERT_TO_TEXT', BASE64],
    ['bytes', 'text/plain', '', BASE64],
    ['bytes', 'text/plain', 'CONVERT_TO_BINARY', BYTES.toString('utf8')],
    ['bytes', 'text/plain', 'CONVERT_TO_TEXT', BASE64],
    ['bytes', 'image/png', '', BYTES.toString('utf8')],
    ['bytes', 'image/png', 'CONVERT_TO_BINARY', BYTES.toString('utf8')],
    ['bytes', 'image/png', 'CONVERT_TO_TEXT', BASE64],
  ])('an answer of %s for Accept %s with %s', async (source, accept, handling, expected) => {
    expect(await lab.call(binaryId, `/dev/${source}${handling}`, { headers: { accept } })).toMatchObject({
      status: 200,
      body: expected,
    });
  });

  it('text that is no base64, and bytes with a template: 500', async () => {
    expect((await lab.call(binaryId, '/dev/textCONVERT_TO_BINARY', {})).status).toBe(500);
    expect(
      (await lab.call(binaryId, '/dev/template', { method: 'POST', body: BYTES, headers: { 'content-type': 'image/png' } }))
        .status,
    ).toBe(500);
  });
});

describe('B7: compression', () => {
  it('of answers from the size on, for clients that take it', async () => {
    const headers = { host: `${binaryId}.execute-api.${REGION}.localhost`, 'accept-encoding': 'gzip' };
    const { coding, bytes } = await bytesOf({
      host: '127.0.0.1',
      port: lab.gateway.port,
      method: 'POST',
      path: '/dev/compressed',
      headers,
    });
    expect([coding, gunzipSync(bytes).toString()]).toEqual(['gzip', 'x'.repeat(2000)]);
    expect((await lab.call(binaryId, '/dev/compressed', { method: 'POST' })).headers).not.toHaveProperty('content-encoding');
  });

  it('of requests: the backend sees neither it nor Content-Encoding', async () => {
    await lab.call(binaryId, '/dev/compressed', {
      method: 'PUT',
      body: gzipSync('{"a":1}'),
      headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
    });
    expect(last()).toMatchObject({ body: '{"a":1}' });
    expect(last().headers).not.toHaveProperty('content-encoding');
  });
});
