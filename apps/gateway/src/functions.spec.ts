import { httpBackend, restApiModel, type HttpBackend } from '@gatehouse/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { crc32 } from 'node:zlib';
import { accessRecord } from './access-log/access-record.js';
import { Documents } from './documents.fixture.js';
import { HOST, socketGateway, type SocketGateway } from './gateway.fixture.js';
import { bodyOf, exchangeRaw, RawClient } from './raw-client.fixture.js';

// Functions behind an API, seen from the sockets on both sides. The rules of events and answers are told by the pipeline's specs.

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:hello';
const path = (version: string, verb: string) => `arn:aws:apigateway:us-east-1:lambda:path/${version}/functions/${ARN}/${verb}`;
const STREAM = { 'Content-Type': 'application/vnd.amazon.eventstream' };
const BEGIN = `{"statusCode":200,"headers":{"Content-Type":"text/plain"}}${'\0'.repeat(8)}`;

let lambda: HttpBackend;
let answer: NonNullable<Parameters<typeof httpBackend>[0]>;
let gateway: SocketGateway;

beforeAll(async () => {
  lambda = await httpBackend((response, request) => answer(response, request));
  const integration = { type: 'AWS_PROXY', httpMethod: 'POST', uri: path('2015-03-31', 'invocations') } as const;
  const streamed = { ...integration, uri: path('2021-11-15', 'response-streaming-invocations'), timeoutInMillis: 300 } as const;
  const model = restApiModel({
    'ANY /': { integration },
    'ANY /{proxy+}': { integration },
    'ANY /stream': { integration: streamed },
  });
  gateway = await socketGateway(model, { lambda: lambda.url });
  gateway.table.apply(new Documents().stage(model).domain('api.example.com', { pets: 'abcdefghij/prod' }).batch());
});
beforeEach(() => void lambda.received.splice(0));
afterAll(async () => {
  await gateway.close();
  await lambda.close();
});

const request = (target: string, { method = 'GET', host = HOST, headers = '', body = '' } = {}) =>
  `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${headers}\r\n${body}`;
const eventOf = (place = 0) => JSON.parse(lambda.received[place]!.body) as Record<string, Record<string, unknown>>;

function frame(type: string, body: string): Buffer {
  const head = Buffer.concat(
    [':message-type', 'event', ':event-type', type].map((text, i) =>
      i % 2 === 0
        ? Buffer.from(`${String.fromCharCode(text.length)}${text}\x07`)
        : Buffer.from(`\0${String.fromCharCode(text.length)}${text}`),
    ),
  );
  const message = Buffer.alloc(16 + head.length + body.length);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(head.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  head.copy(message, 12);
  message.write(body, 12 + head.length, 'latin1');
  message.writeUInt32BE(crc32(message.subarray(0, -4)), message.length - 4);
  return message;
}

describe('functions behind an API', () => {
  it('answer, and the log says how Lambda did', async () => {
    answer = (response) => response.end('{"statusCode":201,"headers":{"X-A":"Gr\u00fc\u00dfe"},"body":"hello"}');
    const outcome = gateway.nextOutcome();
    const { text } = await exchangeRaw(
      gateway.port,
      request('/prod/a', { method: 'POST', headers: 'Content-Length: 2\r\n', body: 'hi' }),
    );
    expect(text).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
    expect(text).toContain(`X-A: ${Buffer.from('Grüße').toString('latin1')}\r\n`);
    expect(bodyOf(text)).toBe('hello');
    expect(eventOf()).toMatchObject({ body: 'hi', path: '/a', requestContext: { path: '/prod/a' } });
    const record = JSON.parse(accessRecord(await outcome)) as Record<string, unknown>;
    expect(record).toMatchObject({ status: 201, integrationStatus: 200, resourcePath: '/{proxy+}', bytes: 5 });
    expect(record['integrationLatency']).toBeGreaterThan(0);
  });

  it.each([
    ['/prod//a//b', HOST, { path: '/a//b', contextPath: '/prod//a//b' }],
    ['/prod', HOST, { path: '/', contextPath: '/prod' }],
    ['/_aws/execute-api/abcdefghij/prod/a', 'localhost', { path: '/a', contextPath: '/prod/a' }],
    ['/restapis/abcdefghij/prod/_user_request_/a', 'localhost', { path: '/a', contextPath: '/prod/a' }],
    ['/pets/a', 'api.example.com', { path: '/pets/a', contextPath: '/pets/a' }],
  ])('%s on %s: %j', async (target, host, { path: own, contextPath }) => {
    answer = (response) => response.end('{}');
    await exchangeRaw(gateway.port, request(target, { host }));
    expect(eventOf()).toMatchObject({ path: own, requestContext: { path: contextPath, domainName: host, stage: 'prod' } });
  });

  it('HEAD has the length of the body, and not the body', async () => {
    answer = (response) => response.end('{"body":"hello"}');
    const { text } = await exchangeRaw(gateway.port, request('/prod/a', { method: 'HEAD' }));
    expect(text).toContain('Content-Length: 5\r\n');
    expect(bodyOf(text)).toBe('');
  });

  it('a failure is answered, and the log says why', async () => {
    answer = (response) => response.writeHead(200, { 'X-Amz-Function-Error': 'Unhandled' }).end('{"errorMessage":"no"}');
    const outcome = gateway.nextOutcome();
    const { text } = await exchangeRaw(gateway.port, request('/prod/a'));
    expect(text).toMatch(/^HTTP\/1\.1 502 /);
    expect(text).toContain('x-amzn-ErrorType: InternalServerErrorException\r\n');
    expect(bodyOf(text)).toBe('{"message":"Internal server error"}');
    expect(accessRecord(await outcome)).toContain('"error":{"type":"INTEGRATION_FAILURE","reason":"the function failed: ');
  });
});

describe('functions that stream', () => {
  it('give their first bytes at once, in chunks', async () => {
    let end = () => undefined as void;
    answer = (response) => {
      response.writeHead(200, STREAM).write(frame('PayloadChunk', `${BEGIN}one`));
      end = () => void response.end(Buffer.concat([frame('PayloadChunk', 'two'), frame('InvokeComplete', '{}')]));
    };
    const client = new RawClient(gateway.port).send(request('/prod/stream'));
    expect(await client.until(/one/)).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[^]*Content-Type: text\/plain\r\n[^]*Transfer-Encoding: chunked\r\n/,
    );
    end();
    expect(bodyOf((await client.closed()).text)).toBe('3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n');
  });

  it('and break off are never taken for whole', async () => {
    answer = (response) => response.writeHead(200, STREAM).end(frame('PayloadChunk', `${BEGIN}one`));
    const { text } = await exchangeRaw(gateway.port, request('/prod/stream'));
    expect(text).not.toContain('0\r\n\r\n');
  });

  it('a client that takes nothing holds the function back, not its bytes in memory', async () => {
    const CHUNKS = 800;
    let written = 0;
    const chunk = frame('PayloadChunk', 'x'.repeat(65_536));
    answer = (response) => {
      response.writeHead(200, STREAM).write(frame('PayloadChunk', BEGIN));
      const go = () => {
        while (written < CHUNKS) {
          written++;
          if (!response.write(chunk)) return void response.once('drain', go);
        }
        response.end(frame('InvokeComplete', '{}'));
      };
      go();
    };
    const client = new RawClient(gateway.port).send(request('/prod/stream'));
    await client.until(/xxx/);
    client.socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(written).toBeLessThan(CHUNKS);
    client.socket.resume();
    const { text } = await client.closed();
    expect(text.endsWith('0\r\n\r\n')).toBe(true);
    expect(text.length).toBeGreaterThan(CHUNKS * 65_536);
  });
});
