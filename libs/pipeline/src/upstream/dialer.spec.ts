import { freePort } from '@gatehouse/testing';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConnectError } from './connect-error.js';
import { Dialer, type Resolve } from './dialer.js';
import { expired, selfSigned } from './self-signed.fixture.js';
import { parseTargetRule, TargetGuard } from './target-guard.js';
import { ask, closeLater, OK, until, upstreamWith } from './upstream.fixture.js';

/** Servers on the same free port of several addresses of this machine, each of which answers with its address. */
async function serversOn(...addresses: string[]) {
  const asked: string[] = [];
  const open: string[] = [];
  let port = 0;
  for (const address of addresses) {
    const server = createServer((socket) => {
      open.push(address);
      socket.on('close', () => open.splice(open.indexOf(address), 1));
      socket.on('error', () => undefined);
      socket.on('data', () => {
        asked.push(address);
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${address.length}\r\n\r\n${address}`);
      });
    });
    port = await listenOn(server, port, address);
  }
  return { port, asked, open };
}

async function listenOn(server: Server, port: number, address: string): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(port, address, resolve));
  closeLater(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as { port: number }).port;
}

/** Has an address say nothing to whoever connects: a listener that accepts nobody, behind which the queue is full. */
async function silentServer(port: number, address: string): Promise<void> {
  const worker = new Worker(
    `const { createServer } = require('node:net');
     const { parentPort, workerData } = require('node:worker_threads');
     createServer().listen({ ...workerData, backlog: 1 }, () => {
       parentPort.postMessage('listening');
       setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
     });`,
    { eval: true, workerData: { port, host: address } },
  );
  await new Promise((resolve) => worker.once('message', resolve));
  let queued = 0;
  const fillers = Array.from({ length: 4 }, () => connect(port, address, () => queued++).on('error', () => undefined));
  closeLater(() => {
    for (const filler of fillers) filler.destroy();
    return worker.terminate();
  });
  await until(() => queued >= 2);
}

/** A name service of one name, which counts how often it was asked. */
function names(...first: string[]) {
  const service = {
    addresses: first as string[] | Error,
    asked: 0,
    async resolve(): ReturnType<Resolve> {
      service.asked++;
      if (service.addresses instanceof Error) throw service.addresses;
      return service.addresses;
    },
  };
  return service;
}

const nameError = (code: string) => Object.assign(new Error(code), { code });

describe('names', () => {
  afterEach(() => void vi.useRealTimers());
  /** Lets time pass for the upstream, not for sockets. */
  const fakeTime = () => vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });

  it('are looked up once for connections that are made at a time', async () => {
    const { port, asked } = await serversOn('127.0.0.1');
    const service = names('127.0.0.1');
    const upstream = upstreamWith({ resolve: service.resolve });
    await Promise.all(Array.from({ length: 8 }, () => ask(upstream, { origin: `http://name.example:${port}` }).ending));
    expect([service.asked, asked.length]).toEqual([1, 8]);
  });

  it('that lead to several addresses are connected to in turn', async () => {
    const { port, asked } = await serversOn('127.0.0.1', '127.0.0.2', '127.0.0.3');
    const upstream = upstreamWith({ resolve: names('127.0.0.1', '127.0.0.2', '127.0.0.3').resolve });
    const calls = Array.from({ length: 6 }, () => ask(upstream, { origin: `http://name.example:${port}` }));
    await Promise.all(calls.map(({ ending }) => ending));
    expect(asked.sort()).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.2', '127.0.0.2', '127.0.0.3', '127.0.0.3']);
  });

  it('that lead elsewhere are followed: what is idle at the old address is closed', async () => {
    fakeTime();
    const { port, open } = await serversOn('127.0.0.1', '127.0.0.2');
    const service = names('127.0.0.1');
    const upstream = upstreamWith({ resolve: service.resolve, keepAliveTimeout: 60_000 });
    const request = { origin: `http://name.example:${port}` };
    const first = ask(upstream, request);
    expect([await first.ending, first.body]).toEqual(['ended', '127.0.0.1']);
    service.addresses = ['127.0.0.2'];
    vi.advanceTimersByTime(9_000);
    const second = ask(upstream, request);
    expect([await second.ending, second.body, service.asked]).toEqual(['ended', '127.0.0.1', 1]);
    vi.advanceTimersByTime(2_000);
    await until(() => open.length === 0);
    const third = ask(upstream, request);
    expect([await third.ending, third.body, service.asked]).toEqual(['ended', '127.0.0.2', 2]);
  });

  it('that lead elsewhere let what is under way at the old address end, and then leave it', async () => {
    fakeTime();
    const sockets: Socket[] = [];
    const old = createServer((socket) => void sockets.push(socket));
    const port = await listenOn(old, 0, '127.0.0.1');
    const asked: Socket[] = [];
    const changed = createServer((socket) => socket.on('data', () => asked.push(socket) && socket.write(OK)));
    await listenOn(changed, port, '127.0.0.2');
    const service = names('127.0.0.1');
    const upstream = upstreamWith({ resolve: service.resolve });
    const first = ask(upstream, { origin: `http://name.example:${port}` });
    await until(() => first.sent === 1);
    service.addresses = ['127.0.0.2'];
    vi.advanceTimersByTime(11_000);
    await until(() => service.asked === 2);
    sockets[0]?.write(OK);
    expect(await first.ending).toBe('ended');
    expect(await ask(upstream, { origin: `http://name.example:${port}` }).ending).toBe('ended');
    expect(asked.length).toBe(1);
  });

  it('that lead elsewhere while a connection is being made leave it unused', async () => {
    fakeTime();
    const { port, asked } = await serversOn('127.0.0.1', '127.0.0.2');
    const service = names('127.0.0.1');
    const upstream = upstreamWith({ resolve: service.resolve });
    const first = ask(upstream, { origin: `http://name.example:${port}` });
    // The address is known by then, and the connection is not there yet.
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    service.addresses = ['127.0.0.2'];
    vi.advanceTimersByTime(11_000);
    const second = ask(upstream, { origin: `http://name.example:${port}` });
    expect(await Promise.all([first.ending, second.ending])).toEqual(['ended', 'ended']);
    expect([service.asked, asked]).toEqual([2, ['127.0.0.2', '127.0.0.2']]);
  });

  it('hold as they were while the name service says nothing', async () => {
    fakeTime();
    const { port } = await serversOn('127.0.0.1');
    const service = names('127.0.0.1');
    const upstream = upstreamWith({ resolve: service.resolve, connectionsPerOrigin: 2, keepAliveTimeout: 60_000 });
    const request = { origin: `http://name.example:${port}` };
    expect(await ask(upstream, request).ending).toBe('ended');
    service.addresses = nameError('EAI_AGAIN');
    vi.advanceTimersByTime(11_000);
    const both = [ask(upstream, request), ask(upstream, request)];
    expect(await Promise.all(both.map(({ ending }) => ending))).toEqual(['ended', 'ended']);
    expect(service.asked).toBeGreaterThan(1);
    service.addresses = nameError('ENOTFOUND');
    vi.advanceTimersByTime(70_000);
    expect(await ask(upstream, request).ending).toBe('network');
  });

  it('hold as they were while the name service does not answer at all', async () => {
    fakeTime();
    const { port } = await serversOn('127.0.0.1');
    let asked = 0;
    const resolve = () => (asked++ === 0 ? Promise.resolve(['127.0.0.1']) : new Promise<string[]>(() => undefined));
    const upstream = upstreamWith({ resolve, keepAliveTimeout: 5_000 });
    const request = { origin: `http://name.example:${port}` };
    expect(await ask(upstream, request).ending).toBe('ended');
    vi.advanceTimersByTime(100_000);
    expect(await ask(upstream, request).ending).toBe('ended');
    expect(asked).toBe(2);
  });

  it.each([
    ['does not exist', async () => Promise.reject(nameError('ENOTFOUND'))],
    ['is not answered for', () => new Promise<string[]>(() => undefined)],
  ])('one that %s is no backend', async (_, resolve) => {
    const upstream = upstreamWith({ resolve, connectTimeout: 50 });
    const told = ask(upstream, { origin: 'http://name.example' });
    expect(await told.ending).toBe('network');
  });
});

describe('addresses', () => {
  it('that refuse connections are passed over, and come last from then on', async () => {
    const { port, asked } = await serversOn('127.0.0.1');
    const upstream = upstreamWith({ resolve: names('127.0.0.9', '127.0.0.8', '127.0.0.1').resolve });
    const calls = Array.from({ length: 6 }, () => ask(upstream, { origin: `http://name.example:${port}` }));
    expect(await Promise.all(calls.map(({ ending }) => ending))).toEqual(calls.map(() => 'ended'));
    expect(asked.length).toBe(6);
  });

  it('that say nothing are not waited for', async () => {
    const { port } = await serversOn('127.0.0.1');
    await silentServer(port, '127.0.0.4');
    const sockets = () => process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;
    const before = sockets();
    const upstream = upstreamWith({ resolve: names('127.0.0.4', '127.0.0.1').resolve });
    expect(await ask(upstream, { origin: `http://name.example:${port}` }).ending).toBe('ended');
    // Both ends of the connection are here; the attempt at the other address is not left to itself.
    await until(() => sockets() === before + 2);
  });

  it('that say nothing, without another one, are given up', async () => {
    const port = await freePort();
    await silentServer(port, '127.0.0.4');
    const upstream = upstreamWith({ resolve: names('127.0.0.4').resolve, connectTimeout: 100 });
    const told = ask(upstream, { origin: `http://name.example:${port}` });
    expect([await told.ending, (told.error?.cause as Error).message]).toEqual(['network', 'ETIMEDOUT']);
  });

  it('of both families are tried', async () => {
    const { port } = await serversOn('127.0.0.1');
    const upstream = upstreamWith({ resolve: names('::1', '127.0.0.1').resolve });
    const calls = [1, 2, 3, 4].map(() => ask(upstream, { origin: `http://name.example:${port}` }));
    expect(await Promise.all(calls.map(({ ending }) => ending))).toEqual(calls.map(() => 'ended'));
  });
});

it('what cannot even be tried fails at once, and nothing of it is left', async () => {
  const target = {
    host: '127.0.0.1',
    port: 65_536,
    secure: false,
    serverName: '127.0.0.1',
    isTrusted: false,
    insecureSkipVerification: false,
    clientCertificate: undefined,
  };
  const dialer = new Dialer(target, { guard: new TargetGuard(), resolve: () => Promise.reject(new Error()), connectTimeout: 50 });
  await expect(dialer.connect()).rejects.toBeInstanceOf(ConnectError);
  // Its time limit would reject what nobody waits for.
  await new Promise((resolve) => setTimeout(resolve, 100));
});

describe('security class: SSRF by integrations', () => {
  const guard = new TargetGuard([parseTargetRule('127.0.0.2')]);

  it('of the addresses of a name only those that are permitted are connected to', async () => {
    const { port, asked } = await serversOn('127.0.0.1', '127.0.0.2');
    const upstream = upstreamWith({ guard, resolve: names('127.0.0.2', '127.0.0.1').resolve });
    const calls = [1, 2, 3, 4].map(() => ask(upstream, { origin: `http://name.example:${port}` }));
    expect(await Promise.all(calls.map(({ ending }) => ending))).toEqual(calls.map(() => 'ended'));
    expect(new Set(asked)).toEqual(new Set(['127.0.0.1']));
  });

  it('a permitted address that fails leads to no other one', async () => {
    const { port, asked } = await serversOn('127.0.0.2');
    const upstream = upstreamWith({ guard, resolve: names('127.0.0.1', '127.0.0.2').resolve });
    expect(await ask(upstream, { origin: `http://name.example:${port}` }).ending).toBe('network');
    expect(asked).toEqual([]);
  });

  it.each(['name.example', '127.0.0.2', '[::ffff:127.0.0.2]'])(
    '%s, which leads to a refused one alone, is refused',
    async (host) => {
      const { port, asked } = await serversOn('127.0.0.2');
      const upstream = upstreamWith({ guard, resolve: names('127.0.0.2').resolve });
      expect(await ask(upstream, { origin: new URL(`http://${host}:${port}`).origin }).ending).toBe('refused-target');
      expect(asked).toEqual([]);
    },
  );

  it('the address that was looked at is the one that is connected to, whatever the name says a moment later', async () => {
    const { port, asked } = await serversOn('127.0.0.1', '127.0.0.2');
    let asks = 0;
    const resolve = async () => [asks++ === 0 ? '127.0.0.1' : '127.0.0.2'];
    const upstream = upstreamWith({ guard, resolve });
    const calls = [1, 2, 3, 4].map(() => ask(upstream, { origin: `http://name.example:${port}` }));
    await Promise.all(calls.map(({ ending }) => ending));
    expect(asked).not.toContain('127.0.0.2');
  });

  it('a connection to an address that is refused from now on is not used again', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
    try {
      const { port, asked, open } = await serversOn('127.0.0.1');
      let blocked = '127.0.0.7';
      const changing = new TargetGuard([parseTargetRule('vault.example')], [], async () => [blocked]);
      const upstream = upstreamWith({ guard: changing, keepAliveTimeout: 600_000 });
      expect(await ask(upstream, { origin: `http://127.0.0.1:${port}` }).ending).toBe('ended');
      blocked = '127.0.0.1';
      vi.advanceTimersByTime(31_000);
      await until(() => open.length === 0);
      expect(await ask(upstream, { origin: `http://127.0.0.1:${port}` }).ending).toBe('refused-target');
      expect(asked.length).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('TLS', () => {
  const trusted = getCACertificates('default');
  afterEach(() => setDefaultCACertificates(trusted));

  async function tlsBackend(certificate: { key: string; cert: string }) {
    const sockets: TLSSocket[] = [];
    const resumed: boolean[] = [];
    const server = createTlsServer({ ...certificate, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
      sockets.push(socket);
      resumed.push(socket.isSessionReused());
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        if (chunk.toString().startsWith('GET /close')) socket.end(OK.replace('\r\n', '\r\nConnection: close\r\n'));
        else socket.write(OK);
      });
    });
    server.on('tlsClientError', () => undefined);
    const port = await listenOn(server, 0, '127.0.0.1');
    return { port, sockets, resumed };
  }
  const at = names('127.0.0.1').resolve;

  it('verifies the certificate, says the name, and speaks HTTP/1.1', async () => {
    setDefaultCACertificates([selfSigned.cert]);
    const { port, sockets } = await tlsBackend(selfSigned);
    const upstream = upstreamWith({ resolve: at });
    for (let n = 0; n < 3; n++) {
      const told = ask(upstream, { origin: `https://localhost:${port}` });
      expect([await told.ending, told.body]).toEqual(['ended', 'ok']);
    }
    expect(sockets.length).toBe(1);
    const { servername, alpnProtocol } = sockets[0] as TLSSocket & { servername: string };
    expect([servername, alpnProtocol]).toEqual(['localhost', 'http/1.1']);
  });

  it.each([
    ['that nobody vouches for', selfSigned, [], 'localhost'],
    ['of another name', selfSigned, [selfSigned.cert], 'name.example'],
    ['of a name, for an address', selfSigned, [selfSigned.cert], '127.0.0.1'],
    ['that has expired', expired, [expired.cert], 'localhost'],
  ])('does not send a request to a backend with a certificate %s', async (_, certificate, authorities, host) => {
    setDefaultCACertificates(authorities);
    const { port, sockets } = await tlsBackend(certificate);
    const upstream = upstreamWith({ resolve: at });
    // However often it is asked: that is no backend which is down.
    for (let n = 0; n < 5; n++) expect(await ask(upstream, { origin: `https://${host}:${port}` }).ending).toBe('protocol');
    expect(sockets.every((socket) => socket.bytesRead === 0)).toBe(true);
    // Where that is asked for, any will do, on connections of their own.
    const told = ask(upstream, { origin: `https://${host}:${port}`, insecureSkipVerification: true });
    expect([await told.ending, told.body]).toEqual(['ended', 'ok']);
    expect(await ask(upstream, { origin: `https://${host}:${port}` }).ending).toBe('protocol');
  });

  it('takes a session up again', async () => {
    setDefaultCACertificates([selfSigned.cert]);
    const { port, resumed } = await tlsBackend(selfSigned);
    const upstream = upstreamWith({ resolve: at });
    for (let n = 0; n < 2; n++)
      expect(await ask(upstream, { origin: `https://localhost:${port}`, path: '/close' }).ending).toBe('ended');
    expect(resumed).toEqual([false, true]);
  });

  it('that breaks off at one address is tried at the next, and at that one last from then on', async () => {
    setDefaultCACertificates([selfSigned.cert]);
    const { port, sockets } = await tlsBackend(selfSigned);
    let broken = 0;
    await listenOn(
      createServer((socket) => {
        broken++;
        socket.on('error', () => undefined).on('data', () => socket.destroy());
      }),
      port,
      '127.0.0.2',
    );
    const upstream = upstreamWith({ resolve: names('127.0.0.2', '127.0.0.1').resolve });
    for (let n = 0; n < 4; n++)
      expect(await ask(upstream, { origin: `https://localhost:${port}`, path: '/close' }).ending).toBe('ended');
    expect([broken, sockets.length]).toEqual([1, 4]);
  });

  it('with a backend that speaks none is no HTTP', async () => {
    const plain = createServer((socket) => socket.on('error', () => undefined).on('data', () => socket.end(OK)));
    const port = await listenOn(plain, 0, '127.0.0.1');
    expect(await ask(upstreamWith(), { origin: `https://127.0.0.1:${port}` }).ending).toBe('protocol');
  });

  it('with a backend that hangs up or says nothing is given up', async () => {
    const hangingUp = createServer((socket) => socket.on('error', () => undefined).on('data', () => socket.destroy()));
    const silent = createServer(() => undefined);
    for (const server of [hangingUp, silent]) {
      const port = await listenOn(server, 0, '127.0.0.1');
      const told = ask(upstreamWith({ connectTimeout: 200 }), { origin: `https://127.0.0.1:${port}` });
      expect(await told.ending).toBe('network');
    }
  });
});
