import { describe, expect, it } from 'vitest';
import { BodyReader } from './body-reader.js';
import { type FaultKind, HttpFault } from './fault.js';
import type { Framing } from './message.js';
import { bytesOf, waysToCut } from './pieces.fixture.js';
import { BODY_LIMITS } from './reading.fixture.js';

interface Body {
  data: string;
  end: number;
  trailers: readonly string[];
}

const CHUNKED: Framing = { kind: 'chunked' };

/** What comes of a text behind which the connection ends, which is the same wherever it is cut. */
function outcome(framing: Framing, text: string, limits = BODY_LIMITS): Body | FaultKind {
  const before = bytesOf('5\r\n');
  const behind = Buffer.concat([before, bytesOf(text)]);
  const outcomes = [[behind], ...waysToCut(bytesOf(text))].map((pieces) => {
    const reader = new BodyReader(framing, limits);
    const start = pieces[0] === behind ? before.length : 0;
    const sink = {
      data: (bytes: Buffer) => {
        expect(bytes.length).toBeGreaterThan(0);
        data += bytes.toString('latin1');
      },
    };
    let data = '';
    let end = 0 - start;
    try {
      for (const piece of pieces) {
        const at = reader.read(piece, start, sink);
        expect(at).toBeLessThanOrEqual(piece.length);
        end += at;
        if (reader.done) break;
        expect(at).toBe(piece.length);
      }
      reader.closed();
      expect(reader.done).toBe(true);
      return { data, end, trailers: reader.trailers };
    } catch (error) {
      if (error instanceof HttpFault) return error.kind;
      throw error;
    }
  });
  for (const other of outcomes) expect(other).toEqual(outcomes[0]);
  return outcomes[0] as Body | FaultKind;
}

const body = (data: string, end: number, trailers: string[] = []) => ({ data, end, trailers });

describe('BodyReader', () => {
  it('is done at once where there is no body', () => {
    const reader = new BodyReader({ kind: 'none' }, BODY_LIMITS);
    expect(reader.done).toBe(true);
    expect(reader.read(bytesOf('next'), 0, { data: () => expect.fail('a body') })).toBe(0);
    expect(reader.read(bytesOf('..next'), 2, { data: () => expect.fail('a body') })).toBe(2);
  });

  it('reads a body of a length and nothing after it', () => {
    expect(outcome({ kind: 'length', length: 5 }, 'hello')).toEqual(body('hello', 5));
    expect(outcome({ kind: 'length', length: 5 }, 'hello GET /')).toEqual(body('hello', 5));
  });

  it('reads a body until the connection ends', () => {
    expect(outcome({ kind: 'until-close' }, 'hello')).toEqual(body('hello', 5));
    expect(outcome({ kind: 'until-close' }, '')).toEqual(body('', 0));
  });

  it.each<[string, string, string[]?]>([
    ['0\r\n\r\n', ''],
    ['0000\r\n\r\n', ''],
    ['5\r\nhello\r\n1\r\n \r\n00005\r\nworld\r\n0\r\n\r\n', 'hello world'],
    ['a\r\n0123456789\r\nB\r\n0123456789a\r\n0\r\n\r\n', '01234567890123456789a'],
    ['0000000000000004\r\n\r\n\0\xff\r\n0\r\n\r\n', '\r\n\0\xff'],
    ['5;a\r\nhello\r\n0\r\n\r\n', 'hello'],
    ['5;a=b;c="d e\\"f\t\xe9";g\r\nhello\r\n0;last\r\n\r\n', 'hello'],
    ['1;a=""\r\nx\r\n1;b\r\ny\r\n0\r\n\r\n', 'xy'],
    ['1\r\nx\r\n0\r\nX-Sum: 1\r\nx-sum:2 \r\n\r\n', 'x', ['X-Sum', '1', 'x-sum', '2']],
  ])('reads the chunks %j', (text, data, trailers) => {
    expect(outcome(CHUNKED, text)).toEqual(body(data, text.length, trailers));
    expect(outcome(CHUNKED, `${text}GET / HTTP/1.1\r\n\r\n`)).toEqual(body(data, text.length, trailers));
  });

  it('hands on the bytes of a chunk as they lie there', () => {
    const chunk = bytesOf('hello');
    const parts: Buffer[] = [];
    const sink = { data: (bytes: Buffer) => void parts.push(bytes) };
    new BodyReader({ kind: 'length', length: 10 }, BODY_LIMITS).read(chunk, 0, sink);
    new BodyReader(CHUNKED, BODY_LIMITS).read(bytesOf('3\r\nabc\r\n'), 0, sink);
    expect(parts[0]).toBe(chunk);
    expect(parts[1]?.toString()).toBe('abc');
  });

  it('is done when its sink gets the last byte of a length', () => {
    const reader = new BodyReader({ kind: 'length', length: 2 }, BODY_LIMITS);
    const seen: boolean[] = [];
    const sink = { data: () => void seen.push(reader.done) };
    reader.read(bytesOf('a'), 0, sink);
    reader.read(bytesOf('b'), 0, sink);
    expect(seen).toEqual([false, true]);
  });

  it('keeps nothing of the chunk that trailers came in, whose memory is used again', () => {
    const reader = new BodyReader(CHUNKED, BODY_LIMITS);
    for (const text of ['0\r\nX-Trailer-That-Is-Long: ', 'value-that-is-long\r\n\r\n']) {
      const chunk = bytesOf(text);
      reader.read(chunk, 0, { data: () => undefined });
      chunk.fill('!');
    }
    expect(reader.trailers).toEqual(['X-Trailer-That-Is-Long', 'value-that-is-long']);
  });

  it('closes more than once', () => {
    const reader = new BodyReader({ kind: 'until-close' }, BODY_LIMITS);
    reader.closed();
    reader.closed();
    expect(reader.done).toBe(true);
  });
});

describe('security class: stream lifetime: BodyReader', () => {
  it.each<[Framing, string]>([
    [{ kind: 'length', length: 5 }, 'hell'],
    [{ kind: 'length', length: 5 }, ''],
    ...[
      '',
      '5',
      '5\r',
      '5\r\n',
      '5\r\nhell',
      '5\r\nhello',
      '5\r\nhello\r',
      '5\r\nhello\r\n',
      '5\r\nhello\r\n0',
      '0\r\n',
      '0\r\n\r',
      '0\r\nX: y',
      '0\r\nX: y\r\n',
      '0;a',
    ].map((text): [Framing, string] => [CHUNKED, text]),
  ])('never takes a body that breaks off for a whole one: %j, %j', (framing, text) =>
    expect(outcome(framing, text)).toBe('truncated'),
  );
});

describe('security class: HTTP/1.1 smuggling: BodyReader', () => {
  const last = '0\r\n\r\n';
  it.each([
    ...[
      '0x5',
      '+5',
      '-5',
      ' 5',
      '5 ',
      '5\t',
      '\t5',
      '',
      'g',
      '5g',
      '5.',
      '5,',
      '5_0',
      '5h',
      '5\0',
      '\xb2',
      '5\x0b',
      '5\x0c',
      '=',
      '5=',
    ].map((size): [string, string] => [`the chunk size ${JSON.stringify(size)}`, `${size}\r\nhello\r\n${last}`]),
    ['a chunk size of too many digits', `00000000000000005\r\nhello\r\n${last}`],
    ['a chunk size that nobody can count to', `20000000000000\r\nhello\r\n${last}`],
    ['a chunk size that overflows 64 bits', `10000000000000005\r\nhello\r\n${last}`],
    ['a chunk size of ffffffffffffffff', `ffffffffffffffff\r\nhello\r\n${last}`],
    ['a bare LF behind the size', `5\nhello\r\n${last}`],
    ['a bare CR behind the size', `5\rhello\r\n${last}`],
    ['two CR behind the size', `5\r\r\nhello\r\n${last}`],
    ['a chunk that is longer than its size', `5\r\nhello!\r\n${last}`],
    ['a chunk that is shorter than its size', `5\r\nhell\r\n${last}`],
    ['a bare LF behind the data', `5\r\nhello\n${last}`],
    ['a bare CR behind the data', `5\r\nhello\r${last}`],
    ['no line end behind the data', `5\r\nhello${last}`],
    ['a blank line between chunks', `5\r\nhello\r\n\r\n${last}`],
    ['no size in place of the last one', '\r\n\r\n'],
    ['an extension in place of the last size', ';a\r\n\r\n'],
    ['a bare LF behind the last size', '0\n\r\n'],
    ['a bare LF as the end', '0\r\n\n'],
    ['a bare CR as the end', '0\r\n\rX'],
    ...[
      ...[
        ';',
        ';;a',
        '; a',
        ' ;a',
        ';a ',
        ';a=',
        ';a =b',
        ';a= b',
        ';=b',
        ';a=b=c',
        ';a;',
        ';a;;b',
        ';a=b;',
        ';a=b;;c',
        ';a="b',
        ';a="b"c',
        ';a=b"c"',
        ';a="b";',
        ';a,b',
        ';\xe9',
        ';a=\xe9',
      ],
      ...[';a\0', ';a="\0"', ';a="\x7f"', ';a="\\\0"', ';a="\\', ';(a)', ';a="b"="c"'],
    ].map((extension): [string, string] => [
      `the chunk extension ${JSON.stringify(extension)}`,
      `5${extension}\r\nhello\r\n${last}`,
    ]),
    ['a bare LF in a chunk extension', `5;a\nhello\r\n${last}`],
    ['a bare LF in a quoted chunk extension', `5;a="\n"\r\nhello\r\n${last}`],
    ['a line end in a quoted chunk extension', `5;a="\r\n"\r\nhello\r\n${last}`],
    ['an escaped line end in a chunk extension', `5;a="\\\r\n"\r\nhello\r\n${last}`],
    ['a bare CR in a chunk extension', `5;a\rb\r\nhello\r\n${last}`],
    ['an extension of the last chunk that is none', '0;\r\n\r\n'],
    ...[
      'Content-Length: 5',
      'content-length: 0',
      'Transfer-Encoding: chunked',
      'Host: b',
      'Connection: close',
      'Upgrade: h2c',
      'Expect: 100-continue',
      'Keep-Alive: timeout=1',
    ].flatMap((line): [string, string][] => [
      [`the trailer ${line}`, `0\r\n${line}\r\n\r\n`],
      [`the trailer ${line}, before the section has ended`, `0\r\nX: a\r\n${line}\r\n`],
    ]),
    ['a folded trailer', '0\r\nX: a\r\n b\r\n\r\n'],
    ['a blank before the colon of a trailer', '0\r\nX : a\r\n\r\n'],
    ['a trailer without name', '0\r\n: a\r\n\r\n'],
    ['a trailer that is none', '0\r\nGET / HTTP/1.1\r\n\r\n'],
    ['a bare LF behind a trailer', '0\r\nX: a\n\r\n'],
    ['a NUL in a trailer', '0\r\nX: a\0\r\n\r\n'],
  ])('refuses %s', (_, text) => expect(outcome(CHUNKED, text)).toBe('malformed'));
});

describe('limits of BodyReader', () => {
  const limits = { extensionBytes: 10, trailerBytes: 20, trailers: 2 };
  const extended = (...extensions: string[]) => `${extensions.map((extension) => `1${extension}\r\nx\r\n`).join('')}0\r\n\r\n`;

  it('takes extensions of so many bytes in a body, and no more', () => {
    expect(outcome(CHUNKED, extended(';234567890'), limits)).toMatchObject({ data: 'x' });
    expect(outcome(CHUNKED, extended(';2345678901'), limits)).toBe('body-overhead');
    expect(outcome(CHUNKED, extended(';2345', ';2345'), limits)).toMatchObject({ data: 'xx' });
    expect(outcome(CHUNKED, extended(';2345', ';23456'), limits)).toBe('body-overhead');
    expect(outcome(CHUNKED, '1;2345678901', limits)).toBe('body-overhead');
    expect(outcome(CHUNKED, extended(';a="67890123456"'), limits)).toBe('body-overhead');
  });

  it('takes trailers of so many bytes, and no more', () => {
    const trailer = (bytes: number) => `0\r\nX: ${'y'.repeat(bytes - 5)}\r\n\r\n`;
    expect(outcome(CHUNKED, trailer(20), limits)).toMatchObject({ trailers: ['X', 'y'.repeat(15)] });
    expect(outcome(CHUNKED, `${trailer(20)}GET /`, limits)).toMatchObject({ trailers: ['X', 'y'.repeat(15)] });
    expect(outcome(CHUNKED, trailer(21), limits)).toBe('body-overhead');
    expect(outcome(CHUNKED, trailer(5_000), limits)).toBe('body-overhead');
    expect(outcome(CHUNKED, '0\r\n\r\n', { ...limits, trailerBytes: 0 })).toMatchObject({ trailers: [] });
  });

  it('takes so many trailers, and no more', () => {
    expect(outcome(CHUNKED, '0\r\na:\r\nb:\r\n\r\n', limits)).toMatchObject({ trailers: ['a', '', 'b', ''] });
    expect(outcome(CHUNKED, '0\r\na:\r\nb:\r\nc:\r\n\r\n', limits)).toBe('body-overhead');
  });
});
