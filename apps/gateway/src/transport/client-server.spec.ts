import { httpBackend, restApiModel, socketBackend, type TestBackend } from '@gatehouse/testing';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { accessRecord } from '../access-log/access-record.js';
import { Documents } from '../documents.fixture.js';
import { HOST, socketGateway, type SocketGateway } from '../gateway.fixture.js';
import { bodyOf, exchangeRaw, RawClient } from '../raw-client.fixture.js';

const closers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((each) => each.close()));
});
const kept = <T extends { close(): Promise<void> }>(closer: T): T => {
  closers.push(closer);
  return closer;
};

/** A gateway whose `/b` goes to `backend`, with every verb. */
async function before(
  backend: TestBackend,
  options: Parameters<typeof socketGateway>[1] & { timeoutInMillis?: number } = {},
): Promise<SocketGateway> {
  const integration = { type: 'HTTP_PROXY' as const, uri: `${backend.url}/b`, timeoutInMillis: options.timeoutInMillis ?? 5000 };
  const told = { ...integration, requestParameters: { 'integration.request.header.x-host': 'method.request.header.Host' } };
  const model = restApiModel({ 'ANY /b': { integration }, 'GET /host': { integration: told }, 'GET /mock': {} });
  return kept(await socketGateway(model, options));
}

const request = (start: string, headers = '', body = '') => `${start} HTTP/1.1\r\nHost: ${HOST}\r\n${headers}\r\n${body}`;
const get = (path: string, headers = 'Connection: close\r\n') => request(`GET ${path}`, headers);

/** A backend that lets `act` decide over each request, given when its head is complete. */
const rawBackend = async (act: (socket: Socket, head: string, nth: number) => void) => {
  let nth = 0;
  return kept(
    await socketBackend((socket) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
        const end = text.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = text.slice(0, end);
        text = '';
        act(socket, head, ++nth);
      });
    }),
  );
};

describe('a request and its answer', () => {
  it('passes both, with bodies, several over one connection', async () => {
    const backend = kept(await httpBackend((response, { body }) => response.end(`got ${body}`)));
    const gateway = await before(backend);
    const client = new RawClient(gateway.port);
    for (let n = 1; n <= 3; n++) {
      client.text = '';
      client.send(request('POST /prod/b', 'Content-Length: 5\r\n', `hello`));
      expect(await client.until(/got hello/)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    }
    client.socket.destroy();
  });

  it('streams a chunked body as it comes', async () => {
    const arrived: string[] = [];
    let connected: Socket | undefined;
    const backend = kept(
      await socketBackend((socket) => {
        connected = socket;
        socket.on('data', (chunk) => arrived.push(chunk.toString('latin1')));
      }),
    );
    const gateway = await before(backend);
    const client = new RawClient(gateway.port).send(request('POST /prod/b', 'Transfer-Encoding: chunked\r\n', '3\r\none\r\n'));
    await until(() => arrived.join('').includes('one'));
    connected?.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nuno\r\n');
    await client.until(/uno/);
    client.send('3\r\ntwo\r\n0\r\n\r\n');
    await until(() => arrived.join('').includes('0\r\n\r\n'));
    connected?.write('3\r\ndos\r\n0\r\n\r\n');
    expect(await client.until(/dos\r\n0\r\n\r\n/)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    client.socket.destroy();
  });

  it('passes the length of an answer to HEAD, and no body', async () => {
    const backend = kept(await httpBackend((response) => response.writeHead(200, { 'Content-Length': '1234' }).end()));
    const gateway = await before(backend);
    const { text } = await exchangeRaw(gateway.port, request('HEAD /prod/b', 'Connection: close\r\n'));
    expect(text).toMatch(/\r\nContent-Length: 1234\r\n/);
    expect(bodyOf(text)).toBe('');
  });

  it('security class: HTTP/1.1 smuggling: an answer to HEAD promises no body to a client that did not ask by HEAD', async () => {
    const backend = kept(await httpBackend((response) => response.writeHead(200, { 'Content-Length': '1234' }).end()));
    const gateway = await before(backend);
    const client = new RawClient(gateway.port);
    client.send(get('/prod/b', 'X-HTTP-Method-Override: HEAD\r\n') + get('/prod/mock'));
    const { text } = await client.closed();
    expect(backend.received.map(({ method }) => method)).toEqual(['HEAD']);
    const [first, second] = text.split(/(?=HTTP\/1\.1 )/);
    expect(first).toMatch(/\r\nContent-Length: 0\r\n[^]*\r\n\r\n$/);
    expect(second).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('security class: HTTP/1.1 smuggling: a body for a client that asked by HEAD goes nowhere', async () => {
    const backend = kept(await httpBackend((response) => response.writeHead(200, { 'Content-Length': '4' }).end('body')));
    const gateway = await before(backend);
    const client = new RawClient(gateway.port);
    client.send(request('HEAD /prod/b', 'X-HTTP-Method-Override: GET\r\n') + get('/prod/mock'));
    const { text } = await client.closed();
    expect(backend.received.map(({ method }) => method)).toEqual(['GET']);
    const [first, second] = text.split(/(?=HTTP\/1\.1 )/);
    expect(first).toMatch(/\r\nContent-Length: 4\r\n[^]*\r\n\r\n$/);
    expect(second).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(gateway.outcomes[0]).toMatchObject({ bytesSent: 0, aborted: false });
  });

  it('reuses connections to a backend', async () => {
    const ports = new Set<number | undefined>();
    const backend = await rawBackend((socket) => {
      ports.add(socket.remotePort);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    const gateway = await before(backend);
    for (let n = 0; n < 3; n++) expect((await exchangeRaw(gateway.port, get('/prod/b'))).text).toMatch(/ok$/);
    expect(ports.size).toBe(1);
  });

  it('sends 100 (Continue) only when the body is wanted', async () => {
    const backend = kept(await httpBackend((response, { body }) => response.end(`got ${body}`)));
    const gateway = await before(backend, { bodyLimit: 10 });
    const client = new RawClient(gateway.port).send(request('POST /prod/b', 'Expect: 100-continue\r\nContent-Length: 5\r\n'));
    await client.until(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
    client.send('hello');
    await client.until(/got hello/);
    client.socket.destroy();

    const refused = await exchangeRaw(gateway.port, request('POST /prod/b', 'Expect: 100-continue\r\nContent-Length: 11\r\n'));
    expect(refused.text).toMatch(/^HTTP\/1\.1 413 /);
    expect(refused.text).toMatch(/\r\nConnection: close\r\n/);
  });
});

describe('a backend that fails', () => {
  it.each([
    ['stalls before its answer', () => undefined, 504, '{"message":"Endpoint request timed out"}'],
    [
      'stalls within the head of its answer',
      (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nA: b'),
      504,
      '{"message":"Endpoint request timed out"}',
    ],
    [
      'resets before its answer',
      (socket: Socket) => socket.resetAndDestroy(),
      504,
      '{"message":"Network error communicating with endpoint"}',
    ],
    ['ends before its answer', (socket: Socket) => socket.end(), 504, '{"message":"Network error communicating with endpoint"}'],
    [
      'switches protocols',
      (socket: Socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
      500,
      '{"message":"Internal server error"}',
    ],
    [
      'switches protocols without saying to which',
      (socket: Socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
      500,
      '{"message":"Internal server error"}',
    ],
    [
      'says 100 to nobody and nothing more',
      (socket: Socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\n'),
      504,
      '{"message":"Endpoint request timed out"}',
    ],
    [
      'says 103 and nothing more',
      (socket: Socket) => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'),
      504,
      '{"message":"Endpoint request timed out"}',
    ],
    ['does not speak HTTP', (socket: Socket) => socket.end('SSH-2.0-OpenSSH\r\n'), 500, '{"message":"Internal server error"}'],
    [
      'sends a head with both lengths',
      (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok'),
      500,
      '{"message":"Internal server error"}',
    ],
  ])('that %s', async (_, act, status, body) => {
    const backend = await rawBackend((socket) => void act(socket));
    const gateway = await before(backend, { timeoutInMillis: 300 });
    const { text } = await exchangeRaw(gateway.port, get('/prod/b'));
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(text).toMatch(/\r\nx-amzn-ErrorType: InternalServerErrorException\r\n/);
    expect(bodyOf(text)).toBe(body);
  });

  it('that takes the body and does not answer', async () => {
    const backend = await rawBackend(() => undefined);
    const gateway = await before(backend, { timeoutInMillis: 200 });
    const client = new RawClient(gateway.port).send(request('POST /prod/b', 'Content-Length: 5\r\n', 'hello'));
    expect(await client.until(/timed out/)).toMatch(/^HTTP\/1\.1 504 /);
    client.socket.destroy();
  });

  it('that does not take the body', async () => {
    const backend = kept(await socketBackend((socket) => void socket.pause()));
    const gateway = await before(backend, { timeoutInMillis: 300 });
    const client = new RawClient(gateway.port).send(request('POST /prod/b', 'Content-Length: 10000000\r\n'));
    client.socket.write(Buffer.alloc(10_000_000));
    expect(await client.until(/timed out/)).toMatch(/^HTTP\/1\.1 504 /);
    client.socket.destroy();
  });

  it('security class: slowloris: that says 103 again and again gets no more time', async () => {
    const timers: NodeJS.Timeout[] = [];
    const backend = await rawBackend((socket) => {
      timers.push(setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 50));
    });
    const gateway = await before(backend, { timeoutInMillis: 300 });
    const { text } = await exchangeRaw(gateway.port, get('/prod/b'));
    for (const timer of timers) clearInterval(timer);
    expect(text).toMatch(/^HTTP\/1\.1 504 /);
  });

  it('that is not there', async () => {
    const backend = await socketBackend(() => undefined);
    await backend.close();
    const { text } = await exchangeRaw((await before(backend)).port, get('/prod/b'));
    expect(text).toMatch(/^HTTP\/1\.1 504 /);
    expect(bodyOf(text)).toBe('{"message":"Network error communicating with endpoint"}');
  });

  const HEAD_WITH_LENGTH = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart';
  const HEAD_CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n';
  it.each([
    ['resets', 'a length', HEAD_WITH_LENGTH, (socket: Socket) => socket.resetAndDestroy()],
    ['ends', 'a length', HEAD_WITH_LENGTH, (socket: Socket) => socket.end()],
    ['stalls', 'a length', HEAD_WITH_LENGTH, () => undefined],
    ['resets', 'chunks', HEAD_CHUNKED, (socket: Socket) => socket.resetAndDestroy()],
    ['ends', 'chunks', HEAD_CHUNKED, (socket: Socket) => socket.end()],
    ['stalls', 'chunks', HEAD_CHUNKED, () => undefined],
  ])('security class: stream lifetime: that %s within a body of %s never gives a clean end', async (_, __, head, act) => {
    let backendSocket: Socket | undefined;
    const backend = await rawBackend((socket) => {
      backendSocket = socket;
      socket.write(head);
    });
    const gateway = await before(backend, { timeoutInMillis: 300 });
    const client = new RawClient(gateway.port).send(get('/prod/b', ''));
    await client.until(/part/);
    const outcome = gateway.nextOutcome();
    act(backendSocket as Socket);
    const { text, reset } = await client.closed();
    expect(reset).toBe(true);
    expect(text).not.toMatch(/0\r\n\r\n$/);
    expect(await outcome).toMatchObject({ aborted: true, exchange: { status: 200, error: { status: 504 } } });
  });

  it('that breaks off does not look whole to a client of HTTP/1.0', async () => {
    let backendSocket: Socket | undefined;
    const backend = await rawBackend((socket) => {
      backendSocket = socket;
      socket.write(HEAD_CHUNKED);
    });
    const gateway = await before(backend);
    const client = new RawClient(gateway.port).send(`GET /prod/b HTTP/1.0\r\nHost: ${HOST}\r\n\r\n`);
    await client.until(/part/);
    backendSocket?.resetAndDestroy();
    expect((await client.closed()).reset).toBe(true);
  });

  it('that closes a kept connection as the next request comes: an idempotent one is sent again, another is not', async () => {
    const seen: string[] = [];
    const backend = await rawBackend((socket, head, nth) => {
      seen.push(head.split(' ', 1)[0] as string);
      if (nth % 2 === 0) socket.resetAndDestroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    const gateway = await before(backend);
    const call = async (verb: string, headers = '') =>
      (await exchangeRaw(gateway.port, request(`${verb} /prod/b`, `Connection: close\r\n${headers}`))).text.slice(9, 12);
    expect([await call('GET'), await call('GET')]).toEqual(['200', '200']);
    expect(seen).toEqual(['GET', 'GET', 'GET']);
    expect(await call('POST')).toBe('504');
    expect(seen).toEqual(['GET', 'GET', 'GET', 'POST']);
  });

  it('that answers while it still gets the body', async () => {
    const backend = await rawBackend((socket) =>
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno'),
    );
    const gateway = await before(backend);
    const client = new RawClient(gateway.port).send(request('POST /prod/b', 'Content-Length: 1000000\r\n', 'x'.repeat(1000)));
    expect(bodyOf(await client.until(/no$/))).toBe('no');
    client.socket.destroy();
  });
});

describe('bodies that are too large', () => {
  const TEXT = '{"message":"HTTP content length exceeded 1000 bytes."}';

  it('are refused at once when they say so', async () => {
    const backend = kept(await httpBackend());
    const gateway = await before(backend, { bodyLimit: 1000 });
    const client = new RawClient(gateway.port).send(request('POST /prod/b', 'Content-Length: 1001\r\n'));
    expect(await client.until(/bytes\."}/)).toMatch(/^HTTP\/1\.1 413 [^]*\r\nx-amzn-ErrorType: RequestTooLargeException\r\n/);
    expect(bodyOf(client.text)).toBe(TEXT);
    expect(backend.received).toEqual([]);
    client.socket.destroy();
  });

  it('are stopped when they grow, and the backend gets no whole request', async () => {
    const ended: boolean[] = [];
    let all = '';
    const backend = kept(
      await socketBackend((socket) => {
        socket.on('data', (chunk) => (all += chunk.toString('latin1')));
        socket.on('close', () => ended.push(true));
      }),
    );
    const gateway = await before(backend, { bodyLimit: 1000 });
    const client = new RawClient(gateway.port).send(request('POST /prod/b', 'Transfer-Encoding: chunked\r\n'));
    for (let n = 0; n < 3; n++) client.send(`190\r\n${'x'.repeat(400)}\r\n`);
    expect(bodyOf(await client.until(/bytes\."}/))).toBe(TEXT);
    await until(() => ended.length === 1);
    expect(all).not.toMatch(/0\r\n\r\n$/);
    client.socket.destroy();
  });

  it('may be exactly as large as the limit', async () => {
    const backend = kept(await httpBackend((response, { body }) => response.end(String(body.length))));
    const gateway = await before(backend, { bodyLimit: 1000 });
    const chunked = await exchangeRaw(
      gateway.port,
      request('POST /prod/b', 'Transfer-Encoding: chunked\r\nConnection: close\r\n', `3e8\r\n${'x'.repeat(1000)}\r\n0\r\n\r\n`),
    );
    expect(bodyOf(chunked.text)).toContain('1000');
  });
});

describe('clients', () => {
  it('that read slowly slow their backend down, and lose nothing', async () => {
    const SIZE = 32 * 1024 * 1024;
    let taken = 0;
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const backend = await rawBackend((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${SIZE}\r\n\r\n`);
      const more = () => {
        while (taken < SIZE) {
          taken += chunk.length;
          if (!socket.write(chunk)) return void socket.once('drain', more);
        }
      };
      more();
    });
    const gateway = await before(backend);
    const client = new RawClient(gateway.port);
    client.socket.removeAllListeners('data');
    client.socket.pause();
    client.send(get('/prod/b', ''));
    let last = -1;
    while (taken !== last || taken === 0) {
      last = taken;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(taken).toBeLessThan(SIZE);
    let read = 0;
    client.socket.on('data', (bytes: Buffer) => (read += bytes.length));
    client.socket.resume();
    await until(() => read > SIZE);
    expect(taken).toBe(SIZE);
    client.socket.destroy();
  });

  it('security class: slowloris: that take nothing of their answer are cut off, and their backend with them', async () => {
    let closed = false;
    const backend = await rawBackend((socket) => {
      socket.on('close', () => (closed = true));
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 33554432\r\n\r\n`);
      socket.write(Buffer.alloc(33_554_432));
    });
    const gateway = await before(backend, { limits: { writeTimeout: 500 } });
    const client = new RawClient(gateway.port);
    client.socket.removeAllListeners('data');
    client.socket.pause();
    const outcome = gateway.nextOutcome();
    client.send(get('/prod/b', ''));
    expect(await outcome).toMatchObject({ aborted: true });
    await until(() => closed);
    client.socket.destroy();
  });

  it.each([
    ['before the answer', ''],
    ['within the answer', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n'],
  ])('that leave %s take the call of the backend with them', async (_, answer) => {
    let closed = false;
    let asked = false;
    const backend = await rawBackend((socket) => {
      asked = true;
      socket.on('close', () => (closed = true));
      if (answer) socket.write(answer);
    });
    const gateway = await before(backend);
    const client = new RawClient(gateway.port).send(get('/prod/b', ''));
    await until(() => asked);
    if (answer) await client.until(/part/);
    const outcome = gateway.nextOutcome();
    client.socket.resetAndDestroy();
    expect(await outcome).toMatchObject({
      aborted: true,
      exchange: { status: answer ? 200 : 0, request: { remoteAddress: '127.0.0.1' } },
    });
    await until(() => closed);
  });

  it('that leave with no more than their end take the call of the backend with them as soon as it answers', async () => {
    let closed = false;
    let backendSocket: Socket | undefined;
    const backend = await rawBackend((socket) => {
      backendSocket = socket;
      socket.on('close', () => (closed = true));
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n');
    });
    const gateway = await before(backend);
    const client = new RawClient(gateway.port).send(get('/prod/b', ''));
    await client.until(/part/);
    const outcome = gateway.nextOutcome();
    client.socket.destroy();
    const more = setInterval(() => backendSocket?.write('4\r\nmore\r\n'), 20);
    expect(await outcome).toMatchObject({ aborted: true });
    clearInterval(more);
    await until(() => closed);
  });

  it('that send their body slowly have the time of the transport, not that of the backend', async () => {
    const backend = kept(await httpBackend((response, { body }) => response.end(`got ${body}`)));
    const gateway = await before(backend, { timeoutInMillis: 200 });
    const client = new RawClient(gateway.port).send(request('POST /prod/b', 'Content-Length: 5\r\n', 'hel'));
    await new Promise((resolve) => setTimeout(resolve, 600));
    client.send('lo');
    expect(await client.until(/got hello|Endpoint/)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    client.socket.destroy();
  });

  it('security class: slowloris: that stop within their body are answered 408, and the backend is not blamed', async () => {
    const backend = await rawBackend(() => undefined);
    const gateway = await before(backend, { timeoutInMillis: 100, limits: { headersTimeout: 500, requestTimeout: 500 } });
    const { text } = await exchangeRaw(gateway.port, request('POST /prod/b', 'Content-Length: 1000\r\n', 'part'));
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('that leave within their body take the call with them', async () => {
    let closed = false;
    let asked = false;
    const backend = kept(
      await socketBackend((socket) => {
        socket.on('data', () => (asked = true));
        socket.on('close', () => (closed = true));
      }),
    );
    const gateway = await before(backend);
    const client = new RawClient(gateway.port).send(request('POST /prod/b', 'Content-Length: 1000\r\n', 'part'));
    await until(() => asked);
    client.socket.destroy();
    await until(() => closed);
  });

  it('that send requests ahead get their answers in order', async () => {
    const backend = kept(await httpBackend((response, { url }) => response.end(`<${url}>`)));
    const gateway = await before(backend);
    const client = new RawClient(gateway.port).send(get('/prod/b?1', '') + get('/prod/mock', '') + get('/prod/b?2'));
    expect((await client.closed()).text).toMatch(/<\/b\?1>HTTP[^]*Content-Length: 0[^]*<\/b\?2>$/);
  });

  it('security class: slowloris: a head or a body that does not come is answered 408', async () => {
    const backend = kept(await httpBackend());
    const gateway = await before(backend, { limits: { headersTimeout: 500, requestTimeout: 500 } });
    const [head, body] = await Promise.all([
      exchangeRaw(gateway.port, `GET /prod/b HTTP/1.1\r\nHost: ${HOST}\r\nX-Slow: `),
      exchangeRaw(gateway.port, request('POST /prod/mock', 'Content-Length: 1000\r\n', 'part')),
    ]);
    expect(head.text).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(bodyOf(head.text)).toBe('{"message":"Request Timeout"}');
    expect(body.text).toMatch(/^HTTP\/1\.1 4\d\d /);
  });
});

describe('what is no request', () => {
  it.each([
    ['a target with dot segments', `GET /prod/../x HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`],
    ['two Host headers', `GET /prod/mock HTTP/1.1\r\nHost: ${HOST}\r\nHost: other\r\nConnection: close\r\n\r\n`],
    ['no Host header', 'GET /prod/mock HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['CONNECT', `CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
    ['an asterisk for a target', `OPTIONS * HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`],
    ['no HTTP', 'hello\r\n\r\n'],
    ['a control byte in a header', `GET /prod/mock HTTP/1.1\r\nHost: ${HOST}\r\nX: a\x01b\r\n\r\n`],
  ])('%s is answered 400', async (_, text) => {
    const backend = kept(await httpBackend());
    const gateway = await before(backend);
    const answer = await exchangeRaw(gateway.port, text);
    expect(answer.text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer.text).toMatch(/\r\nConnection: close\r\n/i);
  });

  it.each([
    ['both lengths', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello'],
    ['a blank before the colon', 'Content-Length : 5\r\n\r\nhello'],
    ['a folded header', 'X-A: b\r\n c\r\nContent-Length: 0\r\n\r\n'],
    ['an unknown transfer coding', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n', 501],
    ['bare line feeds', 'X-A: b\nX-B: c\r\n\r\n'],
    ['a chunk size that is none', 'Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n'],
  ])(
    'security class: HTTP/1.1 smuggling: %s is refused, the connection closed, and nothing smuggled served',
    async (_, headers, status = 400) => {
      const backend = kept(await httpBackend());
      const gateway = await before(backend);
      const smuggled = request('GET /prod/b?smuggled', '');
      const { text } = await exchangeRaw(gateway.port, request('POST /prod/b', '').slice(0, -2) + headers + smuggled);
      expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
      expect(backend.received.filter(({ url }) => url.includes('smuggled'))).toEqual([]);
    },
  );

  it('security class: HTTP/1.1 smuggling: nothing is written into an answer that is on its way', async () => {
    let backendSocket: Socket | undefined;
    const backend = await rawBackend((socket) => {
      backendSocket = socket;
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\npart');
    });
    const gateway = await before(backend);
    const client = new RawClient(gateway.port).send(get('/prod/b', ''));
    await client.until(/part$/);
    client.send('no request\r\n\r\n');
    backendSocket?.write('rest');
    const { text } = await client.closed();
    expect(text).toMatch(/\r\n\r\npartrestHTTP\/1\.1 400 Bad Request\r\n/);
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(2);
  });

  it('a target that is too long is answered 414, a head that is too long 431', async () => {
    const gateway = await before(kept(await httpBackend()));
    const target = await exchangeRaw(gateway.port, get(`/prod/${'x'.repeat(10_300)}`));
    expect(target.text).toMatch(/^HTTP\/1\.1 414 /);
    const head = await exchangeRaw(gateway.port, get('/prod/mock', `X: ${'x'.repeat(20_000)}\r\n`));
    expect(head.text).toMatch(/^HTTP\/1\.1 431 /);
    expect(bodyOf(head.text)).toBe('{"message":"Request Header Fields Too Large"}');
  });

  it('security class: upgrade smuggling: an upgrade is not taken up and not passed on', async () => {
    const backend = kept(await httpBackend());
    const gateway = await before(backend);
    const upgrade = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n';
    const client = new RawClient(gateway.port).send(get('/prod/b', upgrade));
    expect(await client.until(/ok/)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    client.socket.destroy();
    const [seen] = backend.received;
    expect([seen?.header('upgrade'), seen?.header('http2-settings')]).toEqual([undefined, undefined]);
    expect(seen?.header('connection') ?? 'keep-alive').toBe('keep-alive');
  });
});

describe('the authority', () => {
  it('of an absolute-form target replaces Host', async () => {
    const gateway = await before(kept(await httpBackend()));
    const named = await exchangeRaw(
      gateway.port,
      `GET http://${HOST}:8080/prod/mock HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n`,
    );
    expect(named.text).toMatch(/^HTTP\/1\.1 200 /);
    const other = await exchangeRaw(
      gateway.port,
      `GET http://other/prod/mock HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`,
    );
    expect(other.text).toMatch(/^HTTP\/1\.1 403 /);
    expect(bodyOf(other.text)).toBe('{"message":"Forbidden"}');
  });

  it('security class: spoofed trusted headers: of an absolute-form target is what mappings read as Host', async () => {
    const backend = kept(await httpBackend());
    const gateway = await before(backend);
    const client = new RawClient(gateway.port).send(
      `GET http://${HOST}:8080/prod/host HTTP/1.1\r\nHost: evil.test\r\nX: Host\r\n\r\n`,
    );
    expect(await client.until(/ok/)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    client.socket.destroy();
    expect(backend.received[0]?.header('x-host')).toBe(`${HOST}:8080`);
    expect(backend.received[0]?.header('x')).toBe('Host');
  });
});

describe('security class: secrets in logs', () => {
  it.each(['http://user:hunter2@host/prod/mock', 'http://user:hunter2@host'])(
    'user name and password of the target %s are not logged',
    async (target) => {
      const gateway = await before(kept(await httpBackend()));
      const { text } = await exchangeRaw(gateway.port, request(`GET ${target}`, 'Connection: close\r\n'));
      expect(text).toMatch(/^HTTP\/1\.1 400 /);
      expect(text).not.toContain('hunter2');
      expect(gateway.outcomes.map(accessRecord).join()).not.toContain('hunter2');
    },
  );
});

describe('a deployment that is swapped for one with another backend', () => {
  it('ends no call: an answer that has begun comes whole, the next is the new one, and the old connection goes when it is idle', async () => {
    let oldSocket: Socket | undefined;
    let oldIsOpen = true;
    const old = await rawBackend((socket) => {
      oldSocket = socket.on('close', () => (oldIsOpen = false));
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nold ');
    });
    const next = await rawBackend((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew'));
    const gateway = await before(old, { timeoutInMillis: 29_000 });
    const [one, other] = [new RawClient(gateway.port), new RawClient(gateway.port)];
    await one.send(get('/prod/b', '')).until(/old $/);

    const integration = { type: 'HTTP_PROXY' as const, uri: `${next.url}/b`, timeoutInMillis: 5000 };
    expect(gateway.table.apply(new Documents().stage(restApiModel({ 'ANY /b': { integration } })).batch())).toEqual([]);
    await other.send(get('/prod/b', '')).until(/new$/);
    expect(oldIsOpen).toBe(true);
    oldSocket?.write('call');
    await one.until(/\r\n\r\nold call$/);
    await until(() => gateway.outcomes.length === 2);
    expect(gateway.outcomes.map(({ aborted }) => aborted)).toEqual([false, false]);

    await one.send(get('/prod/b', '')).until(/old call[^]*new$/);
    await until(() => !oldIsOpen);
    for (const { socket } of [one, other]) socket.destroy();
  });
});

describe('draining', () => {
  it('finishes what is in flight, closes what is idle, and takes nothing new', async () => {
    let answer: (() => void) | undefined;
    const backend = await rawBackend((socket) => {
      answer = () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    const gateway = await before(backend);
    const idle = new RawClient(gateway.port).send(get('/prod/mock', ''));
    await idle.until(/\r\n\r\n/);
    const busy = new RawClient(gateway.port).send(get('/prod/b', ''));
    await until(() => answer !== undefined);
    const drained = gateway.drain(5000);
    await idle.closed();
    const late = new RawClient(gateway.port);
    expect((await late.closed()).text).toBe('');
    answer?.();
    const { text } = await busy.closed();
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\nConnection: close\r\n[^]*ok$/);
    await drained;
  });

  it('closes a connection whose answer had begun when draining did', async () => {
    let backendSocket: Socket | undefined;
    const backend = await rawBackend((socket) => {
      backendSocket = socket;
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha');
    });
    const gateway = await before(backend);
    const busy = new RawClient(gateway.port).send(get('/prod/b', ''));
    await busy.until(/ha$/);
    const drained = gateway.drain(20_000);
    backendSocket?.write('lf');
    expect((await busy.closed()).text).toMatch(/half$/);
    await drained;
  });

  it('ends at its deadline', async () => {
    let asked = false;
    const backend = await rawBackend(() => {
      asked = true;
    });
    const gateway = await before(backend);
    const busy = new RawClient(gateway.port).send(get('/prod/b', ''));
    await until(() => asked);
    await gateway.drain(0);
    expect((await busy.closed()).text).toBe('');
  });
});

/** Resolves when `reached` holds; the test's own time limit is the end of patience. */
async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 5));
}
