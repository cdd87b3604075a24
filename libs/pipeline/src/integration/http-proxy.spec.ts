import {
  gatewayFrom,
  httpBackend,
  restApiModel,
  socketBackend,
  type HttpBackend,
  type MethodsOf,
  type TestGateway,
} from '@gatehouse/testing';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReceivedRequest } from '@gatehouse/testing';
import { parseTargetRule, TargetGuard } from '../upstream/target-guard.js';

let backend: HttpBackend;
let answer: Parameters<typeof httpBackend>[0];
const gateways: TestGateway[] = [];

beforeEach(async () => {
  answer = (response) => response.end('ok');
  backend = await httpBackend((response, request) => answer?.(response, request));
});
afterEach(async () => {
  await backend.close();
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

type Integration = NonNullable<MethodsOf[string]['integration']>;

/** A gateway whose `ANY /p/{proxy+}` goes to the backend's `/b/{proxy}`. */
function proxying(integration: Integration = {}, options: Parameters<typeof gatewayFrom>[1] = {}): TestGateway {
  const model = restApiModel({
    'ANY /p/{proxy+}': {
      integration: {
        type: 'HTTP_PROXY',
        uri: `${backend.url}/b/{proxy}`,
        ...integration,
        requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy', ...integration.requestParameters },
      },
    },
  });
  const gateway = gatewayFrom(model, options);
  gateways.push(gateway);
  return gateway;
}

/** The only request that the backend got. */
function only(): ReceivedRequest {
  expect(backend.received).toHaveLength(1);
  return backend.received[0] as ReceivedRequest;
}

const valuesOf = (headers: readonly string[], name: string) =>
  headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === name.toLowerCase());

describe('HTTP_PROXY, toward the backend', () => {
  it('passes verb, path, query, body and headers, case and repeats kept', async () => {
    await proxying().call({
      method: 'PATCH',
      path: '/p/a/b%2Fc//d/?x=1&x=2&y=%20+',
      headers: ['X-MiXed', 'One', 'x-mixed', 'two', 'Content-Type', 'text/plain; charset=x'],
      body: 'hello',
    });
    const request = only();
    expect([request.method, request.url, request.body]).toEqual(['PATCH', '/b/a/b%2Fc//d?x=1&x=2&y=%20+', 'hello']);
    expect(request.headers.join('|')).toContain('X-MiXed|One|x-mixed|two|Content-Type|text/plain; charset=x');
    expect(request.header('host')).toBe(`127.0.0.1:${backend.port}`);
    expect(request.header('content-length')).toBe('5');
  });

  it('uses its own verb where it has one', async () => {
    await proxying({ httpMethod: 'PUT' }).call({ method: 'POST', path: '/p/a' });
    expect(only().method).toBe('PUT');
  });

  it.each(['GET', 'ANY', undefined])('takes the integration verb %s', async (httpMethod) => {
    await proxying(httpMethod === undefined ? {} : { httpMethod }).call({ method: 'GET', path: '/p/a' });
    expect(only().method).toBe('GET');
  });

  it.each([
    'Connection',
    'Content-MD5',
    'Expect',
    'Max-Forwards',
    'Proxy-Authenticate',
    'Server',
    'TE',
    'Trailer',
    'Upgrade',
    'WWW-Authenticate',
    'Keep-Alive',
    'Proxy-Connection',
    'HTTP2-Settings',
    'Via',
    'Content-Encoding',
    'X-HTTP-Method-Override',
  ])('does not pass %s', async (name) => {
    const value = name === 'X-HTTP-Method-Override' ? 'GET' : 'canary';
    await proxying().call({ path: '/p/a', headers: [name.toLowerCase(), value, 'X-Kept', 'yes'] });
    expect(valuesOf(only().headers, name)).toEqual([]);
    expect(only().header('x-kept')).toBe('yes');
  });

  it('sets what a client does not: Accept, User-Agent, trace and API', async () => {
    await proxying().call({ path: '/p/a' });
    const request = only();
    expect(request.header('accept')).toBe('application/json');
    expect(request.header('user-agent')).toBe('AmazonAPIGateway_abcdefghij');
    expect(request.header('x-amzn-apigateway-api-id')).toBe('abcdefghij');
    expect(request.header('x-amzn-trace-id')).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(request.header('content-type')).toBeUndefined();
  });

  it('keeps what a client sets of these', async () => {
    await proxying().call({ path: '/p/a', headers: ['accept', 'text/html', 'USER-AGENT', 'curl', 'content-type', 'a/b'] });
    expect(valuesOf(only().headers, 'accept')).toEqual(['text/html']);
    expect(valuesOf(only().headers, 'user-agent')).toEqual(['curl']);
    expect(valuesOf(only().headers, 'content-type')).toEqual(['a/b']);
  });

  it('continues a trace under its root', async () => {
    const root = 'Root=1-67891233-abcdef012345678912345678';
    const gateway = proxying();
    await gateway.call({ path: '/p/a', headers: ['X-Amzn-Trace-Id', root] });
    await gateway.call({ path: '/p/a', headers: ['x-amzn-trace-id', `${root};Parent=53995c3f42cd8ad8;Sampled=0`] });
    await gateway.call({ path: '/p/a', headers: ['X-Amzn-Trace-Id', 'Root=forged'] });
    const [first, second, third] = backend.received.map(({ headers }) => valuesOf(headers, 'x-amzn-trace-id'));
    expect(first).toEqual([root]);
    expect(second).toEqual([`${root};Sampled=1`]);
    expect(third?.[0]).toMatch(/^Root=1-/);
  });

  it('drops an Authorization that holds a signature for the gateway, and no other', async () => {
    const gateway = proxying();
    await gateway.call({ path: '/p/a', headers: ['Authorization', 'AWS4-HMAC-SHA256 Credential=x'] });
    await gateway.call({ path: '/p/a', headers: ['Authorization', 'Bearer x'] });
    expect(backend.received.map((request) => request.header('authorization'))).toEqual([undefined, 'Bearer x']);
  });

  it('X-HTTP-Method-Override replaces the verb before matching', async () => {
    const model = restApiModel({
      'DELETE /a': { integration: { type: 'HTTP_PROXY', uri: `${backend.url}/deleted` } },
      'POST /a': { integration: { type: 'HTTP_PROXY', uri: `${backend.url}/posted` } },
    });
    const gateway = gatewayFrom(model);
    gateways.push(gateway);
    await gateway.call({ method: 'POST', path: '/a', headers: ['x-http-method-override', 'DELETE'] });
    expect([only().method, only().url]).toEqual(['DELETE', '/deleted']);
    expect((await gateway.call({ method: 'POST', path: '/a', headers: ['x-http-method-override', 'PUT'] })).status).toBe(403);
  });
});

describe('HTTP_PROXY, mappings', () => {
  it('add query parameters and override headers', async () => {
    await proxying({
      requestParameters: {
        'integration.request.querystring.added': "'a b&c'",
        'integration.request.querystring.x': 'method.request.header.X-One',
        'integration.request.header.X-One': "'mine'",
        'integration.request.header.X-Absent': 'method.request.header.X-Nowhere',
        'integration.request.header.User-Agent': "'agent'",
      },
    }).call({ path: '/p/a?x=1', headers: ['x-one', 'low', 'X-One', 'high', 'X-Absent', 'client'] });
    const request = only();
    expect(request.url).toBe('/b/a?x=1&added=a%20b%26c&x=high');
    expect(valuesOf(request.headers, 'x-one')).toEqual(['mine']);
    expect(valuesOf(request.headers, 'x-absent')).toEqual(['client']);
    expect(valuesOf(request.headers, 'user-agent')).toEqual(['agent']);
  });

  it('take Host and Content-Encoding back in', async () => {
    await proxying({
      requestParameters: {
        'integration.request.header.Host': "'tenant.example'",
        'integration.request.header.Content-Encoding': 'method.request.header.Content-Encoding',
      },
    }).call({ method: 'POST', path: '/p/a', headers: ['Content-Encoding', 'gzip'], body: 'x' });
    expect(valuesOf(only().headers, 'host')).toEqual(['tenant.example']);
    expect(valuesOf(only().headers, 'content-encoding')).toEqual(['gzip']);
  });

  it.each([
    ["'literal'", 'literal'],
    ['method.request.path.proxy', 'a%2Fb/c'],
    ['method.request.querystring.q', 'last one'],
    ['method.request.multivaluequerystring.q', 'first&,last one'],
    ['method.request.header.X-Many', 'two'],
    ['method.request.multivalueheader.X-Many', 'one,two'],
    ['method.request.header.x-many', undefined],
    ['method.request.header.Connection', undefined],
    ['method.request.querystring.absent', undefined],
    ['method.request.path.absent', undefined],
    ['stageVariables.color', 'gr\u00c3\u00bcn'],
    ['stageVariables.absent', undefined],
    ['stageVariables.constructor', undefined],
    ['context.httpMethod', 'GET'],
    ['context.stage', 'prod'],
    ['context.apiId', 'abcdefghij'],
    ['context.accountId', '123456789012'],
    ['context.resourcePath', '/p/{proxy+}'],
    ['context.resourceId', 'res000'],
    ['context.deploymentId', 'dep001'],
    ['context.path', '/prod/p/a%2Fb/c'],
    ['context.protocol', 'HTTP/1.1'],
    ['context.domainName', 'abcdefghij.execute-api.us-east-1.localhost'],
    ['context.domainPrefix', 'abcdefghij'],
    ['context.identity.sourceIp', '192.0.2.7'],
    ['context.identity.userAgent', 'curl'],
    ['context.identity.caller', undefined],
    ['context.constructor', undefined],
    ['context.authorizer.principalId', undefined],
  ])('from %s', async (source, value) => {
    await proxying(
      { requestParameters: { 'integration.request.header.X-Mapped': source } },
      { stage: { variables: { color: 'grün' } } },
    ).call({
      path: '/p/a%2Fb/c?q=first%26&q=last+one',
      headers: ['X-Many', 'one', 'X-Many', 'two', 'User-Agent', 'curl', 'Connection', 'close'],
    });
    expect(only().header('x-mapped')).toBe(value);
  });

  it.each([
    ['context.requestId', /^[0-9a-f]{8}-[0-9a-f]{4}-/],
    ['context.extendedRequestId', /^[\w+/]{11}=$/],
    ['context.requestTime', /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/],
    ['context.requestTimeEpoch', /^\d{13}$/],
  ])('from %s, as the answer says it', async (source, form) => {
    const { header } = await proxying({ requestParameters: { 'integration.request.header.X-Mapped': source } }).call({
      path: '/p/a',
    });
    expect(only().header('x-mapped')).toMatch(form);
    if (source === 'context.requestId') expect(only().header('x-mapped')).toBe(header('x-amzn-requestid'));
    if (source === 'context.extendedRequestId') expect(only().header('x-mapped')).toBe(header('x-amz-apigw-id'));
  });

  it('keep repeats from query to query', async () => {
    await proxying({
      requestParameters: { 'integration.request.querystring.out': 'method.request.multivaluequerystring.in' },
    }).call({ path: '/p/a?in=1&in=2' });
    expect(only().url).toBe('/b/a?in=1&in=2&out=1&out=2');
  });

  it('pass bytes through that are no UTF-8', async () => {
    await proxying({ requestParameters: { 'integration.request.querystring.out': 'method.request.header.X-Bytes' } }).call({
      path: '/p/a',
      headers: ['X-Bytes', '\u00ff\u00e9'],
    });
    expect(only().url).toBe('/b/a?out=%FF%E9');
  });

  it.each(['method.request.querystring.q', 'method.request.header.X'])(
    'security class: CR/LF: %s cannot end a header',
    async (source) => {
      const gateway = proxying({ requestParameters: { 'integration.request.header.X-Mapped': source } });
      const answer = await gateway.call({ path: '/p/a?q=x%0d%0aX-Injected:%20y', headers: ['X', 'x\r\nX-Injected: y'] });
      expect([answer.status, answer.body]).toEqual([400, '{"message":"Bad Request"}']);
      expect(backend.received).toEqual([]);
    },
  );

  it('security class: CR/LF: a stage variable cannot end a header', async () => {
    const gateway = proxying(
      { requestParameters: { 'integration.request.header.X-Mapped': 'stageVariables.v' } },
      { stage: { variables: { v: 'x\r\nX-Injected: y' } } },
    );
    expect((await gateway.call({ path: '/p/a' })).status).toBe(500);
    expect(backend.received).toEqual([]);
  });

  it("security class: path normalisation: a value of the query cannot lead out of the backend's path", async () => {
    const gateway = proxying({
      uri: `${backend.url}/b/{x}/c`,
      requestParameters: { 'integration.request.path.x': 'method.request.querystring.x' },
    });
    expect((await gateway.call({ path: '/p/a?x=..' })).status).toBe(400);
    expect((await gateway.call({ path: '/p/a?x=..%2F..%2Fadmin' })).status).toBe(400);
    expect((await gateway.call({ path: '/p/a?x=a%0d%0ab' })).status).toBe(400);
    expect(backend.received).toEqual([]);
    await gateway.call({ path: '/p/a?x=a/b' });
    expect(only().url).toMatch(/^\/b\/a%2Fb\/c/);
  });
});

describe('security class: hop-by-hop abuse and spoofed headers', () => {
  it('a Connection header takes away what the client says, and nothing that the gateway says or decides by', async () => {
    const gateway = proxying({ requestParameters: { 'integration.request.header.X-Own': "'own'" } });
    await gateway.call({
      path: '/p/a',
      headers: [
        ...[
          'Connection',
          'x-api-key, X-Own,x-forwarded-for',
          'connection',
          'x-amzn-apigateway-api-id, x-amzn-trace-id, te, close',
        ],
        ...['X-Custom', 'kept', 'x-api-key', 'k', 'TE', 'trailers', 'X-Own', 'forged', 'X-Forwarded-For', 'forged'],
      ],
    });
    const request = only();
    expect(request.header('x-api-key')).toBeUndefined();
    expect(request.header('x-custom')).toBe('kept');
    expect(valuesOf(request.headers, 'x-own')).toEqual(['own']);
    expect(valuesOf(request.headers, 'x-forwarded-for')).toEqual(['192.0.2.7']);
    expect(request.header('x-amzn-apigateway-api-id')).toBe('abcdefghij');
    expect(request.header('x-amzn-trace-id')).toMatch(/^Root=1-/);
    expect(request.header('te')).toBeUndefined();
  });

  it('a Connection header does not leave a backend without what the gateway says where a client does not', async () => {
    await proxying().call({
      path: '/p/a',
      headers: ['Connection', 'accept, user-agent', 'Accept', 'text/html', 'User-Agent', 'curl'],
    });
    expect(valuesOf(only().headers, 'accept')).toEqual(['application/json']);
    expect(valuesOf(only().headers, 'user-agent')).toEqual(['AmazonAPIGateway_abcdefghij']);
  });

  it('a mapping takes what it names, whatever Connection says of it', async () => {
    await proxying({ requestParameters: { 'integration.request.header.X-To': 'method.request.header.X-From' } }).call({
      path: '/p/a',
      headers: ['Connection', 'x-from', 'X-From', 'v'],
    });
    expect([only().header('x-to'), only().header('x-from')]).toEqual(['v', undefined]);
  });

  it.each([
    ['X-Forwarded-For', '192.0.2.7'],
    ['X-Forwarded-Proto', 'http'],
    ['X-Forwarded-Port', '8080'],
    ['X-Forwarded-Host', undefined],
    ['X-Real-IP', undefined],
    ['Forwarded', undefined],
    ['X-Amzn-Apigateway-Api-Id', 'abcdefghij'],
  ])('%s is overwritten in every spelling', async (name, value) => {
    const spellings = [
      name,
      name.toLowerCase(),
      name.toUpperCase(),
      name.replaceAll('-', '_'),
      name.toLowerCase().replaceAll('-', '_'),
    ];
    await proxying().call({ path: '/p/a', headers: spellings.flatMap((spelling) => [spelling, 'spoofed']) });
    const aliases = only().headers.filter(
      (given, index) => index % 2 === 0 && given.toLowerCase().replaceAll('_', '-') === name.toLowerCase(),
    );
    expect(aliases).toHaveLength(value === undefined ? 0 : 1);
    expect(only().header(name)).toBe(value);
    expect(only().headers).not.toContain('spoofed');
  });

  it.each([
    ...['x_api_key', 'X_Api_Key', 'x-api_key', 'x.api.key', 'X-Api-Key_', '-x-api-key', 'x--api__key'],
    ...['authorization_', '_Authorization', 'x_amzn_requestid', 'x-amzn.requestid'],
    ...['transfer_encoding', 'Content_Length', 'content.length', 'http2_settings', 'Upgrade_', 'connection_', 'Host_', '_te'],
    ...[
      'X.Forwarded.For',
      '_X_Forwarded_For',
      'X-Forwarded-For-',
      'x-forwarded__for',
      'Forwarded_',
      'X~Real~IP',
      'x_amzn_trace_id',
    ],
  ])('no second spelling %s of what is trusted goes on', async (name) => {
    await proxying().call({ path: '/p/a', headers: [name, 'spoofed'] });
    expect(only().headers).not.toContain('spoofed');
  });

  it.each(['X_Custom', 'x-api-keys', 'xapikey', 'X-Forwarded-Fort', 'authorizations', 'my_header_'])(
    '%s is not taken for another name',
    async (name) => {
      await proxying().call({ path: '/p/a', headers: [name, 'own'] });
      expect(only().headers).toContain('own');
    },
  );
});

describe('security class: upgrade, WebSocket and h2c smuggling', () => {
  it('no offer to speak another protocol goes on', async () => {
    await proxying().call({
      path: '/p/a',
      headers: ['Connection', 'Upgrade, HTTP2-Settings', 'Upgrade', 'h2c', 'HTTP2-Settings', 'AAMAAABkAAQAAP__'],
    });
    const names = only().headers.filter((_, index) => index % 2 === 0);
    expect(names.map((name) => name.toLowerCase())).not.toEqual(expect.arrayContaining(['upgrade']));
    expect(names.map((name) => name.toLowerCase())).not.toEqual(expect.arrayContaining(['http2-settings']));
    expect(valuesOf(only().headers, 'connection').join()).not.toMatch(/upgrade|http2/i);
  });

  it('no offer of a backend reaches the client', async () => {
    answer = (response) => {
      response.socket?.end(
        'HTTP/1.1 200 OK\r\nConnection: Upgrade, X-Hop, close\r\nUpgrade: h2c\r\nX-Hop: v\r\nContent-Length: 2\r\n\r\nok',
      );
    };
    const { status, body, header } = await proxying().call({ path: '/p/a' });
    expect([status, body, header('upgrade'), header('x-hop')]).toEqual([200, 'ok', undefined, undefined]);
  });
});

describe('HTTP_PROXY, toward the client', () => {
  it.each([200, 201, 204, 302, 304, 404, 418, 500, 599])('passes status %i', async (status) => {
    answer = (response) => response.writeHead(status).end(status === 204 || status === 304 ? undefined : 'body');
    const { body, ...result } = await proxying().call({ path: '/p/a' });
    expect([result.status, body]).toEqual([status, status === 204 || status === 304 ? '' : 'body']);
  });

  it('passes headers, repeats kept, renames what is AWS’s, drops what is of the connection', async () => {
    answer = (response) =>
      response
        .writeHead(200, [
          ...[
            'Content-Type',
            'text/plain',
            'Set-Cookie',
            'a=1',
            'Set-Cookie',
            'b=2',
            'X-Mixed',
            'v',
            'WWW-Authenticate',
            'Basic',
          ],
          ...['Date', 'yesterday', 'Server', 'nginx', 'Content-Length', '4', 'Connection', 'keep-alive', 'Via', 'proxy'],
          ...['x-amzn-RequestId', 'theirs', 'Keep-Alive', 'timeout=5', 'x-amz-apigw-id', 'theirs'],
        ])
        .end('body');
    const { headers, header } = await proxying().call({ path: '/p/a' });
    expect(headers.slice(0, 10)).toEqual([
      'Content-Type',
      'text/plain',
      'Set-Cookie',
      'a=1',
      'Set-Cookie',
      'b=2',
      'X-Mixed',
      'v',
      'WWW-Authenticate',
      'Basic',
    ]);
    expect(header('x-amzn-Remapped-Date')).toBe('yesterday');
    expect(header('x-amzn-Remapped-Server')).toBe('nginx');
    expect(header('x-amzn-Remapped-Content-Length')).toBe('4');
    expect(header('x-amzn-Remapped-Connection')).toBe('keep-alive');
    expect(header('x-amzn-Remapped-x-amzn-RequestId')).toBe('theirs');
    for (const gone of [
      'date',
      'server',
      'content-length',
      'connection',
      'via',
      'keep-alive',
      'transfer-encoding',
      'x-amzn-trace-id',
      'x-amzn-errortype',
    ]) {
      expect(header(gone)).toBeUndefined();
    }
    expect(valuesOf(headers, 'x-amz-apigw-id')).toEqual([expect.stringMatching(/^[\w+/]{11}=$/)]);
    expect(valuesOf(headers, 'x-amzn-requestid')).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });

  it('security class: hop-by-hop abuse: a Connection header of the backend takes away its own headers only', async () => {
    answer = (response) =>
      response
        .writeHead(200, [
          ...['Connection', 'x-hop, X-Amzn-RequestId, x-amz-apigw-id, content-type, content-encoding, close'],
          ...['X-Hop', 'v', 'X-Kept', 'v', 'Content-Type', 'text/plain', 'Content-Encoding', 'gzip'],
        ])
        .end(gzipSync('plain'));
    const { body, headers, header } = await proxying().call({ path: '/p/a' });
    expect([body, header('x-hop'), header('x-kept'), header('content-type')]).toEqual(['plain', undefined, 'v', 'text/plain']);
    expect(valuesOf(headers, 'x-amzn-requestid')).toHaveLength(1);
    expect(valuesOf(headers, 'x-amz-apigw-id')).toHaveLength(1);
  });

  it.each(['x_amzn_requestid', 'X.Amz.Apigw.Id', 'transfer_encoding', 'Content_Length', 'connection_', 'Trailer_', 'Date_'])(
    'security class: spoofed trusted headers: a second spelling %s does not reach the client',
    async (name) => {
      answer = (response) => response.writeHead(200, [name, 'spoofed', 'X-Kept', 'v']).end('ok');
      const { headers } = await proxying().call({ path: '/p/a' });
      expect(headers).not.toContain('spoofed');
      expect(headers).toContain('v');
    },
  );

  it('says application/json where the backend says nothing', async () => {
    expect((await proxying().call({ path: '/p/a' })).header('content-type')).toBe('application/json');
  });

  it('decodes the body, because Content-Encoding is dropped', async () => {
    answer = (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('x'.repeat(100_000)));
    const { body, header } = await proxying().call({ path: '/p/a', headers: ['Accept-Encoding', 'gzip'] });
    expect(body).toBe('x'.repeat(100_000));
    expect(header('content-encoding')).toBeUndefined();
    expect(only().header('accept-encoding')).toBe('gzip');
  });

  it('breaks off a body that cannot be decoded', async () => {
    answer = (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('this is no gzip');
    expect((await proxying().call({ path: '/p/a' })).broken).toBe(true);
  });

  it('leaves a coding that it does not know, header and all', async () => {
    answer = (response) => response.writeHead(200, { 'Content-Encoding': 'aws-chunked' }).end('coded');
    const { body, header } = await proxying().call({ path: '/p/a' });
    expect([body, header('content-encoding')]).toEqual(['coded', 'aws-chunked']);
  });

  it('passes answers to HEAD', async () => {
    answer = (response) => response.writeHead(200, { 'Content-Length': '1234', 'Content-Encoding': 'gzip' }).end();
    const { status, body } = await proxying().call({ method: 'HEAD', path: '/p/a' });
    expect([status, body, only().method]).toEqual([200, '', 'HEAD']);
  });

  it('gives a proposed request id back when it is a UUID', async () => {
    const uuid = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
    const gateway = proxying();
    expect((await gateway.call({ path: '/p/a', headers: ['x-amzn-RequestId', uuid] })).header('x-amzn-requestid')).toBe(uuid);
    const replaced = await gateway.call({ path: '/p/a', headers: ['x-amzn-RequestId', 'not one'] });
    expect(replaced.header('x-amzn-requestid')).toBe('UUID_REPLACED_INVALID_REQUEST_ID');
  });
});

describe('HTTP_PROXY, endpoints', () => {
  it.each([
    ['http://127.0.0.1:1/', 504, '{"message":"Network error communicating with endpoint"}'],
    ['http://no-such-host.invalid/', 504, '{"message":"Network error communicating with endpoint"}'],
    ['http://169.254.169.254/latest/meta-data/', 500, '{"message":"Internal server error"}'],
    ['http://[::ffff:169.254.169.254]/', 500, '{"message":"Internal server error"}'],
    ['http://2852039166/', 500, '{"message":"Internal server error"}'],
    ['http://0.0.0.0/', 500, '{"message":"Internal server error"}'],
    ['http://host:99999/', 500, '{"message":"Internal server error"}'],
    ['http://${stageVariables.missing}/', 500, '{"message":"Internal server error"}'],
  ])('%s answers %i', async (uri, status, body) => {
    const result = await proxying({ uri }).call({ path: '/p/a' });
    expect([result.status, result.body, result.header('x-amzn-errortype')]).toEqual([
      status,
      body,
      'InternalServerErrorException',
    ]);
  });

  it('security class: SSRF by integrations: a stage variable or a name leads no further than an address', async () => {
    const gateway = proxying({ uri: 'http://${stageVariables.host}/' }, { stage: { variables: { host: '169.254.169.254' } } });
    const refused = await gateway.call({ path: '/p/a' });
    expect([refused.status, refused.exchange.error?.reason]).toEqual([500, expect.stringContaining('refused target')]);
  });

  it('security class: SSRF by integrations: a name is followed to its addresses, and these are looked at', async () => {
    const uri = `http://localhost:${backend.port}/`;
    expect((await proxying({ uri }).call({ path: '/p/a' })).status).toBe(200);
    const guard = new TargetGuard([parseTargetRule('127.0.0.0/8'), parseTargetRule('[::1]')]);
    const refused = await proxying({ uri }, { guard }).call({ path: '/p/a' });
    expect([refused.status, refused.exchange.error?.reason]).toEqual([500, expect.stringContaining('refused target')]);
    expect(backend.received).toHaveLength(1);
  });

  it('follows no redirects', async () => {
    answer = (response) => response.writeHead(302, { Location: 'http://169.254.169.254/' }).end();
    const { status, header } = await proxying().call({ path: '/p/a' });
    expect([status, header('location')]).toEqual([302, 'http://169.254.169.254/']);
    expect(backend.received).toHaveLength(1);
  });

  it('times out', async () => {
    const silent = await socketBackend(() => undefined);
    try {
      const { status, body, exchange } = await proxying({ uri: `${silent.url}/`, timeoutInMillis: 50 }).call({ path: '/p/a' });
      expect([status, body, exchange.error?.responseType]).toEqual([
        504,
        '{"message":"Endpoint request timed out"}',
        'INTEGRATION_TIMEOUT',
      ]);
    } finally {
      await silent.close();
    }
  });

  it('verifies certificates unless told not to', async () => {
    const { createServer } = await import('node:https');
    const { selfSigned } = await import('../upstream/self-signed.fixture.js');
    const server = createServer(selfSigned, (_, response) => response.end('secret'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const uri = `https://127.0.0.1:${(server.address() as { port: number }).port}/`;
    try {
      const refused = await proxying({ uri }).call({ path: '/p/a' });
      expect([refused.status, refused.body]).toEqual([500, '{"message":"Internal server error"}']);
      const taken = await proxying({ uri, tlsConfig: { insecureSkipVerification: true } }).call({ path: '/p/a' });
      expect([taken.status, taken.body]).toEqual([200, 'secret']);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
