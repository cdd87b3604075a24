import { describe, expect, it } from 'vitest';
import { type FaultKind, HttpFault } from './fault.js';
import type { RequestHead } from './message.js';
import { bytesOf, waysToCut } from './pieces.fixture.js';
import { HEAD_LIMITS } from './reading.fixture.js';
import { RequestHeadReader } from './request-head-reader.js';

/** The first head in the pieces and how many bytes it took; null when it is not whole. */
function readPieces(pieces: Buffer[], limits = HEAD_LIMITS, skip = 0): { head: RequestHead; end: number } | null {
  const reader = new RequestHeadReader(limits);
  let before = 0;
  for (const piece of pieces) {
    const head = reader.read(piece, skip);
    if (head !== null) return { head, end: before + reader.end - skip };
    expect(reader.end).toBe(piece.length);
    before += piece.length;
  }
  return null;
}

/** What comes of a text, which is the same wherever it is cut. */
function outcome(text: string, limits = HEAD_LIMITS): { head: RequestHead; end: number } | FaultKind | null {
  const bytes = bytesOf(text);
  const behind = Buffer.concat([bytesOf('body of another'), bytes]);
  const outcomes = [[behind], ...waysToCut(bytes)].map((pieces) => {
    try {
      return readPieces(pieces, limits, pieces[0] === behind ? behind.length - bytes.length : 0);
    } catch (error) {
      if (error instanceof HttpFault) return error.kind;
      throw error;
    }
  });
  for (const other of outcomes) expect(other).toEqual(outcomes[0]);
  return outcomes[0] as ReturnType<typeof outcome>;
}

function headOf(text: string): RequestHead {
  const read = outcome(text);
  if (read === null || typeof read === 'string') throw new Error(`no head: ${read}`);
  expect(read.end).toBe(text.length);
  return read.head;
}

/** A request with these lines between its request line and its blank line. */
const withLines = (...lines: string[]) => `POST / HTTP/1.1\r\nHost: a\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;

describe('RequestHeadReader', () => {
  it('reads a head', () => {
    expect(headOf('GET /a?b=c HTTP/1.1\r\nHost: api.example.com\r\nAccept: */*\r\n\r\n')).toEqual({
      minorVersion: 1,
      headers: ['Host', 'api.example.com', 'Accept', '*/*'],
      framing: { kind: 'none' },
      keepAlive: true,
      connectionOptions: [],
      upgrade: null,
      method: 'GET',
      target: '/a?b=c',
      host: 'api.example.com',
      expectsContinue: false,
    });
  });

  it('keeps case, order and repeats of headers, and drops the blanks around values alone', () => {
    const { headers } = headOf(
      withLines('x-B:  1 2\t3 \t', 'X-b:4', 'x-a:', 'X-C: \t', "!#$%&'*+-.^_`|~09azAZ: caf\xe9 \xff", 'x-b: 1'),
    );
    expect(headers.slice(2)).toEqual([
      'x-B',
      '1 2\t3',
      'X-b',
      '4',
      'x-a',
      '',
      'X-C',
      '',
      "!#$%&'*+-.^_`|~09azAZ",
      'caf\xe9 \xff',
      'x-b',
      '1',
    ]);
  });

  it('says where what follows begins', () => {
    const reader = new RequestHeadReader(HEAD_LIMITS);
    const two = bytesOf('..GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: b\r\n\r\nrest');
    expect(reader.read(two, 2)?.target).toBe('/1');
    expect(reader.read(two, reader.end)?.target).toBe('/2');
    expect(two.toString('latin1', reader.end)).toBe('rest');
  });

  it('has begun between the first and the last byte of a head', () => {
    const reader = new RequestHeadReader(HEAD_LIMITS);
    expect([reader.read(bytesOf(''), 0), reader.begun]).toEqual([null, false]);
    expect([reader.read(bytesOf('\r\n'), 0), reader.begun]).toEqual([null, false]);
    expect([reader.read(bytesOf('G'), 0), reader.begun]).toEqual([null, true]);
    expect(reader.read(bytesOf('ET / HTTP/1.1\r\nHost: a\r\n\r\n'), 0)).not.toBeNull();
    expect(reader.begun).toBe(false);
  });

  it('keeps nothing of a chunk, whose memory is used again', () => {
    const reader = new RequestHeadReader(HEAD_LIMITS);
    const memory = bytesOf('GET /first HT');
    reader.read(memory, 0);
    memory.fill('x');
    const rest = bytesOf('TP/1.1\r\nHost: abc\r\nX-Long-Enough-To-Be-A-Slice: 0123456789abcdef\r\n\r\n');
    const head = reader.read(rest, 0);
    rest.fill('x');
    expect([head?.target, head?.headers]).toEqual(['/first', ['Host', 'abc', 'X-Long-Enough-To-Be-A-Slice', '0123456789abcdef']]);
  });

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY', 'M-SEARCH', 'UNSUBSCRIBE'])(
    'takes the method %s',
    (method) => expect(headOf(`${method} / HTTP/1.1\r\nHost: a\r\n\r\n`).method).toBe(method),
  );

  it.each([
    ...[
      '/',
      '/a',
      '//a',
      '/a?b',
      '/a?b?c',
      '/%20',
      '/;x',
      '/..',
      "/!$&'()*+,;=:@-._~",
      '/a\\b',
      '/{}|^`<>"[]',
      '/' + 'a'.repeat(1_000),
    ],
    ...['http://a', 'http://a/', 'HTTP://A:80/b?c', 'https://[::1]:443/', 'http://a?b', 'http://127.0.0.1:8080/b'],
  ])('takes the target %s', (target) => expect(headOf(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`).target).toBe(target));

  it('takes * for OPTIONS', () => expect(headOf('OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n').target).toBe('*'));

  it.each([
    '',
    'a',
    'api.example.com',
    'a_b-c.d',
    'LOCALHOST:8080',
    '127.0.0.1:1',
    '[::1]',
    '[2001:db8::1]:443',
    '[::ffff:1.2.3.4]',
    'a:',
    'a.',
  ])('takes the host "%s"', (host) => expect(headOf(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`).host).toBe(host));
  it('needs no Host of HTTP/1.0', () => expect(headOf('GET / HTTP/1.0\r\n\r\n')).toMatchObject({ minorVersion: 0, host: null }));

  it.each([
    [['Content-Length: 0'], { kind: 'none' }],
    [['content-length: 5'], { kind: 'length', length: 5 }],
    [['Content-Length:5'], { kind: 'length', length: 5 }],
    [['CONTENT-LENGTH: 9007199254740991'], { kind: 'length', length: Number.MAX_SAFE_INTEGER }],
    [['Transfer-Encoding: chunked'], { kind: 'chunked' }],
    [['transfer-encoding:CHUNKED'], { kind: 'chunked' }],
    [['Content_Length: 5', 'X-Content-Length: 6', 'Transfer_Encoding: chunked'], { kind: 'none' }],
  ])('frames a body by %j', (lines, framing) => expect(headOf(withLines(...lines)).framing).toEqual(framing));

  it.each([
    ['HTTP/1.1', [], true],
    ['HTTP/1.1', ['Connection: close'], false],
    ['HTTP/1.1', ['Connection: x, CLOSE , keep-alive'], false],
    ['HTTP/1.1', ['Connection: keep-alive', 'Connection: close'], false],
    ['HTTP/1.1', ['Connection: closed', 'X-Connection: close'], true],
    ['HTTP/1.0', [], false],
    ['HTTP/1.0', ['Connection: Keep-Alive'], true],
    ['HTTP/1.0', ['Connection: keep-alive, close'], false],
  ])('%s with %j lets the connection be used again: %s', (version, lines, keepAlive) =>
    expect(headOf(`GET / ${version}\r\nHost: a\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`).keepAlive).toBe(keepAlive),
  );

  it('lists the options of all Connection fields in lower case', () => {
    expect(
      headOf(withLines('Connection: X-A,\tx-b ,,', 'Connection: keep-alive, TE, Upgrade, close', 'connection:'))
        .connectionOptions,
    ).toEqual(['x-a', 'x-b', 'te']);
  });

  it.each([
    [['Connection: Upgrade', 'Upgrade: WebSocket'], 'websocket'],
    [['Upgrade: a/1, b', 'Connection: keep-alive, upgrade', 'upgrade: C'], 'a/1, b, c'],
    [['Upgrade: websocket'], null],
    [['Connection: upgrade'], null],
    [['Connection: upgrade', 'Upgrade:'], null],
  ])('%j asks for an upgrade to %s', (lines, upgrade) => expect(headOf(withLines(...lines)).upgrade).toBe(upgrade));
  it('knows no upgrade in HTTP/1.0', () =>
    expect(headOf('GET / HTTP/1.0\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n').upgrade).toBeNull());

  it.each([
    ['HTTP/1.1', ['Expect: 100-Continue', 'Content-Length: 1'], true],
    ['HTTP/1.1', ['Expect: 100-continue', 'Transfer-Encoding: chunked'], true],
    ['HTTP/1.1', ['Expect: 100-continue', 'Content-Length: 0'], false],
    ['HTTP/1.1', ['Expect: 100-continue'], false],
    ['HTTP/1.1', ['Expect: something', 'Content-Length: 1'], false],
    ['HTTP/1.1', ['Content-Length: 1'], false],
    ['HTTP/1.0', ['Expect: 100-continue', 'Content-Length: 1'], false],
  ])('%s with %j waits for 100: %s', (version, lines, expected) =>
    expect(headOf(`PUT / ${version}\r\nHost: a\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`).expectsContinue).toBe(
      expected,
    ),
  );

  it('skips one line end before each request', () => {
    const text = '\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n';
    expect(headOf(text).target).toBe('/');
    const reader = new RequestHeadReader(HEAD_LIMITS);
    expect(reader.read(bytesOf(text), 0)).not.toBeNull();
    expect(reader.read(bytesOf(text), 0)).not.toBeNull();
  });
});

describe('security class: HTTP/1.1 smuggling: RequestHeadReader', () => {
  const request = (line: string, ...lines: string[]) =>
    `${line}\r\nHost: a\r\n${lines.map((text) => `${text}\r\n`).join('')}\r\n`;

  it.each<[string, string, FaultKind]>([
    ['Content-Length and Transfer-Encoding', withLines('Content-Length: 5', 'Transfer-Encoding: chunked'), 'malformed'],
    ['Transfer-Encoding and Content-Length', withLines('Transfer-Encoding: chunked', 'Content-Length: 0'), 'malformed'],
    ['two equal lengths', withLines('Content-Length: 5', 'Content-Length: 5'), 'malformed'],
    ['two lengths', withLines('Content-Length: 5', 'content-length: 6'), 'malformed'],
    ['lengths of nothing', withLines('Content-Length: 0', 'Content-Length: 0'), 'malformed'],
    ...[
      ...[
        '+5',
        '-5',
        '5,5',
        '5, 5',
        '0x5',
        '5 5',
        '',
        '5.0',
        '5e0',
        '1_0',
        '"5"',
        '5;',
        '05',
        '00',
        '0 ',
        '5\t',
        '\x0b5',
        '5\x0b',
        '\xb2',
      ],
      ...['9007199254740992', '18446744073709551616', '99999999999999999999', '5\0', '5\r\n 5'],
    ].map((value): [string, string, FaultKind] => [
      `a length of ${JSON.stringify(value)}`,
      withLines(`Content-Length: ${value}`),
      'malformed',
    ]),
    ...[
      'gzip',
      'gzip, chunked',
      'chunked, chunked',
      'chunked, gzip',
      'identity',
      '',
      'xchunked',
      'chunkedx',
      'chunked;q=1',
      '"chunked"',
      ',chunked',
      'chunked,',
    ].map((coding): [string, string, FaultKind] => [
      `a transfer coding of "${coding}"`,
      withLines(`Transfer-Encoding: ${coding}`),
      'transfer-coding',
    ]),
    ...['\x0bchunked', 'chunked\x0b', 'chunked\0', '\0chunked', 'chunked ', 'chunked\t', 'chun\r\n ked'].map(
      (coding): [string, string, FaultKind] => [
        `a transfer coding of ${JSON.stringify(coding)}`,
        withLines(`Transfer-Encoding: ${coding}`),
        'malformed',
      ],
    ),
    ['chunked twice', withLines('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'), 'malformed'],
    ['chunked and identity', withLines('Transfer-Encoding: chunked', 'Transfer-Encoding: identity'), 'malformed'],
    ['Transfer-Encoding in HTTP/1.0', request('POST / HTTP/1.0', 'Transfer-Encoding: chunked'), 'malformed'],
    ['a blank before the colon', withLines('Content-Length : 5'), 'malformed'],
    ['a tab before the colon', withLines('Transfer-Encoding\t: chunked'), 'malformed'],
    ['a folded line', withLines('X: a', ' b'), 'malformed'],
    ['a folded line by a tab', withLines('X: a', '\tb'), 'malformed'],
    ['a folded first line', 'GET / HTTP/1.1\r\n Host: a\r\n\r\n', 'malformed'],
    ['a line of blanks', withLines('X: a', ' '), 'malformed'],
    ['a name without colon', withLines('X'), 'malformed'],
    ['an empty name', withLines(': a'), 'malformed'],
    ...['X A', '(X)', 'X/Y', 'X@', 'X[', '"X"', 'X\x80', 'X\0', 'X\x7f', 'X\xe9', 'X=', 'X;', '{X}', 'X,Y', 'X\\'].map(
      (name): [string, string, FaultKind] => [`the name ${JSON.stringify(name)}`, withLines(`${name}: a`), 'malformed'],
    ),
    ...['\0', 'a\0', '\x01', 'a\x08b', '\x0b', '\x0c', '\x1f', '\x7f', 'a\rb', 'a\nb', '\r', '\n', 'a\r\r'].map(
      (value): [string, string, FaultKind] => [`the value ${JSON.stringify(value)}`, withLines(`X: ${value}`), 'malformed'],
    ),
    ['a bare LF behind the request line', 'GET / HTTP/1.1\nHost: a\r\n\r\n', 'malformed'],
    ['a bare CR behind the request line', 'GET / HTTP/1.1\rHost: a\r\n\r\n', 'malformed'],
    ['a bare LF behind a field', 'GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n', 'malformed'],
    ['a bare CR behind a field', 'GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n', 'malformed'],
    ['a bare LF as the blank line', 'GET / HTTP/1.1\r\nHost: a\r\n\n', 'malformed'],
    ['a bare CR as the blank line', 'GET / HTTP/1.1\r\nHost: a\r\n\rX', 'malformed'],
    ['line ends of LF alone', 'GET / HTTP/1.1\nHost: a\n\n', 'malformed'],
    ['two line ends before a request', '\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n', 'malformed'],
    ['a bare LF before a request', '\nGET / HTTP/1.1\r\nHost: a\r\n\r\n', 'malformed'],
    ['a bare CR before a request', '\rGET / HTTP/1.1\r\nHost: a\r\n\r\n', 'malformed'],
    ['a bare CR and another byte before a request', '\rXGET / HTTP/1.1\r\nHost: a\r\n\r\n', 'malformed'],
    ['a blank before a request', ' GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'malformed'],
    ['a NUL before a request', '\0GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'malformed'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 'malformed'],
    ['two Hosts', request('GET / HTTP/1.1', 'Host: b'), 'malformed'],
    ['two equal Hosts', request('GET / HTTP/1.1', 'host: a'), 'malformed'],
    ['two Hosts in HTTP/1.0', request('GET / HTTP/1.0', 'Host: b'), 'malformed'],
    ...[
      ...[
        'a b',
        'a,b',
        'a@b',
        'a/b',
        'a?b',
        'a#b',
        'a\\b',
        'a:b',
        'a:1:2',
        'a:123456',
        '[::1',
        '::1',
        '[]',
        '[::g]',
        '[::1]a',
        '[1]',
        '%61',
        'a;b',
        '<a>',
        'caf\xe9',
        "a'b",
        '[a]:80',
      ],
    ].map((host): [string, string, FaultKind] => [`the Host "${host}"`, `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 'malformed']),
    ...['', 'get', 'G\0T', 'G T', 'GET\t', '(', 'FOO', 'PRI', 'GETT', 'SOURCE', 'A'.repeat(100), '\xc7ET', 'GET,'].map(
      (method): [string, string, FaultKind] => [
        `the method ${JSON.stringify(method)}`,
        request(`${method} / HTTP/1.1`),
        'malformed',
      ],
    ),
    ...[
      ...[
        '',
        ' ',
        'a',
        '?',
        '*',
        '*/',
        '/a b',
        '/\t',
        '/\0',
        '/\x1f',
        '/\x7f',
        '/\x80',
        '/caf\xe9',
        '/a#b',
        '#',
        'a:80',
        '\\',
        '/\r',
        '/\n',
        ' /',
      ],
      ...[
        'http:/a',
        'http://',
        'http:///a',
        'http://u@a/',
        'http://u:p@a/',
        'http://a:b/',
        'http://a%41/',
        'http://a,b',
        'http://[::1',
        'ftp://a/',
        'httpx://a/',
        '://a',
      ],
    ].map((target): [string, string, FaultKind] => [
      `the target ${JSON.stringify(target)}`,
      request(`GET ${target} HTTP/1.1`),
      'malformed',
    ]),
    ['two blanks before the target', request('GET  / HTTP/1.1'), 'malformed'],
    ['two blanks before the version', request('GET /  HTTP/1.1'), 'malformed'],
    ['a blank behind the version', request('GET / HTTP/1.1 '), 'malformed'],
    ['a tab before the target', request('GET\t/ HTTP/1.1'), 'malformed'],
    ['a bracket before the target', request('GET(/ HTTP/1.1'), 'malformed'],
    ['a tab before the version', request('GET /\tHTTP/1.1'), 'malformed'],
    ['no version (HTTP/0.9)', 'GET /\r\n', 'malformed'],
    ...[
      'http/1.1',
      'HTTP/1',
      'HTTP/1.',
      'HTTP/11',
      'HTTP/1.10',
      'HTTP/01.1',
      'HTTP/x.1',
      'HTTP/1,1',
      'ICY/1.1',
      'HTTP/ 1.1',
      'HTTPS/1.1',
    ].map((version): [string, string, FaultKind] => [`the version ${version}`, request(`GET / ${version}`), 'malformed']),
    ...['HTTP/0.9', 'HTTP/1.2', 'HTTP/2.0', 'HTTP/3.0', 'HTTP/9.9'].map((version): [string, string, FaultKind] => [
      `the version ${version}`,
      request(`GET / ${version}`),
      'version',
    ]),
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'version'],
    ['a preface of HTTP/1.1', 'PRI * HTTP/1.1\r\nHost: a\r\n\r\n', 'malformed'],
    ['CONNECT', 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n', 'connect'],
    ['CONNECT with a path', request('CONNECT / HTTP/1.1'), 'connect'],
    ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'malformed'],
    ...['close;x', 'a b', '"close"', '(', 'a\xe9', 'x=y'].map((value): [string, string, FaultKind] => [
      `Connection: ${value}`,
      withLines(`Connection: ${value}`),
      'malformed',
    ]),
  ])('refuses %s', (_, text, kind) => expect(outcome(text)).toBe(kind));

  it.each<[string, string]>([
    ['a bare LF', 'GET / HTTP/1.1\n'],
    ['a bare CR', 'GET / HTTP/1.1\r\r'],
    ['a bare LF behind a field', 'GET / HTTP/1.1\r\nHost: a\n'],
    ['an unknown method', 'X'],
    ['a method in lower case', 'g'],
    ['CONNECT', 'CONNECT '],
    ['a target without slash', 'GET a '],
    ['a control byte in a target', 'GET /\0'],
    ['another version', 'GET / HTTP/2.0'],
    ['no version', 'GET /\r'],
    ['a folded line', 'GET / HTTP/1.1\r\n '],
    ['a folded later line', 'GET / HTTP/1.1\r\nHost: a\r\n\t'],
    ['a blank before the colon', 'GET / HTTP/1.1\r\nHost '],
    ['an empty name', 'GET / HTTP/1.1\r\n:'],
    ['a control byte in a value', 'GET / HTTP/1.1\r\nHost: a\x01'],
    ['a second line end before it', '\r\n\r'],
  ])('refuses %s with the very byte, without waiting for the rest', (_, text) => {
    expect(outcome(text.slice(0, -1))).toBeNull();
    expect(outcome(text)).toEqual(expect.any(String));
  });
});

describe('limits of RequestHeadReader', () => {
  const limits = { targetBytes: 20, headBytes: 100, headers: 3 };

  it('takes a target of as many bytes as allowed, and no longer one', () => {
    const target = `/${'a'.repeat(19)}`;
    expect(outcome(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`, limits)).toMatchObject({ head: { target } });
    expect(outcome(`GET ${target}a HTTP/1.1\r\nHost: a\r\n\r\n`, limits)).toBe('target-too-long');
    expect(outcome(`GET ${target}`, limits)).toBeNull();
    expect(outcome(`GET ${target}a`, limits)).toBe('target-too-long');
  });

  it('takes a head of as many bytes as allowed, its blank line included, and no larger one', () => {
    const head = (bytes: number) => {
      const start = 'GET / HTTP/1.1\r\nHost: a\r\nX: ';
      return `${start}${'x'.repeat(bytes - start.length - 4)}\r\n\r\n`;
    };
    expect(outcome(head(100), limits)).toMatchObject({ end: 100 });
    expect(outcome(`${head(100)}body`, limits)).toMatchObject({ end: 100 });
    expect(outcome(head(101), limits)).toBe('head-too-large');
    expect(outcome(head(101).slice(0, 99), limits)).toBeNull();
    expect(outcome(head(101).slice(0, 100), limits)).toBe('head-too-large');
    expect(outcome(head(5_000), limits)).toBe('head-too-large');
  });

  it('takes as many headers as allowed, and no more', () => {
    const head = (count: number) => `GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(count - 1)}\r\n`;
    expect(outcome(head(3), limits)).toMatchObject({ end: head(3).length });
    expect(outcome(head(4), limits)).toBe('head-too-large');
    expect(outcome(head(4).slice(0, -6), limits)).toBe('head-too-large');
  });

  it('takes more headers than its memory was made for', () => {
    const many = { targetBytes: 100, headBytes: 100_000, headers: 1_000 };
    const lines = Array.from({ length: 999 }, (_, n) => `X-${n}: ${n}\r\n`).join('');
    const bytes = bytesOf(`GET / HTTP/1.1\r\nHost: a\r\n${lines}\r\n`);
    for (const pieces of [[bytes], [bytes.subarray(0, 5_000), bytes.subarray(5_000)]]) {
      expect(readPieces(pieces, many)?.head.headers.slice(-2)).toEqual(['X-998', '998']);
    }
  });

  it('takes a limited number of connection options', () => {
    const head = (count: number) =>
      `GET / HTTP/1.1\r\nHost: a\r\nConnection: ${Array.from({ length: count }, (_, n) => `x${n}`).join()}\r\n\r\n`;
    expect(outcome(head(32))).toMatchObject({ head: { connectionOptions: expect.arrayContaining(['x31']) as string[] } });
    expect(outcome(head(33))).toBe('head-too-large');
  });
});
