import { denied, refused, served, type Attack } from '../attack.js';
import { get, HOST, post, request, SMUGGLED } from '../messages.js';

const OPEN = 'GET /open';
const PATH = '/dev/open';

const method = (text: string, status = 400) => refused(text, request(`${text} ${PATH} HTTP/1.1`) + SMUGGLED, status);
const behind = (name: string, bytes: string, status = 400) => refused(name, bytes + SMUGGLED, status);
const overridden = (to: string) => get(PATH, `X-HTTP-Method-Override: ${to}\r\n`);

export const METHODS: readonly Attack[] = [
  behind('CONNECT', `CONNECT ${HOST}:80 HTTP/1.1\r\nHost: ${HOST}:80\r\n\r\n`),
  behind('CONNECT to a path', request(`CONNECT ${PATH} HTTP/1.1`)),
  behind('CONNECT with a body', request(`CONNECT ${HOST}:80 HTTP/1.1`, 'Content-Length: 5\r\n', 'hello')),
  behind('CONNECT in chunks', request(`CONNECT ${HOST}:80 HTTP/1.1`, 'Transfer-Encoding: chunked\r\n', '0\r\n\r\n')),
  behind('CONNECT for a WebSocket', request(`CONNECT ${PATH} HTTP/1.1`, 'Connection: upgrade\r\nUpgrade: websocket\r\n')),
  method('get'),
  method('Get'),
  method('GETX'),
  method('XGET'),
  method('BREW'),
  method('__proto__'),
  method('constructor'),
  method('G'.repeat(1_000)),
  method('GET,POST'),
  method('GET:'),
  method('(GET)'),
  method('G\xcbT'),
  denied('TRACE', request(`TRACE ${PATH} HTTP/1.1`), 403),
  denied('PURGE', request(`PURGE ${PATH} HTTP/1.1`), 403),
  denied('PROPFIND with a body', request(`PROPFIND ${PATH} HTTP/1.1`, `Content-Length: ${SMUGGLED.length}\r\n`, SMUGGLED), 403),
  denied('an override by CONNECT', overridden('CONNECT'), 403),
  denied('an override by TRACE', overridden('TRACE'), 403),
  denied('an override by a name that JavaScript knows', overridden('__proto__'), 403),
  denied('an override by a request line', overridden('GET /dev/files/smuggled HTTP/1.1'), 403),
  denied('an override by a list', overridden('GET, GET'), 403),
  served('an override of GET by HEAD, whose answer has no body', overridden('HEAD') + get(PATH), ['HEAD /open', OPEN]),
  {
    ...served(
      'an override of HEAD by GET, whose answer has one',
      request(`HEAD ${PATH} HTTP/1.1`, 'X-HTTP-Method-Override: GET\r\n') + get(PATH),
      [OPEN, OPEN],
    ),
    methods: ['HEAD'],
  },
  served(
    'an override in a query and in other headers',
    get(`${PATH}?_method=DELETE`, 'X-Method-Override: PUT\r\nX-HTTP-Method: PUT\r\n'),
    [`${OPEN}?_method=DELETE`],
  ),
];

const H2C = 'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n';
const WEBSOCKET = 'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** Of nobody: no API has a WebSocket, so there is no tunnel. What follows are requests like others. */
export const UPGRADES: readonly Attack[] = [
  served('h2c', get(PATH, `Connection: Upgrade, HTTP2-Settings\r\n${H2C}`), [OPEN]),
  served('h2c that Connection does not list', get(PATH, H2C), [OPEN]),
  served('h2c, of which Connection lists only one', get(PATH, `Connection: Upgrade\r\n${H2C}`), [OPEN]),
  served('h2c among others', get(PATH, 'Connection: Upgrade\r\nUpgrade: websocket, h2c, TLS/1.0\r\n'), [OPEN]),
  served('h2c with a body', post('Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 5\r\n', 'hello'), ['POST /open hello']),
  {
    name: 'h2c, and the preface of HTTP/2 behind it',
    bytes: get(PATH, `Connection: Upgrade, HTTP2-Settings\r\n${H2C}`) + PREFACE + SMUGGLED,
    outcome: { answers: [200, 505], connection: 'closed', backend: [OPEN] },
  },
  served('a WebSocket', get(PATH, `Connection: Upgrade\r\n${WEBSOCKET}`), [OPEN]),
  {
    name: 'a WebSocket, and its frames before anyone has agreed',
    bytes: `${get(PATH, `Connection: Upgrade\r\n${WEBSOCKET}`)}\x81\x85\x01\x02\x03\x04\x69\x67\x6f\x68\x6e${SMUGGLED}`,
    outcome: { answers: [200, 400], connection: 'closed', backend: [OPEN] },
  },
  {
    ...served(
      'a WebSocket, and a request for a keyed resource before anyone has agreed',
      get(PATH, `Connection: Upgrade\r\n${WEBSOCKET}`) + get('/dev/secret'),
      [OPEN],
    ),
    outcome: { answers: [200, 403], connection: 'open', backend: [OPEN] },
  },
  served(
    'a WebSocket of a wrong version',
    get(PATH, 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 777\r\n'),
    [OPEN],
  ),
  served(
    'an upgrade in HTTP/1.0',
    `GET ${PATH} HTTP/1.0\r\nHost: ${HOST}\r\nConnection: Upgrade, keep-alive\r\n${WEBSOCKET}\r\n`,
    [OPEN],
  ),
];

const length = (text: string) => `Content-Length: ${text.length}\r\n`;
const expecting = (value: string) => post(`Expect: ${value}\r\nContent-Length: 5\r\n`, 'hello');

export const EXPECTATIONS: readonly Attack[] = [
  served('100-continue, and its body without waiting', expecting('100-continue'), ['POST /open hello']),
  served('100-continue in capitals', expecting('100-CONTINUE'), ['POST /open hello']),
  served('another value', expecting('200-ok'), ['POST /open hello']),
  served('something before 100-continue', expecting('y 100-continue'), ['POST /open hello']),
  served('100-continue in a list', expecting('100-continue, x'), ['POST /open hello']),
  served('100-continue twice', post('Expect: 100-continue\r\nExpect: 100-continue\r\nContent-Length: 5\r\n', 'hello'), [
    'POST /open hello',
  ]),
  served(
    '100-continue in HTTP/1.0',
    `POST ${PATH} HTTP/1.0\r\nHost: ${HOST}\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n${length('hello')}\r\nhello`,
    ['POST /open hello'],
  ),
  served('100-continue without a body', get(PATH, 'Expect: 100-continue\r\n') + get(PATH), [OPEN, OPEN]),
  served('100-continue with a body of no bytes', post('Expect: 100-continue\r\nContent-Length: 0\r\n', '') + get(PATH), [
    'POST /open',
    OPEN,
  ]),
  served('100-continue and a request as the body', post(`Expect: 100-continue\r\n${length(SMUGGLED)}`, SMUGGLED), [
    `POST /open ${SMUGGLED}`,
  ]),
  served('100-continue and a request behind the body', expecting('100-continue') + SMUGGLED, [
    'POST /open hello',
    'GET /files/smuggled',
  ]),
  refused('100-continue with a folded value', post(`Expect:\r\n 100-continue\r\n${length(SMUGGLED)}`, SMUGGLED)),
  refused('a blank before the colon', post(`Expect : 100-continue\r\n${length(SMUGGLED)}`, SMUGGLED)),
  refused('with both framings', post(`Expect: 100-continue\r\n${length(SMUGGLED)}Transfer-Encoding: chunked\r\n`, SMUGGLED)),
];
