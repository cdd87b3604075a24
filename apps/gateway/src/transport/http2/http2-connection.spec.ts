import type { Exchange } from '@gatehouse/pipeline';
import {
  CANCEL,
  DATA,
  END_HEADERS,
  END_STREAM,
  fields,
  frame,
  FrameClient,
  GOAWAY,
  HEADERS,
  INTERNAL_ERROR,
  NO_ERROR,
  PROTOCOL_ERROR,
  pseudo,
  RST_STREAM,
  SETTINGS,
  uint32,
  WINDOW_UPDATE,
} from '@gatehouse/testing/http2-frames';
import { once } from 'node:events';
import {
  connect,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AddressRanges } from '../client-address/address-ranges.js';
import { TrustedProxies } from '../client-address/trusted-proxies.js';
import type { ClientLimits } from '../connection-host.js';
import { answer, FedStream, ScriptedServer, Taker, until } from '../http1/http1.fixture.js';
import { localTls } from '../tls/tls.fixture.js';

// Deadlines are waited for, and a busy machine takes longer.
vi.setConfig({ testTimeout: 20_000 });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serving(act: (exchange: Exchange) => void, limits: Partial<ClientLimits> = {}): Promise<ScriptedServer> {
  const server = await ScriptedServer.start(act, limits, { tls: localTls() });
  closers.push(() => server.close());
  return server;
}

/** A session of Node's client. */
function session(server: ScriptedServer): ClientHttp2Session {
  const client = connect(`https://localhost:${server.port}`, { rejectUnauthorized: false });
  client.on('error', () => undefined);
  closers.push(() => client.destroy());
  return client;
}

/** A client of bare frames that has greeted. */
async function frames(server: ScriptedServer, ...settings: [number, number][]): Promise<FrameClient> {
  const client = await FrameClient.greeting(server.port, ...settings);
  closers.push(() => client.close());
  return client;
}

interface Answer {
  headers: IncomingHttpHeaders & { ':status'?: number };
  body: string;
}
async function answerTo(stream: ClientHttp2Stream): Promise<Answer> {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [[headers]] = await Promise.all([once(stream, 'response') as Promise<[Answer['headers']]>, once(stream, 'end')]);
  return { headers, body: Buffer.concat(chunks).toString('latin1') };
}

const INITIAL_WINDOW_SIZE = 4;
const HEAD_ONLY = END_HEADERS | END_STREAM;
const post = (...more: [string, string][]) => fields(...pseudo('POST', '/up'), ...more);
const get = (...more: [string, string][]) => fields(...pseudo('GET'), ...more);

describe('a request over HTTP/2', () => {
  it('has what the client sent, as the pipeline knows requests', async () => {
    const server = await serving((exchange) => answer(exchange, 'hello'));
    const client = session(server);
    const stream = client.request({
      ':path': '/a/b?c=d',
      ':authority': 'API.example:8443',
      'x-two': ['1', '2'],
      cookie: ['a=1', 'b=2'],
      te: 'trailers',
    });
    const { headers, body } = await answerTo(stream);
    expect(body).toBe('hello');
    expect(headers[':status']).toBe(200);
    expect(headers['content-length']).toBe('5');
    expect(Date.parse(headers.date ?? '')).not.toBeNaN();
    const { request } = server.exchanges[0] as Exchange;
    expect(request).toMatchObject({
      method: 'GET',
      rawTarget: '/a/b?c=d',
      target: { path: '/a/b', query: 'c=d' },
      host: 'api.example',
      remoteAddress: '127.0.0.1',
      localPort: server.port,
      secure: true,
      protocol: 'HTTP/2.0',
      connectionOptions: [],
      headers: ['Host', 'API.example:8443', 'x-two', '1', 'x-two', '2', 'cookie', 'a=1; b=2', 'te', 'trailers'],
    });
    expect(request.body.length).toBe(0);
    expect(await server.outcome(0)).toMatchObject({ bytesSent: 5, aborted: false });
  });

  it('takes the Host of a client that sends no authority', async () => {
    const server = await serving((exchange) => answer(exchange, exchange.request.host));
    const client = await frames(server);
    client.request(1, fields([':method', 'GET'], [':scheme', 'https'], [':path', '/'], ['host', 'one.example']));
    client.request(3, fields(...pseudo('GET'), ['host', 'LOCALHOST']));
    await until(() => client.hasEnded(1) && client.hasEnded(3));
    expect([client.bodyOf(1).toString(), client.bodyOf(3).toString()]).toEqual(['one.example', 'localhost']);
  });

  it('many at once, each answered in its own time', async () => {
    const waiting: Exchange[] = [];
    const server = await serving((exchange) => void waiting.push(exchange));
    const client = session(server);
    const answers = Array.from({ length: 50 }, (_, n) => answerTo(client.request({ ':path': `/${n}` })));
    await until(() => waiting.length === 50);
    for (const exchange of waiting.reverse()) answer(exchange, exchange.request.rawTarget);
    expect((await Promise.all(answers)).map(({ body }) => body)).toEqual(answers.map((_, n) => `/${n}`));
  });

  it('streams bodies both ways with back-pressure', async () => {
    const server = await serving((exchange) => {
      const upload = exchange.request.body.stream(1e9);
      exchange.respond({ status: 200, headers: [], body: upload, length: null });
    });
    const client = session(server);
    const stream = client.request({ ':method': 'POST', ':path': '/echo' });
    const chunk = Buffer.alloc(100_000, 'abcdefghij');
    const sending = (async () => {
      for (let n = 0; n < 50; n++) if (!stream.write(chunk)) await once(stream, 'drain');
      stream.end();
    })();
    let bytes = 0;
    for await (const piece of stream) {
      expect((piece as Buffer).equals(Buffer.concat([chunk, chunk]).subarray(bytes % 10, (bytes % 10) + piece.length))).toBe(
        true,
      );
      bytes += piece.length;
    }
    await sending;
    expect(bytes).toBe(5_000_000);
    expect(await server.outcome(0)).toMatchObject({ bytesSent: 5_000_000, aborted: false });
  });

  it('lets a client send no more than its window before anyone takes it', async () => {
    const server = await serving(() => undefined);
    const client = await frames(server);
    client.request(1, post(), END_HEADERS);
    const [exchange] = await exchangesOf(server, 1);
    for (let n = 0; n < 4; n++) client.send(frame(DATA, 0, 1, Buffer.alloc(16_000, 'x')));
    client.send(frame(6, 0, 0, Buffer.alloc(8)));
    await client.next(6, 0);
    expect(client.frames.some(({ type, stream }) => type === WINDOW_UPDATE && stream === 1)).toBe(false);
    const taker = new Taker(exchange).start();
    expect(taker.text).toBe('x'.repeat(64_000));
    await client.next(WINDOW_UPDATE, 1);
    client.send(frame(DATA, END_STREAM, 1, Buffer.from('end')));
    await until(() => taker.state === 'ended');
    expect(taker.text.slice(64_000)).toBe('end');
  });

  it('holds a body back while its reader pauses', async () => {
    const server = await serving(() => undefined);
    const client = await frames(server);
    client.request(1, post(), END_HEADERS);
    const [exchange] = await exchangesOf(server, 1);
    const taker = new Taker(exchange).start();
    client.send(frame(DATA, 0, 1, Buffer.from('one')));
    await until(() => taker.text === 'one');
    taker.stream.pause();
    client.send(
      frame(DATA, 0, 1, Buffer.from('two')),
      frame(DATA, END_STREAM, 1, Buffer.from('three')),
      frame(6, 0, 0, Buffer.alloc(8)),
    );
    await client.next(6, 0);
    expect([taker.text, taker.state]).toEqual(['one', 'open']);
    taker.stream.resume();
    expect([taker.text, taker.state]).toEqual(['onetwothree', 'ended']);
  });

  it('takes a body that comes with its head in one breath', async () => {
    const takers: Taker[] = [];
    const server = await serving((exchange) => void takers.push(new Taker(exchange).start()));
    const client = await FrameClient.connect(server.port);
    closers.push(() => client.close());
    client.send(
      Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
      frame(4, 0, 0),
      frame(HEADERS, END_HEADERS, 1, post(['content-length', '6'])),
      frame(DATA, 0, 1, Buffer.from('one')),
      frame(DATA, END_STREAM, 1, Buffer.from('two')),
    );
    await until(() => takers[0]?.state === 'ended');
    expect(takers[0]?.text).toBe('onetwo');
    expect(server.exchanges[0]?.request.body.length).toBe(6);
  });

  it('ignores trailers', async () => {
    const server = await serving((exchange) => void takers.push(new Taker(exchange).start()));
    const takers: Taker[] = [];
    const client = await frames(server);
    client.request(1, post(['x-a', 'head']), END_HEADERS).send(frame(DATA, 0, 1, Buffer.from('body')));
    client.request(1, fields(['x-a', 'trailer'], ['x-api-key', 'forged']));
    await until(() => takers[0]?.state === 'ended');
    expect(server.exchanges[0]?.request.headers).toEqual(['Host', 'localhost', 'x-a', 'head']);
  });

  it('tells a client that waits for it to go on when the body is wanted', async () => {
    const server = await serving(() => undefined);
    const client = session(server);
    const stream = client.request({ ':method': 'POST', expect: '100-continue' });
    const [exchange] = await exchangesOf(server, 1);
    let continued = false;
    stream.on('continue', () => {
      continued = true;
      stream.end('body');
    });
    expect(continued).toBe(false);
    const taker = new Taker(exchange).start();
    await until(() => taker.state === 'ended');
    answer(exchange, taker.text);
    expect((await answerTo(stream)).body).toBe('body');
  });

  it('security class: spoofed trusted headers: it comes from whom trusted proxies name', async () => {
    const trustedProxies = new TrustedProxies(new AddressRanges(['127.0.0.1']), 'x-forwarded-for');
    const server = await ScriptedServer.start(
      (exchange) => answer(exchange, exchange.request.remoteAddress),
      {},
      {
        tls: localTls(),
        trustedProxies,
      },
    );
    closers.push(() => server.close());
    const { body } = await answerTo(session(server).request({ 'x-forwarded-for': '203.0.113.66, 192.0.2.9' }));
    expect(body).toBe('192.0.2.9');
  });
});

async function exchangesOf(server: ScriptedServer, count: number): Promise<[Exchange, ...Exchange[]]> {
  await until(() => server.exchanges.length >= count);
  return server.exchanges as [Exchange, ...Exchange[]];
}

describe('what is no request', () => {
  it.each([
    ['an authority and another host', fields(...pseudo('GET'), ['host', 'other.example'])],
    ['another scheme', fields([':method', 'GET'], [':scheme', 'ftp'], [':path', '/'], [':authority', 'localhost'])],
    ['an absolute path', fields([':method', 'GET'], [':scheme', 'ftp'], [':path', 'http://a/'], [':authority', 'localhost'])],
    ['a fragment', fields([':method', 'GET'], [':scheme', 'https'], [':path', '/a#b'], [':authority', 'localhost'])],
    ['raw bytes in the path', fields([':method', 'GET'], [':scheme', 'https'], [':path', '/\xff'], [':authority', 'localhost'])],
    [
      'a method that nobody knows',
      fields([':method', 'BREW'], [':scheme', 'https'], [':path', '/'], [':authority', 'localhost']),
    ],
    ['CONNECT', fields([':method', 'CONNECT'], [':authority', 'localhost:443'])],
    ['HTTP/1.1 settings for HTTP/2', get(['http2-settings', 'AAMAAABk'])],
  ])('is answered 400: %s', async (_, block) => {
    const server = await serving(() => expect.unreachable());
    const client = await frames(server);
    client.request(1, block);
    await client.next(HEADERS, 1);
    await until(() => client.hasEnded(1));
    expect(client.bodyOf(1).toString()).toBe('{"message":"Bad Request"}');
    expect([...server.server.counts.refusedMessages]).toEqual([[400, 1]]);
    expect(server.exchanges).toHaveLength(0);
  });

  it.each([
    ['an unknown pseudo-header', fields(...pseudo('GET'), [':x', 'y'])],
    ['a pseudo-header twice', fields(...pseudo('GET'), [':path', '/b'])],
    ['a pseudo-header of answers', fields(...pseudo('GET'), [':status', '200'])],
    ['a pseudo-header behind the others', fields(...pseudo('GET').slice(0, 3), ['a', 'b'], [':authority', 'localhost'])],
    ['two hosts', fields([':method', 'GET'], [':scheme', 'https'], [':path', '/'], ['host', 'a.example'], ['host', 'a.example'])],
    ['no host', fields([':method', 'GET'], [':scheme', 'https'], [':path', '/'])],
    ['a user in the authority', fields([':method', 'GET'], [':scheme', 'https'], [':path', '/'], [':authority', 'a@localhost'])],
    ['no method', fields(...pseudo('GET').slice(1))],
    ['no path', fields([':method', 'GET'], [':scheme', 'https'], [':authority', 'localhost'])],
    ['an empty path', fields(...pseudo('GET', ''))],
    ['extended CONNECT', fields(...pseudo('CONNECT'), [':protocol', 'websocket'])],
    ['letters in upper case', get(['X-Upper', 'a'])],
    ['Connection', get(['connection', 'x-api-key'])],
    ['Transfer-Encoding', get(['transfer-encoding', 'chunked'])],
    ['Upgrade', get(['upgrade', 'h2c'])],
    ['Keep-Alive', get(['keep-alive', 'timeout=5'])],
    ['Proxy-Connection', get(['proxy-connection', 'keep-alive'])],
    ['TE of other kinds', get(['te', 'gzip'])],
    ['a body that was announced and does not come', post(['content-length', '5'])],
    ['two lengths', post(['content-length', '0'], ['content-length', '0'])],
    ['a length that is none', post(['content-length', '+0'])],
  ])('security class: HTTP/1.1 smuggling: is reset: %s', async (_, block) => {
    const server = await serving(() => expect.unreachable());
    const client = await frames(server);
    client.request(1, block);
    expect(await client.resetOf(1)).toBe(PROTOCOL_ERROR);
    expect(server.exchanges).toHaveLength(0);
  });

  it('security class: HTTP/1.1 smuggling: a body of another length than was announced is no whole body', async () => {
    const takers: Taker[] = [];
    const server = await serving((exchange) => void takers.push(new Taker(exchange).start()));
    const less = await frames(server);
    less.request(1, post(['content-length', '5']), END_HEADERS).send(frame(DATA, END_STREAM, 1, Buffer.from('abc')));
    expect(await less.resetOf(1)).toBe(PROTOCOL_ERROR);
    await until(() => takers[0]?.state instanceof Error);
    const more = await frames(server);
    more.request(1, post(['content-length', '2']), END_HEADERS).send(frame(DATA, END_STREAM, 1, Buffer.from('abc')));
    await until(() => takers[1]?.state instanceof Error);
  });

  it.each([
    ['a head beyond the limit', get(['x-a', 'a'.repeat(3000)], ['x-b', 'b'.repeat(3000)]), 431, { maxHeaderBytes: 5_000 }],
    [
      'more fields than allowed',
      get(...Array.from({ length: 8 }, (_, n) => [`x-${n}`, ''] as [string, string])),
      431,
      { maxHeaders: 8 },
    ],
    ['a target beyond the limit', fields(...pseudo('GET', `/${'a'.repeat(10_240)}`)), 414, {}],
  ])('is told what is too much: %s', async (_, block, status, limits) => {
    const server = await serving(() => expect.unreachable(), limits);
    const client = await frames(server);
    client.request(1, block);
    await until(() => client.hasEnded(1));
    expect([...server.server.counts.refusedMessages]).toEqual([[status, 1]]);
  });

  it('is no reason not to answer the next one', async () => {
    const server = await serving((exchange) => answer(exchange, 'ok'));
    const client = await frames(server);
    client
      .request(1, get(['connection', 'close']))
      .request(3, get(['host', 'x']))
      .request(5, get());
    await until(() => client.hasEnded(5));
    expect(client.bodyOf(5).toString()).toBe('ok');
  });
});

describe('an answer over HTTP/2', () => {
  it('has names in lower case, repeats, and nothing of one connection of HTTP/1.1', async () => {
    const server = await serving((exchange) =>
      exchange.respond({
        status: 201,
        headers: [
          ...[
            'Set-Cookie',
            'a',
            'set-cookie',
            'b',
            'Content-Type',
            'x/y',
            'Content-Type',
            'x/z',
            'X-Blank',
            ' c\t',
            'X-Byte',
            '\xe0\xa0',
          ],
          ...[
            'Connection',
            'x-a',
            'Keep-Alive',
            'timeout=5',
            'Transfer-Encoding',
            'chunked',
            'Upgrade',
            'h2c',
            'Proxy-Connection',
            'a',
            'TE',
            'gzip',
          ],
        ],
        body: Buffer.from('made'),
        length: 4,
      }),
    );
    const stream = session(server).request({});
    const raw = once(stream, 'response').then(([, , list]) => list as string[]);
    await answerTo(stream);
    const list = await raw;
    expect(list.slice(0, 2)).toEqual([':status', '201']);
    const given = list.slice(2).filter((_, index, all) => all[index - (index % 2)] !== 'date');
    expect(given).toEqual([
      ...[
        'set-cookie',
        'a',
        'set-cookie',
        'b',
        'content-type',
        'x/y',
        'content-type',
        'x/z',
        'x-blank',
        'c',
        'x-byte',
        '\xe0\xa0',
      ],
      ...['content-length', '4'],
    ]);
  });

  it('that Node does not write is reset, and so is what it was made of', async () => {
    const fed = new FedStream();
    const server = await serving((exchange) => {
      const { stream } = exchange.request as unknown as { stream: ServerHttp2Stream };
      stream.respond = () => {
        throw new Error('refused');
      };
      expect(() => exchange.respond({ status: 200, headers: [], body: fed, length: null })).toThrow('refused');
    });
    const client = await frames(server);
    client.request(1, get());
    expect(await client.resetOf(1)).toBe(INTERNAL_ERROR);
    expect(fed.destroyed).toBe(true);
    expect(await server.outcome(0)).toMatchObject({ aborted: true });
  });

  it.each([
    ['GET', 204, null, undefined],
    ['GET', 304, null, undefined],
    ['HEAD', 200, 1234, '1234'],
    ['HEAD', 404, 4, '4'],
    ['GET', 200, 0, '0'],
  ])('to %s with status %d has no body', async (method, status, length, announced) => {
    const server = await serving((exchange) => exchange.respond({ status, headers: [], body: null, length }));
    const { headers, body } = await answerTo(session(server).request({ ':method': method }));
    expect([headers[':status'], headers['content-length'], body]).toEqual([status, announced, '']);
    expect(await server.outcome(0)).toMatchObject({ bytesSent: 0, aborted: false });
  });

  it('to HEAD throws a streamed body away', async () => {
    const fed = new FedStream();
    const server = await serving((exchange) => exchange.respond({ status: 200, headers: [], body: fed, length: 3 }));
    const { headers, body } = await answerTo(session(server).request({ ':method': 'HEAD' }));
    expect([headers['content-length'], body]).toEqual(['3', '']);
    fed.sink?.data(Buffer.from('abc'));
    fed.sink?.end();
    expect(await server.outcome(0)).toMatchObject({ bytesSent: 0, aborted: false });
  });

  it('copies what it cannot write at once: chunks are lent', async () => {
    const fed = new FedStream();
    const server = await serving((exchange) => exchange.respond({ status: 200, headers: [], body: fed, length: null }));
    const answered = answerTo(session(server).request({}));
    await until(() => fed.sink !== null);
    const lent = Buffer.alloc(40_000);
    for (const letter of 'abcdefgh') {
      lent.fill(letter);
      fed.sink?.data(lent);
    }
    lent.fill('?');
    fed.sink?.end();
    expect((await answered).body).toBe([...'abcdefgh'].map((letter) => letter.repeat(40_000)).join(''));
  });

  it('waits for a client that takes no more', async () => {
    const fed = new FedStream();
    const server = await serving((exchange) => exchange.respond({ status: 200, headers: [], body: fed, length: null }));
    const client = await frames(server, [INITIAL_WINDOW_SIZE, 1_000]);
    client.request(1, get());
    await until(() => fed.sink !== null);
    fed.sink?.data(Buffer.alloc(30_000));
    expect(fed.pauses).toBe(0);
    fed.sink?.data(Buffer.alloc(36_000));
    expect(fed.pauses).toBe(1);
    await until(() => client.bodyOf(1).length === 1_000);
    client.send(frame(WINDOW_UPDATE, 0, 1, uint32(99_000)), frame(WINDOW_UPDATE, 0, 0, uint32(99_000)));
    await until(() => fed.resumes === 1);
    fed.sink?.end();
    await until(() => client.hasEnded(1));
    expect(client.bodyOf(1).length).toBe(66_000);
  });

  it('lets a client stop a body that its answer did not wait for', async () => {
    const server = await serving((exchange) => answer(exchange, 'no'));
    const client = await frames(server);
    client.request(1, post(), END_HEADERS).send(frame(DATA, 0, 1, Buffer.from('part')));
    expect(await client.resetOf(1)).toBe(NO_ERROR);
    expect([client.bodyOf(1).toString(), client.hasEnded(1)]).toEqual(['no', true]);
    expect(await server.outcome(0)).toMatchObject({ aborted: false });
  });
});

describe('security class: stream lifetime: an answer that breaks off never looks whole', () => {
  /** What an answer may be when its body fails: nothing sent yet, in the middle, with bytes that the client does not take. */
  const phases: [string, (fed: FedStream) => void][] = [
    ['before its first byte', () => undefined],
    ['in the same turn as its first bytes', (fed) => fed.sink?.data(Buffer.from('part'))],
    ['while the client takes nothing', (fed) => fed.sink?.data(Buffer.alloc(100_000))],
  ];

  describe.each([
    ['a request without a body', get(), HEAD_ONLY],
    ['a request whose body still comes', post(), END_HEADERS],
  ])('%s', (_, block, flags) => {
    it.each(phases)('%s', async (_name, feed) => {
      const fed = new FedStream();
      const server = await serving((exchange) => {
        exchange.respond({ status: 200, headers: [], body: fed, length: null });
        feed(fed);
        fed.sink?.fail(new Error('the backend went away'));
      });
      const client = await frames(server);
      client.request(1, block, flags);
      expect(await client.resetOf(1)).toBe(INTERNAL_ERROR);
      expect(client.hasEnded(1)).toBe(false);
      expect(await server.outcome(0)).toMatchObject({ aborted: true });
    });

    it('when some of it has arrived', async () => {
      const fed = new FedStream();
      const server = await serving((exchange) => exchange.respond({ status: 200, headers: [], body: fed, length: null }));
      const client = await frames(server);
      client.request(1, block, flags);
      await until(() => fed.sink !== null);
      fed.sink?.data(Buffer.from('part'));
      await client.next(DATA, 1);
      fed.sink?.fail(new Error('the backend went away'));
      expect(await client.resetOf(1)).toBe(INTERNAL_ERROR);
      expect([client.bodyOf(1).toString(), client.hasEnded(1)]).toEqual(['part', false]);
    });
  });

  it.each([
    ['more', 3, 'abcd'],
    ['less', 5, 'abcd'],
  ])('that has %s bytes than it announced', async (_, length, text) => {
    const fed = new FedStream();
    const server = await serving((exchange) => {
      exchange.respond({ status: 200, headers: [], body: fed, length });
      fed.sink?.data(Buffer.from(text));
      fed.sink?.end();
    });
    const client = await frames(server);
    client.request(1, get());
    expect(await client.resetOf(1)).toBe(INTERNAL_ERROR);
    expect(client.hasEnded(1)).toBe(false);
  });

  it.each([
    ['a header that ends a line', { status: 200, headers: ['x-a', 'b\r\nc: d'] }],
    ['a header that ends a field', { status: 200, headers: ['x-a', 'b\0c\0d'] }],
    ['a name that is none', { status: 200, headers: ['x a', 'b'] }],
    ['a pseudo-header', { status: 200, headers: [':status', '500'] }],
    ['a status that ends nothing', { status: 100, headers: [] }],
    ['a status that is none', { status: 600, headers: [] }],
  ])('security class: CR/LF and header injection: or cannot be written: %s', async (_, head) => {
    const server = await serving((exchange) => exchange.respond({ length: 4, ...head, body: Buffer.from('body') }));
    const client = await frames(server);
    client.request(1, get());
    await client.next(DATA, 1);
    expect(client.bodyOf(1).toString()).toBe('{"message":"Internal server error"}');
    expect((await server.outcome(0)).exchange).toMatchObject({ status: 500, error: { responseType: 'DEFAULT_5XX' } });
  });

  it('whose body has another length', async () => {
    const server = await serving((exchange) =>
      exchange.respond({ status: 200, headers: [], length: 5, body: Buffer.from('body') }),
    );
    const client = await frames(server);
    client.request(1, get());
    expect(await client.resetOf(1)).toBe(INTERNAL_ERROR);
    expect(client.frames.some(({ type, stream }) => type === HEADERS && stream === 1)).toBe(false);
  });
});

describe('security class: stream lifetime: a client that goes away', () => {
  const codes: [string, (client: FrameClient) => void][] = [
    ['by CANCEL', (client) => void client.send(frame(RST_STREAM, 0, 1, uint32(CANCEL)))],
    ['by a reset without an error', (client) => void client.send(frame(RST_STREAM, 0, 1, uint32(NO_ERROR)))],
    ['with its connection', (client) => client.close()],
    ['by a frame that the stream must not have', (client) => void client.send(frame(WINDOW_UPDATE, 0, 1, uint32(0)))],
  ];

  describe.each(codes)('%s', (_, leave) => {
    it('before its body was asked for', async () => {
      const server = await serving(() => undefined);
      const client = await frames(server);
      client.request(1, post(), END_HEADERS).send(frame(DATA, 0, 1, Buffer.from('part')));
      const [exchange] = await exchangesOf(server, 1);
      leave(client);
      expect(await server.outcome(0)).toMatchObject({ aborted: true });
      const taker = new Taker(exchange).start();
      expect(taker.state).toBeInstanceOf(Error);
      expect(taker.text).toBe('');
      answer(exchange, 'late');
    });

    it('in the middle of its body, which is not taken for whole', async () => {
      const takers: Taker[] = [];
      const server = await serving((exchange) => void takers.push(new Taker(exchange).start()));
      const client = await frames(server);
      client.request(1, post(), END_HEADERS).send(frame(DATA, 0, 1, Buffer.from('part')));
      await until(() => takers[0]?.text === 'part');
      leave(client);
      await until(() => takers[0]?.state !== 'open');
      expect(takers[0]?.state).toBeInstanceOf(Error);
      expect(await server.outcome(0)).toMatchObject({ aborted: true });
    });

    it('while its body is held back', async () => {
      const takers: Taker[] = [];
      const server = await serving((exchange) => {
        const taker = new Taker(exchange).start();
        taker.stream.pause();
        takers.push(taker);
      });
      const client = await frames(server);
      client.request(1, post(), END_HEADERS).send(frame(DATA, 0, 1, Buffer.from('part')), frame(6, 0, 0, Buffer.alloc(8)));
      await client.next(6, 0);
      leave(client);
      await until(() => takers[0]?.state !== 'open');
      expect([takers[0]?.text, takers[0]?.state]).toEqual(['', expect.any(Error)]);
      takers[0]?.stream.resume();
    });

    it('before its answer', async () => {
      let told = 0;
      const server = await serving((exchange) => exchange.request.onAbort({ clientGone: () => told++ }));
      const client = await frames(server);
      client.request(1, post(), END_HEADERS);
      const [exchange] = await exchangesOf(server, 1);
      leave(client);
      expect(await server.outcome(0)).toMatchObject({ aborted: true, bytesSent: 0 });
      expect(told).toBe(1);
      exchange.request.onAbort({ clientGone: () => told++ });
      expect(told).toBe(2);
      const late = new FedStream();
      exchange.respond({ status: 200, headers: [], body: late, length: null });
      expect([late.destroyed, late.sink]).toEqual([true, null]);
    });

    it('in the middle of its answer', async () => {
      const fed = new FedStream();
      let told = 0;
      const server = await serving((exchange) => {
        exchange.request.onAbort({ clientGone: () => told++ });
        exchange.respond({ status: 200, headers: [], body: fed, length: null });
        fed.sink?.data(Buffer.from('part'));
      });
      const client = await frames(server);
      client.request(1, post(), END_HEADERS);
      await client.next(DATA, 1);
      leave(client);
      expect(await server.outcome(0)).toMatchObject({ aborted: true });
      expect([fed.destroyed, told]).toEqual([true, 1]);
      fed.sink?.data(Buffer.from('late'));
      fed.sink?.end();
    });

    it('while it takes nothing of its answer', async () => {
      const fed = new FedStream();
      const server = await serving((exchange) => {
        exchange.respond({ status: 200, headers: [], body: fed, length: null });
        fed.sink?.data(Buffer.alloc(200_000));
        fed.sink?.end();
      });
      const client = await frames(server, [INITIAL_WINDOW_SIZE, 0]);
      client.request(1, post(), END_HEADERS);
      await client.next(HEADERS, 1);
      leave(client);
      expect(await server.outcome(0)).toMatchObject({ aborted: true });
    });
  });

  it('in the same breath as it came', async () => {
    const server = await serving((exchange) => answer(exchange, 'ok'));
    const client = await frames(server);
    for (let stream = 1; stream < 40; stream += 2) {
      client.send(frame(HEADERS, END_HEADERS, stream, post()), frame(RST_STREAM, 0, stream, uint32(CANCEL)));
    }
    client.request(41, get());
    await until(() => client.hasEnded(41));
    await until(() => server.outcomes.length === server.exchanges.length);
  });
});

describe('the end of a connection', () => {
  it('lets streams finish and takes no more when the server drains', async () => {
    const server = await serving(() => undefined);
    const client = await frames(server);
    client.request(1, get());
    const [exchange] = await exchangesOf(server, 1);
    const drained = server.drain(10_000);
    expect(await client.goaway()).toBe(NO_ERROR);
    client.request(3, get());
    answer(exchange, 'last');
    await until(() => client.hasEnded(1));
    client.socket.end();
    await drained;
    expect([client.bodyOf(1).toString(), server.exchanges.length]).toEqual(['last', 1]);
    expect(await server.outcome(0)).toMatchObject({ aborted: false });
  });

  it.each([
    ['that has only just connected', 0],
    ['whose connection carries nothing', 2],
  ])('lets a client %s have one more request', async (_, before) => {
    const server = await serving((exchange) => answer(exchange, exchange.request.rawTarget));
    const client = await frames(server);
    await client.next(SETTINGS, 0);
    for (let stream = 1; stream < 2 * before; stream += 2) {
      client.request(stream, get());
      await until(() => client.hasEnded(stream) && server.outcomes.length === (stream + 1) / 2);
    }
    const drained = server.drain(10_000);
    const last = 2 * before + 1;
    client.request(last, fields(...pseudo('GET', '/last')));
    expect(await client.goaway()).toBe(NO_ERROR);
    await until(() => client.hasEnded(last));
    client.request(last + 2, get()).socket.end();
    await drained;
    expect([client.bodyOf(last).toString(), server.exchanges.length]).toEqual(['/last', before + 1]);
  });

  it('comes for a client that has only just connected and wants nothing', async () => {
    const server = await serving(() => undefined);
    const client = await frames(server);
    await client.next(SETTINGS, 0);
    await server.drain(10_000);
    await client.ended();
  });

  it('comes for one that carries nothing', async () => {
    const server = await serving((exchange) => answer(exchange, 'ok'));
    const client = session(server);
    await answerTo(client.request({}));
    const closed = once(client, 'close');
    await server.drain(10_000);
    await closed;
  });

  it('comes for what is under way when the time to drain is over', async () => {
    const fed = new FedStream();
    const server = await serving((exchange) => {
      exchange.respond({ status: 200, headers: [], body: fed, length: null });
      fed.sink?.data(Buffer.from('part'));
    });
    const client = await frames(server);
    client.request(1, get());
    await client.next(DATA, 1);
    await server.drain(1);
    await client.ended();
    expect([client.hasEnded(1), fed.destroyed, server.outcomes.length]).toEqual([false, true, 1]);
  });

  it('leaves nothing behind', async () => {
    const server = await serving((exchange) => answer(exchange, 'ok'));
    const client = session(server);
    await answerTo(client.request({}));
    expect(server.server.counts.connections).toBe(1);
    client.close();
    await until(() => server.server.counts.connections === 0);
  });
});

describe('security class: slowloris', () => {
  it('a client that does not greet', async () => {
    const server = await serving(() => undefined, { headersTimeout: 50 });
    const client = await FrameClient.connect(server.port);
    await client.ended();
  });

  it('a client that does not finish a head', async () => {
    const server = await serving(() => undefined, { keepAlive: 50 });
    const client = await frames(server);
    client.request(1, get(), END_STREAM);
    await client.ended();
    expect(server.exchanges).toHaveLength(0);
  });

  it('a connection without requests, which pings do not keep', async () => {
    const server = await serving((exchange) => answer(exchange, 'ok'), { keepAlive: 50 });
    const client = await frames(server);
    client.request(1, get());
    const pinging = setInterval(() => client.send(frame(6, 0, 0, Buffer.alloc(8))), 20);
    expect(await client.goaway()).toBe(NO_ERROR);
    await client.ended();
    clearInterval(pinging);
    expect(client.hasEnded(1)).toBe(true);
  });

  it('a body that does not come', async () => {
    const takers: Taker[] = [];
    const server = await serving((exchange) => void takers.push(new Taker(exchange).start()), { requestTimeout: 50 });
    const client = await frames(server);
    client.request(1, post(), END_HEADERS).send(frame(DATA, 0, 1, Buffer.from('part')));
    await until(() => client.hasEnded(1));
    expect(client.bodyOf(1).toString()).toBe('{"message":"Request Timeout"}');
    expect(await client.resetOf(1)).toBe(NO_ERROR);
    await until(() => takers[0]?.state instanceof Error);
    expect((await server.outcome(0)).exchange.status).toBe(408);
  });

  it('a body that does not come behind an answer that began', async () => {
    const fed = new FedStream();
    const server = await serving((exchange) => exchange.respond({ status: 200, headers: [], body: fed, length: null }), {
      requestTimeout: 50,
    });
    const client = await frames(server);
    client.request(1, post(), END_HEADERS);
    expect(await client.resetOf(1)).toBe(INTERNAL_ERROR);
    expect(fed.destroyed).toBe(true);
  });

  it('a client that takes nothing of its answers', async () => {
    const bodies: FedStream[] = [];
    const server = await serving(
      (exchange) => {
        const fed = new FedStream();
        bodies.push(fed);
        exchange.respond({ status: 200, headers: [], body: fed, length: null });
        fed.sink?.data(Buffer.alloc(100_000));
      },
      { writeTimeout: 50 },
    );
    const client = await frames(server, [INITIAL_WINDOW_SIZE, 0]);
    client.request(1, get()).request(3, get());
    await Promise.all([client.resetOf(1), client.resetOf(3)]);
    expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  });

  it('a connection on which nothing moves any more, though all is answered', async () => {
    const held: (() => void)[] = [];
    const server = await serving(
      (exchange) => {
        // As when the end of the stream cannot be sent: it does not close.
        const { stream } = exchange.request as unknown as { stream: ServerHttp2Stream };
        stream._destroy = (error, callback) => void held.push(() => callback(error));
        answer(exchange, 'all');
      },
      { writeTimeout: 100 },
    );
    const client = await frames(server);
    client.request(1, get());
    await client.ended();
    expect(server.outcomes).toHaveLength(0);
    for (const release of held) release();
    await until(() => server.server.counts.connections === 0);
    expect(server.outcomes).toHaveLength(1);
  });

  it('a connection that is done for, though the answer to a request that was refused could not be sent', async () => {
    const server = await serving(() => undefined, { writeTimeout: 50, keepAlive: 1_000_000 });
    const client = await frames(server);
    const CLOSE = Buffer.concat([uint32(0), uint32(NO_ERROR)]);
    // After the client's goodbye and a frame that cannot be, nghttp2 sends nothing more, and Node reads nothing more.
    client.request(1, fields(...pseudo('BREW'))).send(frame(GOAWAY, 0, 0, CLOSE), frame(DATA, 0, 1, Buffer.from('late')));
    await until(() => server.server.counts.refusedMessages.size === 1);
    client.close();
    await until(() => server.server.counts.connections === 0);
  });

  it('a client that takes one answer and leaves another, for longer than it could mean well', async () => {
    const server = await serving(
      (exchange) => {
        const fed = new FedStream();
        exchange.respond({ status: 200, headers: [], body: fed, length: null });
        fed.sink?.data(Buffer.alloc(100_000));
      },
      { writeTimeout: 100 },
    );
    const client = await frames(server, [INITIAL_WINDOW_SIZE, 0]);
    client.request(1, get()).request(3, get());
    const taking = setInterval(() => client.send(frame(WINDOW_UPDATE, 0, 3, uint32(1))), 20);
    expect(await client.resetOf(1)).toBe(INTERNAL_ERROR);
    clearInterval(taking);
  });
});
