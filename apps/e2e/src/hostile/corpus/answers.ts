import { deflateSync } from 'node:zlib';

/** What a backend answers the first request on a connection with, and what comes of it. */
export interface HostileAnswer {
  /** The technique. */
  readonly name: string;
  /** One character a byte. */
  readonly bytes: string;
  /** What the backend does behind them, if anything. */
  readonly then?: 'ends' | 'resets';
  /** Of the request; GET if nothing else is said. */
  readonly method?: string;
  /** Of the client's HTTP; 1.1 if nothing else is said. */
  readonly version?: string;
  /** Its message is whole, so that the connection stays good, whatever is in it. */
  readonly keeps?: boolean;
  /** What the client gets: status and body of a whole answer, or the end of its connection. */
  readonly client: string;
}

const HEAD = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;
const GOOD = `${HEAD}Content-Length: 4\r\n\r\ngood`;
const EVIL = `${HEAD}Content-Length: 4\r\n\r\nevil`;

const BAD_ANSWER = '500 {"message":"Internal server error"}';
const NO_ANSWER = '504 {"message":"Network error communicating with endpoint"}';

const DEFLATED = deflateSync('good').toString('latin1');
/** A frame of zstd for which a decoder would have to keep so much. */
const GREEDY = '\x28\xb5\x2f\xfd\0\x70\x83\0\0x';

const none = (rows: Readonly<Record<string, string>>): HostileAnswer[] =>
  Object.entries(rows).map(([name, bytes]) => ({ name, bytes: bytes + EVIL, client: BAD_ANSWER }));

/** Heads that are none, or can be read in two ways. Nothing of them reaches the client. */
export const HEADS: readonly HostileAnswer[] = [
  ...none({
    'Content-Length and Transfer-Encoding': `${HEAD}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    'Transfer-Encoding and Content-Length': `${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n`,
    'two different lengths': `${HEAD}Content-Length: 4\r\nContent-Length: 0\r\n\r\ngood`,
    'two equal lengths': `${HEAD}Content-Length: 4\r\nContent-Length: 4\r\n\r\ngood`,
    'a list of lengths': `${HEAD}Content-Length: 4, 4\r\n\r\ngood`,
    'a length with a sign': `${HEAD}Content-Length: +4\r\n\r\ngood`,
    'a negative length': `${HEAD}Content-Length: -1\r\n\r\n`,
    'a hexadecimal length': `${HEAD}Content-Length: 0x4\r\n\r\ngood`,
    'a length with a zero before it': `${HEAD}Content-Length: 04\r\n\r\ngood`,
    'a length beyond numbers': `${HEAD}Content-Length: 99999999999999999999\r\n\r\n`,
    'an empty length': `${HEAD}Content-Length:\r\n\r\n`,
    'a coding before chunked': `${HEAD}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    'a coding behind chunked': `${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    'chunked twice': `${HEAD}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`,
    'chunked in two headers': `${HEAD}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    xchunked: `${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    'a vertical tab before chunked': `${HEAD}Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n`,
    'chunked in HTTP/1.0': 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'a folded line': `${HEAD}X: y\r\n Content-Length: 4\r\nContent-Length: 0\r\n\r\n`,
    'a folded first line': `${HEAD} X: y\r\nContent-Length: 0\r\n\r\n`,
    'bare line feeds': 'HTTP/1.1 200 OK\nContent-Length: 0\n\n',
    'a bare line feed behind the status line': 'HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n',
    'a bare line feed behind a header': `${HEAD}X: y\nContent-Length: 0\r\n\r\n`,
    'a bare line feed for the blank line': `${HEAD}Content-Length: 0\r\n\n`,
    'a bare carriage return': `${HEAD}X: y\rContent-Length: 4\r\nContent-Length: 0\r\n\r\n`,
    'a blank before the colon': `${HEAD}Content-Length : 0\r\n\r\n`,
    'a blank in a name': `${HEAD}X Y: z\r\nContent-Length: 0\r\n\r\n`,
    'no colon': `${HEAD}X\r\nContent-Length: 0\r\n\r\n`,
    'no name': `${HEAD}: y\r\nContent-Length: 0\r\n\r\n`,
    'NUL in a value': `${HEAD}X: \0\r\nContent-Length: 0\r\n\r\n`,
    'NUL in a name': `${HEAD}X\0: y\r\nContent-Length: 0\r\n\r\n`,
    'a control byte in a value': `${HEAD}X: \x01\r\nContent-Length: 0\r\n\r\n`,
    'a byte above ASCII in a name': `${HEAD}X\xe9: y\r\nContent-Length: 0\r\n\r\n`,
    'a blank line before the head': `\r\n${HEAD}Content-Length: 0\r\n\r\n`,
    '204 with a body': 'HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\ngood',
    '204 in chunks': 'HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    '103 with a body': 'HTTP/1.1 103 Early Hints\r\nContent-Length: 4\r\n\r\ngood',
    'a switch of protocols that nobody asked for':
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
    'a switch to h2c that nobody asked for': 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n',
    'a switch to nothing': 'HTTP/1.1 101 Switching Protocols\r\n\r\n',
    'a flood of 100': 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1_000),
    'a flood of 103': `HTTP/1.1 103 Early Hints\r\nLink: ${'x'.repeat(1_000)}\r\n\r\n`.repeat(100),
    'HTTP/0.9': '<html>good</html>\r\n',
    'HTTP/0.9 that says so': 'HTTP/0.9 200 OK\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.2': 'HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n',
    'HTTP/2.0': 'HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n',
    'a frame of HTTP/2': '\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64',
    'the version in small letters': 'http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
    'another protocol': 'ICY 200 OK\r\nContent-Length: 0\r\n\r\n',
    SSH: 'SSH-2.0-OpenSSH_9.6\r\n',
    TLS: '\x15\x03\x01\x00\x02\x02\x46',
    'a request': 'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
    'two blanks before the status': 'HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n',
    'no blank before the status': 'HTTP/1.1200 OK\r\nContent-Length: 0\r\n\r\n',
    'a status of two digits': 'HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n',
    'a status of four digits': 'HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n',
    'a status of letters': 'HTTP/1.1 OK OK\r\nContent-Length: 0\r\n\r\n',
    'status 000': 'HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n',
    'status 600': 'HTTP/1.1 600 OK\r\nContent-Length: 0\r\n\r\n',
    'status 999': 'HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n',
    'a negative status': 'HTTP/1.1 -20 OK\r\nContent-Length: 0\r\n\r\n',
    'a control byte in the reason': 'HTTP/1.1 200 O\x01K\r\nContent-Length: 0\r\n\r\n',
    'a header without an end': `${HEAD}X: ${'x'.repeat(100_000)}`,
    'headers without an end': HEAD + 'X: y\r\n'.repeat(10_000),
    'a reason without an end': `HTTP/1.1 200 ${'x'.repeat(100_000)}`,
    'a Connection that is no list of tokens': `${HEAD}Connection: close; x\r\nContent-Length: 0\r\n\r\n`,
  }),
  { name: 'that is not there', bytes: '', then: 'ends', client: NO_ANSWER },
  { name: 'that is not there, and a reset', bytes: '', then: 'resets', client: NO_ANSWER },
  { name: 'that breaks off', bytes: `${HEAD}Content-Length: 4\r\n`, then: 'ends', client: NO_ANSWER },
  { name: 'that is reset', bytes: `${HEAD}Content-Length: 4\r\n`, then: 'resets', client: NO_ANSWER },
  { name: 'that breaks off behind 100', bytes: 'HTTP/1.1 100 Continue\r\n\r\n', then: 'ends', client: NO_ANSWER },
];

const broken = (rows: Readonly<Record<string, string>>, then?: 'ends' | 'resets'): HostileAnswer[] =>
  Object.entries(rows).map(([name, bytes]) => ({ name, bytes, ...(then ? { then } : {}), client: 'reset' }));

const breaksOff = {
  'less of a body than its length': `${HEAD}Content-Length: 10\r\n\r\ngood`,
  'nothing of a body': `${HEAD}Content-Length: 10\r\n\r\n`,
  'no chunk': CHUNKED,
  'a chunk that is cut': `${CHUNKED}a\r\ngood`,
  'no last chunk': `${CHUNKED}4\r\ngood\r\n`,
  'half of the last chunk': `${CHUNKED}4\r\ngood\r\n0\r\n`,
  'trailers without an end': `${CHUNKED}4\r\ngood\r\n0\r\nX: y\r\n`,
};

/** Bodies that are none, or not whole: the client must not take what it got for a whole answer. */
export const BODIES: readonly HostileAnswer[] = [
  ...broken({
    'a chunk size that is no number': `${CHUNKED}g\r\ngood\r\n0\r\n\r\n`,
    'a chunk size with 0x': `${CHUNKED}0x4\r\ngood\r\n0\r\n\r\n`,
    'a negative chunk size': `${CHUNKED}-4\r\ngood\r\n0\r\n\r\n`,
    'a chunk size with a sign': `${CHUNKED}+4\r\ngood\r\n0\r\n\r\n`,
    'a blank before the chunk size': `${CHUNKED} 4\r\ngood\r\n0\r\n\r\n`,
    'a blank behind the chunk size': `${CHUNKED}4 \r\ngood\r\n0\r\n\r\n`,
    'no chunk size': `${CHUNKED}\r\ngood\r\n0\r\n\r\n`,
    'a chunk size beyond numbers': `${CHUNKED}fffffffffffffffff\r\ngood\r\n0\r\n\r\n`,
    'a bare line feed behind the chunk size': `${CHUNKED}4\ngood\r\n0\r\n\r\n`,
    'a bare line feed behind a chunk': `${CHUNKED}4\r\ngood\n0\r\n\r\n`,
    'a chunk that is longer than its size': `${CHUNKED}4\r\ngood!\r\n0\r\n\r\n`,
    'a chunk that is shorter than its size': `${CHUNKED}5\r\ngood\r\n0\r\n\r\n`,
    'a line feed in a chunk extension': `${CHUNKED}4;a\nb\r\ngood\r\n0\r\n\r\n`,
    'a flood of chunk extensions': `${CHUNKED}4;${'x'.repeat(20_000)}\r\ngood\r\n0\r\n\r\n`,
    'Content-Length in the trailers': `${CHUNKED}4\r\ngood\r\n0\r\nContent-Length: 4\r\n\r\n`,
    'Transfer-Encoding in the trailers': `${CHUNKED}4\r\ngood\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n`,
    'a folded trailer': `${CHUNKED}4\r\ngood\r\n0\r\nX: y\r\n z\r\n\r\n`,
    'a status line for trailers': `${CHUNKED}4\r\ngood\r\n0\r\n${EVIL}`,
    'a flood of trailers': `${CHUNKED}4\r\ngood\r\n0\r\n${'X: y\r\n'.repeat(10_000)}\r\n`,
  }),
  ...broken({
    'Brotli that is none': `${HEAD}Content-Encoding: br\r\nContent-Length: 4\r\n\r\ngood`,
    'zstd that is none': `${HEAD}Content-Encoding: zstd\r\nContent-Length: 4\r\n\r\ngood`,
    'deflate that is cut': `${HEAD}Content-Encoding: deflate\r\nContent-Length: ${DEFLATED.length - 1}\r\n\r\n${DEFLATED.slice(0, -1)}`,
    'zstd that asks for 16 MB': `${HEAD}Content-Encoding: zstd\r\nContent-Length: ${GREEDY.length}\r\n\r\n${GREEDY}`,
    'gzip that is none': `${HEAD}Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\ngood`,
    'deflate that is none': `${HEAD}Content-Encoding: deflate\r\nContent-Length: 4\r\n\r\ngood`,
    'gzip that is cut': `${HEAD}Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b\x4c`,
  }).map((row) => ({ ...row, keeps: true })),
  ...broken(breaksOff, 'ends'),
  ...broken(breaksOff, 'resets').map((row) => ({ ...row, name: `${row.name}, and a reset` })),
  ...broken(breaksOff, 'ends').map((row) => ({ ...row, name: `${row.name}, for HTTP/1.0`, version: '1.0' })),
  { name: 'no length, and a reset', bytes: `${HEAD}\r\ngood`, then: 'resets', client: 'reset' },
  { name: 'no length, and a reset, for HTTP/1.0', bytes: `${HEAD}\r\ngood`, then: 'resets', version: '1.0', client: 'reset' },
];

const own = (name: string, bytes: string, client = '200 good', more: Partial<HostileAnswer> = {}): HostileAnswer => ({
  name,
  bytes,
  client,
  ...more,
});

/** Bytes that nobody asked for, behind an answer that is whole: nobody gets them. */
export const LEFTOVERS: readonly HostileAnswer[] = [
  own('a whole answer behind a body', GOOD + EVIL),
  own('one byte behind a body', `${GOOD}!`),
  own('a blank line behind a body', `${GOOD}\r\n`),
  own('1 MB behind a body', GOOD + 'x'.repeat(1_048_576)),
  own('a whole answer behind the last chunk', `${CHUNKED}4\r\ngood\r\n0\r\n\r\n${EVIL}`),
  own('a whole answer behind trailers', `${CHUNKED}4\r\ngood\r\n0\r\nX: y\r\n\r\n${EVIL}`),
  own('a whole answer behind a body of no bytes', `${HEAD}Content-Length: 0\r\n\r\n${EVIL}`, '200 '),
  own('a body behind 204', `HTTP/1.1 204 No Content\r\n\r\n${EVIL}`, '204 '),
  own('a body behind 304', `HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n${EVIL}`, '304 '),
  own('a body behind an answer to HEAD', GOOD, '200 ', { method: 'HEAD' }),
  own('chunks behind an answer to HEAD', `${CHUNKED}4\r\ngood\r\n0\r\n\r\n`, '200 ', { method: 'HEAD' }),
  own('an answer behind an answer to HEAD', `${HEAD}Content-Length: 4\r\n\r\n${EVIL}`, '200 ', { method: 'HEAD' }),
  own('an end that it announced', `${HEAD}Connection: close\r\nContent-Length: 4\r\n\r\ngood${EVIL}`),
  own('an end that HTTP/1.0 has', `HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\ngood${EVIL}`),
  own(
    '1 MB behind deflate, in its body',
    `${HEAD}Content-Encoding: deflate\r\nContent-Length: 1048576\r\n\r\n${DEFLATED}${'x'.repeat(1_048_576 - DEFLATED.length)}`,
  ),
  own('no length: all of it is the body', `${HEAD}\r\ngood`, '200 good', { then: 'ends' }),
];

/** Odd, but with one meaning: what is not for the client stays behind, and the connection stays good. */
export const ODD_ANSWERS: readonly HostileAnswer[] = [
  own('100 before the answer', `HTTP/1.1 100 Continue\r\n\r\n${GOOD}`, '200 good', { keeps: true }),
  own('103 before the answer', `HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n${GOOD}`, '200 good', { keeps: true }),
  own('chunk extensions', `${CHUNKED}4;a="b"\r\ngood\r\n0;c\r\n\r\n`, '200 good', { keeps: true }),
  own('chunks of gzip without a byte', `${HEAD}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, '200 ', {
    keeps: true,
  }),
  own('two codings', `${HEAD}Content-Encoding: gzip\r\nContent-Encoding: deflate\r\nContent-Length: 4\r\n\r\ngood`, '200 good', {
    keeps: true,
  }),
  own('no reason', 'HTTP/1.1 200\r\nContent-Length: 4\r\n\r\ngood', '200 good', { keeps: true }),
  own('a status that nobody knows', 'HTTP/1.1 599 ?\r\nContent-Length: 4\r\n\r\ngood', '599 good', { keeps: true }),
];

/** The gateway's limits of what backends answer. */
const MOST_HEAD_BYTES = 32_768;
const MOST_HEADERS = 256;
const MOST_TRAILER_BYTES = 16_384;
const MOST_TRAILERS = 128;
const MOST_EXTENSION_BYTES = 16_384;
const MOST_INTERIM = 8;

const filled = (bytes: number, make: (filling: string) => string) => make('x'.repeat(bytes - make('').length));
const ofHead = (bytes: number) => `${filled(bytes, (x) => `${HEAD}Content-Length: 4\r\nX: ${x}\r\n\r\n`)}good`;
const ofHeaders = (count: number) => `${HEAD}Content-Length: 4\r\n${'X: y\r\n'.repeat(count - 1)}\r\ngood`;
const withTrailers = (lines: string) => `${CHUNKED}4\r\ngood\r\n0\r\n${lines}\r\n`;
const ofTrailer = (bytes: number) => withTrailers(filled(bytes, (x) => `X: ${x}\r\n`));
const ofTrailers = (count: number) => withTrailers('X: y\r\n'.repeat(count));
const ofExtension = (bytes: number) => `${CHUNKED}4;${'x'.repeat(bytes - 1)}\r\ngood\r\n0\r\n\r\n`;
const ofExtensions = (bytes: number) => `${CHUNKED}${'1;x\r\ny\r\n'.repeat((bytes - 2) / 2)}1;x\r\ny\r\n0\r\n\r\n`;
const afterInterim = (count: number) => 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(count) + GOOD;

/** As large as an answer may be, and by one more than that. */
export const ANSWER_SIZES: readonly HostileAnswer[] = [
  ...Object.entries({
    'a head of as many bytes as there may be': ofHead(MOST_HEAD_BYTES),
    'as many headers as there may be': ofHeaders(MOST_HEADERS),
    'trailers of as many bytes as there may be': ofTrailer(MOST_TRAILER_BYTES),
    'as many trailers as there may be': ofTrailers(MOST_TRAILERS),
    'a chunk extension of as many bytes as there may be': ofExtension(MOST_EXTENSION_BYTES),
    'as many interim answers as there may be': afterInterim(MOST_INTERIM),
  }).map(([name, bytes]) => own(name, bytes, '200 good', { keeps: true })),
  own(
    'chunk extensions of as many bytes as there may be',
    ofExtensions(MOST_EXTENSION_BYTES),
    `200 ${'y'.repeat(MOST_EXTENSION_BYTES / 2)}`,
    { keeps: true },
  ),
  ...none({
    'a head of one byte more': ofHead(MOST_HEAD_BYTES + 1),
    'one header more': ofHeaders(MOST_HEADERS + 1),
    'one interim answer more': afterInterim(MOST_INTERIM + 1),
  }),
  ...broken({
    'trailers of one byte more': ofTrailer(MOST_TRAILER_BYTES + 1),
    'one trailer more': ofTrailers(MOST_TRAILERS + 1),
    'a chunk extension of one byte more': ofExtension(MOST_EXTENSION_BYTES + 1),
    'chunk extensions of two bytes more': ofExtensions(MOST_EXTENSION_BYTES + 2),
  }),
];
