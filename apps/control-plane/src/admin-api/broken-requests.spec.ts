import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApplication, testRestApis, TestRestApis, type TestApplication } from './admin-api.fixture.js';

let service: TestRestApis;
let test: TestApplication;
let port: number;

beforeAll(async () => {
  service = new TestRestApis();
  test = await startTestApplication([testRestApis(service)]);
  await test.app.listen(0, '127.0.0.1');
  port = (test.app.getHttpServer().address() as AddressInfo).port;
});
afterAll(() => test.app.close());

const HEAD = 'POST /restapis HTTP/1.1\r\nHost: x\r\nAuthorization: me\r\n';

/** Sends bytes piece by piece and gives what came back until the connection ended. */
function exchange(...pieces: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const [index, piece] of pieces.entries()) void setTimeout(index * 50).then(() => socket.write(piece));
    });
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}

function parts(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const headers = Object.fromEntries(fields.map((field) => [field.split(': ')[0]!.toLowerCase(), field.split(': ')[1]!]));
  return { status: Number(line.split(' ')[1]), headers, body: JSON.parse(body) as unknown };
}

describe('what never becomes a request is answered as AWS writes errors', () => {
  const tooLarge = ['RequestHeadTooLargeException', 431, 'Request line and headers are larger than 16 KB'] as const;
  const malformed = ['BadRequestException', 400, 'The request is not well-formed HTTP'] as const;

  it.each([
    ['a request line', `GET /restapis/${'x'.repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, tooLarge],
    ['a request line without an end', `GET /restapis/${'x'.repeat(300_000)}`, tooLarge],
    ['a header', `GET /restapis HTTP/1.1\r\nHost: x\r\nX-A: ${'x'.repeat(17_000)}\r\n\r\n`, tooLarge],
    ['no HTTP', 'nonsense\r\n\r\n', malformed],
    ['a bad header', 'GET /restapis HTTP/1.1\r\nHost: x\r\nX A: b\r\n\r\n', malformed],
    ['two framings', `${HEAD}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, malformed],
    ['a bad chunk', `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, malformed],
  ])('%s', async (_, bytes, [type, status, message]) => {
    const answer = parts(await exchange(bytes));
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body: { message } });
    expect(answer.headers).toMatchObject({ 'x-amzn-errortype': type, 'content-type': 'application/json', connection: 'close' });
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('a bad chunk after good ones', async () => {
    const answer = parts(await exchange(`${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`, 'zz\r\n'));
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([400, 'BadRequestException']);
  });

  it('a request that does not end', async () => {
    const server = test.app.getHttpServer();
    // As Node.js says it after the time that a request may take, which is too long for a spec.
    server.once('request', ({ socket }) => {
      const late = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      setImmediate(() => server.emit('clientError', late, socket));
    });
    const answer = parts(await exchange(`${HEAD}Content-Length: 12\r\n\r\n{"name"`));
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([408, 'RequestTimeoutException']);
    expect(answer.body).toEqual({ message: 'The request was not complete in time' });
  });

  it('behind a request that was answered', async () => {
    const [first, second] = (await exchange('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n', 'nonsense\r\n\r\n')).split(
      /(?=HTTP\/1\.1 4)/,
    );
    expect(first).toMatch(/^HTTP\/1\.1 200 /);
    expect(parts(second!).body).toEqual({ message: 'The request is not well-formed HTTP' });
  });

  it.each([
    ['behind it', `nonsense\r\n\r\n`, 0],
    ['later', `nonsense\r\n\r\n`, 1],
  ])('after the answer to an earlier request, which is still being made (%s)', async (_, garbage, pieces) => {
    const broken = once(test.app.getHttpServer(), 'clientError');
    service.answer = async () => {
      await broken;
      return { id: 'first' };
    };
    const first = `${HEAD}Content-Length: 12\r\n\r\n{"name":"n"}`;
    const all = await exchange(...(pieces ? [first, garbage, garbage] : [first + garbage]));
    const [one, two, ...more] = all.split(/(?=HTTP\/1\.1 )/);
    expect(parts(one!)).toMatchObject({ status: 201, body: { id: 'first' } });
    expect(parts(two!)).toMatchObject({ status: 400, body: { message: 'The request is not well-formed HTTP' } });
    expect(more).toEqual([]);
  });

  it('but not when the earlier answer ends the connection', async () => {
    service.answer = async () => ({ id: 'last' });
    const all = await exchange(`${HEAD}Connection: close\r\nContent-Length: 12\r\n\r\n{"name":"n"}nonsense\r\n\r\n`);
    expect(parts(all)).toMatchObject({ status: 201, body: { id: 'last' } });
  });

  it.each([
    [
      'no Host',
      'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n',
      400,
      'BadRequestException',
      'The request has no Host header',
    ],
    [
      'no Host and no key',
      'GET /restapis HTTP/1.1\r\nConnection: close\r\n\r\n',
      400,
      'BadRequestException',
      'The request has no Host header',
    ],
    [
      'an expectation',
      `${HEAD}Expect: x\r\nContent-Length: 2\r\n\r\n{}`,
      417,
      'ExpectationFailedException',
      'The request expects what is not supported',
    ],
    [
      'a tunnel',
      'CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n',
      400,
      'BadRequestException',
      'The method CONNECT is not supported',
    ],
  ])('nor does Node.js answer a request with %s', async (_, bytes, status, type, message) => {
    const answer = parts(await exchange(bytes));
    expect(answer).toMatchObject({ status, body: { message }, headers: { 'x-amzn-errortype': type, connection: 'close' } });
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('HTTP/1.0 has no Host', async () => {
    expect((await exchange('GET /healthz HTTP/1.0\r\n\r\n')).slice(0, 12)).toBe('HTTP/1.1 200');
  });

  it('and a socket that is gone ends nothing else', async () => {
    for (const bytes of ['nonsense\r\n\r\n', `GET /${'x'.repeat(100_000)}`, `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`]) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(bytes);
          socket.resetAndDestroy();
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve());
      });
    }
    expect((await exchange('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).slice(0, 12)).toBe('HTTP/1.1 200');
  });
});
