import { describe, expect, it, vi } from 'vitest';
import { ask, OK, scriptedBackend, SpecBody, until, upstreamWith, type BackendSocket } from './upstream.fixture.js';

const say = (text: string) => (connection: BackendSocket) => void connection.socket.write(text, 'latin1');

describe('a request', () => {
  it('goes out as it is, with Host first, and nothing of the connection', async () => {
    const backend = await scriptedBackend(say(OK));
    const told = ask(upstreamWith(), { origin: backend.url, path: '/a%20b?c=d', headers: ['X-One', '1', 'x-one', 'zw\u00e9i'] });
    expect(await told.ending).toBe('ended');
    expect(backend.heads).toEqual([
      `GET /a%20b?c=d HTTP/1.1\r\nHost: 127.0.0.1:${backend.port}\r\nX-One: 1\r\nx-one: zw\u00e9i\r\n`,
    ]);
    expect([told.status, told.headers, told.length, told.body, told.sent]).toEqual([200, ['Content-Length', '2'], 2, 'ok', 1]);
  });

  it('keeps a Host that it has', async () => {
    const backend = await scriptedBackend(say(OK));
    await ask(upstreamWith(), { origin: backend.url, headers: ['hOST', 'tenant.example'] }).ending;
    expect(backend.heads).toEqual(['GET / HTTP/1.1\r\nhOST: tenant.example\r\n']);
  });

  it.each([
    ['GET', false],
    ['HEAD', false],
    ['DELETE', false],
    ['POST', true],
    ['PUT', true],
    ['PATCH', true],
  ])('%s without a body announces none: %s', async (method, announced) => {
    const backend = await scriptedBackend(say('HTTP/1.1 204 No Content\r\n\r\n'));
    await ask(upstreamWith(), { origin: backend.url, method }).ending;
    expect(/^Content-Length: 0$/m.test(backend.heads[0] as string)).toBe(announced);
    expect(backend.heads[0]).not.toMatch(/Transfer-Encoding|Connection|Expect/i);
  });

  it.each([
    ['a header value', { headers: ['X', 'a\r\nInjected: b'] }],
    ['a header name', { headers: ['X: a\r\nY', 'b'] }],
    ['a path', { path: '/a HTTP/1.1\r\nInjected: b' }],
    ['a method', { method: 'GET / HTTP/1.1\r\nInjected: b\r\n\r\nGET' }],
    ['CONNECT', { method: 'CONNECT' }],
  ])('security class: CR/LF and header injection: %s that cannot be written is not', async (_, request) => {
    const backend = await scriptedBackend(say(OK));
    expect(await ask(upstreamWith(), { origin: backend.url, ...request }).ending).toBe('protocol');
    expect(backend.connections).toEqual([]);
  });
});

describe('an answer', () => {
  it.each([
    ['length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 5, 'hello', true],
    ['no length', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 0, '', true],
    [
      'chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nT: railer\r\n\r\n',
      null,
      'hello',
      true,
    ],
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', 0, '', true],
    ['304', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n', 0, '', true],
    ['HTTP/1.0 with keep-alive', 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello', 5, 'hello', true],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello', 5, 'hello', false],
    ['close', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello', 5, 'hello', false],
  ])('by %s, in one piece and byte by byte', async (_, text, length, body, kept) => {
    for (const cut of [false, true]) {
      const backend = await scriptedBackend(async ({ socket }) => {
        socket.setNoDelay(true);
        for (const piece of cut ? text : [text]) {
          socket.write(piece, 'latin1');
          if (cut) await new Promise((resolve) => setImmediate(resolve));
        }
      });
      const upstream = upstreamWith();
      for (let n = 0; n < 2; n++) {
        const told = ask(upstream, { origin: backend.url });
        expect(await told.ending).toBe('ended');
        expect([told.length, told.body]).toEqual([length, body]);
        expect(told.headers).not.toContain('T');
      }
      expect(backend.connections.length).toBe(kept ? 1 : 2);
    }
  });

  it('until the connection ends', async () => {
    const backend = await scriptedBackend(({ socket }) => socket.end('HTTP/1.1 200 OK\r\n\r\nhello'));
    const told = ask(upstreamWith(), { origin: backend.url });
    expect([await told.ending, told.length, told.body]).toEqual(['ended', null, 'hello']);
  });

  it('to HEAD has the length that a GET would have, and the connection goes on', async () => {
    const backend = await scriptedBackend(say('HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n'));
    const upstream = upstreamWith();
    for (let n = 0; n < 2; n++) {
      const told = ask(upstream, { origin: backend.url, method: 'HEAD' });
      expect([await told.ending, told.length, told.body]).toEqual(['ended', 1234, '']);
    }
    expect(backend.connections.length).toBe(1);
  });

  it('comes after interim ones, which nobody hears of', async () => {
    const backend = await scriptedBackend(
      say(`${'HTTP/1.1 100 Continue\r\n\r\n'.repeat(4)}HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${OK}`),
    );
    const upstream = upstreamWith();
    for (let n = 0; n < 2; n++) {
      const told = ask(upstream, { origin: backend.url });
      expect([await told.ending, told.status, told.headers, told.body]).toEqual(['ended', 200, ['Content-Length', '2'], 'ok']);
    }
    expect(backend.connections.length).toBe(1);
  });

  it('that ends gives the connection to whoever asks next, before it is told of', async () => {
    const backend = await scriptedBackend(say(OK));
    const upstream = upstreamWith();
    let next: ReturnType<typeof ask> | null = null;
    await ask(upstream, { origin: backend.url, onEnd: () => (next = ask(upstream, { origin: backend.url })) }).ending;
    expect(await (next as unknown as ReturnType<typeof ask>).ending).toBe('ended');
    expect(backend.connections.length).toBe(1);
  });
});

describe('a listener that pauses', () => {
  it('at the end of an answer does not stop the next one on the same connection', async () => {
    const backend = await scriptedBackend(say(OK));
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    for (let n = 0; n < 3; n++) {
      const told = ask(upstream, { origin: backend.url, onData: (_, call) => call.pause() });
      expect([await told.ending, told.body]).toEqual(['ended', 'ok']);
      // A call that has ended has no connection any more.
      told.call.pause();
    }
    expect(backend.connections.length).toBe(1);
  });

  it('hears no more than what is in hand already until it lets the answer go on', async () => {
    const backend = await scriptedBackend(say('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab'));
    const told = ask(upstreamWith(), { origin: backend.url, onAnswer: (call) => call.pause() });
    await until(() => told.body === 'ab');
    backend.connections[0]?.socket.write('cd');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told.body).toBe('ab');
    told.call.resume();
    expect([await told.ending, told.body]).toEqual(['ended', 'abcd']);
  });
});

describe('calls that wait for a connection', () => {
  it('security class: resource exhaustion: those given up while they waited cost no connection', async () => {
    const backend = await scriptedBackend();
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    const first = ask(upstream, { origin: backend.url, path: '/first' });
    await backend.asked(1);
    for (let n = 0; n < 200; n++) ask(upstream, { origin: backend.url, path: `/given-up/${n}` }).call.abort();
    const live = ask(upstream, { origin: backend.url, path: '/live' });
    backend.connections[0]?.socket.write(OK);
    expect(await first.ending).toBe('ended');
    await backend.asked(2);
    backend.connections[0]?.socket.write(OK);
    expect(await live.ending).toBe('ended');
    expect([backend.connections.length, backend.heads.map((head) => head.split(' ')[1])]).toEqual([1, ['/first', '/live']]);
  });

  it('one that is given up while its backend stalls makes room for the next', async () => {
    const backend = await scriptedBackend();
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    const stalled = ask(upstream, { origin: backend.url });
    await backend.asked(1);
    const live = ask(upstream, { origin: backend.url });
    stalled.call.abort();
    await backend.asked(2);
    backend.connections[1]?.socket.write(OK);
    expect([await live.ending, stalled.error, stalled.ended]).toEqual(['ended', null, false]);
    await until(() => backend.open === 1);
  });

  it('security class: resource exhaustion: one beyond the bound fails at once, and the others are served in order', async () => {
    const backend = await scriptedBackend();
    const upstream = upstreamWith({ connectionsPerOrigin: 1, waitingPerOrigin: 2 });
    const served = ['/1', '/2', '/3'].map((path) => ask(upstream, { origin: backend.url, path }));
    const body = new SpecBody();
    const refused = ask(upstream, { origin: backend.url, path: '/4', method: 'POST', body });
    expect([refused.error?.failure, body.destroyed, body.sink]).toEqual(['overloaded', true, null]);
    for (const [index, { ending }] of served.entries()) {
      await backend.asked(index + 1);
      backend.connections[0]?.socket.write(OK);
      expect(await ending).toBe('ended');
    }
    expect(backend.heads.map((head) => head.split(' ')[1])).toEqual(['/1', '/2', '/3']);
    expect(backend.connections.length).toBe(1);
  });

  it('leave from the middle, the front and the back without a trace', async () => {
    const backend = await scriptedBackend();
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    const calls = ['/0', '/1', '/2', '/3', '/4', '/5'].map((path) => ask(upstream, { origin: backend.url, path }));
    await backend.asked(1);
    for (const place of [3, 1, 5]) calls[place]?.call.abort();
    for (let n = 1; n <= 3; n++) {
      await backend.asked(n);
      backend.connections[0]?.socket.write(OK);
    }
    await Promise.all([0, 2, 4].map((place) => calls[place]?.ending));
    expect(backend.heads.map((head) => head.split(' ')[1])).toEqual(['/0', '/2', '/4']);
  });

  it('use as many connections as there may be, and no more', async () => {
    const backend = await scriptedBackend();
    const upstream = upstreamWith({ connectionsPerOrigin: 3 });
    const calls = Array.from({ length: 9 }, () => ask(upstream, { origin: backend.url }));
    for (let answered = 0; answered < 9; answered++) {
      await backend.asked(Math.min(9, answered + 3));
      expect(backend.open).toBe(3);
      // Each connection in turn answers what it was asked.
      const connection = backend.connections[answered % 3] as BackendSocket;
      connection.socket.write(OK);
    }
    expect(await Promise.all(calls.map(({ ending }) => ending))).toEqual(calls.map(() => 'ended'));
    expect(backend.connections.length).toBe(3);
  });
});

describe('an idle connection', () => {
  it('the one that was used last is used again', async () => {
    const backend = await scriptedBackend();
    const upstream = upstreamWith();
    const calls = [1, 2, 3].map(() => ask(upstream, { origin: backend.url }));
    await backend.asked(3);
    for (const place of [0, 2, 1]) {
      backend.connections[place]?.socket.write(OK);
      await until(() => calls.filter(({ ended }) => ended).length === [0, 2, 1].indexOf(place) + 1);
    }
    const last = backend.connections[1] as BackendSocket;
    const before = last.requests;
    void ask(upstream, { origin: backend.url });
    await backend.asked(4);
    expect(last.requests).toBe(before + 1);
    last.socket.write(OK);
  });

  it.each([
    ['', 1, 'open'],
    ['Keep-Alive: timeout=60\r\n', 1, 'open'],
    ['Keep-Alive: timeout=1\r\n', 2, 'closed'],
    ['Keep-Alive: timeout=0\r\n', 2, 'closed'],
  ])('after %j serves the next request: connections %i', async (hint, connections) => {
    const backend = await scriptedBackend(say(`HTTP/1.1 200 OK\r\n${hint}Content-Length: 2\r\n\r\nok`));
    const upstream = upstreamWith();
    for (let n = 0; n < 2; n++) expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    expect(backend.connections.length).toBe(connections);
    await until(() => backend.open === (connections === 1 ? 1 : 0));
  });

  it('that may not rest serves one who waits all the same', async () => {
    const backend = await scriptedBackend(say('HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok'));
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    const calls = [1, 2, 3].map(() => ask(upstream, { origin: backend.url }));
    await Promise.all(calls.map(({ ending }) => ending));
    expect(backend.connections.length).toBe(1);
  });

  it('is closed when it has been idle for too long', async () => {
    const backend = await scriptedBackend(say(OK));
    const upstream = upstreamWith({ keepAliveTimeout: 600 });
    expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    await until(() => backend.open === 0);
  });

  it('is closed before its backend would close it', async () => {
    const backend = await scriptedBackend(
      say('HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2, max=100\r\nContent-Length: 2\r\n\r\nok'),
    );
    const upstream = upstreamWith({ keepAliveTimeout: 60_000 });
    expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    const { socket } = backend.connections[0] as BackendSocket;
    let by = '';
    socket.on('end', () => (by = 'the gateway'));
    setTimeout(() => socket.destroy(), 10_000).unref();
    await until(() => backend.open === 0);
    expect(by).toBe('the gateway');
  });

  it('that the backend closed is not used', async () => {
    const backend = await scriptedBackend(say(OK));
    const upstream = upstreamWith();
    expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    backend.connections[0]?.socket.end();
    await until(() => backend.open === 0);
    expect(await ask(upstream, { origin: backend.url, method: 'POST' }).ending).toBe('ended');
    expect(backend.connections.length).toBe(2);
  });
});

describe('giving up', () => {
  const phases = ['connecting', 'sent', 'interim', 'head', 'body', 'data'] as const;
  it.each(phases)('security class: stream lifetime: in the phase %s leaves nothing behind', async (phase) => {
    const backend = await scriptedBackend(({ socket }) => {
      if (phase === 'interim') socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 1');
      if (phase === 'head' || phase === 'body' || phase === 'data') socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n');
      if (phase === 'body' || phase === 'data') socket.write('hello');
    });
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    const told = ask(upstream, {
      origin: backend.url,
      ...(phase === 'head' ? { onAnswer: (call) => call.abort() } : {}),
      ...(phase === 'data' ? { onData: (_, call) => call.abort() } : {}),
    });
    if (phase === 'connecting') told.call.abort();
    else await backend.asked(1);
    if (phase === 'interim') await new Promise((resolve) => setTimeout(resolve, 20));
    if (phase === 'sent' || phase === 'interim') told.call.abort();
    if (phase === 'body') {
      await until(() => told.chunks.length > 0);
      told.call.abort();
    }
    await until(() => (phase === 'connecting' ? backend.connections.length === 1 : backend.open === 0));
    expect([told.ended, told.error]).toEqual([false, null]);
    told.call.abort();
    told.call.pause();
    told.call.resume();
    // The only place is free again.
    const next = ask(upstream, { origin: backend.url });
    await backend.asked(phase === 'connecting' ? 1 : 2);
    next.call.abort();
    await until(() => backend.open === 0);
  });

  it('security class: stream lifetime: what else is wrong with an answer that is given up harms nobody', async () => {
    const backend = await scriptedBackend(
      say('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\nthis is no chunk\r\n'),
    );
    const upstream = upstreamWith();
    const told = ask(upstream, { origin: backend.url, onData: (_, call) => call.abort() });
    await until(() => backend.connections.length === 1 && backend.open === 0);
    expect([told.ended, told.error]).toEqual([false, null]);
  });
});

describe('a call that takes longer than any may', () => {
  it('fails, and its connection is closed', async () => {
    const backend = await scriptedBackend(({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const drip = setInterval(() => socket.write('1\r\nx\r\n'), 50);
      socket.on('close', () => clearInterval(drip));
    });
    const told = ask(upstreamWith({ totalTimeout: 200 }), { origin: backend.url });
    expect([await told.ending, told.status]).toEqual(['timed-out', 200]);
    await until(() => backend.open === 0);
  });
});

describe('security class: resource exhaustion: origins, which can come from requests,', () => {
  it('are forgotten when nothing is connected to them and nobody has asked for them for a while', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
    try {
      const backend = await scriptedBackend(say(OK));
      const upstream = upstreamWith({ keepAliveTimeout: 1_000_000 });
      const ports = Array.from({ length: 20 }, (_, n) => n + 1);
      await Promise.all(ports.map((port) => ask(upstream, { origin: `http://127.0.0.1:${port}` }).ending));
      expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
      expect(upstream['pools'].size).toBe(21);
      vi.advanceTimersByTime(121_000);
      expect([...upstream['pools'].keys()]).toEqual([backend.url]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('closing', () => {
  it('lets calls under way and those that wait end, and takes no others', async () => {
    const backend = await scriptedBackend();
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    const calls = [1, 2].map(() => ask(upstream, { origin: backend.url }));
    await backend.asked(1);
    let closed = false;
    const closing = upstream.close().then(() => (closed = true));
    expect(ask(upstream, { origin: backend.url }).error?.failure).toBe('network');
    backend.connections[0]?.socket.write(OK);
    await backend.asked(2);
    expect(closed).toBe(false);
    backend.connections[0]?.socket.write(OK);
    await closing;
    expect(await Promise.all(calls.map(({ ending }) => ending))).toEqual(['ended', 'ended']);
    await until(() => backend.open === 0);
  });

  it('closes idle connections at once', async () => {
    const backend = await scriptedBackend(say(OK));
    const upstream = upstreamWith();
    expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    await upstream.close();
    await until(() => backend.open === 0);
  });

  it('does not wait for connections that nobody waits for', async () => {
    const upstream = upstreamWith({ connectTimeout: 60_000, resolve: () => new Promise(() => undefined) });
    ask(upstream, { origin: 'http://silent.example' }).call.abort();
    await upstream.close();
  });
});
