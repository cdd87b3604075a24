import { describe, expect, it } from 'vitest';
import { chunkStart, CONTINUE, LAST_CHUNK, requestHeadText, responseHeadText } from './head-text.js';
import { bytesOf } from './pieces.fixture.js';
import { HEAD_LIMITS } from './reading.fixture.js';
import { RequestHeadReader } from './request-head-reader.js';
import { ResponseHeadReader } from './response-head-reader.js';

describe('requestHeadText', () => {
  it('says what it is told and nothing more', () => {
    expect(requestHeadText('GET', '/a?b', ['Host', 'a', 'x-B', '', 'X-b', 'caf\xe9\t1'])).toBe(
      'GET /a?b HTTP/1.1\r\nHost: a\r\nx-B: \r\nX-b: caf\xe9\t1\r\n\r\n',
    );
    expect(requestHeadText('OPTIONS', '*', [])).toBe('OPTIONS * HTTP/1.1\r\n\r\n');
  });

  it('ends with the lines of its caller, beside which framing is said once', () => {
    const headers = ['Host', 'a', 'Content-Length', '5'];
    expect(requestHeadText('POST', '/', headers, 'X: 1\r\nY: 2\r\n')).toBe(
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX: 1\r\nY: 2\r\n\r\n',
    );
    expect(() => requestHeadText('POST', '/', [...headers, 'Transfer-Encoding', 'chunked'], 'X: 1\r\n')).toThrow(TypeError);
  });

  it('is read back as it was', () => {
    const headers = [
      'Host',
      'a:80',
      'Content-Length',
      '5',
      "!#$%&'*+-.^_`|~",
      '\xff\x80',
      'Empty',
      '',
      'Long',
      'x'.repeat(20_000),
    ];
    const text = requestHeadText('POST', '/p?q', headers);
    const head = new RequestHeadReader({ ...HEAD_LIMITS, headBytes: 50_000 }).read(bytesOf(text), 0);
    expect(head).toMatchObject({ method: 'POST', target: '/p?q', headers, framing: { kind: 'length', length: 5 } });
  });

  it.each(['', 'get', 'CONNECT', 'PRI', 'G T', 'GET ', 'GET\r\n', 'FOO', 'G\u0145T'])('throws for the method %j', (method) =>
    expect(() => requestHeadText(method, '/', [])).toThrow(TypeError),
  );
  it.each([
    '',
    'a',
    '*',
    ' /',
    '/ ',
    '/a b',
    '/\r\n',
    '/\n',
    '/\0',
    '/\x7f',
    '/\x80',
    '/\u010a',
    '/#',
    'http://',
    'http://u@a/',
    'a:80',
    '/\u0120',
  ])('throws for the target %j', (target) => expect(() => requestHeadText('GET', target, [])).toThrow(TypeError));
});

describe('responseHeadText', () => {
  it.each([
    [100, 'HTTP/1.1 100 Continue\r\n\r\n'],
    [200, 'HTTP/1.1 200 OK\r\n\r\n'],
    [404, 'HTTP/1.1 404 Not Found\r\n\r\n'],
    [599, 'HTTP/1.1 599 \r\n\r\n'],
    [299, 'HTTP/1.1 299 \r\n\r\n'],
  ])('says %i with its reason', (status, text) => expect(responseHeadText(status, [])).toBe(text));

  it('ends with the lines of its caller', () => {
    expect(responseHeadText(200, ['A', 'b'], 'C: d\r\nE: f\r\n')).toBe('HTTP/1.1 200 OK\r\nA: b\r\nC: d\r\nE: f\r\n\r\n');
  });

  it('is read back as it was, whatever the status', () => {
    const headers = ['Content-Length', '0', 'Set-Cookie', 'a=b; c', 'Set-Cookie', ''];
    for (let status = 100; status < 600; status++) {
      if (status === 101) continue;
      const head = new ResponseHeadReader(HEAD_LIMITS).read(bytesOf(responseHeadText(status, headers)), 0, 'GET');
      expect(head).toMatchObject({ status, headers, framing: { kind: 'none' } });
    }
  });

  it.each([0, 99, 600, 1000, -200, 200.5, NaN, Infinity])('throws for the status %d', (status) =>
    expect(() => responseHeadText(status, [])).toThrow('Invalid status'),
  );
});

describe('security class: CR/LF and header injection: heads as text', () => {
  const writers: [string, (headers: string[]) => string][] = [
    ['requestHeadText', (headers) => requestHeadText('GET', '/', headers)],
    ['responseHeadText', (headers) => responseHeadText(200, headers)],
  ];
  describe.each(writers)('%s', (_, write) => {
    // The last ones have LF, CR, a colon as the lower byte of their code.
    it.each([
      '',
      ' ',
      'a b',
      'a:',
      'a: b',
      ':',
      'a\r\nb',
      'a\n',
      '\ra',
      'a\0',
      'a\t',
      'a(',
      'a/',
      '"a"',
      'a\x7f',
      'a\x80',
      'caf\xe9',
      'a\u010a',
      'a\u010d',
      'a\u013a',
      'a\u2028',
      'a\ud83d\ude00',
    ])('throws for the name %j', (name) => {
      expect(() => write([name, 'x'])).toThrow(TypeError);
      expect(() => write(['a', 'b', name, 'x', 'c', 'd'])).toThrow(TypeError);
    });
    it.each([
      '\r\n',
      'a\r\nb: c',
      'a\n',
      '\n',
      '\r',
      'a\rb',
      '\0',
      'a\x01',
      '\x1f',
      '\x7f',
      '\x0b',
      'a\u010a',
      'a\u010d',
      'a\u0141',
      '\u2028',
      '\ud83d\ude00',
      'a\r\n',
      'x'.repeat(30_000) + '\n',
    ])('throws for the value %j', (value) => {
      expect(() => write(['x', value])).toThrow(TypeError);
      expect(() => write(['a', 'b', 'x', value, 'c', 'd'])).toThrow(TypeError);
    });
    it('throws for a name and a value that only together are a line', () => {
      expect(() => write(['a: b\r\nc', 'd'])).toThrow(TypeError);
      expect(() => write(['a', 'b\r\n\r\nHTTP/1.1 200 OK'])).toThrow(TypeError);
    });
    it('takes what only looks dangerous', () => {
      expect(write(['a', ': b', 'c', '\t x \xff~'])).toMatch('a: : b\r\nc: \t x \xff~\r\n\r\n');
    });
  });
});

describe('security class: HTTP/1.1 smuggling: heads as text', () => {
  it.each([
    [['Content-Length', '5', 'content-length', '5'], ''],
    [['Content-Length', '5', 'Transfer-Encoding', 'chunked'], ''],
    [['transfer-encoding', 'chunked', 'Transfer-Encoding', 'chunked'], ''],
    [['Content-Length', '5'], 'Content-Length: 6\r\n'],
    [['Content-Length', '5'], 'Date: x\r\nTransfer-Encoding: chunked\r\n'],
    [['Content-Length', '5'], 'Date: x\r\n'],
  ])('never frame a body twice: %j and %j', (headers, lastLines) => {
    expect(() => responseHeadText(200, headers, lastLines)).toThrow(TypeError);
    if (lastLines === '') expect(() => requestHeadText('POST', '/', headers)).toThrow(TypeError);
  });
  it('never name two hosts', () => expect(() => requestHeadText('GET', '/', ['Host', 'a', 'hOST', 'a'])).toThrow(TypeError));
  it('never end a body by a chunk of nothing', () => {
    expect([chunkStart(1), chunkStart(26), LAST_CHUNK, CONTINUE]).toEqual([
      '1\r\n',
      '1a\r\n',
      '0\r\n\r\n',
      'HTTP/1.1 100 Continue\r\n\r\n',
    ]);
    for (const bytes of [0, -1, NaN]) expect(() => chunkStart(bytes)).toThrow(TypeError);
  });
});
