import { denied, refused, served, type Attack } from '../attack.js';
import { chunked, get, post, SMUGGLED } from '../messages.js';

/** The gateway's limits, of which the last is set for the corpus. */
const MOST_TARGET_BYTES = 10_240;
const MOST_HEAD_BYTES = 16_384;
const MOST_HEADERS = 200;
const MOST_CONNECTION_OPTIONS = 32;
const MOST_QUERY_PARAMETERS = 1_024;
export const MOST_BODY_BYTES = 65_536;
/** Of a body that nobody takes, so much is thrown away. */
const MOST_DISCARDED = 262_144;

const OPEN = 'GET /open';
const long = (length: number) => `/dev/files/${'x'.repeat(length - '/dev/files/'.length)}`;
const ofHead = (bytes: number) => get('/dev/open', `X: ${'x'.repeat(bytes - get('/dev/open', 'X: \r\n').length)}\r\n`);
const lines = (count: number) => get('/dev/open', 'X: y\r\n'.repeat(count - 1));
const options = (count: number) => get('/dev/open', `Connection: ${Array.from({ length: count }, (_, n) => `x${n}`).join()}\r\n`);
const parameters = (count: number) => `?${'a&'.repeat(count - 1)}a`;
const body = (bytes: number) => 'x'.repeat(bytes);
const inChunks = (bytes: number) => `${'1000\r\n' + body(4_096)}\r\n`.repeat(Math.floor(bytes / 4_096)) + chunk(bytes % 4_096);
const chunk = (bytes: number) => (bytes === 0 ? '' : `${bytes.toString(16)}\r\n${body(bytes)}\r\n`);

export const SIZES: readonly Attack[] = [
  served('a target of 10,240 bytes', get(long(MOST_TARGET_BYTES)), [`GET ${long(MOST_TARGET_BYTES).slice('/dev'.length)}`]),
  refused('a target of one byte more', get(long(MOST_TARGET_BYTES + 1)) + SMUGGLED, 414),
  refused('a target without an end', `GET ${long(MOST_TARGET_BYTES + 100_000)}`, 414),
  refused('a query without an end', `GET /dev/open?${'a=b&'.repeat(20_000)}`, 414),
  served('a head of as many bytes as there may be', ofHead(MOST_HEAD_BYTES), [OPEN]),
  refused('a head of one byte more', ofHead(MOST_HEAD_BYTES + 1) + SMUGGLED, 431),
  refused('a header without an end', `${get('/dev/open').slice(0, -2)}X: ${body(100_000)}`, 431),
  refused('a name without an end', `${get('/dev/open').slice(0, -2)}${body(100_000)}`, 431),
  refused('headers without an end', `${get('/dev/open').slice(0, -2)}${'X: y\r\n'.repeat(100_000)}`, 431),
  served('as many headers as there may be', lines(MOST_HEADERS), [OPEN]),
  refused('one header more', lines(MOST_HEADERS + 1) + SMUGGLED, 431),
  served('as many options of Connection as there may be', options(MOST_CONNECTION_OPTIONS), [OPEN]),
  refused('one option of Connection more', options(MOST_CONNECTION_OPTIONS + 1) + SMUGGLED, 431),
  served('a body of as many bytes as there may be', post(`Content-Length: ${MOST_BODY_BYTES}\r\n`, body(MOST_BODY_BYTES)), [
    `POST /open ${body(MOST_BODY_BYTES)}`,
  ]),
  denied('a body of one byte more', post(`Content-Length: ${MOST_BODY_BYTES + 1}\r\n`, body(MOST_BODY_BYTES + 1)), 413),
  refused('a body that nobody would read to its end', post(`Content-Length: ${MOST_DISCARDED + 1}\r\n`, SMUGGLED), 413),
  refused('a body of as many bytes as can be said', post('Content-Length: 9007199254740991\r\n', SMUGGLED), 413),
  served('chunks of as many bytes as there may be', chunked(`${inChunks(MOST_BODY_BYTES)}0\r\n\r\n`), [
    `POST /open ${body(MOST_BODY_BYTES)}`,
  ]),
  denied('chunks of one byte more', chunked(`${inChunks(MOST_BODY_BYTES + 1)}0\r\n\r\n`), 413),
  refused('chunks without an end', chunked(inChunks(MOST_BODY_BYTES + 2 * MOST_DISCARDED)), 413),
  refused(
    'one chunk of as many bytes as can be said',
    chunked(`1fffffffffffff\r\n${body(MOST_BODY_BYTES + 2 * MOST_DISCARDED)}`),
    413,
  ),
  served('a body in chunks of one byte', chunked(`${'1\r\nx\r\n'.repeat(5_000)}0\r\n\r\n`), [`POST /open ${body(5_000)}`]),
  served(
    'a thousand requests sent ahead',
    Array.from({ length: 1_000 }, (_, n) => get(`/dev/files/${n}`)).join(''),
    Array.from({ length: 1_000 }, (_, n) => `GET /files/${n}`),
  ),
  {
    name: 'a thousand requests sent ahead, with one that is none among them',
    bytes: Array.from({ length: 1_000 }, (_, n) => get(`/dev/files/${n}`, n === 500 ? 'X : y\r\n' : '')).join(''),
    outcome: {
      answers: [...Array<number>(500).fill(200), 400],
      connection: 'closed',
      backend: Array.from({ length: 500 }, (_, n) => `GET /files/${n}`),
    },
  },
];

/** The names and values that a policy sees are those that go on, or none. */
export const PARAMETERS: readonly Attack[] = [
  served('as many as there may be', get(`/dev/open${parameters(MOST_QUERY_PARAMETERS)}`), [
    `${OPEN}${parameters(MOST_QUERY_PARAMETERS)}`,
  ]),
  denied('one more', get(`/dev/open${parameters(MOST_QUERY_PARAMETERS + 1)}`), 400),
  denied('one more, by semicolons', get(`/dev/open${parameters(MOST_QUERY_PARAMETERS + 1).replaceAll('&', ';')}`), 400),
  denied('as many as a target holds', get(`/dev/open?${'&'.repeat(MOST_TARGET_BYTES - '/dev/open?'.length)}`), 400),
  denied('one more, without names', get(`/dev/open?${'=&'.repeat(MOST_QUERY_PARAMETERS)}=`), 400),
  denied('one more, and none of them mapped', get(`/dev/mapped/a${parameters(MOST_QUERY_PARAMETERS + 1)}`), 400),
  denied('one more, of a keyed resource', get(`/dev/secret${parameters(MOST_QUERY_PARAMETERS + 1)}`), 400),
];
