import type { Exchange } from '@gatehouse/pipeline';
import { once } from 'node:events';
import { connect as connectPlainly, createServer, type AddressInfo, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectSecurely } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AddressRanges } from './client-address/address-ranges.js';
import { proxyHeaderV2 } from './client-address/proxy-header.fixture.js';
import { TrustedProxies } from './client-address/trusted-proxies.js';
import type { ClientServerOptions } from './client-server.js';
import { answer, ScriptedServer, until } from './http1/http1.fixture.js';
import { localTls } from './tls/tls.fixture.js';

const BALANCER = '127.0.0.9';
const proxyProtocol = new AddressRanges([BALANCER]);
// Deadlines are waited for, and a busy machine takes longer.
vi.setConfig({ testTimeout: 20_000 });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const seen = ({ request }: Exchange) => `<${request.remoteAddress} ${request.localPort} ${request.secure}>`;

async function serving(options: Partial<ClientServerOptions>, tls = false): Promise<ScriptedServer> {
  const server = await ScriptedServer.start((exchange) => answer(exchange, seen(exchange)), options.limits, {
    ...options,
    tls: tls ? localTls() : null,
  });
  closers.push(() => server.close());
  return server;
}

/** A connection from one of the addresses of this machine. */
function from(localAddress: string, { port }: ScriptedServer): Socket & { text: string } {
  const socket = Object.assign(connectPlainly({ port, host: '127.0.0.1', localAddress }), { text: '' });
  socket.on('data', (chunk) => (socket.text += chunk.toString('latin1'))).on('error', () => undefined);
  closers.push(() => socket.destroy());
  return socket;
}

async function closed(socket: Socket & { text: string }): Promise<string> {
  await new Promise((resolve) => socket.once('close', resolve));
  return socket.text;
}

const v1 = (client: string) => `PROXY TCP4 ${client} 198.51.100.4 56324 8443\r\n`;
const V2 = proxyHeaderV2(0x21, 0x11, Buffer.from([192, 0, 2, 9, 198, 51, 100, 4, 220, 4, 1, 187]));
const LOCAL = proxyHeaderV2(0x20, 0);
const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

describe('a load balancer that speaks the PROXY protocol', () => {
  it.each([
    ['version 1', Buffer.from(v1('192.0.2.9')), '<192.0.2.9 8443 false>'],
    ['version 2', V2, '<192.0.2.9 443 false>'],
  ])('says for whom a connection is, by %s', async (_, header, client) => {
    const server = await serving({ proxyProtocol });
    const together = from(BALANCER, server);
    together.write(Buffer.concat([header, Buffer.from(GET)]));
    const apart = from(BALANCER, server);
    apart.write(header);
    await once(apart, 'connect');
    apart.write(GET);
    await until(() => together.text.includes('>') && apart.text.includes('>'));
    expect([together.text, apart.text]).toEqual([expect.stringContaining(client), expect.stringContaining(client)]);
    // And it holds for the whole connection.
    together.text = '';
    together.write(GET);
    await until(() => together.text.includes('>'));
    expect(together.text).toContain(client);
  });

  it('speaks for itself when it looks whether the gateway lives', async () => {
    const server = await serving({ proxyProtocol });
    const socket = from(BALANCER, server);
    socket.write(Buffer.concat([LOCAL, Buffer.from(GET)]));
    await until(() => socket.text.includes('>'));
    expect(socket.text).toContain(`<${BALANCER} ${server.port} false>`);
  });

  it('must say it: what does not begin so is not answered', async () => {
    const server = await serving({ proxyProtocol });
    const socket = from(BALANCER, server);
    socket.write(GET);
    expect(await closed(socket)).toBe('');
    expect([server.exchanges.length, server.server.counts.connections]).toEqual([0, 0]);
  });

  it('says it before TLS, in one write with what the client begins with', async () => {
    const server = await serving({ proxyProtocol }, true);
    const socket = from(BALANCER, server);
    await once(socket, 'connect');
    // The client's first bytes are caught, so that both go in one write.
    let header: Buffer | null = V2;
    const wrapped = new Duplex({
      read: () => undefined,
      write(chunk: Buffer, _encoding, done) {
        socket.write(header === null ? chunk : Buffer.concat([header, chunk]), done);
        header = null;
      },
    });
    socket.on('data', (chunk) => wrapped.push(chunk));
    const secured = connectSecurely({ socket: wrapped, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
    let text = '';
    secured.on('data', (chunk) => (text += chunk.toString('latin1')));
    secured.write(GET);
    await until(() => text.includes('>'));
    expect(text).toContain('<192.0.2.9 443 true>');
    secured.destroy();
  });

  it('security class: slowloris: connections are limited by the address of the client, not by its own', async () => {
    const limits = { connectionsPerAddress: 1 } as ClientServerOptions['limits'];
    const server = await serving({ proxyProtocol, limits });
    const [one, two] = [from(BALANCER, server), from(BALANCER, server)];
    one.write(v1('192.0.2.1') + GET);
    two.write(v1('192.0.2.2') + GET);
    await until(() => one.text.includes('>') && two.text.includes('>'));
    const again = from(BALANCER, server);
    again.write(v1('192.0.2.2') + GET);
    expect(await closed(again)).toBe('');
    expect(server.server.counts).toMatchObject({ connections: 2, refusedConnections: 1 });
    two.destroy();
    await until(() => server.server.counts.connections === 1);
    const later = from(BALANCER, server);
    later.write(v1('192.0.2.2') + GET);
    await until(() => later.text.includes('>'));
  });

  it('security class: slowloris: connections that have said nothing count among all', async () => {
    const limits = { connections: 2 } as ClientServerOptions['limits'];
    const server = await serving({ proxyProtocol, limits });
    const [one, two] = [from(BALANCER, server), from(BALANCER, server)];
    await until(() => server.server.counts.connections === 2);
    expect(await closed(from(BALANCER, server))).toBe('');
    one.destroy();
    two.destroy();
    await until(() => server.server.counts.connections === 0);
  });
});

describe('security class: spoofed trusted headers: anyone else', () => {
  it('who sends a PROXY header makes a bad request', async () => {
    const server = await serving({ proxyProtocol });
    for (const header of [Buffer.from(v1('192.0.2.9')), V2]) {
      const socket = from('127.0.0.1', server);
      socket.write(Buffer.concat([header, Buffer.from(GET)]));
      expect(await closed(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    }
    expect(server.exchanges).toHaveLength(0);
  });

  it('who sends one to a TLS listener gets no connection', async () => {
    const server = await serving({ proxyProtocol }, true);
    const socket = from('127.0.0.1', server);
    socket.write(V2);
    await closed(socket);
    expect(server.server.counts.connections).toBe(0);
  });

  it('is who it is, whatever its headers say', async () => {
    const trustedProxies = new TrustedProxies(new AddressRanges(['127.0.0.8']), 'x-forwarded-for');
    const server = await serving({ trustedProxies });
    const request = 'GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: https\r\n\r\n';
    const [stranger, proxy] = [from('127.0.0.1', server), from('127.0.0.8', server)];
    stranger.write(request);
    proxy.write(request);
    await until(() => stranger.text.includes('>') && proxy.text.includes('>'));
    expect(stranger.text).toContain(`<127.0.0.1 ${server.port} false>`);
    expect(proxy.text).toContain('<192.0.2.9 443 true>');
  });

  it('may be named by a trusted proxy whom a load balancer named', async () => {
    const trustedProxies = new TrustedProxies(new AddressRanges(['192.0.2.0/24']), 'x-forwarded-for');
    const server = await serving({ proxyProtocol, trustedProxies });
    const socket = from(BALANCER, server);
    socket.write(`${v1('192.0.2.9')}GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n`);
    await until(() => socket.text.includes('>'));
    expect(socket.text).toContain('<203.0.113.7 8443 false>');
  });
});

describe('draining', () => {
  it('waits for a connection whose handshake is under way, and serves what it carries', async () => {
    const server = await serving({}, true);
    const socket = from('127.0.0.1', server);
    await until(() => server.server.counts.connections === 1);
    const drained = server.drain(10_000);
    const secured = connectSecurely({ socket, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
    let text = '';
    secured.on('data', (chunk) => (text += chunk.toString('latin1')));
    secured.write(GET);
    await drained;
    expect(text).toContain('>');
  });

  it('cuts off those that say nothing when its time is over', async () => {
    const server = await serving({ proxyProtocol }, true);
    const [balancer, client] = [from(BALANCER, server), from('127.0.0.1', server)];
    await until(() => server.server.counts.connections === 2);
    await Promise.all([closed(balancer), closed(client), server.drain(1)]);
  });
});

describe('a client beside the gateway', () => {
  it('is served at its link-local address, which has no zone for anyone else', async () => {
    const server = await serving({});
    const listener = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (socket) => {
      // What Node says of such a client; not every machine has an interface for one.
      Object.defineProperty(socket, 'remoteAddress', { value: 'fe80::1%eth0' });
      server.server.accept(socket);
    }).listen(0, '127.0.0.1');
    closers.push(() => listener.close());
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const client = connectPlainly({ port, host: '127.0.0.1' });
    closers.push(() => client.destroy());
    let text = '';
    client.on('data', (chunk: Buffer) => (text += chunk.toString('latin1'))).on('error', () => undefined);
    client.write(GET);
    await until(() => text.includes('>') || client.closed);
    expect(text).toContain('<fe80::1 ');
  });
});
