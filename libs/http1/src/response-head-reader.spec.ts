import { describe, expect, it } from 'vitest';
import { type FaultKind, HttpFault } from './fault.js';
import type { ResponseHead } from './message.js';
import { bytesOf, waysToCut } from './pieces.fixture.js';
import { HEAD_LIMITS } from './reading.fixture.js';
import { ResponseHeadReader } from './response-head-reader.js';

/** What comes of a text that answers a request with `method`, which is the same wherever it is cut. */
function outcome(text: string, method = 'GET', limits = HEAD_LIMITS): { head: ResponseHead; end: number } | FaultKind | null {
  const before = bytesOf('body of another');
  const behind = Buffer.concat([before, bytesOf(text)]);
  const outcomes = [[behind], ...waysToCut(bytesOf(text))].map((pieces) => {
    const reader = new ResponseHeadReader(limits);
    const start = pieces[0] === behind ? before.length : 0;
    let passed = 0 - start;
    try {
      for (const piece of pieces) {
        const head = reader.read(piece, start, method);
        if (head !== null) return { head, end: passed + reader.end };
        passed += piece.length;
      }
      return null;
    } catch (error) {
      if (error instanceof HttpFault) return error.kind;
      throw error;
    }
  });
  for (const other of outcomes) expect(other).toEqual(outcomes[0]);
  return outcomes[0] as ReturnType<typeof outcome>;
}

function headOf(text: string, method?: string): ResponseHead {
  const read = outcome(text, method);
  if (read === null || typeof read === 'string') throw new Error(`no head: ${read}`);
  expect(read.end).toBe(text.length);
  return read.head;
}

const response = (line: string, ...lines: string[]) => `${line}\r\n${lines.map((text) => `${text}\r\n`).join('')}\r\n`;
const withLines = (...lines: string[]) => response('HTTP/1.1 200 OK', ...lines);

describe('ResponseHeadReader', () => {
  it('reads a head', () => {
    expect(
      headOf('HTTP/1.1 404 Not Found\r\nContent-Type: a/b\r\ncontent-length: 5\r\nSet-Cookie: a\r\nset-cookie: b\r\n\r\n'),
    ).toEqual({
      minorVersion: 1,
      headers: ['Content-Type', 'a/b', 'content-length', '5', 'Set-Cookie', 'a', 'set-cookie', 'b'],
      framing: { kind: 'length', length: 5 },
      keepAlive: true,
      connectionOptions: [],
      upgrade: null,
      status: 404,
      keepAliveSeconds: null,
    });
  });

  it.each([
    'HTTP/1.1 200 OK',
    'HTTP/1.1 200 ',
    'HTTP/1.1 200',
    'HTTP/1.1 200 a b\t\xe9\xff',
    'HTTP/1.1 200  ',
    'HTTP/1.0 200 OK',
  ])('takes the status line "%s"', (line) => expect(headOf(response(line, 'Content-Length: 0')).status).toBe(200));
  it.each([100, 102, 199, 200, 299, 399, 499, 599])('takes the status %i', (status) =>
    expect(headOf(response(`HTTP/1.1 ${status} X`)).status).toBe(status),
  );

  it.each<[string, string, string[], object]>([
    ['GET', '200 OK', ['Content-Length: 5'], { kind: 'length', length: 5 }],
    ['GET', '200 OK', ['Content-Length: 0'], { kind: 'none' }],
    ['GET', '200 OK', ['Transfer-Encoding: chunked'], { kind: 'chunked' }],
    ['GET', '200 OK', [], { kind: 'until-close' }],
    ['HEAD', '200 OK', ['Content-Length: 5'], { kind: 'none' }],
    ['HEAD', '200 OK', ['Transfer-Encoding: chunked'], { kind: 'none' }],
    ['HEAD', '200 OK', [], { kind: 'none' }],
    ['GET', '204 No Content', [], { kind: 'none' }],
    ['GET', '204 No Content', ['Content-Length: 0'], { kind: 'none' }],
    ['GET', '304 Not Modified', [], { kind: 'none' }],
    ['GET', '304 Not Modified', ['Content-Length: 5'], { kind: 'none' }],
    ['GET', '304 Not Modified', ['Transfer-Encoding: chunked'], { kind: 'none' }],
    ['POST', '100 Continue', [], { kind: 'none' }],
    ['POST', '103 Early Hints', ['Link: a'], { kind: 'none' }],
    ['GET', '101 Switching Protocols', ['Connection: upgrade', 'Upgrade: websocket'], { kind: 'none' }],
    ['GET', '205 Reset Content', ['Content-Length: 0'], { kind: 'none' }],
  ])('the body of an answer to %s with %s and %j is %j', (method, status, lines, framing) =>
    expect(headOf(response(`HTTP/1.1 ${status}`, ...lines), method).framing).toEqual(framing),
  );

  it.each<[string, string[], boolean]>([
    ['HTTP/1.1 200 OK', ['Content-Length: 5'], true],
    ['HTTP/1.1 200 OK', ['Transfer-Encoding: chunked'], true],
    ['HTTP/1.1 200 OK', ['Content-Length: 5', 'Connection: Close'], false],
    ['HTTP/1.1 200 OK', [], false],
    ['HTTP/1.1 204 No Content', [], true],
    ['HTTP/1.0 200 OK', ['Content-Length: 5'], false],
    ['HTTP/1.0 200 OK', ['Content-Length: 5', 'Connection: keep-alive'], true],
    ['HTTP/1.0 200 OK', ['Connection: keep-alive'], false],
  ])('%s with %j lets the connection be used again: %s', (line, lines, keepAlive) =>
    expect(headOf(response(line, ...lines)).keepAlive).toBe(keepAlive),
  );

  it.each<[string[], number | null]>([
    [['Keep-Alive: timeout=5'], 5],
    [['Keep-Alive: max=100, Timeout=60'], 60],
    [['keep-alive:\ttimeout=0'], 0],
    [['Keep-Alive: max=100'], null],
    [['Keep-Alive: timeout=x, timeout=', 'Keep-Alive: timeout=7'], 7],
    [['Keep-Alive: timeout=9999999999'], null],
    [[], null],
  ])('%j says that an idle connection is kept for %s seconds', (lines, seconds) =>
    expect(headOf(withLines('Content-Length: 0', ...lines)).keepAliveSeconds).toBe(seconds),
  );

  it('reads interim responses and the final one, one after the other', () => {
    const reader = new ResponseHeadReader(HEAD_LIMITS);
    const bytes = bytesOf(
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx',
    );
    const statuses: number[] = [];
    let at = 0;
    for (let n = 0; n < 3; n++) {
      statuses.push(reader.read(bytes, at, 'POST')?.status ?? 0);
      at = reader.end;
    }
    expect([statuses, bytes.toString('latin1', at)]).toEqual([[100, 103, 200], 'x']);
  });

  it('has begun between the first and the last byte of a head', () => {
    const reader = new ResponseHeadReader(HEAD_LIMITS);
    expect(reader.begun).toBe(false);
    expect([reader.read(bytesOf('H'), 0, 'GET'), reader.begun]).toEqual([null, true]);
    expect(reader.read(bytesOf('TTP/1.1 200 OK\r\n\r\n'), 0, 'GET')).not.toBeNull();
    expect(reader.begun).toBe(false);
  });
});

describe('security class: HTTP/1.1 smuggling: ResponseHeadReader', () => {
  it.each<[string, string, FaultKind]>([
    ['Content-Length and Transfer-Encoding', withLines('Content-Length: 5', 'Transfer-Encoding: chunked'), 'malformed'],
    ['Transfer-Encoding and Content-Length', withLines('Transfer-Encoding: chunked', 'Content-Length: 5'), 'malformed'],
    ['two equal lengths', withLines('Content-Length: 5', 'Content-Length: 5'), 'malformed'],
    ['two lengths', withLines('Content-Length: 5', 'Content-Length: 6'), 'malformed'],
    ...['+5', '5,5', '0x5', '', '05', '-1', '9007199254740992', '5 '].map((value): [string, string, FaultKind] => [
      `a length of "${value}"`,
      withLines(`Content-Length: ${value}`),
      'malformed',
    ]),
    ...['gzip', 'gzip, chunked', 'identity', 'chunked, chunked', ''].map((coding): [string, string, FaultKind] => [
      `a transfer coding of "${coding}"`,
      withLines(`Transfer-Encoding: ${coding}`),
      'transfer-coding',
    ]),
    ['Transfer-Encoding in HTTP/1.0', response('HTTP/1.0 200 OK', 'Transfer-Encoding: chunked'), 'malformed'],
    ['a length of an interim response', response('HTTP/1.1 100 Continue', 'Content-Length: 5'), 'malformed'],
    ['chunks of an interim response', response('HTTP/1.1 103 Early Hints', 'Transfer-Encoding: chunked'), 'malformed'],
    ['a length of 204', response('HTTP/1.1 204 No Content', 'Content-Length: 5'), 'malformed'],
    ['chunks of 204', response('HTTP/1.1 204 No Content', 'Transfer-Encoding: chunked'), 'malformed'],
    ['a folded line', withLines('X: a', ' b'), 'malformed'],
    ['a blank before the colon', withLines('X : a'), 'malformed'],
    ['an empty name', withLines(': a'), 'malformed'],
    ['a NUL in a value', withLines('X: a\0b'), 'malformed'],
    ['a bare LF behind the status line', 'HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n', 'malformed'],
    ['a bare CR behind the status line', 'HTTP/1.1 200 OK\rContent-Length: 0\r\n\r\n', 'malformed'],
    ['a bare LF behind a field', 'HTTP/1.1 200 OK\r\nContent-Length: 0\n\r\n', 'malformed'],
    ['a bare LF as the blank line', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\n', 'malformed'],
    ['a line end before it', '\r\nHTTP/1.1 200 OK\r\n\r\n', 'malformed'],
    ...['20', '2000', '099', '600', '999', '000', '2x0', ' 200', '+20', '20 ', '-20', '2\x000', '\xb200'].map(
      (status): [string, string, FaultKind] => [
        `the status ${JSON.stringify(status)}`,
        response(`HTTP/1.1 ${status} OK`),
        'malformed',
      ],
    ),
    ...['OK\0', 'O\x01K', '\x7f', 'O\x0bK'].map((reason): [string, string, FaultKind] => [
      `the reason phrase ${JSON.stringify(reason)}`,
      response(`HTTP/1.1 200 ${reason}`),
      'malformed',
    ]),
    ['a tab behind the status', response('HTTP/1.1 200\tOK'), 'malformed'],
    ['two blanks before the status', response('HTTP/1.1  200 OK'), 'malformed'],
    ...['http/1.1', 'HTTP/1', 'HTTP/11', 'ICY', 'HTTP/1.10', 'HTTP/x.1', 'RTSP/1.0'].map(
      (version): [string, string, FaultKind] => [`the version ${version}`, response(`${version} 200 OK`), 'malformed'],
    ),
    ...['HTTP/0.9', 'HTTP/1.2', 'HTTP/2.0'].map((version): [string, string, FaultKind] => [
      `the version ${version}`,
      response(`${version} 200 OK`),
      'version',
    ]),
    ['no status line (HTTP/0.9)', '<html></html>', 'malformed'],
    ['a Connection field that is no list', withLines('Content-Length: 0', 'Connection: close;x'), 'malformed'],
  ])('refuses %s', (_, text, kind) => expect(outcome(text)).toBe(kind));

  it.each<[string, string, FaultKind]>([
    ['Content-Length and Transfer-Encoding', withLines('Content-Length: 5', 'Transfer-Encoding: chunked'), 'malformed'],
    ['two lengths', withLines('Content-Length: 5', 'Content-Length: 6'), 'malformed'],
  ])('refuses %s in an answer to HEAD too', (_, text, kind) => expect(outcome(text, 'HEAD')).toBe(kind));

  it.each(['H', 'HTTP/1.1 200 OK', 'HTTP/1.1 200 OK\r\nX: a'])('refuses a bare LF behind "%s" at once', (text) => {
    expect(outcome(text)).toBeNull();
    expect(outcome(`${text}\n`)).toBe('malformed');
  });
});

describe('security class: upgrade, WebSocket and h2c smuggling: ResponseHeadReader', () => {
  it('takes 101 with the protocol that Connection lists', () =>
    expect(headOf(response('HTTP/1.1 101 Switching Protocols', 'Upgrade: WebSocket', 'Connection: Upgrade'))).toMatchObject({
      status: 101,
      upgrade: 'websocket',
    }));
  it.each([
    ['without Upgrade', response('HTTP/1.1 101 X', 'Connection: Upgrade')],
    ['without Connection', response('HTTP/1.1 101 X', 'Upgrade: websocket')],
    ['with a Connection that lists something else', response('HTTP/1.1 101 X', 'Upgrade: websocket', 'Connection: keep-alive')],
    ['of HTTP/1.0', response('HTTP/1.0 101 X', 'Upgrade: websocket', 'Connection: Upgrade')],
    ['with a length', response('HTTP/1.1 101 X', 'Upgrade: websocket', 'Connection: Upgrade', 'Content-Length: 5')],
  ])('refuses 101 %s', (_, text) => expect(outcome(text)).toBe('malformed'));
});

describe('limits of ResponseHeadReader', () => {
  const limits = { targetBytes: 0, headBytes: 60, headers: 2 };
  it('takes a head of as many bytes as allowed, and no larger one', () => {
    const head = (bytes: number) => `HTTP/1.1 200 ${'x'.repeat(bytes - 'HTTP/1.1 200 '.length - 4)}\r\n\r\n`;
    expect(outcome(head(60), 'GET', limits)).toMatchObject({ end: 60 });
    expect(outcome(head(61), 'GET', limits)).toBe('head-too-large');
    expect(outcome(head(61).slice(0, 60), 'GET', limits)).toBe('head-too-large');
  });
  it('takes as many headers as allowed, and no more', () => {
    const head = (count: number) => response('HTTP/1.1 200 OK', ...Array.from({ length: count }, () => 'X: y'));
    expect(outcome(head(2), 'GET', limits)).toMatchObject({ end: head(2).length });
    expect(outcome(head(3), 'GET', limits)).toBe('head-too-large');
  });
});
