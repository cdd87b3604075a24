import { HOST, SMUGGLED } from '../messages.js';
import type { Attack } from '../attack.js';

export type Field = readonly [name: string, value: string];

/** A request over HTTP/2, one character a byte, and what comes of it. */
export interface Http2Attack {
  /** The technique. */
  readonly name: string;
  readonly fields: readonly Field[];
  /** In one frame; none where this is missing. */
  readonly body?: string;
  /** Behind the body. */
  readonly trailers?: readonly Field[];
  /** The status of its answer. */
  readonly answer: number | 'reset';
  /** Its connection is ended. */
  readonly ends?: boolean;
  /** What the backend was asked: method, target, and the body where there is one. */
  readonly backend: readonly string[];
}

const OPEN = '/dev/open';
const SMUGGLED_LINE = 'GET /dev/files/smuggled HTTP/1.1\r\nHost: x\r\n\r\n';

type Pseudo = Partial<Record<'method' | 'scheme' | 'path' | 'authority', string>>;

/** To the open resource, with some pseudo-headers replaced. */
function head(changes: Pseudo = {}, ...more: Field[]): Field[] {
  const { method, scheme, path, authority } = { method: 'GET', scheme: 'https', path: OPEN, authority: HOST, ...changes };
  return [[':method', method], [':scheme', scheme], [':path', path], [':authority', authority], ...more];
}

const refused = (name: string, fields: readonly Field[], answer: number | 'reset' = 'reset', body?: string): Http2Attack => ({
  name,
  fields,
  answer,
  backend: [],
  ...(body === undefined ? {} : { body }),
});
const posted = (
  name: string,
  more: readonly Field[],
  body: string,
  answer: number | 'reset',
  backend: readonly string[] = [],
) => ({
  ...refused(name, head({ method: 'POST' }, ...more), answer, body),
  backend,
});
const served = (name: string, fields: readonly Field[], backend: string): Http2Attack => ({
  name,
  fields,
  answer: 200,
  backend: [backend],
});

/**
 * H2.CL and H2.TE: what would frame the body again where the gateway speaks HTTP/1.1. What is more than it was announced ends the connection: so does Node
 * with frames that cannot be.
 */
export const FRAMING: readonly Http2Attack[] = [
  { ...posted('H2.CL: a length of nothing', [['content-length', '0']], SMUGGLED, 'reset'), ends: true },
  { ...posted('H2.CL: a length that is too small', [['content-length', '5']], `hello${SMUGGLED}`, 'reset'), ends: true },
  posted('H2.CL: a length that is too large', [['content-length', '500']], 'hello', 'reset'),
  ...['+5', '-5', '5, 5', '5 ', ' 5', '0x5', '05x', '5;', '', '18446744073709551621'].map((value) =>
    posted(`H2.CL: a length of ${JSON.stringify(value)}`, [['content-length', value]], 'hello', 'reset'),
  ),
  posted(
    'H2.CL: two equal lengths',
    [
      ['content-length', '5'],
      ['content-length', '5'],
    ],
    'hello',
    'reset',
  ),
  posted(
    'H2.CL: two different lengths',
    [
      ['content-length', '5'],
      ['content-length', '0'],
    ],
    'hello',
    'reset',
  ),
  posted('H2.CL: a length in capitals', [['Content-Length', '0']], SMUGGLED, 'reset'),
  posted('H2.TE: chunked', [['transfer-encoding', 'chunked']], `0\r\n\r\n${SMUGGLED}`, 'reset'),
  posted('H2.TE: chunked in capitals', [['Transfer-Encoding', 'chunked']], `0\r\n\r\n${SMUGGLED}`, 'reset'),
  posted('H2.TE: identity', [['transfer-encoding', 'identity']], SMUGGLED, 'reset'),
  posted('H2.TE: an empty one', [['transfer-encoding', '']], SMUGGLED, 'reset'),
  posted(
    'H2.TE: chunked and a length',
    [
      ['transfer-encoding', 'chunked'],
      ['content-length', '5'],
    ],
    'hello',
    'reset',
  ),
  posted('H2.TE: TE of chunked', [['te', 'trailers, chunked']], SMUGGLED, 'reset'),
  posted('H2.TE: chunked by an underscore alias', [['transfer_encoding', 'chunked']], `0\r\n\r\n${SMUGGLED}`, 200, [
    `POST /open 0\r\n\r\n${SMUGGLED}`,
  ]),
  posted('H2.CL: a length by an underscore alias', [['content_length', '0']], SMUGGLED, 200, [`POST /open ${SMUGGLED}`]),
  posted('a request as the body', [], SMUGGLED, 200, [`POST /open ${SMUGGLED}`]),
  posted('a last chunk and a request as the body', [], `0\r\n\r\n${SMUGGLED}`, 200, [`POST /open 0\r\n\r\n${SMUGGLED}`]),
  posted('a request as the body of its length', [['content-length', String(SMUGGLED.length)]], SMUGGLED, 200, [
    `POST /open ${SMUGGLED}`,
  ]),
  posted('a body that is awaited after Expect', [['expect', '100-continue']], SMUGGLED, 200, [`POST /open ${SMUGGLED}`]),
  { ...refused('a request as the body of GET', head(), 200, SMUGGLED), backend: [`GET /open ${SMUGGLED}`] },
  { ...refused('a body on DELETE', head({ method: 'DELETE' }), 200, 'hello'), backend: ['DELETE /open hello'] },
  { ...refused('a body on HEAD', head({ method: 'HEAD' }), 200, 'hello'), backend: ['HEAD /open hello'] },
  { ...refused('CL.0: a body without its key', head({ method: 'POST', path: '/dev/secret' }), 403, SMUGGLED) },
  { ...refused('CL.0: a body to nobody', head({ method: 'POST', authority: 'nobody' }), 403, SMUGGLED) },
];

const BREAKS = ['\r\n', '\n', '\r', '\0'] as const;

/** Bytes that end a line, a field or a request line of HTTP/1.1, where a request cannot do without what they are in. */
export const INJECTED: readonly Http2Attack[] = [
  ...BREAKS.flatMap((end) => {
    const name = JSON.stringify(end);
    return [
      refused(`${name} in the path`, head({ path: `${OPEN}${end}x-b: c` })),
      refused(`${name} in the method`, head({ method: `GET${end}x-b: c` })),
      refused(`${name} in the authority`, head({ authority: `${HOST}${end}x-b: c` })),
      refused(`${name} in the scheme`, head({ scheme: `https${end}x-b: c` })),
      posted(`${name} in a length`, [['content-length', `5${end}x-b: c`]], 'hello', 'reset'),
    ];
  }),
  refused('a request line in the path', head({ path: `${OPEN} HTTP/1.1\r\nHost: x\r\n\r\n${SMUGGLED_LINE}` })),
  refused('a request in the method', head({ method: `${SMUGGLED_LINE}GET` })),
  refused('a request in the authority', head({ authority: `${HOST}\r\n\r\n${SMUGGLED_LINE}` })),
  refused('a blank and a version in the path', head({ path: `${OPEN} HTTP/1.1` })),
  refused('a blank in the path', head({ path: `${OPEN} x` })),
  refused('a tab in the path', head({ path: `${OPEN}\tx` })),
  refused('a blank before the path', head({ path: ` ${OPEN}` })),
  refused('a blank in the method', head({ method: 'GET /dev/files/smuggled HTTP/1.1' })),
  refused('a blank behind the method', head({ method: 'GET ' })),
  refused('a blank in the authority', head({ authority: `${HOST} x` })),
  refused('a name in capitals', head({}, ['X-A', 'b'])),
];

const field = (name: string, ...pair: Field): Http2Attack => served(name, head({}, pair), 'GET /open');

/** Fields that cannot be ones. nghttp2 leaves them out, and the request is what the rest of it says. */
export const LEFT_OUT: readonly Http2Attack[] = [
  ...BREAKS.flatMap((end) => {
    const name = JSON.stringify(end);
    return [
      field(`${name} in a value`, 'x-a', `b${end}transfer-encoding: chunked`),
      field(`${name} behind a value`, 'x-a', `b${end}`),
      field(`${name} before a value`, 'x-a', `${end}b`),
      field(`${name} in a name`, `x-a${end}x-b`, 'c'),
      field(`${name} in a cookie`, 'cookie', `a=b${end}x-b: c`),
    ];
  }),
  field('two line ends and a request in a value', 'x-a', `b\r\n\r\n${SMUGGLED_LINE}`),
  field('a colon in a name', 'x-a: b', 'c'),
  field('a coding and a colon in a name', 'transfer-encoding: chunked', ''),
  field('a blank in a name', 'x a', 'b'),
  field('a blank behind a name', 'transfer-encoding ', 'chunked'),
  field('a name of nothing', '', 'b'),
  field('a name above ASCII', 'x-\xe9', 'b'),
  field('a control byte in a value', 'x-a', 'b\x01'),
  field('DEL in a value', 'x-a', 'b\x7f'),
  field('a blank before a value', 'x-a', ' b'),
  field('a blank behind a value', 'x-a', 'b '),
];

const without = (name: string) => head().filter(([each]) => each !== name);

/** Pseudo-headers that are not as they must be, and what belongs to one connection of HTTP/1.1. */
export const HEADS: readonly Http2Attack[] = [
  ...head().map(([name, value]) => refused(`${name} twice`, [...head(), [name, value]])),
  refused(':path twice, for a keyed resource', [...head(), [':path', '/dev/secret']]),
  refused(':path behind a header', [...without(':path'), ['x-a', 'b'], [':path', OPEN]]),
  refused('a pseudo-header of answers', [...head(), [':status', '200']]),
  refused('a pseudo-header that nobody knows', [...head(), [':x', 'y']]),
  ...[':method', ':scheme', ':path', ':authority'].map((name) => refused(`no ${name}`, without(name))),
  refused('an empty method', head({ method: '' })),
  refused('an empty path', head({ path: '' })),
  refused('an empty authority', head({ authority: '' })),
  refused('an empty scheme', head({ scheme: '' })),
  refused('a scheme with a host and a path', head({ scheme: `http://${HOST}/dev/secret?` })),
  refused('another scheme', head({ scheme: 'ftp' }), 400),
  refused('a path without a slash', head({ path: 'dev/open' })),
  refused('the absolute form', head({ path: `https://${HOST}${OPEN}` })),
  refused('an asterisk', head({ path: '*' })),
  refused('an authority with user information', head({ authority: `user@${HOST}` })),
  refused('an authority with a path', head({ authority: `${HOST}/dev/secret` })),
  refused('an authority of somebody else, beside a Host', head({ authority: 'evil' }, ['host', HOST]), 400),
  refused('a Host of somebody else, beside the authority', head({}, ['host', 'evil']), 400),
  refused('two Hosts', head({}, ['host', HOST], ['host', HOST])),
  served('a Host that is the authority', head({}, ['host', HOST.toUpperCase()]), 'GET /open'),
  refused(
    'CONNECT',
    [
      [':method', 'CONNECT'],
      [':authority', `${HOST}:443`],
    ],
    400,
  ),
  refused('CONNECT with a path', head({ method: 'CONNECT' })),
  refused('a WebSocket by extended CONNECT', [...head({ method: 'CONNECT' }), [':protocol', 'websocket']]),
  refused('a method in small letters', head({ method: 'get' }), 400),
  refused('a method that nobody knows', head({ method: 'BREW' }), 400),
  refused('TRACE', head({ method: 'TRACE' }), 403),
  refused('Connection', head({}, ['connection', 'x-api-key'])),
  refused('Keep-Alive', head({}, ['keep-alive', 'timeout=5'])),
  refused('Proxy-Connection', head({}, ['proxy-connection', 'close'])),
  refused('Upgrade', head({}, ['upgrade', 'h2c'])),
  refused('HTTP2-Settings', head({}, ['http2-settings', 'AAMAAABk']), 400),
  served('TE of trailers', head({}, ['te', 'trailers']), 'GET /open'),
  { ...posted('trailers of a pseudo-header', [], 'hello', 'reset'), trailers: [[':path', '/dev/secret']] },
  { ...posted('trailers of Transfer-Encoding', [], 'hello', 'reset'), trailers: [['transfer-encoding', 'chunked']] },
  {
    ...posted('trailers of what the head should say', [], 'hello', 200, ['POST /open hello']),
    trailers: [
      ['x-api-key', 'a'],
      ['host', 'evil'],
      ['content-type', 'a/b'],
    ],
  },
  {
    ...posted('trailers of a line end', [], 'hello', 200, ['POST /open hello']),
    trailers: [['x-a', `b\r\n\r\n${SMUGGLED_LINE}`]],
  },
  {
    ...refused('a key in the trailers', head({ method: 'POST', path: '/dev/secret' }), 403, 'hello'),
    trailers: [['x-api-key', '{key}']],
  },
];

/** The request of a message of the corpus without a body; null where HTTP/2 has no such request. */
export function asHttp2(bytes: string): Field[] | null {
  const [head = '', body] = bytes.split('\r\n\r\n');
  const [requestLine = '', ...lines] = head.split('\r\n');
  const [method, path, version] = requestLine.split(' ');
  if (method === undefined || path === undefined || version === undefined || body !== '') return null;
  const fields = lines.map((line): Field => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  if (fields.some(([name]) => name === 'connection' || name === 'content-length')) return null;
  const authority = fields.find(([name]) => name === 'host')?.[1] ?? '';
  return [
    [':method', method],
    [':scheme', 'https'],
    [':path', path],
    [':authority', authority],
    ...fields.filter(([name]) => name !== 'host'),
  ];
}

/** Messages of HTTP/1.1 with one answer, sent by HTTP/2; what is answered there is answered here. */
export function overHttp2(attacks: readonly Attack[]): Http2Attack[] {
  return attacks.flatMap(({ name, bytes, outcome: { answers, backend } }) => {
    const fields = asHttp2(bytes);
    return fields === null || !fields.some(([name, value]) => name === ':path' && value.startsWith('/'))
      ? []
      : [{ name, fields, answer: answers[0] as number, backend }];
  });
}
