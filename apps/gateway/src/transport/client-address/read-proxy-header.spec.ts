import { Wire } from '@gatehouse/http1';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProxyHeader } from './proxy-header.js';
import { proxyHeaderV2 } from './proxy-header.fixture.js';
import { readProxyHeaderOf } from './read-proxy-header.js';

const LINE = 'PROXY TCP4 192.0.2.9 198.51.100.4 56324 443\r\n';

describe('reading a PROXY header from a connection', () => {
  let server: Server;
  let client: Socket;
  let told: Promise<{ header: ProxyHeader; rest: string; socket: Socket }>;
  let clientClosed: Promise<unknown>;

  beforeEach(async () => {
    server = createServer({ pauseOnConnect: true, allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    told = new Promise((resolve) => {
      server.on('connection', (socket) =>
        readProxyHeaderOf(socket, (header, rest) => resolve({ header, rest: rest.toString('latin1'), socket })),
      );
    });
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => undefined);
    clientClosed = once(client.resume(), 'close');
    await once(client, 'connect');
  });
  afterEach(() => {
    client.destroy();
    server.close();
  });

  it('hands over what came behind it, and leaves the rest to the next reader', async () => {
    client.write(`${LINE}GET / HT`);
    const { header, rest, socket } = await told;
    expect(header.connection?.source.address).toBe('192.0.2.9');
    expect(rest).toBe('GET / HT');
    const came: string[] = [];
    const whole = new Promise<void>((resolve) => {
      const wire = Wire.accepted(socket, {
        midway: false,
        received: (chunk) => {
          came.push(chunk.toString('latin1'));
          wire.writeText('answer');
        },
        ended: resolve,
        drained: () => undefined,
        closed: () => undefined,
      });
    });
    client.end('TP/1.1\r\n');
    await whole;
    expect(came.join('')).toBe('TP/1.1\r\n');
    socket.destroy();
  });

  it('takes one that comes byte by byte', async () => {
    const bytes = proxyHeaderV2(0x20, 0);
    for (const byte of bytes) {
      client.write(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { header, rest } = await told;
    expect([header, rest]).toEqual([{ connection: null, length: bytes.length }, '']);
  });

  it.each([
    ['another protocol', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a malformed header', 'PROXY TCP4 a b c d\r\n'],
    ['a line without an end', `PROXY UNKNOWN ${'x'.repeat(200)}`],
  ])('security class: spoofed trusted headers: closes a connection with %s and answers nothing', async (_, text) => {
    let answer = '';
    client.on('data', (chunk) => (answer += chunk.toString('latin1')));
    client.write(text);
    await clientClosed;
    expect(answer).toBe('');
  });

  it('closes a connection that ends before its header is whole', async () => {
    client.end(LINE.slice(0, 20));
    await clientClosed;
  });
});

it('security class: slowloris: a connection that sends no PROXY header in time is closed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
    client.on('error', () => undefined);
    const [socket] = (await once(server, 'connection')) as [Socket];
    readProxyHeaderOf(socket, () => expect.unreachable());
    client.write('PROXY ');
    await once(socket, 'data');
    vi.advanceTimersByTime(4_999);
    expect(socket.destroyed).toBe(false);
    vi.advanceTimersByTime(1);
    expect(socket.destroyed).toBe(true);
    await once(client, 'close');
  } finally {
    vi.useRealTimers();
    server.close();
  }
});
