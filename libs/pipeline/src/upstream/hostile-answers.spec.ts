import { describe, expect, it } from 'vitest';
import { ask, OK, scriptedBackend, SpecBody, until, upstreamWith } from './upstream.fixture.js';

const HEAD = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;
const EVIL = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil';

/**
 * Asks a backend whose first answer is `text`, then once more; the second request must come by another connection and get its own answer, whatever the
 * first connection says meanwhile.
 */
async function askTwice(text: string, { method = 'GET', end = false, later = '' } = {}) {
  const backend = await scriptedBackend(({ socket }, number) => {
    if (number > 1) return void socket.write(OK);
    socket.write(text, 'latin1');
    if (end) socket.end();
  });
  const upstream = upstreamWith({ connectionsPerOrigin: 1 });
  const first = ask(upstream, { origin: backend.url, method });
  const ending = await first.ending;
  if (later !== '') backend.connections[0]?.socket.write(later);
  const second = ask(upstream, { origin: backend.url });
  expect([await second.ending, second.body]).toEqual(['ended', 'ok']);
  expect([backend.connections.length, backend.connections[0]?.requests]).toEqual([2, 1]);
  await until(() => backend.open === 1);
  return { first, ending };
}

describe('security class: HTTP/1.1 smuggling: an answer whose head is', () => {
  it.each([
    ['Content-Length and Transfer-Encoding', `${HEAD}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['Transfer-Encoding and Content-Length', `${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n`],
    ['two lengths', `${HEAD}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`],
    ['a list of lengths', `${HEAD}Content-Length: 3, 4\r\n\r\nabcd`],
    ['a length with a sign', `${HEAD}Content-Length: +3\r\n\r\nabc`],
    ['a negative length', `${HEAD}Content-Length: -3\r\n\r\nabc`],
    ['a hexadecimal length', `${HEAD}Content-Length: 0x3\r\n\r\nabc`],
    ['a length with a blank', `${HEAD}Content-Length: 1 2\r\n\r\nabc`],
    ['an empty length', `${HEAD}Content-Length:\r\n\r\n`],
    ['a length beyond numbers', `${HEAD}Content-Length: 99999999999999999999\r\n\r\n`],
    ['a coding before chunked', `${HEAD}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
    ['chunked twice', `${HEAD}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`],
    ['chunked in two headers', `${HEAD}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['an unknown coding', `${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['a coding with a control byte', `${HEAD}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n`],
    ['an empty coding', `${HEAD}Transfer-Encoding:\r\n\r\n0\r\n\r\n`],
    ['chunked from HTTP/1.0', `HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a folded line', `${HEAD}X: a\r\n b\r\nContent-Length: 0\r\n\r\n`],
    ['a folded first line', `${HEAD} Content-Length: 0\r\n\r\n`],
    ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'],
    ['one bare line feed', `${HEAD}X: a\nContent-Length: 0\r\n\r\n`],
    ['a bare carriage return', `${HEAD}X: a\rContent-Length: 5\r\nContent-Length: 0\r\n\r\n`],
    ['a blank before the colon', `${HEAD}Content-Length : 0\r\n\r\n`],
    ['no colon', `${HEAD}Content-Length 0\r\n\r\n`],
    ['no name', `${HEAD}: 0\r\nContent-Length: 0\r\n\r\n`],
    ['a name that is no token', `${HEAD}Content[Length]: 0\r\nContent-Length: 0\r\n\r\n`],
    ['a NUL', `${HEAD}X: a\0b\r\nContent-Length: 0\r\n\r\n`],
    ['204 with a body', 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello'],
    ['204 with chunks', 'HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['an interim one with a body', `HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\nhello${OK}`],
    ['an unasked switch of protocols', `HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n`],
    ['an unasked switch without a protocol', `HTTP/1.1 101 Switching Protocols\r\n\r\n${OK}`],
    ['one interim one after the other', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(9)],
    ['another version', 'HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['an old version', 'HTTP/0.9 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['another protocol', 'ICY 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['a protocol in small letters', 'http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['a status of two digits', 'HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n'],
    ['a status below 100', 'HTTP/1.1 042 OK\r\nContent-Length: 0\r\n\r\n'],
    ['a status without a blank', 'HTTP/1.1200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['a control byte in the reason', 'HTTP/1.1 200 O\x01K\r\nContent-Length: 0\r\n\r\n'],
    ['HTTP/0.9 without a head', '<html>hello</html>\r\n'],
    ['of SSH', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['of TLS', '\x15\x03\x01\x00\x02\x02\x46'],
    ['too large', `${HEAD}X: ${'x'.repeat(40_000)}\r\n\r\n`],
    ['too large and without an end', `${HEAD}X: ${'x'.repeat(40_000)}`],
    ['of too many headers', `${HEAD}${'X: y\r\n'.repeat(300)}\r\n`],
    ['a status line without an end', `HTTP/1.1 200 ${'x'.repeat(40_000)}`],
  ])('%s is none, and its connection is not used again', async (_, text) => {
    const { first, ending } = await askTwice(text);
    expect([ending, first.status, first.chunks.length]).toEqual(['protocol', 0, 0]);
  });
});

describe('security class: HTTP/1.1 smuggling: an answer whose body has', () => {
  it.each([
    ['a chunk size that is no number', `${CHUNKED}g\r\nx\r\n0\r\n\r\n`],
    ['a chunk size with 0x', `${CHUNKED}0x1\r\nx\r\n0\r\n\r\n`],
    ['a negative chunk size', `${CHUNKED}-1\r\nx\r\n0\r\n\r\n`],
    ['a chunk size with a sign', `${CHUNKED}+1\r\nx\r\n0\r\n\r\n`],
    ['a blank before the chunk size', `${CHUNKED} 1\r\nx\r\n0\r\n\r\n`],
    ['no chunk size', `${CHUNKED}\r\nx\r\n0\r\n\r\n`],
    ['a chunk size beyond numbers', `${CHUNKED}fffffffffffffffff\r\nx\r\n`],
    ['a chunk size that ends in a line feed', `${CHUNKED}1\nx\r\n0\r\n\r\n`],
    ['a chunk that is longer than its size', `${CHUNKED}1\r\nxy\r\n0\r\n\r\n`],
    ['a chunk that ends in a line feed', `${CHUNKED}1\r\nx\n0\r\n\r\n`],
    ['a line feed in a chunk extension', `${CHUNKED}1;a\nb\r\nx\r\n0\r\n\r\n`],
    ['endless chunk extensions', `${CHUNKED}${`1;${'x'.repeat(4000)}\r\nx\r\n`.repeat(6)}0\r\n\r\n`],
    ['a trailer that is folded', `${CHUNKED}1\r\nx\r\n0\r\nX: a\r\n b\r\n\r\n`],
    ['a trailer with a blank before the colon', `${CHUNKED}1\r\nx\r\n0\r\nX : a\r\n\r\n`],
    ['endless trailers', `${CHUNKED}1\r\nx\r\n0\r\n${'X: y\r\n'.repeat(5000)}\r\n`],
  ])('%s breaks off, and its connection is not used again', async (_, text) => {
    const { first, ending } = await askTwice(text);
    expect([ending, first.status, first.ended]).toEqual(['protocol', 200, false]);
  });

  it.each([
    ['fewer bytes than announced', `${HEAD}Content-Length: 10\r\n\r\nhello`],
    ['a chunk that is cut off', `${CHUNKED}a\r\nhello`],
    ['no last chunk', `${CHUNKED}5\r\nhello\r\n`],
    ['no end of its trailers', `${CHUNKED}5\r\nhello\r\n0\r\nX: y\r\n`],
  ])('%s breaks off and is not whole', async (_, text) => {
    const { first, ending } = await askTwice(text, { end: true });
    expect([ending, first.status, first.body, first.ended]).toEqual(['network', 200, 'hello', false]);
  });
});

describe('security class: HTTP/1.1 smuggling: response splitting: bytes that nobody asked for', () => {
  it.each([
    ['behind a body', 'GET', `${HEAD}Content-Length: 4\r\n\r\ngood${EVIL}`, 'good'],
    ['of one byte', 'GET', `${HEAD}Content-Length: 4\r\n\r\ngood!`, 'good'],
    ['behind the last chunk', 'GET', `${CHUNKED}4\r\ngood\r\n0\r\n\r\n${EVIL}`, 'good'],
    ['behind a head without a body', 'GET', `${HEAD}Content-Length: 0\r\n\r\n${EVIL}`, ''],
    ['behind 204', 'GET', `HTTP/1.1 204 No Content\r\n\r\n${EVIL}`, ''],
    ['behind 304', 'GET', `HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n${EVIL}`, ''],
    ['behind an answer to HEAD', 'HEAD', `${HEAD}Content-Length: 4\r\n\r\nbody`, ''],
  ])('%s are nobody’s, and the connection is not used again', async (_, method, text, body) => {
    const { first, ending } = await askTwice(text, { method });
    expect([ending, first.body]).toEqual(['ended', body]);
  });

  it('on an idle connection close it', async () => {
    const backend = await scriptedBackend(({ socket }) => socket.write(OK));
    const upstream = upstreamWith();
    expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    backend.connections[0]?.socket.write(EVIL);
    await until(() => backend.open === 0);
    const second = ask(upstream, { origin: backend.url });
    expect([await second.ending, second.body, backend.connections.length]).toEqual(['ended', 'ok', 2]);
  });

  it('before a request has left are no answer to it: it is sent on another connection, whatever its method', async () => {
    const backend = await scriptedBackend(({ socket }) => socket.write(OK));
    const upstream = upstreamWith();
    expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    // Timers come before what the network brings, and requests leave behind that.
    const told = await new Promise<ReturnType<typeof ask>>((resolve) => {
      setTimeout(() => {
        backend.connections[0]?.socket.write(EVIL);
        resolve(ask(upstream, { origin: backend.url, method: 'POST' }));
      }, 20);
    });
    expect([await told.ending, told.body]).toEqual(['ended', 'ok']);
    expect([backend.connections.length, backend.connections[0]?.requests]).toEqual([2, 1]);
  });

  it('on a connection that was never used close it', async () => {
    const backend = await scriptedBackend(({ socket }) => socket.write(OK));
    const upstream = upstreamWith();
    ask(upstream, { origin: backend.url }).call.abort();
    await until(() => backend.open === 1);
    backend.connections[0]?.socket.write(EVIL);
    await until(() => backend.open === 0);
    const second = ask(upstream, { origin: backend.url });
    expect([await second.ending, second.body]).toEqual(['ended', 'ok']);
  });
});

describe('security class: HTTP/1.1 smuggling: an answer that is complete before its request', () => {
  it('is taken, the body is given up, and the connection is not used again', async () => {
    const backend = await scriptedBackend(({ socket }) => socket.write(OK));
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    const body = new SpecBody({ chunks: ['hello'] });
    const first = ask(upstream, { origin: backend.url, method: 'POST', body });
    expect([await first.ending, first.body, first.sent, body.destroyed]).toEqual(['ended', 'ok', 0, true]);
    await until(() => backend.open === 0);
    expect(backend.connections[0]?.text).not.toContain('0\r\n\r\n');
    expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    expect(backend.connections.length).toBe(2);
  });

  it('or only begins before, leaves the connection good when both end', async () => {
    const backend = await scriptedBackend(({ socket }, number) =>
      socket.write(number > 1 ? OK : `${HEAD}Content-Length: 5\r\n\r\n`),
    );
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    const body = new SpecBody({ chunks: ['hel'] });
    const first = ask(upstream, { origin: backend.url, method: 'POST', body, bodyLength: 5 });
    await until(() => first.status === 200);
    body.give('lo');
    body.sink?.end();
    await until(() => backend.connections[0]?.text.endsWith('hello') === true);
    backend.connections[0]?.socket.write('world');
    expect([await first.ending, first.body, first.sent]).toEqual(['ended', 'world', 1]);
    expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    expect(backend.connections.length).toBe(1);
  });

  it('or before the kernel has taken all of it, is taken, and the connection is not used again', async () => {
    const backend = await scriptedBackend(({ socket }, number) => {
      if (number === 1) socket.pause();
      socket.write(OK);
    });
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    const length = 20_000_000;
    const body = new SpecBody();
    const first = ask(upstream, { origin: backend.url, method: 'POST', body, bodyLength: length });
    await until(() => body.sink !== null);
    body.give('x'.repeat(length));
    body.sink?.end();
    expect([first.sent, body.paused]).toEqual([1, true]);
    expect(await first.ending).toBe('ended');
    expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    expect(backend.connections.map(({ requests }) => requests)).toEqual([1, 1]);
  });
});
