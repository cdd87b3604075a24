import { gatewayFrom, httpBackend, restApiModel, type HttpBackend, type MethodsOf, type TestGateway } from '@gatehouse/testing';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let backend: HttpBackend;
let answer: Parameters<typeof httpBackend>[0];
const gateways: TestGateway[] = [];

beforeEach(async () => {
  answer = (response) => response.end('body');
  backend = await httpBackend((response, request) => answer?.(response, request));
});
afterEach(async () => {
  await backend.close();
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

type Integration = NonNullable<MethodsOf[string]['integration']>;

function integrating(integration: Integration): TestGateway {
  const gateway = gatewayFrom(
    restApiModel({ 'ANY /a/{id}': { integration: { type: 'HTTP', uri: `${backend.url}/b?fixed=1`, ...integration } } }),
  );
  gateways.push(gateway);
  return gateway;
}

describe('HTTP, toward the backend', () => {
  it('sends what is mapped, defaults, and the body; nothing else of the client', async () => {
    const gateway = integrating({
      httpMethod: 'POST',
      uri: `${backend.url}/b/{id}?fixed=1`,
      requestParameters: {
        'integration.request.path.id': 'method.request.path.id',
        'integration.request.querystring.q': 'method.request.querystring.q',
        'integration.request.header.X-Mapped': 'method.request.header.X-Given',
      },
    });
    await gateway.call({
      method: 'PUT',
      path: '/a/7?q=1&other=2',
      headers: [
        'X-Given',
        'v',
        'X-Other',
        'o',
        'Accept',
        'text/html',
        'User-Agent',
        'curl',
        'Content-Type',
        'text/plain',
        'Cookie',
        'c',
      ],
      body: 'hello',
    });
    const [request] = backend.received;
    expect([request?.method, request?.url, request?.body]).toEqual(['POST', '/b/7?fixed=1&q=1', 'hello']);
    const names = request?.headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    expect(names?.sort()).toEqual([
      'accept',
      'content-length',
      'content-type',
      'host',
      'user-agent',
      'x-amzn-apigateway-api-id',
      'x-amzn-trace-id',
      'x-mapped',
    ]);
    expect(request?.header('accept')).toBe('application/json');
    expect(request?.header('user-agent')).toBe('AmazonAPIGateway_abcdefghij');
    expect(request?.header('content-type')).toBe('text/plain');
    expect(request?.header('x-mapped')).toBe('v');
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('does not pass the Content-Type of %s', async (method) => {
    await integrating({}).call({ method, path: '/a/7', headers: ['Content-Type', 'text/plain'] });
    expect(backend.received[0]?.header('content-type')).toBeUndefined();
  });

  it('security class: hop-by-hop abuse: a Content-Type for this connection only is no default, and takes no mapped one away', async () => {
    const headers = ['Connection', 'Content-Type, X-Given', 'Content-Type', 'text/plain', 'X-Given', 'v'];
    await integrating({}).call({ method: 'POST', path: '/a/7', headers, body: 'x' });
    expect(backend.received[0]?.header('content-type')).toBeUndefined();
    const requestParameters = { 'integration.request.header.Content-Type': 'method.request.header.X-Given' };
    await integrating({ requestParameters }).call({ method: 'POST', path: '/a/7', headers, body: 'x' });
    expect(backend.received[1]?.header('content-type')).toBe('v');
  });

  it('refuses every body with 415 when passthrough is NEVER', async () => {
    const { status, body, header } = await integrating({ passthroughBehavior: 'NEVER' }).call({ path: '/a/7' });
    expect([status, body, header('x-amzn-errortype')]).toEqual([
      415,
      '{"message":"Unsupported Media Type"}',
      'BadRequestException',
    ]);
    expect(backend.received).toEqual([]);
  });
});

describe('HTTP, toward the client', () => {
  const responses: NonNullable<Integration['integrationResponses']> = [
    {
      statusCode: '200',
      responseParameters: {
        'method.response.header.X-Last': 'integration.response.header.X-Many',
        'method.response.header.X-All': 'integration.response.multivalueheader.x-many',
        'method.response.header.X-Literal': "'literal'",
        'method.response.header.X-Request': 'context.requestId',
        'method.response.header.X-Absent': 'integration.response.header.nowhere',
        'method.response.header.Content-Type': 'integration.response.header.Content-Type',
      },
    },
    { statusCode: '404', selectionPattern: '4\\d{2}' },
    { statusCode: '502', selectionPattern: '5..', responseParameters: { 'method.response.header.Date': "'mapped'" } },
  ];

  it('selects by status and sends mapped headers only', async () => {
    answer = (response) =>
      response.writeHead(201, ['X-Many', 'one', 'X-Many', 'two', 'Content-Type', 'text/plain', 'X-Other', 'o']).end('body');
    const { status, headers, body, header } = await integrating({ integrationResponses: responses }).call({ path: '/a/7' });
    expect([status, body]).toEqual([200, 'body']);
    expect(header('x-last')).toBe('two');
    expect(header('x-all')).toBe('one,two');
    expect(header('x-literal')).toBe('literal');
    expect(header('x-request')).toBe(header('x-amzn-requestid'));
    expect(header('content-type')).toBe('text/plain');
    expect(header('x-amzn-trace-id')).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
    expect(headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())).not.toContain('x-other');
    expect(header('x-absent')).toBeUndefined();
  });

  it('keeps the root of a client’s trace, the same in both directions', async () => {
    const root = 'Root=1-67891233-abcdef012345678912345678';
    const gateway = integrating({ integrationResponses: responses });
    const traced = async (value: string) =>
      (await gateway.call({ path: '/a/7', headers: ['X-Amzn-Trace-Id', value] })).header('x-amzn-trace-id');
    expect(await traced(root)).toMatch(new RegExp(`^${root};Parent=[0-9a-f]{16};Sampled=0$`));
    expect(await traced(`${root};Parent=53995c3f42cd8ad8;Sampled=0`)).toMatch(
      new RegExp(`^${root};Parent=[0-9a-f]{16};Sampled=1$`),
    );
    const own = await traced('none');
    expect(own?.split(';', 1)[0]).toBe(backend.received[2]?.header('x-amzn-trace-id'));
  });

  it('decodes the body, because Content-Encoding is not mapped by itself', async () => {
    answer = (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('plain'));
    const decoded = await integrating({ integrationResponses: responses }).call({ path: '/a/7' });
    expect([decoded.body, decoded.header('content-encoding')]).toEqual(['plain', undefined]);
    const coding = { 'method.response.header.Content-Encoding': 'integration.response.header.Content-Encoding' };
    const mapped = await integrating({ integrationResponses: [{ statusCode: '200', responseParameters: coding }] }).call({
      path: '/a/7',
    });
    expect([gunzipSync(mapped.bytes).toString(), mapped.header('content-encoding')]).toEqual(['plain', 'gzip']);
  });

  it('leaves a coding that it does not know, header and all', async () => {
    answer = (response) => response.writeHead(200, { 'Content-Encoding': 'aws-chunked' }).end('coded');
    const { body, header } = await integrating({ integrationResponses: responses }).call({ path: '/a/7' });
    expect([body, header('content-encoding')]).toEqual(['coded', 'aws-chunked']);
  });

  it.each([
    [409, 404],
    [503, 502],
    [302, 200],
  ])('answers %i with %i', async (theirs, ours) => {
    answer = (response) => response.writeHead(theirs).end('body');
    const { status, body, header } = await integrating({ integrationResponses: responses }).call({ path: '/a/7' });
    expect([status, body]).toEqual([ours, 'body']);
    expect(header('content-type')).toBe('application/json');
    if (ours === 502) expect([header('x-amzn-Remapped-Date'), header('date')]).toEqual(['mapped', undefined]);
  });

  it('answers 500 when no integration response fits', async () => {
    answer = (response) => response.writeHead(201).end('body');
    const { status, body, header } = await integrating({
      integrationResponses: [{ statusCode: '200', selectionPattern: '200' }],
    }).call({ path: '/a/7' });
    expect([status, body]).toEqual([500, '{"message":"Internal server error"}']);
    expect(header('x-amzn-trace-id')).toBeUndefined();
  });

  it.each([
    ['Authorization', 'x-amzn-Remapped-Authorization'],
    ['Content-MD5', 'x-amzn-Remapped-Content-MD5'],
    ['Date', 'x-amzn-Remapped-Date'],
    ['Expect', 'x-amzn-Remapped-Expect'],
    ['Host', 'x-amzn-Remapped-Host'],
    ['Max-Forwards', 'x-amzn-Remapped-Max-Forwards'],
    ['Proxy-Authenticate', 'x-amzn-Remapped-Proxy-Authenticate'],
    ['server', 'x-amzn-Remapped-Server'],
    ['User-Agent', 'x-amzn-Remapped-User-Agent'],
    ['WWW-Authenticate', 'x-amzn-Remapped-WWW-Authenticate'],
    ['X-Plain', 'X-Plain'],
  ])('a mapping to %s goes out as %s', async (target, sent) => {
    const model = restApiModel({
      'GET /a': {
        integration: {
          integrationResponses: [{ statusCode: '200', responseParameters: { [`method.response.header.${target}`]: "'v'" } }],
        },
      },
    });
    const gateway = gatewayFrom(model);
    const { headers } = await gateway.call({ path: '/a' });
    expect(headers[headers.indexOf('v') - 1]).toBe(sent);
  });

  it('security class: CR/LF: a mapped answer cannot end a header', async () => {
    const model = restApiModel({
      'GET /a': {
        integration: {
          integrationResponses: [{ statusCode: '200', responseParameters: { 'method.response.header.X': 'stageVariables.v' } }],
        },
      },
    });
    const gateway = gatewayFrom(model, { stage: { variables: { v: 'x\r\nSet-Cookie: y' } } });
    expect((await gateway.call({ path: '/a' })).status).toBe(500);
  });
});
