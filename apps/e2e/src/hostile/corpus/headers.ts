import { API_ID, get, HOST, request } from '../messages.js';

/** What a client says, and what the backend is told under a name, in whatever spelling. */
export interface HeaderRow {
  readonly name: string;
  readonly bytes: string;
  readonly told: Readonly<Record<string, readonly string[]>>;
}

/** Stands for the port of the gateway. */
export const PORT = '{port}';

const open = (lines: string) => get('/dev/open', lines);
const secret = (lines: string) => get('/dev/secret', lines);

/** What the gateway says itself. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  'X-Forwarded-For': ['127.0.0.1'],
  'X-Forwarded-Port': [PORT],
  'X-Forwarded-Proto': ['http'],
  'X-Forwarded-Host': [],
  'X-Real-IP': [],
  Forwarded: [],
  'X-Amzn-Apigateway-Api-Id': [API_ID],
  'HTTP2-Settings': [],
  'Proxy-Authorization': [],
  Via: [],
};

const SPELLINGS: readonly [name: string, spell: (name: string) => string][] = [
  ['as it is', (name) => name],
  ['in small letters', (name) => name.toLowerCase()],
  ['in capitals', (name) => name.toUpperCase()],
  ['with underscores', (name) => name.replaceAll('-', '_')],
  ['with one underscore', (name) => name.replace('-', '_')],
  ['with underscores, in small letters', (name) => name.toLowerCase().replaceAll('-', '_')],
  ['with dots', (name) => name.replaceAll('-', '.')],
  ['with two hyphens', (name) => name.replaceAll('-', '--')],
  ['with an underscore before it', (name) => `_${name}`],
  ['with an underscore behind it', (name) => `${name}_`],
];

/** Each header that backends trust, in each spelling, alone and several times. */
export const SPOOFED: readonly HeaderRow[] = Object.entries(OWN).flatMap(([name, values]) => [
  ...SPELLINGS.map(([spelling, spell]) => ({
    name: `${name} ${spelling}`,
    bytes: open(`${spell(name)}: 6.6.6.6\r\n`),
    told: { [name.toLowerCase()]: values },
  })),
  {
    name: `${name} in all spellings at once, twice`,
    bytes: open(SPELLINGS.map(([, spell]) => `${spell(name)}: 6.6.6.6\r\n`.repeat(2)).join('')),
    told: { [name.toLowerCase()]: values },
  },
  {
    name: `${name} that Connection lists`,
    bytes: open(`Connection: ${name}\r\n${name}: 6.6.6.6\r\n`),
    told: { [name.toLowerCase()]: values },
  },
]);

/** Connection takes away what the client says, and nothing else. */
export const HOP_BY_HOP: readonly HeaderRow[] = [
  { name: 'Connection lists Host', bytes: open('Connection: host\r\n'), told: { host: ['{backend}'] } },
  { name: 'Connection lists a header of its own', bytes: open('Connection: X-Mine\r\nX-Mine: a\r\n'), told: { 'x-mine': [] } },
  {
    name: 'Connection lists one in another case, with blanks',
    bytes: open('connection: ,\tX-MINE ,, keep-alive\r\nx-mine: a\r\nX-Other: b\r\n'),
    told: { 'x-mine': [], 'x-other': ['b'] },
  },
  {
    name: 'Connection lists what the gateway adds',
    bytes: open('Connection: x-amzn-trace-id, accept, user-agent\r\nAccept: a\r\nUser-Agent: b\r\n'),
    told: { accept: ['application/json'], 'user-agent': [`AmazonAPIGateway_${API_ID}`] },
  },
  {
    name: 'Connection lists the key that the gateway decides by',
    bytes: secret('Connection: x-api-key\r\nx-api-key: {key}\r\n'),
    told: { 'x-api-key': [] },
  },
  {
    name: 'Connection lists Content-Length and Content-Type',
    bytes: request(
      'POST /dev/open HTTP/1.1',
      'Connection: content-length, content-type\r\nContent-Type: a/b\r\nContent-Length: 2\r\n',
      'hi',
    ),
    told: { 'content-length': ['2'], 'content-type': [] },
  },
  {
    name: 'Connection lists a mapped header',
    bytes: get('/dev/mapped/a?v=b', 'Connection: X-From-Path, X-From-Query\r\nX-From-Path: spoofed\r\n'),
    told: { 'x-from-path': ['a'], 'x-from-query': ['b'] },
  },
  ...[
    'Keep-Alive',
    'Proxy-Connection',
    'TE',
    'Trailer',
    'Upgrade',
    'HTTP2-Settings',
    'Proxy-Authorization',
    'Max-Forwards',
    'Expect',
  ].flatMap((name) => [
    { name: `${name} that Connection does not list`, bytes: open(`${name}: x\r\n`), told: { [name.toLowerCase()]: [] } },
    {
      name: `${name} with underscores`,
      bytes: open(`${name.replaceAll('-', '_')}_: x\r\n`),
      told: { [name.toLowerCase()]: [] },
    },
  ]),
];

/** Where nobody gets past the key. */
export const KEY_TRICKS: readonly [name: string, bytes: string][] = [
  ['none', secret('')],
  ['none, and Connection lists it', secret('Connection: x-api-key\r\n')],
  ['an empty one', secret('x-api-key:\r\n')],
  ['a wrong one', secret('x-api-key: wrong\r\n')],
  ['a wrong one before the right one', secret('x-api-key: wrong\r\nx-api-key: {key}\r\n')],
  ['a wrong one behind the right one', secret('x-api-key: {key}\r\nx-api-key: wrong\r\n')],
  ['a wrong one behind the right one, in another case', secret('x-api-key: {key}\r\nX-API-KEY: wrong\r\n')],
  ['an empty one before the right one', secret('x-api-key:\r\nx-api-key: {key}\r\n')],
  ['a list', secret('x-api-key: {key}, {key}\r\n')],
  ['the right one and more', secret('x-api-key: {key}x\r\n')],
  ['quotes', secret('x-api-key: "{key}"\r\n')],
  ['underscores', secret('x_api_key: {key}\r\n')],
  ['dots', secret('x.api.key: {key}\r\n')],
  ['another header', secret('Authorization: {key}\r\nCookie: x-api-key={key}\r\n')],
  ['the query', get('/dev/secret?x-api-key={key}')],
  [
    'the trailers',
    request('POST /dev/secret HTTP/1.1', 'Transfer-Encoding: chunked\r\nTrailer: x-api-key\r\n', '0\r\nx-api-key: {key}\r\n\r\n'),
  ],
  ['a name that JavaScript knows', secret('x-api-key: __proto__\r\n')],
  ['another one that JavaScript knows', secret('x-api-key: constructor\r\n')],
];

const INJECTED = 'X-Injected';
const mapped = (text: string) => get(`/dev/mapped/a?v=${text}`);

/** Mapped into headers: what cannot stand in one is refused. */
export const INJECTIONS: readonly [name: string, bytes: string][] = [
  ['a line end', mapped(`a%0d%0a${INJECTED}:%201`)],
  ['a line feed', mapped(`a%0a${INJECTED}:%201`)],
  ['a carriage return', mapped(`a%0d${INJECTED}:%201`)],
  ['a line end and a request', mapped('a%0d%0a%0d%0aGET%20/files/smuggled%20HTTP/1.1%0d%0aHost:%20x%0d%0a%0d%0a')],
  ['a folded line', mapped(`a%0d%0a%20${INJECTED}:%201`)],
  ['NUL', mapped('a%00')],
  ['DEL', mapped('a%7f')],
  ['a line end in the path', get(`/dev/mapped/a%0d%0a${INJECTED}:%201`)],
  ['a line feed in the path', get(`/dev/mapped/a%0a${INJECTED}:%201`)],
];

/** Those that only look like it. */
export const HARMLESS_INJECTIONS: readonly HeaderRow[] = [
  { name: 'a line end that is encoded twice', bytes: mapped('a%250d%250a'), told: { 'x-from-query': ['a%0d%0a'] } },
  {
    name: 'letters whose low bytes are a line end',
    bytes: mapped('a%C4%8D%C4%8A'),
    told: { 'x-from-query': ['a\xc4\x8d\xc4\x8a'] },
  },
  {
    name: 'signs whose low bytes are a line end',
    bytes: mapped('a%E5%98%8D%E5%98%8A'),
    told: { 'x-from-query': ['a\xe5\x98\x8d\xe5\x98\x8a'] },
  },
  {
    name: 'a header',
    bytes: get('/dev/mapped/a', `X-Value: a, ${INJECTED}: 1\r\n`),
    told: { 'x-from-header': [`a, ${INJECTED}: 1`] },
  },
  { name: 'a path with an encoded slash', bytes: get('/dev/mapped/a%2fb'), told: { 'x-from-path': ['a%2Fb'] } },
  { name: 'a Host of its own', bytes: open(`X-Host: ${HOST}\r\n`), told: { host: ['{backend}'] } },
];
