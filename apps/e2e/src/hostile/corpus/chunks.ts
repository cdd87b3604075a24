import { refused, served, type Attack } from '../attack.js';
import { chunked, SMUGGLED } from '../messages.js';

const OPEN = 'POST /open';
/** Most bytes of chunk extensions in one body. */
const MOST_EXTENSIONS = 4_096;

/** Chunks that two servers could read in two ways. What is behind them must not become a request. */
export const CHUNKS: readonly Attack[] = [
  ...(
    [
      ['a size with 0x', '0x5\r\nhello\r\n0\r\n\r\n'],
      ['a size with 0X', '0X5\r\nhello\r\n0\r\n\r\n'],
      ['a size with an underscore', '0_5\r\nhello\r\n0\r\n\r\n'],
      ['a size with a plus', '+5\r\nhello\r\n0\r\n\r\n'],
      ['a negative size', '-5\r\nhello\r\n0\r\n\r\n'],
      ['a negative last chunk', '5\r\nhello\r\n-0\r\n\r\n'],
      ['a blank before the size', ' 5\r\nhello\r\n0\r\n\r\n'],
      ['a tab before the size', '\t5\r\nhello\r\n0\r\n\r\n'],
      ['a blank behind the size', '5 \r\nhello\r\n0\r\n\r\n'],
      ['a tab behind the size', '5\t\r\nhello\r\n0\r\n\r\n'],
      ['a vertical tab behind the size', '5\x0b\r\nhello\r\n0\r\n\r\n'],
      ['NUL behind the size', '5\0\r\nhello\r\n0\r\n\r\n'],
      ['a size that is no number', 'g\r\nhello\r\n0\r\n\r\n'],
      ['letters behind the size', '5xyz\r\nhello\r\n0\r\n\r\n'],
      ['no size', '\r\nhello\r\n0\r\n\r\n'],
      ['an extension without a size', ';a=b\r\nhello\r\n0\r\n\r\n'],
      ['a size in full-width digits', '\xef\xbc\x95\r\nhello\r\n0\r\n\r\n'],
      ['a size beyond 64 bits', '10000000000000005\r\nhello\r\n0\r\n\r\n'],
      ['a size of 64 bits', 'ffffffffffffffff\r\nhello\r\n0\r\n\r\n'],
      ['a size beyond 53 bits', '20000000000005\r\nhello\r\n0\r\n\r\n'],
      ['a size with many zeros', `${'0'.repeat(16)}5\r\nhello\r\n0\r\n\r\n`],
      ['a decimal size', '5.0\r\nhello\r\n0\r\n\r\n'],
      ['a bare line feed behind the size', '5\nhello\r\n0\r\n\r\n'],
      ['a bare carriage return behind the size', '5\rhello\r\n0\r\n\r\n'],
      ['two carriage returns behind the size', '5\r\r\nhello\r\n0\r\n\r\n'],
      ['a bare line feed behind the data', '5\r\nhello\n0\r\n\r\n'],
      ['a bare carriage return behind the data', '5\r\nhello\r0\r\n\r\n'],
      ['nothing behind the data', '5\r\nhello0\r\n\r\n'],
      ['two other bytes behind the data', '5\r\nhelloXX0\r\n\r\n'],
      ['more data than the size says', '5\r\nhello world\r\n0\r\n\r\n'],
      ['less data than the size says', '6\r\nhello\r\n0\r\n\r\n'],
      ['a bare line feed behind the last chunk', '5\r\nhello\r\n0\n\r\n'],
      ['bare line feeds at the end', '5\r\nhello\r\n0\n\n'],
      ['a bare line feed for the last line', '5\r\nhello\r\n0\r\n\n'],
      ['a bare carriage return for the last line', '5\r\nhello\r\n0\r\n\r'],
      ['no last line', '5\r\nhello\r\n0\r\n'],
      ['TERM.EXT: a line feed in an extension', '5;\nx\r\nhello\r\n0\r\n\r\n'],
      ['EXT.TERM: a line feed behind an extension', '5;x\nhello\r\n0\r\n\r\n'],
      ['a carriage return in an extension', '5;a\rb\r\nhello\r\n0\r\n\r\n'],
      ['a line feed in a quoted extension', '5;a="\n"\r\nhello\r\n0\r\n\r\n'],
      ['a line end in a quoted extension', '5;a="\r\n0\r\n\r\n"\r\nhello\r\n0\r\n\r\n'],
      ['a quoted extension without an end', '5;a="b\r\nhello\r\n0\r\n\r\n'],
      ['NUL in an extension', '5;a=\0\r\nhello\r\n0\r\n\r\n'],
      ['a blank in an extension', '5; a\r\nhello\r\n0\r\n\r\n'],
      ['an extension without a name', '5;\r\nhello\r\n0\r\n\r\n'],
      ['an extension without a value', '5;a=\r\nhello\r\n0\r\n\r\n'],
      ['a flood of one extension', `5;${'x'.repeat(MOST_EXTENSIONS)}\r\nhello\r\n0\r\n\r\n`],
      ['a flood of extensions', `5${';a=b'.repeat(MOST_EXTENSIONS / 4 + 1)}\r\nhello\r\n0\r\n\r\n`],
      ['a flood of chunks with extensions', `${'1;abcdefg\r\nx\r\n'.repeat(MOST_EXTENSIONS / 8)}1;a\r\nx\r\n0\r\n\r\n`],
    ] as const
  ).map(([name, body]) => refused(name, chunked(body + SMUGGLED))),
  served('extensions within their limit, which go no further', chunked('5;a;b=c;d="e \\" f"\r\nhello\r\n0;z\r\n\r\n'), [
    `${OPEN} hello`,
  ]),
  served('a size with a few zeros', chunked('00005\r\nhello\r\n000\r\n\r\n'), [`${OPEN} hello`]),
  served('sizes in both cases', chunked(`a\r\n${'x'.repeat(10)}\r\nA\r\n${'y'.repeat(10)}\r\n0\r\n\r\n`), [
    `${OPEN} ${'x'.repeat(10)}${'y'.repeat(10)}`,
  ]),
  { ...refused('that break off in the data', chunked('5\r\nhel')), ends: true },
  { ...refused('that break off behind the data', chunked('5\r\nhello\r\n')), ends: true },
  { ...refused('that break off in the last chunk', chunked('5\r\nhello\r\n0\r\n')), ends: true },
];

const trailing = (lines: string) => chunked(`5\r\nhello\r\n0\r\n${lines}\r\n`);

/** Behind the last chunk. What is said there decides about nothing. */
export const TRAILERS: readonly Attack[] = [
  ...(
    [
      ['Content-Length', 'Content-Length: 5\r\n'],
      ['Content-Length in small letters', 'content-length: 0\r\n'],
      ['Transfer-Encoding', 'Transfer-Encoding: chunked\r\n'],
      ['Host', 'Host: evil\r\n'],
      ['Connection', 'Connection: close\r\n'],
      ['Expect', 'Expect: 100-continue\r\n'],
      ['Upgrade', 'Upgrade: h2c\r\n'],
      ['a blank before the colon', 'X : y\r\n'],
      ['no colon', 'X\r\n'],
      ['no name', ': y\r\n'],
      ['a folded line', 'X: y\r\n z\r\n'],
      ['a folded first line', ' X: y\r\n'],
      ['a bare line feed', 'X: y\n'],
      ['a bare carriage return', 'X: y\rZ: z\r\n'],
      ['NUL', 'X: \0\r\n'],
      ['a request line', 'GET /dev/files/smuggled HTTP/1.1\r\n'],
      ['more lines than there may be', 'X: y\r\n'.repeat(65)],
      ['more bytes than there may be', `X: ${'y'.repeat(8_192)}\r\n`],
    ] as const
  ).map(([name, lines]) => refused(name, trailing(lines) + SMUGGLED)),
  served(
    'identity and forwarding headers, which go nowhere',
    trailing('x-api-key: k\r\nX-Forwarded-For: 6.6.6.6\r\nAuthorization: a\r\n'),
    [`${OPEN} hello`],
  ),
  served('as much as there may be', trailing('X: y\r\n'.repeat(64)), [`${OPEN} hello`]),
];
