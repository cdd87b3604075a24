import { httpBackend, restApiModel, socketBackend, type TestBackend } from '@gatehouse/testing';
import {
  CANCEL,
  DATA,
  END_HEADERS,
  END_STREAM,
  fields,
  frame,
  FrameClient,
  INTERNAL_ERROR,
  NO_ERROR,
  RST_STREAM,
  uint32,
} from '@gatehouse/testing/http2-frames';
import { once } from 'node:events';
import { connect, type ClientHttp2Session, type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { accessRecord } from '../../access-log/access-record.js';
import { HOST, socketGateway, type SocketGateway } from '../../gateway.fixture.js';
import { until } from '../http1/http1.fixture.js';
import { localTls } from '../tls/tls.fixture.js';

// Deadlines are waited for, and a busy machine takes longer.
vi.setConfig({ testTimeout: 20_000 });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function before(backend: TestBackend, bodyLimit?: number): Promise<SocketGateway> {
  closers.push(() => backend.close());
  const integration = { type: 'HTTP_PROXY' as const, uri: `${backend.url}/b`, timeoutInMillis: 5000 };
  const gateway = await socketGateway(restApiModel({ 'ANY /b': { integration } }), { tls: localTls(), bodyLimit });
  closers.push(() => gateway.close());
  return gateway;
}

function session({ port }: SocketGateway): ClientHttp2Session {
  const client = connect(`https://localhost:${port}`, { rejectUnauthorized: false });
  client.on('error', () => undefined);
  closers.push(() => client.destroy());
  return client;
}

async function answerTo(stream: ClientHttp2Stream): Promise<{ headers: IncomingHttpHeaders; body: string }> {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [[headers]] = await Promise.all([once(stream, 'response') as Promise<[IncomingHttpHeaders]>, once(stream, 'end')]);
  return { headers, body: Buffer.concat(chunks).toString('latin1') };
}

const to = (method: string, more: Record<string, string> = {}) => ({
  ':method': method,
  ':path': '/prod/b',
  ':authority': HOST,
  ...more,
});
const upload = fields([':method', 'POST'], [':scheme', 'https'], [':path', '/prod/b'], [':authority', HOST]);

/** A backend whose connections and everything that they got are at hand. */
async function recordingBackend(act: (socket: Socket, text: string) => void = () => undefined) {
  const connections: { text: string; closed: boolean }[] = [];
  const backend = await socketBackend((socket) => {
    const connection = { text: '', closed: false };
    connections.push(connection);
    socket.on('data', (chunk) => {
      connection.text += chunk.toString('latin1');
      act(socket, connection.text);
    });
    socket.on('close', () => (connection.closed = true));
  });
  return { ...backend, connections };
}

describe('HTTP/2 through the gateway', () => {
  it('reaches a backend as HTTP/1.1, and its answer comes back', async () => {
    const backend = await httpBackend((response, { body }) => {
      response.writeHead(201, { 'X-Answer': 'a', Connection: 'close' });
      response.end(`got ${body}`);
    });
    const gateway = await before(backend);
    const stream = session(gateway).request(to('POST', { cookie: 'a=1', 'x-forwarded-for': '6.6.6.6', te: 'trailers' }));
    stream.end('hello');
    const { headers, body } = await answerTo(stream);
    expect([headers[':status'], headers['x-answer'], headers['connection'], body]).toEqual([201, 'a', undefined, 'got hello']);
    const [received] = backend.received;
    expect(received?.method).toBe('POST');
    expect(received?.header('transfer-encoding')).toBe('chunked');
    expect(received?.header('x-forwarded-for')).toBe('127.0.0.1');
    expect(received?.header('x-forwarded-proto')).toBe('https');
    expect(received?.header('cookie')).toBe('a=1');
    expect(received?.header('te')).toBeUndefined();
    await until(() => gateway.outcomes.length === 1);
    expect(JSON.parse(accessRecord(gateway.outcomes[0]!))).toMatchObject({ protocol: 'HTTP/2.0', status: 201, bytes: 9 });
  });

  it('announces the length of a body where the client did', async () => {
    const backend = await httpBackend();
    const stream = session(await before(backend)).request(to('PUT', { 'content-length': '5' }));
    stream.end('hello');
    await answerTo(stream);
    expect([backend.received[0]?.header('content-length'), backend.received[0]?.body]).toEqual(['5', 'hello']);
  });

  it('refuses what is too large before it is sent, and while it comes', async () => {
    const gateway = await before(await httpBackend(), 10);
    const client = session(gateway);
    const announced = client.request(to('POST', { 'content-length': '11', expect: '100-continue' }));
    announced.on('continue', () => expect.unreachable());
    expect((await answerTo(announced)).headers[':status']).toBe(413);
    const growing = client.request(to('POST'));
    growing.on('error', () => undefined).write('0123456789x');
    expect((await answerTo(growing)).headers[':status']).toBe(413);
  });
});

describe('security class: stream lifetime: HTTP/2 through the gateway', () => {
  it.each([
    ['CANCEL', CANCEL],
    ['no error', NO_ERROR],
  ])('a body that the client resets with %s never reaches its end at the backend', async (_, code) => {
    const backend = await recordingBackend();
    const gateway = await before(backend);
    const client = await FrameClient.greeting(gateway.port);
    closers.push(() => client.close());
    client.request(1, upload, END_HEADERS).send(frame(DATA, 0, 1, Buffer.from('part')));
    await until(() => backend.connections[0]?.text.includes('part') ?? false);
    client.send(frame(RST_STREAM, 0, 1, uint32(code)));
    await until(() => backend.connections[0]?.closed ?? false);
    expect(backend.connections[0]?.text).not.toMatch(/0\r\n\r\n$/);
    await until(() => gateway.outcomes.length === 1);
    expect(gateway.outcomes[0]).toMatchObject({ aborted: true });
  });

  it('an answer that breaks off at the backend is reset', async () => {
    const backend = await recordingBackend((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n');
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    const gateway = await before(backend);
    const client = await FrameClient.greeting(gateway.port);
    closers.push(() => client.close());
    client.request(
      1,
      fields([':method', 'GET'], [':scheme', 'https'], [':path', '/prod/b'], [':authority', HOST]),
      END_HEADERS | END_STREAM,
    );
    expect(await client.resetOf(1)).toBe(INTERNAL_ERROR);
    expect(client.hasEnded(1)).toBe(false);
  });

  it('a client that goes away ends the call of the backend', async () => {
    const backend = await recordingBackend();
    const gateway = await before(backend);
    const client = await FrameClient.greeting(gateway.port);
    client.request(1, upload, END_HEADERS | END_STREAM);
    await until(() => backend.connections.length === 1 && backend.connections[0]?.text !== '');
    client.close();
    await until(() => backend.connections[0]?.closed ?? false);
    await until(() => gateway.outcomes.length === 1);
  });
});
