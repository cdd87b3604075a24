import { AwsError } from '@gatehouse/aws-wire';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  startTestApplication,
  testExports,
  TestExports,
  testRestApis,
  TestRestApis,
  type TestApplication,
} from './admin-api.fixture.js';
import { BODY_LIMIT } from './body-limits.js';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let service: TestRestApis;
let exports: TestExports;
let test: TestApplication;
let databaseAnswers: () => Promise<unknown>;

beforeAll(async () => {
  service = new TestRestApis();
  exports = new TestExports();
  test = await startTestApplication([testRestApis(service), testExports(exports)], { query: (() => databaseAnswers()) as never });
});
beforeEach(() => {
  databaseAnswers = async () => [];
  service.answer = async () => ({});
  service.created.length = 0;
  test.authentication.heads.length = 0;
  test.authentication.bodies.length = 0;
  test.authorization.asked.length = 0;
  test.authorization.denied.clear();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => test.app.close());

type Injected = Exclude<Parameters<TestApplication['app']['inject']>[0], string | undefined>;
type Method = NonNullable<Injected['method']>;

function send(method: Method, url: string, payload?: string | Buffer, headers: Record<string, string> = {}) {
  return test.app.inject({ method, url, payload, headers: { authorization: 'me', ...headers } });
}
const create = (payload: string | Buffer, headers?: Record<string, string>) => send('POST', '/restapis', payload, headers);

function expectError(answer: Awaited<ReturnType<typeof send>>, status: number, type: string, message: string | RegExp) {
  expect({ status: answer.statusCode, type: answer.headers['x-amzn-errortype'] }).toEqual({ status, type });
  const body = answer.json<{ message: string }>();
  expect(Object.keys(body)).toEqual(['message']);
  expect(body.message).toMatch(message);
  expect(answer.headers['x-amzn-requestid']).toMatch(UUID_V4);
  expect(answer.headers['content-type']).toBe('application/json');
}

describe('an operation that is built', () => {
  it('gets its input and answers with its status, id and JSON', async () => {
    service.answer = async () => ({ id: 'a1b2c3d4e5', name: 'n', description: undefined });
    const answer = await create('{"name":"n","tags":{"a":"b"}}');
    expect(answer.statusCode).toBe(201);
    expect(answer.body).toBe('{"id":"a1b2c3d4e5","name":"n"}');
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers['x-amzn-requestid']).toMatch(UUID_V4);
    expect(service.created).toEqual([
      expect.objectContaining({ name: 'n', tags: expect.objectContaining({ a: 'b' }) as unknown }),
    ]);
  });

  it('is told who calls, and under which request id', async () => {
    service.answer = async (call) => ({ name: JSON.stringify(call) });
    const answer = await create('{"name":"n"}');
    expect(JSON.parse(answer.json<{ name: string }>().name)).toEqual({
      scope: { accountId: '123456789012', region: 'us-east-1' },
      principalId: 'root',
      requestId: answer.headers['x-amzn-requestid'],
      origin: 'http://localhost:80',
    });
  });

  it('answers 202 without a body where AWS has none', async () => {
    const answer = await send('DELETE', '/restapis/a1b2c3d4e5');
    expect({ status: answer.statusCode, body: answer.body }).toEqual({ status: 202, body: '' });
  });

  it('says under which publication gateways will follow', async () => {
    service.answer = async (call) => {
      call.publicationId = 'p1';
      return {};
    };
    expect((await create('{"name":"n"}')).headers['x-gatehouse-publication']).toBe('p1');
    service.answer = async () => ({});
    expect((await create('{"name":"n"}')).headers).not.toHaveProperty('x-gatehouse-publication');
  });

  it('answers with headers and bytes where its answer has such members', async () => {
    exports.answer = {
      contentType: 'application/octet-stream',
      contentDisposition: 'attachment; filename="swagger_1.json"',
      body: Buffer.from([0x7b, 0xff, 0x7d]),
    };
    const answer = await send('GET', '/restapis/a1b2c3d4e5/stages/prod/exports/swagger');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="swagger_1.json"',
      'content-length': '3',
    });
    expect([...answer.rawPayload]).toEqual([0x7b, 0xff, 0x7d]);
  });

  it('writes dates as seconds in v1', async () => {
    service.answer = async () => ({ createdDate: new Date('2026-03-01T10:00:00.999Z') });
    expect((await create('{"name":"n"}')).json()).toEqual({ createdDate: 1772359200 });
  });

  it("keeps tenants' keys that are names of Object's own", async () => {
    service.answer = async () => ({ tags: service.created.at(-1)!.tags });
    const tags = '{"__proto__":"a","constructor":"b","toString":"c"}';
    expect((await create(`{"name":"n","tags":${tags}}`)).body).toBe(`{"tags":${tags}}`);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('a');
  });

  it.each(['application/json', 'application/x-amz-json-1.1', 'text/plain', 'application/JSON ;charset=UTF-8', 'nonsense', ''])(
    'reads its body under the Content-Type "%s"',
    async (type) => {
      expect((await create('{"name":"n"}', { 'content-type': type })).statusCode).toBe(201);
    },
  );

  it('reads its body without a Content-Type, as the AWS CLI sends imports', async () => {
    const { port } = await listening();
    const answer = await exchange(
      port,
      'POST /restapis HTTP/1.1\r\nHost: x\r\nAuthorization: me\r\nConnection: close\r\nContent-Length: 12\r\n\r\n{"name":"n"}',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
  });

  it('may have an empty body under a JSON Content-Type', async () => {
    const answer = await send('DELETE', '/restapis/a1b2c3d4e5', undefined, {
      'content-type': 'application/json',
      'content-length': '0',
    });
    expect(answer.statusCode).toBe(202);
  });
});

describe('400', () => {
  it('SerializationException for JSON that is not well-formed', async () => {
    for (const body of ['{', '{"name":}', "{'name':'n'}", '\u0000', '{"name":"n"} x']) {
      expectError(await create(body), 400, 'SerializationException', /^The request body is not well-formed JSON$/);
    }
  });

  it('SerializationException for bytes that are not UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expectError(await create(body), 400, 'SerializationException', /well-formed/);
  });

  it('SerializationException for JSON that is no object', async () => {
    for (const body of ['[]', 'null', '1', '"x"', 'true']) {
      expectError(await create(body), 400, 'SerializationException', /^The request body is not a JSON object$/);
    }
  });

  it('SerializationException for a wrong type', async () => {
    expectError(
      await create('{"name":"n","tags":{"a":true}}'),
      400,
      'SerializationException',
      /^class java\.lang\.Boolean can not be converted to an String$/,
    );
  });

  it('ValidationException for what the model rules out', async () => {
    expectError(
      await create('{}'),
      400,
      'ValidationException',
      /^1 validation error detected: Value null at 'createRestApiInput\.name' failed/,
    );
  });

  it('BadRequestException that names unknown members', async () => {
    expectError(
      await create('{"name":"n","foo":1,"endpointConfiguration":{"bar":2}}'),
      400,
      'BadRequestException',
      /: endpointConfiguration\.bar, foo$/,
    );
  });

  it('BadRequestException for a path that is not well-formed', async () => {
    expectError(await send('GET', '/restapis/%zz'), 400, 'BadRequestException', /path/);
  });

  it.each(['foo', '', 'Import'])('BadRequestException for the mode "%s", which is not that of an import', async (mode) => {
    const answer = await send('POST', `/restapis?mode=${mode}`, '{"name":"n"}');
    expectError(answer, 400, 'BadRequestException', `Invalid mode specified: ${mode}. Must be one of: [import]`);
    expect(service.created).toEqual([]);
  });

  it('not for unknown query parameters and headers', async () => {
    expect((await send('POST', '/restapis?foo=bar', '{"name":"n"}', { 'x-foo': 'bar' })).statusCode).toBe(201);
  });
});

describe('security class: path normalisation against authorization', () => {
  it('403 without a key, on known and on unknown paths, before anything else is looked at', async () => {
    for (const url of [
      '/restapis',
      '/restapis/',
      '/nothing/here',
      '/',
      '/gatehouse/fleet',
      '/docs-json/../restapis',
      '//docs',
      '/docs%2f',
      '/healthz/',
    ]) {
      const answer = await test.app.inject({ method: 'GET', url });
      expectError(answer, 403, 'MissingAuthenticationTokenException', /^Missing Authentication Token$/);
    }
    expect(test.authorization.asked).toEqual([]);
  });

  it('403 before the input is judged', async () => {
    test.authorization.denied.add('apigateway:POST');
    expectError(await create('{"nonsense":1}'), 403, 'AccessDeniedException', /^not allowed$/);
    expect(test.authorization.asked).toEqual(['apigateway:POST arn:aws:apigateway:us-east-1::/restapis']);
  });

  it('decides on the path as the service sees it', async () => {
    await send('DELETE', '/restapis/a%2Fb');
    expect(test.authorization.asked).toEqual(['apigateway:DELETE arn:aws:apigateway:us-east-1::/restapis/a%2Fb']);
  });
});

describe('404', () => {
  it.each([
    ['GET', '/nothing/here?x=1'],
    ['PATCH', '/restapis'],
    ['HEAD', '/restapis'],
    ['OPTIONS', '/restapis'],
  ] as const)('for %s %s, which no operation has', async (method, url) => {
    const answer = await send(method, url);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['x-amzn-errortype']).toBe('UnknownOperationException');
    if (method !== 'HEAD')
      expect(answer.json()).toEqual({ message: `No operation has the method ${method} and the path ${url.split('?')[0]}` });
  });

  it('is not for an API with the empty id, which AWS was recorded to answer', async () => {
    const answer = await send('GET', '/restapis/');
    expect([answer.statusCode, answer.body, answer.headers['content-type']]).toEqual([200, '{}', 'application/json']);
  });

  it('is not for @connections, which is known and not built', async () => {
    expectError(
      await send('POST', '/prod/@connections/abc%3D', 'x'),
      501,
      'NotImplementedException',
      /^PostToConnection is not implemented\.$/,
    );
  });
});

describe('413', () => {
  it('for a body above 6 MB', async () => {
    const body = `{"name":"${'x'.repeat(BODY_LIMIT)}"}`;
    expectError(await create(body), 413, 'RequestTooLargeException', /6 MB/);
  });

  it('not for one of 6 MB', async () => {
    const body = `{"name":"${'x'.repeat(BODY_LIMIT - 11)}"}`;
    expect(body).toHaveLength(BODY_LIMIT);
    expect((await create(body)).statusCode).toBe(201);
  });
});

describe('security class: secrets in logs, errors, labels, job payloads', () => {
  it('500 tells the client nothing and stderr once, under the same request id', async () => {
    const stderr = vi.spyOn(console, 'error').mockImplementation(() => {});
    service.answer = async () => {
      throw new Error('secret detail');
    };
    const answer = await create('{"name":"n"}');
    expectError(answer, 500, 'InternalFailure', /^The request processing has failed because of an unknown error\.$/);
    expect(stderr).toHaveBeenCalledTimes(1);
    expect(stderr.mock.calls[0]![0]).toContain(`request ${String(answer.headers['x-amzn-requestid'])}: Error: secret detail`);
  });
});

describe('503, 409 and 400 of the database', () => {
  const failing = async (error: Error) => {
    service.answer = () => Promise.reject(error);
    return create('{"name":"n"}');
  };

  it('400 for a name that is longer than an index takes', async () => {
    const answer = await failing(
      Object.assign(new Error('x'), { driverError: Object.assign(new Error('y'), { code: '54000' }) }),
    );
    expectError(answer, 400, 'BadRequestException', /^A name in the request is too long$/);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '08006', '53300'])(
    '503 when the database is away (%s)',
    async (code) => {
      const answer = await failing(Object.assign(new Error('x'), { driverError: Object.assign(new Error('y'), { code }) }));
      expectError(answer, 503, 'ServiceUnavailableException', /unavailable/);
      expect(answer.headers['retry-after']).toBe('1');
    },
  );

  it('503 when a connection breaks off', async () => {
    expectError(
      await failing(new Error('Connection terminated unexpectedly')),
      503,
      'ServiceUnavailableException',
      /unavailable/,
    );
  });

  it.each(['40001', '40P01', '23505'])('409 when two writers meet (%s)', async (code) => {
    expectError(
      await failing(Object.assign(new Error('x'), { code })),
      409,
      'ConflictException',
      /^Unable to complete operation due to concurrent modification/,
    );
  });

  it("passes a service's own error on", async () => {
    expectError(await failing(new AwsError('NotFoundException', 'Invalid x')), 404, 'NotFoundException', /^Invalid x$/);
  });
});

describe('the path', () => {
  it('may be as long as an ARN with long names, and is decoded once', async () => {
    const arn = `arn:aws:apigateway:us-east-1::/restapis/a/stages/${'s'.repeat(500)}%41`;
    const answer = await send('GET', `/tags/${encodeURIComponent(arn)}`);
    expect(answer.statusCode).toBe(501);
    expect(test.authorization.asked).toEqual([`apigateway:GET arn:aws:apigateway:us-east-1::/tags/${encodeURIComponent(arn)}`]);
  });
});

describe('authentication', () => {
  it('is shown target and headers as they were received, and the bytes of the body', async () => {
    const { port } = await listening();
    const target = '/restapis/%41?b=%2f&a=1';
    await exchange(
      port,
      `POST ${target} HTTP/1.1\r\nhOst: x\r\nAuthorization: me\r\nX-A: 1\r\nx-a: 2\r\nConnection: close\r\nContent-Length: 3\r\n\r\n\u0001{x`,
    );
    expect(test.authentication.heads).toEqual([
      {
        method: 'POST',
        rawTarget: target,
        rawHeaders: ['hOst', 'x', 'Authorization', 'me', 'X-A', '1', 'x-a', '2', 'Connection', 'close', 'Content-Length', '3'],
      },
    ]);
    expect(test.authentication.bodies).toEqual([Buffer.from('\u0001{x')]);
  });

  it('refuses before a body is read', async () => {
    const { port } = await listening();
    // Ten bytes are announced and none is sent: the answer cannot have waited for them.
    const answer = await exchange(port, 'POST /restapis HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n', /\r\n\r\n\{.*\}$/s);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(test.authentication.bodies).toEqual([]);
  });
});

describe('open paths', () => {
  it('/healthz says whether the database answers', async () => {
    const health = () => test.app.inject({ method: 'GET', url: '/healthz' });
    expect((await health()).json()).toEqual({ status: 'ok', database: 'ok' });
    databaseAnswers = () => Promise.reject(new Error('down'));
    const answer = await health();
    expect({ status: answer.statusCode, body: answer.json<unknown>() }).toEqual({
      status: 200,
      body: { status: 'ok', database: 'unavailable' },
    });
  });

  it('/docs-json describes every operation and its classes', async () => {
    const answer = await test.app.inject({ method: 'GET', url: '/docs-json' });
    expect(answer.statusCode).toBe(200);
    const document = answer.json<{
      paths: Record<string, Record<string, { operationId: string }>>;
      components: { schemas: Record<string, object> };
    }>();
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    expect(operations).toEqual(expect.arrayContaining(['CreateRestApi', 'GetUsage', 'apigatewayv2.CreateApi']));
    expect(document.components.schemas).toMatchObject({
      CreateRestApiRequest: {
        required: ['name'],
        properties: { endpointConfiguration: { $ref: '#/components/schemas/EndpointConfiguration' } },
      },
      EndpointConfiguration: {
        properties: { types: { type: 'array', items: { type: 'string', enum: ['PRIVATE', 'EDGE', 'REGIONAL'] } } },
      },
      ApiStage: { properties: { throttle: { additionalProperties: { $ref: '#/components/schemas/ThrottleSettings' } } } },
      ThrottleSettings: {},
      'apigatewayv2.Authorizer': {},
      Authorizer: {},
    });
    const references = [...answer.body.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]!);
    expect(references.filter((name) => !Object.hasOwn(document.components.schemas, name))).toEqual([]);
  });

  it('/docs shows them', async () => {
    const page = await test.app.inject({ method: 'GET', url: '/docs' });
    expect({ status: page.statusCode, type: page.headers['content-type'] }).toEqual({
      status: 200,
      type: expect.stringMatching(/^text\/html/) as string,
    });
    const script = await test.app.inject({ method: 'GET', url: '/docs/swagger-ui-init.js' });
    expect(script.statusCode).toBe(200);
    const bundle = await test.app.inject({ method: 'GET', url: '/docs/swagger-ui-bundle.js' });
    expect(bundle.statusCode).toBe(200);
  });
});

let port: number | undefined;
/** A real socket, for what `inject` would tidy up. */
async function listening(): Promise<{ port: number }> {
  if (port === undefined) {
    await test.app.listen(0, '127.0.0.1');
    port = (test.app.getHttpServer().address() as AddressInfo).port;
  }
  return { port };
}

/** Sends bytes and gives what came back, until the connection ended or `until` matched. */
function exchange(to: number, bytes: string, until?: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(to, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (until?.test(received)) socket.destroy();
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}
