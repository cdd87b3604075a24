import { BodyReader, Wire } from '@gatehouse/http1';
import { ERRORS, type Exchange } from '@gatehouse/pipeline';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { bodyOf, RawClient } from '../../raw-client.fixture.js';
import { ACCEPTED } from '../client-server.js';
import type { ClientLimits } from '../connection-host.js';
import { Http1Connection } from './http1-connection.js';
import { answer, FedStream, ScriptedServer, Taker, until } from './http1.fixture.js';

const servers: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((each) => each.close()));
});
async function serve(act: (exchange: Exchange) => void, limits?: Partial<ClientLimits>): Promise<ScriptedServer> {
  const server = await ScriptedServer.start(act, limits);
  servers.push(server);
  return server;
}

const request = (start: string, headers = '', body = '') => `${start} HTTP/1.1\r\nHost: a.example\r\n${headers}\r\n${body}`;
const get = (path = '/', headers = '') => request(`GET ${path}`, headers);
const CLOSE = 'Connection: close\r\n';
const path = (exchange: Exchange) => exchange.request.rawTarget;
/** Answers in a text of several, apart. */
const answers = (text: string) => text.split(/(?=HTTP\/1\.1 )/);

describe('a request', () => {
  it('comes with what its head said', async () => {
    const server = await serve((exchange) => answer(exchange, ''));
    await server.exchange(
      'GET /a%20b?c=d HTTP/1.1\r\nHoSt: A.Example:8080\r\nX-One: 1\r\nx-one: 2\r\nConnection: close, X-Hop\r\nX-Hop: h\r\n\r\n',
    );
    const [exchange] = server.exchanges;
    expect(exchange?.request).toMatchObject({
      method: 'GET',
      rawTarget: '/a%20b?c=d',
      target: { path: '/a%20b', query: 'c=d', authority: null },
      headers: [...['HoSt', 'A.Example:8080', 'X-One', '1', 'x-one', '2', 'Connection', 'close, X-Hop', 'X-Hop', 'h']],
      host: 'a.example',
      remoteAddress: '127.0.0.1',
      localPort: server.port,
      secure: false,
      protocol: 'HTTP/1.1',
      connectionOptions: ['x-hop'],
    });
    expect(exchange?.request.body.length).toBe(0);
  });

  it('may come byte by byte', async () => {
    const server = await serve((exchange) => {
      const taker: Taker = new Taker(exchange).start();
      void until(() => taker.state === 'ended').then(() => answer(exchange, `<${taker.text}>`));
    });
    const client = server.client();
    client.socket.setNoDelay(true);
    for (const byte of request(
      'POST /',
      `${CLOSE}Transfer-Encoding: chunked\r\n`,
      '3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: 1\r\n\r\n',
    )) {
      client.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(bodyOf((await client.closed()).text)).toBe('<abcde>');
  });

  it.each([
    ['HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', ''],
    ['HTTP/1.0', 'GET / HTTP/1.0\r\nHost: b\r\n\r\n', 'b'],
  ])('of %s may do without Host', async (protocol, text, host) => {
    const server = await serve((exchange) => answer(exchange, 'ok'));
    expect((await server.exchange(text)).text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\nConnection: close\r\n\r\nok$/);
    expect(server.exchanges[0]?.request).toMatchObject({ protocol, host });
  });

  it('security class: upgrade smuggling: asks for an upgrade in vain, and the connection goes on in HTTP/1.1', async () => {
    const server = await serve((exchange) => answer(exchange, path(exchange)));
    const headers = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n';
    const { text } = await server.exchange(get('/1', headers) + get('/2', CLOSE));
    expect(answers(text).map((each) => [each.slice(9, 12), bodyOf(each)])).toEqual([
      ['200', '/1'],
      ['200', '/2'],
    ]);
    expect(server.exchanges[0]?.request.connectionOptions).toEqual(['http2-settings']);
  });

  it.each([
    ['CONNECT', 'CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n', 400],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505],
    ['HTTP/1.2', 'GET / HTTP/1.2\r\nHost: a\r\n\r\n', 505],
    ['an unknown transfer coding', request('POST /', 'Transfer-Encoding: gzip, chunked\r\n'), 501],
    ['a target beyond 10,240 bytes', get(`/${'x'.repeat(10_240)}`), 414],
    ['a head that is too large', get('/', `X: ${'x'.repeat(16_384)}\r\n`), 431],
    ['too many headers', get('/', 'A: b\r\n'.repeat(100)), 431],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a head that ends too early', 'GET / HTTP/1.1\r\nHost: a', 400],
  ])('security class: HTTP/1.1 smuggling: that is none (%s) is refused, and the connection closed', async (_, text, status) => {
    const server = await serve((exchange) => answer(exchange, ''));
    const client = server.client().send(text + (text.endsWith('a') ? '' : get('/smuggled')));
    client.socket.end();
    const closed = await client.closed();
    expect(closed.reset).toBe(false);
    expect(answers(closed.text)).toHaveLength(1);
    expect(closed.text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    for (const line of ['Content-Type: application/json', 'Connection: close', 'x-amzn-ErrorType: BadRequestException']) {
      expect(closed.text).toContain(`\r\n${line}\r\n`);
    }
    expect(closed.text).toContain('\r\nx-amzn-RequestId: ');
    expect(JSON.parse(bodyOf(closed.text))).toHaveProperty('message');
    expect(server.exchanges).toEqual([]);
    expect([...server.server.counts.refusedMessages]).toEqual([[status, 1]]);
  });

  it('of exactly 10,240 bytes of target is served', async () => {
    const server = await serve((exchange) => answer(exchange, ''));
    const { text } = await server.exchange(get(`/${'x'.repeat(10_239)}`, CLOSE));
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('an answer', () => {
  it('has its headers as they are, then those of the transport', async () => {
    const server = await serve((exchange) =>
      exchange.respond({ status: 404, headers: ['x-Case', 'a b', 'X-Case', '\xe9'], body: Buffer.from('no'), length: 2 }),
    );
    const client = server.client().send(get());
    await client.until(/no$/);
    expect(client.text.replace(/\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/, '\r\nDate: D\r\n')).toBe(
      'HTTP/1.1 404 Not Found\r\nx-Case: a b\r\nX-Case: \xe9\r\nContent-Length: 2\r\nDate: D\r\nConnection: keep-alive\r\nKeep-Alive: timeout=10\r\n\r\nno',
    );
  });

  it('closes the connection where the request says so, or is of HTTP/1.0', async () => {
    const server = await serve((exchange) => answer(exchange, 'ok'));
    for (const text of [get('/', CLOSE), 'GET / HTTP/1.0\r\n\r\n']) {
      const closed = await server.exchange(text);
      expect(closed.text).toMatch(/\r\nConnection: close\r\n\r\nok$/);
      expect(closed.text).not.toContain('Keep-Alive');
    }
    const kept = server.client().send('GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n'.repeat(2));
    expect(await kept.until(/\r\nConnection: keep-alive\r\n[^]*ok[^]*\r\nConnection: keep-alive\r\n[^]*ok$/)).toBeTruthy();
  });

  it.each([
    ['HEAD', request('HEAD /', CLOSE), 200, 2, '2'],
    ['204', get('/', CLOSE), 204, 2, null],
    ['304', get('/', CLOSE), 304, 2, null],
    ['HEAD of unknown length', request('HEAD /', CLOSE), 200, null, null],
  ])('to %s has no body', async (_, text, status, length, announced) => {
    const server = await serve((exchange) => exchange.respond({ status, headers: [], body: Buffer.from('no'), length }));
    const closed = await server.exchange(text);
    expect(bodyOf(closed.text)).toBe('');
    expect(/\r\nContent-Length: (\d+)/.exec(closed.text)?.[1] ?? null).toBe(length === null ? '2' : announced);
    expect(closed.text).not.toContain('Transfer-Encoding');
    expect(await server.outcome(0)).toMatchObject({ bytesSent: 0, aborted: false });
  });

  it.each([
    ['HEAD', request('HEAD /', '')],
    ['204', get('/204')],
  ])(
    'security class: HTTP/1.1 smuggling: to %s takes nothing of a streamed body, and the next answer follows',
    async (_, text) => {
      const body = new FedStream();
      const server = await serve((exchange) => {
        if (path(exchange) === '/next') return answer(exchange, 'next');
        exchange.respond({ status: path(exchange) === '/204' ? 204 : 200, headers: [], body, length: null });
        body.sink?.data(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'));
        body.sink?.end();
      });
      const { text: all } = await server.exchange(text + get('/next', CLOSE));
      expect(answers(all)).toHaveLength(2);
      expect(all).toMatch(/\r\n\r\nHTTP\/1\.1 200 OK\r\n[^]*next$/);
      expect(all).not.toContain('Transfer-Encoding');
    },
  );

  it('to HEAD gives up a body that is long', async () => {
    const body = new FedStream();
    const server = await serve((exchange) => {
      if (path(exchange) === '/next') return answer(exchange, 'next');
      exchange.respond({ status: 200, headers: [], body, length: null });
      for (let n = 0; n < 10; n++) if (!body.destroyed) body.sink?.data(Buffer.alloc(10_000));
    });
    const { text } = await server.exchange(request('HEAD /', '') + get('/next', CLOSE));
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nHTTP\/1\.1 200 OK\r\n[^]*next$/);
    expect(body.destroyed).toBe(true);
  });

  it.each([
    ['a known length', 6, 'Content-Length: 6', 'onetwo'],
    ['an unknown length', null, 'Transfer-Encoding: chunked', '3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n'],
  ])('of %s streams: each part goes out when it is there', async (_, length, header, body) => {
    const stream = new FedStream();
    const server = await serve((exchange) => exchange.respond({ status: 200, headers: [], body: stream, length }));
    const client = server.client().send(get('/', CLOSE));
    await client.until(/\r\n\r\n$/);
    expect(client.text).toContain(`\r\n${header}\r\n`);
    stream.sink?.data(Buffer.from('one'));
    await client.until(/one(\r\n)?$/);
    stream.sink?.data(Buffer.alloc(0));
    stream.sink?.data(Buffer.from('two'));
    stream.sink?.end();
    expect(bodyOf((await client.closed()).text)).toBe(body);
    expect(await server.outcome(0)).toMatchObject({ bytesSent: 6, aborted: false });
  });

  it('of unknown length to HTTP/1.0 ends with the connection', async () => {
    const stream = new FedStream();
    const server = await serve((exchange) => exchange.respond({ status: 200, headers: [], body: stream, length: null }));
    const client = server.client().send('GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
    await until(() => stream.sink !== null);
    stream.sink?.data(Buffer.from('all'));
    stream.sink?.end();
    const { text, reset } = await client.closed();
    expect([bodyOf(text), reset]).toEqual(['all', false]);
    expect(text).not.toContain('Transfer-Encoding');
    expect(text).toContain('\r\nConnection: close\r\n');
  });

  it('of large parts is what was given', async () => {
    const parts = [20_000, 3, 8_192, 8_193, 100_000].map((size, place) => Buffer.alloc(size, 0x61 + place));
    for (const length of [null, parts.reduce((sum, { length }) => sum + length, 0)]) {
      const stream = new FedStream();
      const server = await serve((exchange) => exchange.respond({ status: 200, headers: [], body: stream, length }));
      const client = server.client().send(get('/', CLOSE));
      await until(() => stream.sink !== null);
      for (const part of parts) stream.sink?.data(part);
      stream.sink?.end();
      const { text } = await client.closed();
      let body = bodyOf(text);
      if (length === null) {
        const reader = new BodyReader({ kind: 'chunked' }, { extensionBytes: 0, trailerBytes: 0, trailers: 0 });
        const chunked = Buffer.from(body, 'latin1');
        body = '';
        reader.read(chunked, 0, { data: (bytes) => void (body += bytes.toString('latin1')) });
        expect(reader.done).toBe(true);
      }
      expect(body).toBe(Buffer.concat(parts).toString('latin1'));
    }
  });

  it.each([
    ['longer', 3, 'four'],
    ['shorter', 5, 'four'],
  ])('security class: HTTP/1.1 smuggling: %s than it announced never looks whole', async (_, length, text) => {
    for (const streamed of [true, false]) {
      const stream = new FedStream();
      const body = streamed ? stream : Buffer.from(text);
      const server = await serve((exchange) => exchange.respond({ status: 200, headers: [], body, length }));
      const client = server.client().send(get('/one') + get('/two'));
      if (streamed) {
        await client.until(/\r\n\r\n/);
        stream.sink?.data(Buffer.from(text));
        stream.sink?.end();
      }
      const closed = await client.closed();
      expect(closed.reset).toBe(true);
      expect(closed.text).not.toContain('four');
      expect(await server.outcome(0)).toMatchObject({ aborted: true });
      expect(server.exchanges).toHaveLength(1);
    }
  });

  it('security class: HTTP/1.1 smuggling: longer than it announced is cut off, even if it never ends', async () => {
    const stream = new FedStream();
    const server = await serve((exchange) => exchange.respond({ status: 200, headers: [], body: stream, length: 3 }));
    const client = server.client().send(get('/one'));
    await client.until(/\r\n\r\n/);
    stream.sink?.data(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'));
    const closed = await client.closed();
    expect(closed.reset).toBe(true);
    expect(bodyOf(closed.text)).toBe('');
    expect(stream.destroyed).toBe(true);
  });

  it.each([
    ['a header that ends a line', 200, ['X', 'a\r\nY: b']],
    ['a name that is none', 200, ['X Y', 'a']],
    ['an interim status', 101, []],
    ['a status that is none', 1000, []],
  ])('security class: CR/LF and header injection: nothing is written of one with %s; it is 500', async (_, status, headers) => {
    const stream = new FedStream();
    const server = await serve((exchange) => exchange.respond({ status, headers, body: stream, length: null }));
    const { text, reset } = await server.exchange(get('/', CLOSE));
    expect(text).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\nContent-Type: application\/json\r\n/);
    expect(text).toMatch(/\r\n\r\n\{"message":"Internal server error"\}$/);
    for (const name of headers.slice(0, 1)) expect(text).not.toMatch(new RegExp(`^${name}:|^Y:`, 'm'));
    expect(reset).toBe(false);
    expect(stream.destroyed).toBe(true);
    const { aborted, exchange } = await server.outcome(0);
    expect([aborted, exchange.status, exchange.error?.reason]).toEqual([false, 500, expect.stringMatching(/^internal error: /)]);
  });

  it.each([
    ['with a length', get(), 100],
    ['in chunks', get(), null],
    ['until the end of the connection', 'GET / HTTP/1.0\r\n\r\n', null],
  ])('security class: stream lifetime: that breaks off %s never looks whole', async (_, text, length) => {
    const stream = new FedStream();
    const server = await serve((exchange) => exchange.respond({ status: 200, headers: [], body: stream, length }));
    const client = server.client().send(text);
    await until(() => stream.sink !== null);
    stream.sink?.data(Buffer.from('part'));
    await client.until(/part/);
    stream.sink?.fail(new Error('broken'));
    const closed = await client.closed();
    expect(closed.reset).toBe(true);
    expect(closed.text).not.toMatch(/0\r\n\r\n$/);
    expect(await server.outcome(0)).toMatchObject({ aborted: true, bytesSent: 4 });
  });

  it('holds its source back while the client takes nothing, and lets it go on then', async () => {
    const stream = new FedStream();
    const server = await serve((exchange) => exchange.respond({ status: 200, headers: [], body: stream, length: null }));
    const client = server.client().send(get('/', CLOSE));
    client.socket.pause();
    await until(() => stream.sink !== null);
    const part = Buffer.alloc(50_000, 'x');
    let given = 0;
    while (stream.pauses === 0) {
      stream.sink?.data(part);
      given += part.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(stream.resumes).toBe(0);
    client.socket.resume();
    await until(() => stream.resumes === 1);
    stream.sink?.end();
    await client.closed();
    expect(await server.outcome(0)).toMatchObject({ bytesSent: given, aborted: false });
  });

  it('is over only when the client has taken it: the next request waits for that', async () => {
    const large = Buffer.alloc(20_000_000, 'x');
    const server = await serve((exchange) => exchange.respond({ status: 200, headers: [], body: large, length: large.length }));
    const client = server.client();
    client.socket.pause();
    client.send(get('/1') + get('/2', CLOSE));
    await until(() => server.exchanges.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([server.exchanges.length, server.outcomes.length]).toEqual([1, 0]);
    client.socket.resume();
    await server.outcome(1);
    expect(server.exchanges.map(path)).toEqual(['/1', '/2']);
  });
});

describe('the body of a request', () => {
  const posted = (headers: string, body: string) => request('POST /', headers, body);

  it('waits until it is asked for, and is the same then', async () => {
    let exchange: Exchange | undefined;
    const server = await serve((each) => (exchange = each));
    const client = server.client().send(posted('Content-Length: 12\r\n', 'hello '));
    await until(() => exchange !== undefined);
    client.send('world!');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const taker = new Taker(exchange as Exchange).start();
    await until(() => taker.state === 'ended');
    expect(taker.text).toBe('hello world!');
    answer(exchange as Exchange, 'done');
    await client.until(/done$/);
  });

  it.each([
    ['that came with its head', (act: () => void) => act()],
    ['that came before it was asked for', (act: () => void) => void setTimeout(act, 50)],
  ])('%s is given to the one who asks for it at once, so that it can go on in one go', async (_, when) => {
    const given: string[] = [];
    const server = await serve((exchange) =>
      when(() => {
        const taker = new Taker(exchange).start();
        given.push(taker.text, String(taker.state));
        answer(exchange, 'done');
      }),
    );
    await server.client().send(posted('Content-Length: 5\r\n', 'hello')).until(/done$/);
    expect(given).toEqual(['hello', 'ended']);
  });

  it('security class: stream lifetime: that is found to be none while somebody begins to take it, fails after that', async () => {
    for (const when of [(act: () => void) => act(), (act: () => void) => void setTimeout(act, 50)]) {
      const states: string[] = [];
      let taker: Taker | undefined;
      const server = await serve((exchange) =>
        when(() => {
          taker = new Taker(exchange).start();
          states.push(taker.text, String(taker.state));
        }),
      );
      const { text } = await server.exchange(posted('Transfer-Encoding: chunked\r\n', '1\r\na\r\nnonsense\r\n'));
      expect(states).toEqual(['a', 'open']);
      expect(taker?.state).toBeInstanceOf(Error);
      expect(text).toMatch(/^HTTP\/1\.1 400 /);
    }
  });

  it('security class: spoofed trusted headers: has trailers that are never headers', async () => {
    let taker: Taker | undefined;
    const server = await serve((exchange) => (taker = new Taker(exchange).start()));
    server
      .client()
      .send(posted('Transfer-Encoding: chunked\r\n', '1\r\na\r\n0\r\nX-Api-Key: k\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n'));
    await until(() => taker?.state === 'ended');
    expect(server.exchanges[0]?.request.headers).toEqual(['Host', 'a.example', 'Transfer-Encoding', 'chunked']);
    expect(taker?.text).toBe('a');
  });

  it('stops flowing while it is paused: the client is held back', async () => {
    let taker: Taker | undefined;
    const server = await serve((exchange) => {
      taker = new Taker(exchange, 100_000_000);
      taker.data = function (this: Taker, chunk) {
        this.text += chunk.length > 0 ? '.' : '';
        this.stream.pause();
      };
      taker.start();
    });
    const client = server.client().send(posted('Content-Length: 20000000\r\n', ''));
    client.socket.write(Buffer.alloc(20_000_000));
    await until(() => taker?.text !== '');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const [given, waiting] = [taker?.text.length ?? 0, client.socket.writableLength];
    expect(waiting).toBeGreaterThan(0);
    expect(given).toBeLessThan(10);
    const more = setInterval(() => taker?.stream.resume(), 0);
    await until(() => taker?.state === 'ended');
    clearInterval(more);
  });

  it('that was held back to its last byte holds back no request behind it', async () => {
    const server = await serve((exchange) => {
      if (exchange.request.body.length === 0) return answer(exchange, 'two');
      const taker: Taker = new Taker(exchange);
      taker.data = function (this: Taker, chunk) {
        this.text += chunk.toString('latin1');
        // As a backend that does not take the end of an upload at once: nobody lets a body go on that is over.
        if (this.text.length === 20_000) this.stream.pause();
      };
      void until(() => taker.state === 'ended').then(() => answer(exchange, 'one'));
      taker.start();
    });
    const client = server.client().send(posted('Content-Length: 20000\r\n', 'x'.repeat(20_000)));
    await client.until(/one$/);
    client.send(get());
    await client.until(/two$/);
  });

  it('leaves its memory to the one who paused it, until that one lets it go on', async () => {
    const kept: Buffer[] = [];
    const copies: Buffer[] = [];
    let large = 0;
    let taker: Taker | undefined;
    const server = await serve((exchange) => {
      taker = new Taker(exchange, 10_000_000);
      taker.data = function (this: Taker, chunk) {
        // Memory that is not paused on is used again.
        if (chunk.length <= 8192 || ++large % 2 === 1) return;
        kept.push(chunk);
        copies.push(Buffer.from(chunk));
        this.stream.pause();
        setTimeout(() => {
          expect(kept.at(-1)?.equals(copies.at(-1) as Buffer)).toBe(true);
          this.stream.resume();
        }, 5);
      };
      taker.start();
    });
    const client = server.client().send(posted('Content-Length: 4194304\r\n', ''));
    client.socket.write(Buffer.concat(Array.from({ length: 64 }, (_, n) => Buffer.alloc(65_536, n + 1))));
    await until(() => taker?.state === 'ended');
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.every((chunk, n) => chunk.equals(copies[n] as Buffer))).toBe(true);
  });

  it('that is awaited by 100 (Continue) is asked for once, when somebody wants it', async () => {
    let exchange: Exchange | undefined;
    const server = await serve((each) => (exchange = each));
    const client = server.client().send(posted('Expect: 100-continue\r\nContent-Length: 5\r\n', ''));
    await until(() => exchange !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(client.text).toBe('');
    const taker = new Taker(exchange as Exchange).start();
    await client.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    client.send('hello');
    await until(() => taker.state === 'ended');
    answer(exchange as Exchange, 'done');
    expect(await client.until(/done$/)).toMatch(
      /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n[^]*Connection: keep-alive/,
    );
  });

  it('security class: HTTP/1.1 smuggling: that was not asked for after Expect closes the connection', async () => {
    const server = await serve((exchange) => exchange.fail(ERRORS.forbidden));
    const smuggled = get('/smuggled');
    const { text } = await server.exchange(
      posted(`Expect: 100-continue\r\nContent-Length: ${smuggled.length}\r\n`, smuggled) + get(),
    );
    expect(answers(text)).toHaveLength(1);
    expect(text).toMatch(/^HTTP\/1\.1 403 [^]*\r\nConnection: close\r\n/);
    expect(server.exchanges.map(path)).toEqual(['/']);
  });

  it('is not told to go on by HTTP/1.0', async () => {
    const server = await serve((exchange) => {
      const taker: Taker = new Taker(exchange).start();
      void until(() => taker.state === 'ended').then(() => answer(exchange, taker.text));
    });
    const { text } = await server.exchange('POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab');
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*ab$/);
  });

  it.each([
    ['never asked for', () => undefined],
    ['given up', (exchange: Exchange) => new Taker(exchange).start().stream.destroy()],
    [
      'given up while it was held back',
      (exchange: Exchange) => {
        const { stream } = new Taker(exchange).start();
        stream.pause();
        stream.destroy();
      },
    ],
  ])('that is %s is thrown away, and the next request served', async (_, act) => {
    const server = await serve((exchange) => {
      act(exchange);
      answer(exchange, path(exchange));
    });
    const client = server.client().send(request('POST /1', 'Content-Length: 100000\r\n', 'x'.repeat(50_000)));
    await client.until(/\/1$/);
    expect(client.text).toContain('\r\nConnection: keep-alive\r\n');
    client.send(
      'x'.repeat(50_000) + request('POST /2', 'Transfer-Encoding: chunked\r\n', '3\r\nabc\r\n0\r\n\r\n') + get('/3', CLOSE),
    );
    await client.closed();
    expect(server.exchanges.map(path)).toEqual(['/1', '/2', '/3']);
  });

  it('that is too long to be thrown away closes the connection, and the client can read the answer', async () => {
    const server = await serve((exchange) => answer(exchange, 'no'));
    const client = server.client({ allowHalfOpen: true }).send(posted('Content-Length: 1000000\r\n', 'x'.repeat(10_000)));
    await client.until(/\r\nConnection: close\r\n[^]*no$/);
    for (let n = 0; n < 99; n++) client.send('x'.repeat(10_000));
    client.socket.end();
    await client.closed();
    expect(client.socket.errored).toBe(null);
  });

  it('security class: slowloris: that goes on for ever after its answer is cut off', async () => {
    const server = await serve((exchange) => answer(exchange, 'no'));
    const client = server.client({ allowHalfOpen: true }).send(posted('Transfer-Encoding: chunked\r\n', ''));
    await client.until(/\r\nConnection: keep-alive\r\n[^]*no$/);
    // As fast as it is taken, however often that is.
    const more = setInterval(() => {
      if (client.socket.writableLength === 0) client.send(`2710\r\n${'x'.repeat(10_000)}\r\n`);
    }, 1);
    await client.closed();
    clearInterval(more);
    expect(server.exchanges).toHaveLength(1);
  });

  it('that is given up after the answer, while it was held back, is thrown away, and the next request served', async () => {
    let taker: Taker | undefined;
    const server = await serve((exchange) => {
      if (path(exchange) === '/2') return answer(exchange, 'second');
      taker = new Taker(exchange).start();
      taker.stream.pause();
      answer(exchange, 'early');
    });
    const client = server.client().send(request('POST /1', 'Content-Length: 6\r\n'));
    await client.until(/early$/);
    taker?.stream.destroy();
    client.send(`onetwo${get('/2')}`);
    await client.until(/second$/);
  });

  it('goes on to the one who takes it after the answer', async () => {
    let taker: Taker | undefined;
    const server = await serve((exchange) => {
      if (path(exchange) === '/2') return answer(exchange, 'second');
      taker = new Taker(exchange).start();
      answer(exchange, 'early');
    });
    const client = server.client().send(request('POST /1', 'Content-Length: 6\r\n', 'one'));
    await client.until(/early$/);
    // Longer than a body has that nobody takes.
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    client.send(`two${get('/2')}`);
    await client.until(/second$/);
    expect([taker?.text, taker?.state]).toEqual(['onetwo', 'ended']);
  });

  it('security class: HTTP/1.1 smuggling: that is none ends the request with 400, and nothing behind it is served', async () => {
    const gone: string[] = [];
    let taker: Taker | undefined;
    const server = await serve((exchange) => {
      taker = new Taker(exchange).start();
      exchange.request.onAbort({ clientGone: () => gone.push(path(exchange)) });
    });
    const { text } = await server.exchange(posted('Transfer-Encoding: chunked\r\n', '3\r\nabcX\r\n') + get('/smuggled'));
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*\r\nConnection: close\r\n/);
    expect([taker?.text, taker?.state]).toMatchObject(['abc', { message: 'bad request' }]);
    expect(gone).toEqual(['/']);
    expect(await server.outcome(0)).toMatchObject({ exchange: { status: 400 } });
    expect(server.exchanges).toHaveLength(1);
  });

  it('that is none is answered 400, however much of it comes in the same turn', async () => {
    const server = await serve((exchange) => void new Taker(exchange).start());
    const raw = createServer(ACCEPTED, (socket) => {
      const peer = { address: '127.0.0.1', localPort: 80, secure: false };
      const connection = new Http1Connection((listener) => Wire.accepted(socket, listener), peer, server.server);
      connection.received(Buffer.from(posted('Transfer-Encoding: chunked\r\n', 'nonsense\r\n')));
      connection.received(Buffer.from('more nonsense\r\n'));
    });
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
    const { text, reset } = await new RawClient((raw.address() as AddressInfo).port).closed();
    raw.close();
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect([text.match(/HTTP/g)?.length, reset]).toEqual([1, false]);
  });

  it('security class: HTTP/1.1 smuggling: that is none resets the connection where the answer has begun', async () => {
    const stream = new FedStream();
    const server = await serve((exchange) => {
      new Taker(exchange).start();
      exchange.respond({ status: 200, headers: [], body: stream, length: null });
    });
    const client = server.client().send(posted('Transfer-Encoding: chunked\r\n', ''));
    await client.until(/\r\n\r\n$/);
    client.send('nonsense\r\n');
    expect(await client.closed()).toMatchObject({ reset: true });
    expect(stream.destroyed).toBe(true);
    expect(await server.outcome(0)).toMatchObject({ aborted: true });
  });

  it('that the client ends too early ends the request with 400', async () => {
    let taker: Taker | undefined;
    const server = await serve((exchange) => (taker = new Taker(exchange).start()));
    const client = server.client().send(posted('Content-Length: 5\r\n', 'abc'));
    await until(() => taker?.text === 'abc');
    client.socket.end();
    expect((await client.closed()).text).toMatch(/^HTTP\/1\.1 400 /);
    expect(taker?.state).toBeInstanceOf(Error);
  });

  it('that is asked for when it has broken off, fails', async () => {
    let exchange: Exchange | undefined;
    const server = await serve((each) => (exchange = each));
    const client = server.client().send(posted('Content-Length: 5\r\n', 'abc'));
    await until(() => exchange !== undefined);
    client.socket.resetAndDestroy();
    await server.outcome(0);
    expect(new Taker(exchange as Exchange).start().state).toBeInstanceOf(Error);
  });
});

describe('requests sent ahead', () => {
  it('are answered in order, one at a time', async () => {
    const waiting: Exchange[] = [];
    const server = await serve((exchange) => waiting.push(exchange));
    const client = server.client().send(get('/1') + request('POST /2', 'Content-Length: 3\r\n', 'abc') + get('/3', CLOSE));
    for (const nth of [1, 2, 3]) {
      await until(() => server.exchanges.length === nth);
      await new Promise((resolve) => setImmediate(resolve));
      expect(waiting.map(path)).toEqual([`/${nth}`]);
      answer(waiting.pop() as Exchange, `<${nth}>`);
    }
    const { text } = await client.closed();
    expect(answers(text).map(bodyOf)).toEqual(['<1>', '<2>', '<3>']);
  });

  it('security class: pipelining floods: fill no memory: nothing more is read while one is under way', async () => {
    const waiting: Exchange[] = [];
    const server = await serve((exchange) => (waiting.length === 0 ? waiting.push(exchange) : answer(exchange, '')));
    const client = server.client();
    const flood = Buffer.from(get('/').repeat(500_000));
    client.socket.write(flood);
    await until(() => waiting.length === 1);
    let last = -1;
    while (client.socket.bytesWritten - client.socket.writableLength !== last) {
      last = client.socket.bytesWritten - client.socket.writableLength;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(client.socket.writableLength).toBeGreaterThan(0);
    expect(server.exchanges).toHaveLength(1);
  });

  it('security class: pipelining floods: leave turns to other connections', async () => {
    let turns = 0;
    const server = await serve((exchange) => answer(exchange, ''));
    const turn = () => {
      turns++;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    const client = server.client().send(get('/').repeat(1_000) + get('/', CLOSE));
    await client.closed();
    clearImmediate(next);
    expect(server.exchanges).toHaveLength(1_001);
    expect(turns).toBeGreaterThan(50);
  });

  it('security class: HTTP/1.1 smuggling: behind one that is none are not served; those before it are answered first', async () => {
    const server = await serve((exchange) => setImmediate(() => answer(exchange, 'first')));
    const { text } = await server.exchange(`${get('/1')}nonsense\r\n\r\n${get('/2')}`);
    expect(answers(text).map((each) => each.slice(9, 12))).toEqual(['200', '400']);
    expect(server.exchanges.map(path)).toEqual(['/1']);
  });

  it('behind one that closes the connection are not served', async () => {
    const server = await serve((exchange) => answer(exchange, ''));
    const { text } = await server.exchange(get('/1', CLOSE) + get('/2'));
    expect(answers(text)).toHaveLength(1);
    expect(server.exchanges).toHaveLength(1);
  });
});

/** Numbers below `limit`, the same in each run. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * limit);
  };
}

/** What may be done with a request: each answers its path, sooner or later. */
const WAYS: ((exchange: Exchange, done: () => void) => void)[] = [
  (_, done) => done(),
  (_, done) => void setImmediate(done),
  (exchange, done) => {
    const taker = new Taker(exchange);
    taker.end = done;
    taker.start();
  },
  (exchange, done) => {
    const taker = new Taker(exchange);
    taker.end = done;
    taker.data = () => {
      taker.stream.pause();
      setImmediate(() => taker.stream.resume());
    };
    setImmediate(() => taker.start());
  },
  (exchange, done) => {
    const taker = new Taker(exchange).start();
    done();
    setImmediate(() => taker.stream.destroy());
  },
  (exchange, done) => {
    const taker = new Taker(exchange);
    taker.data = () => {
      taker.stream.destroy();
      setImmediate(done);
    };
    taker.end = done;
    taker.start();
  },
];

describe('a client', () => {
  it('security class: HTTP/1.1 smuggling: gets the same answers however its bytes are cut and whatever is done with its bodies', async () => {
    for (let seed = 1; seed <= 150; seed++) {
      const number = numbers(seed);
      const ways = Array.from({ length: 1 + number(6) }, () => number(WAYS.length));
      const server = await serve((exchange) => {
        const way = WAYS[ways[server.exchanges.length - 1] as number] as (typeof WAYS)[0];
        way(exchange, () => answer(exchange, path(exchange)));
      });
      let text = '';
      for (const nth of ways.keys()) {
        const last = nth === ways.length - 1 ? CLOSE : '';
        const body = get('/smuggled').repeat(number(4)).slice(0, number(300));
        const half = number(body.length);
        const parts = [body.slice(0, half), body.slice(half)].filter((part) => part !== '');
        const chunks = parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('');
        const kind = number(3);
        if (kind === 0) text += get(`/${nth}`, last);
        else if (kind === 1) text += request(`POST /${nth}`, `${last}Content-Length: ${body.length}\r\n`, body);
        else text += request(`POST /${nth}`, `${last}Transfer-Encoding: chunked\r\n`, `${chunks}0\r\n\r\n`);
      }
      const client = server.client();
      client.socket.setNoDelay(true);
      for (let at = 0; at < text.length;) {
        const size = 1 + number(number(2) === 0 ? 10 : 400);
        client.send(text.slice(at, at + size));
        at += size;
        if (number(3) > 0) await new Promise((resolve) => setImmediate(resolve));
      }
      const closed = await client.closed();
      expect({ seed, bodies: answers(closed.text).map(bodyOf) }).toEqual({ seed, bodies: ways.map((_, nth) => `/${nth}`) });
      expect(server.exchanges.map(path)).toEqual(ways.map((_, nth) => `/${nth}`));
    }
  });

  it('that has sent its end after its requests is still answered, and told that the connection closes', async () => {
    const server = await serve((exchange) => setTimeout(() => answer(exchange, path(exchange)), 20));
    const client = server.client().send(get('/1') + get('/2'));
    client.socket.end();
    const { text, reset } = await client.closed();
    expect(answers(text).map(bodyOf)).toEqual(['/1', '/2']);
    expect(answers(text)[1]).toContain('\r\nConnection: close\r\n');
    expect(reset).toBe(false);
  });

  it('that has sent its end while one of its requests is under way is answered all that it sent ahead', async () => {
    const paths = Array.from({ length: 40 }, (_, n) => `/${n}`);
    const server = await serve((exchange) => {
      if (path(exchange) === '/0') setTimeout(() => answer(exchange, '/0'), 20);
      else answer(exchange, path(exchange));
    });
    const client = server.client().send(paths.map((each) => get(each)).join(''));
    client.socket.end();
    const { text, reset } = await client.closed();
    expect(answers(text).map(bodyOf)).toEqual(paths);
    expect(answers(text).map((each) => each.includes('\r\nConnection: close\r\n'))).toEqual(paths.map((_, n) => n === 39));
    expect(reset).toBe(false);
  });

  it('that connects and says nothing but its end is let go', async () => {
    const server = await serve(() => undefined);
    const client = server.client();
    client.socket.end();
    expect(await client.closed()).toEqual({ text: '', reset: false });
  });

  const PHASES: [phase: string, sent: string, act: (exchange: Exchange, stream: FedStream) => void][] = [
    ['within its head', 'GET / HTTP/1.1\r\nHo', () => undefined],
    ['before its answer', get(), () => undefined],
    ['within its body, which nobody asked for', request('POST /', 'Content-Length: 9\r\n', 'abc'), () => undefined],
    ['within its body', request('POST /', 'Content-Length: 9\r\n', 'abc'), (exchange) => new Taker(exchange).start()],
    [
      'within its body, which is paused',
      request('POST /', 'Content-Length: 9\r\n', 'abc'),
      (exchange) => new Taker(exchange).start().stream.pause(),
    ],
    [
      'within its answer',
      get(),
      (exchange, stream) => {
        exchange.respond({ status: 200, headers: [], body: stream, length: null });
        stream.sink?.data(Buffer.from('part'));
      },
    ],
    [
      'within both bodies',
      request('POST /', 'Transfer-Encoding: chunked\r\n', '3\r\nabc\r\n'),
      (exchange, stream) => {
        new Taker(exchange).start();
        exchange.respond({ status: 200, headers: [], body: stream, length: 100 });
        stream.sink?.data(Buffer.from('part'));
      },
    ],
    [
      'within the body that is thrown away',
      request('POST /', 'Content-Length: 9\r\n', 'abc'),
      (exchange) => answer(exchange, 'part'),
    ],
    ['between requests', get(), (exchange) => answer(exchange, 'part')],
  ];
  it.each(PHASES)('security class: stream lifetime: that resets its connection %s is forgotten', async (phase, sent, act) => {
    let gone = 0;
    let late: (() => void) | null = null;
    const stream = new FedStream();
    const server = await serve((exchange) => {
      exchange.request.onAbort({ clientGone: () => gone++ });
      act(exchange, stream);
      late = () => {
        stream.sink?.data(Buffer.from('late'));
        stream.sink?.end();
        stream.sink?.fail(new Error('late'));
        answer(exchange, 'late');
        exchange.request.onAbort({ clientGone: () => gone++ });
      };
    });
    const client = server.client().send(sent);
    const expected = phase === 'within its head' ? 0 : 1;
    await until(() => server.exchanges.length === expected);
    if (stream.sink !== null || /thrown|between/.test(phase)) await client.until(/part/);
    await new Promise((resolve) => setTimeout(resolve, 20));
    client.socket.resetAndDestroy();
    // A connection whose reading is paused learns of it when it goes on.
    if (phase.includes('paused')) {
      const exchange = server.exchanges[0] as Exchange;
      answer(exchange, 'part');
    }
    await until(() => server.server.counts.connections === 0);
    expect(server.outcomes).toHaveLength(expected);
    const answered = /thrown|between|paused/.test(phase);
    expect(gone).toBe(expected === 0 || answered ? 0 : 1);
    expect(stream.destroyed).toBe(stream.sink !== null);
    (late as (() => void) | null)?.();
    expect(server.outcomes).toHaveLength(expected);
  });
});

describe('deadlines', () => {
  it('security class: slowloris: a head must come in its time, from its first byte on', async () => {
    const server = await serve((exchange) => answer(exchange, 'ok'), { headersTimeout: 300 });
    const client = server.client().send(get());
    await client.until(/ok$/);
    client.send('GET / HTTP/1.1\r\n');
    const drips = setInterval(() => client.send('x'), 50);
    const { text } = await client.closed();
    clearInterval(drips);
    expect(answers(text)[1]).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n[^]*{"message":"Request Timeout"}$/);
  });

  it('security class: slowloris: a connection that says nothing is let go in the time of a head', async () => {
    const server = await serve(() => undefined, { headersTimeout: 100, keepAlive: 100_000 });
    expect(await server.client().closed()).toEqual({ text: '', reset: false });
  });

  it('security class: slowloris: a connection that stays idle is let go', async () => {
    const server = await serve((exchange) => answer(exchange, 'ok'), { keepAlive: 100 });
    const { text, reset } = await server.exchange(get());
    expect([bodyOf(text), reset]).toEqual(['ok', false]);
  });

  it('do not come early when the process was held up', async () => {
    const server = await serve(
      (exchange) => {
        if (path(exchange) === '/1') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
        answer(exchange, path(exchange));
      },
      { keepAlive: 100 },
    );
    const client = server.client().send(get('/1'));
    await client.until(/\/1$/);
    const { now } = server.server;
    await until(() => server.server.now > now);
    client.send(get('/2', CLOSE));
    await client.until(/\/2$/);
  });

  it('security class: slowloris: a body must come in its time, however it drips', async () => {
    let taker: Taker | undefined;
    let gone = 0;
    const server = await serve(
      (exchange) => {
        taker = new Taker(exchange).start();
        exchange.request.onAbort({ clientGone: () => gone++ });
      },
      { requestTimeout: 300 },
    );
    const client = server.client().send(request('POST /', 'Content-Length: 100000\r\n', ''));
    const drips = setInterval(() => client.send('x'), 20);
    const { text } = await client.closed();
    clearInterval(drips);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(gone).toBe(1);
    expect(taker?.state).toBeInstanceOf(Error);
    expect(await server.outcome(0)).toMatchObject({ exchange: { status: 408 } });
  });

  it('for a body stands still while the client is held back', async () => {
    let taker: Taker | undefined;
    const server = await serve(
      (exchange) => {
        taker = new Taker(exchange);
        taker.end = () => answer(exchange, 'whole');
        taker.start().stream.pause();
      },
      { requestTimeout: 100 },
    );
    const client = server.client().send(request('POST /', 'Content-Length: 6\r\n', 'abc'));
    await until(() => taker !== undefined);
    const { now } = server.server;
    await until(() => server.server.now > now + 1_500);
    expect(client.text).toBe('');
    taker?.stream.resume();
    client.send('def');
    expect(await client.until(/whole$/)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('security class: slowloris: a client that takes nothing of its answer is cut off', async () => {
    const large = Buffer.alloc(50_000_000);
    const server = await serve((exchange) => exchange.respond({ status: 200, headers: [], body: large, length: large.length }), {
      writeTimeout: 300,
    });
    const client = server.client();
    client.socket.pause();
    client.send(get());
    expect(await server.outcome(0)).toMatchObject({ aborted: true });
  });

  it('a client that takes its answer slowly gets it', async () => {
    const large = Buffer.alloc(40_000_000, 'x');
    const server = await serve((exchange) => exchange.respond({ status: 200, headers: [], body: large, length: large.length }), {
      writeTimeout: 700,
    });
    const { socket } = server.client().send(get('/', CLOSE));
    socket.removeAllListeners('data').pause();
    const over = () => server.outcomes.length > 0;
    let read = 0;
    // A sip each time that the server looks, by whose clock it goes: more than the kernel keeps for the client, so that the server sees it.
    while (!over()) {
      for (const enough = read + 8_000_000; read < enough && !over();) {
        read += ((socket.read() as Buffer | null) ?? '').length;
        await new Promise((resolve) => setImmediate(resolve));
      }
      const { now } = server.server;
      await until(() => over() || server.server.now > now);
    }
    expect(await server.outcome(0)).toMatchObject({ aborted: false });
    expect(read).toBeGreaterThan(0);
  });

  it('a client that does not close what was closed here is cut off', async () => {
    const server = await serve((exchange) => answer(exchange, 'ok'));
    const client = server.client({ allowHalfOpen: true }).send(get('/', CLOSE));
    await client.until(/ok$/);
    await until(() => server.server.counts.connections === 0);
  });
});

describe('connection limits', () => {
  it('security class: slowloris: connections beyond the limit, in all or of one address, are closed at once and counted', async () => {
    for (const limits of [{ connections: 2 }, { connectionsPerAddress: 2 }]) {
      const server = await serve((exchange) => answer(exchange, 'ok'), limits);
      const [one, two] = [server.client().send(get()), server.client().send(get())];
      await Promise.all([one.until(/ok/), two.until(/ok/)]);
      expect((await server.client().closed()).text).toBe('');
      expect(server.server.counts).toMatchObject({ connections: 2, refusedConnections: 1 });
      one.socket.destroy();
      await until(() => server.server.counts.connections === 1);
      await server.client().send(get()).until(/ok/);
    }
  });
});

describe('draining', () => {
  it('lets an idle connection send one request that was on its way, and closes it with the answer', async () => {
    const server = await serve((exchange) => answer(exchange, path(exchange)));
    const client = server.client().send(get('/1'));
    await client.until(/\/1$/);
    const drained = server.drain(10_000);
    client.send(get('/2') + get('/3'));
    const { text } = await client.closed();
    expect(answers(text).map(bodyOf)).toEqual(['/1', '/2']);
    expect(answers(text)[1]).toContain('\r\nConnection: close\r\n');
    await drained;
  });

  it('serves a connection that was accepted already', async () => {
    const server = await serve((exchange) => answer(exchange, 'ok'));
    const draining = server.server.drain(10_000);
    // Nothing was open: it is over, and connections may still come.
    await draining;
    const { text } = await server.exchange(get());
    expect(text).toMatch(/\r\nConnection: close\r\n[^]*ok$/);
  });

  it('ends connections that carry nothing', async () => {
    const server = await serve((exchange) => answer(exchange, 'ok'));
    const [idle, fresh] = [server.client().send(get()), server.client()];
    await idle.until(/ok$/);
    await until(() => server.server.counts.connections === 2);
    await server.drain(10_000);
    expect(await fresh.closed()).toEqual({ text: '', reset: false });
    expect((await idle.closed()).reset).toBe(false);
  });

  it('waits for a request under way, and cuts it off at its deadline', async () => {
    let exchange: Exchange | undefined;
    const server = await serve((each) => (exchange = each));
    const client = server.client().send(get());
    await until(() => exchange !== undefined);
    await server.drain(100);
    expect(await client.closed()).toEqual({ text: '', reset: true });
    expect(await server.outcome(0)).toMatchObject({ aborted: true });
  });
});
