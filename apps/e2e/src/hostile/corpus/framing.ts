import { denied, refused, served, type Attack } from '../attack.js';
import { chunked, get, HOST, post, request, SMUGGLED } from '../messages.js';

const OPEN = 'POST /open';
const NO_CHUNKS = '0\r\n\r\n';
const CHUNKED = 'Transfer-Encoding: chunked\r\n';
const length = (text: string) => `Content-Length: ${text.length}\r\n`;

/** Spellings that one server takes for chunked and another one does not, and what each is answered by itself. */
const CODINGS: readonly [name: string, lines: string, status?: number][] = [
  ['chunked', CHUNKED, 200],
  ['chunKed', 'Transfer-Encoding: chunKed\r\n', 200],
  ['a name in capitals', 'TRANSFER-ENCODING: chunked\r\n', 200],
  ['a tab before the value', 'Transfer-Encoding:\tchunked\r\n', 200],
  ['no blank before the value', 'Transfer-Encoding:chunked\r\n', 200],
  ['a blank before the colon', 'Transfer-Encoding : chunked\r\n'],
  ['a tab before the colon', 'Transfer-Encoding\t: chunked\r\n'],
  ['a vertical tab before the value', 'Transfer-Encoding:\x0bchunked\r\n'],
  ['a form feed before the value', 'Transfer-Encoding:\x0cchunked\r\n'],
  ['a vertical tab behind the value', 'Transfer-Encoding: chunked\x0b\r\n'],
  ['NUL before the value', 'Transfer-Encoding: \0chunked\r\n'],
  ['NUL behind the value', 'Transfer-Encoding: chunked\0\r\n'],
  ['NUL in the name', 'Transfer\0-Encoding: chunked\r\n'],
  ['a backspace in the value', 'Transfer-Encoding: x\x08chunked\r\n'],
  ['a blank behind the value', 'Transfer-Encoding: chunked \r\n'],
  ['a tab behind the value', 'Transfer-Encoding: chunked\t\r\n'],
  ['a folded value', 'Transfer-Encoding:\r\n chunked\r\n'],
  ['a value folded by a tab', 'Transfer-Encoding:\r\n\tchunked\r\n'],
  ['a value that goes on in the next line', 'Transfer-Encoding: chunked\r\n , identity\r\n'],
  ['folded behind another header', 'X: y\r\n Transfer-Encoding: chunked\r\n'],
  ['behind a bare line feed', 'X: y\nTransfer-Encoding: chunked\r\n'],
  ['behind a bare carriage return', 'X: y\rTransfer-Encoding: chunked\r\n'],
  ['ended by a bare line feed', 'Transfer-Encoding: chunked\n'],
  ['ended by two carriage returns', 'Transfer-Encoding: chunked\r\r\n'],
  ['a blank before the name', ' Transfer-Encoding: chunked\r\n'],
  ['a control byte before the name', '\x01Transfer-Encoding: chunked\r\n'],
  ['a byte above ASCII in the name', 'Transfer-Encod\xefng: chunked\r\n'],
  ['two headers', CHUNKED + CHUNKED],
  ['chunked, then identity', `${CHUNKED}Transfer-Encoding: identity\r\n`],
  ['identity, then chunked', `Transfer-Encoding: identity\r\n${CHUNKED}`, 501],
  ['an empty one, then chunked', `Transfer-Encoding:\r\n${CHUNKED}`, 501],
  ['an empty value', 'Transfer-Encoding:\r\n', 501],
  ['identity', 'Transfer-Encoding: identity\r\n', 501],
  ['xchunked', 'Transfer-Encoding: xchunked\r\n', 501],
  ['chunkedx', 'Transfer-Encoding: chunkedx\r\n', 501],
  ['chunke', 'Transfer-Encoding: chunke\r\n', 501],
  ['chunked, identity', 'Transfer-Encoding: chunked, identity\r\n', 501],
  ['identity, chunked', 'Transfer-Encoding: identity, chunked\r\n', 501],
  ['gzip, chunked', 'Transfer-Encoding: gzip, chunked\r\n', 501],
  ['chunked, chunked', 'Transfer-Encoding: chunked, chunked\r\n', 501],
  ['chunked in a list with an empty element', 'Transfer-Encoding: , chunked\r\n', 501],
  ['chunked in a list with an open end', 'Transfer-Encoding: chunked,\r\n', 501],
  ['chunked with a parameter', 'Transfer-Encoding: chunked;q=0.5\r\n', 501],
  ['chunked in quotes', 'Transfer-Encoding: "chunked"\r\n', 501],
  ['chunked in single quotes', "Transfer-Encoding: 'chunked'\r\n", 501],
  ['a blank that is no ASCII', 'Transfer-Encoding: \xa0chunked\r\n', 501],
  ['a next line of EBCDIC', 'Transfer-Encoding: \x85chunked\r\n', 501],
  ['a byte order mark', 'Transfer-Encoding: \xef\xbb\xbfchunked\r\n', 501],
  ['two colons', 'Transfer-Encoding:: chunked\r\n', 501],
  ['a comment', 'Transfer-Encoding: chunked(x)\r\n', 501],
];

const behind = NO_CHUNKS + SMUGGLED;

/** Transfer-Encoding in every spelling: by itself, and with a Content-Length before or behind it that takes in what would be smuggled, or less than the chunks. */
export const TRANSFER_CODINGS: readonly Attack[] = CODINGS.flatMap(([name, lines, status = 400]) => {
  const alone =
    status === 200
      ? served(`${name}, with a request behind it`, post(lines, behind), [OPEN, 'GET /files/smuggled'])
      : refused(name, post(lines, behind), status);
  const conflict = status === 200 ? 400 : status;
  return [
    alone,
    refused(`CL.TE: ${name} behind a Content-Length`, post(length(behind) + lines, behind), conflict),
    refused(
      `TE.CL: ${name} before a Content-Length`,
      post(`${lines}Content-Length: 4\r\n`, `5c\r\n${SMUGGLED}\r\n0\r\n\r\n`),
      conflict,
    ),
  ];
});

/** Transfer-Encoding where there is none, or under names that become it elsewhere. */
export const MISPLACED_CODINGS: readonly Attack[] = [
  refused('chunked in HTTP/1.0', `POST /dev/open HTTP/1.0\r\nHost: ${HOST}\r\n${CHUNKED}\r\n${behind}`),
  refused(
    'chunked in HTTP/1.0 with Content-Length',
    `POST /dev/open HTTP/1.0\r\nHost: ${HOST}\r\n${CHUNKED}${length(behind)}\r\n${behind}`,
  ),
  refused('CL.TE on GET', get('/dev/open', `${length(behind)}${CHUNKED}`) + behind),
  served('an underscore alias, beside a Content-Length', post(`Transfer_Encoding: chunked\r\n${length(behind)}`, behind), [
    `${OPEN} ${behind}`,
  ]),
  served('an underscore alias of Content-Length, beside chunks', chunked(NO_CHUNKS, 'Content_Length: 100\r\n'), [OPEN]),
  served('named by Connection', chunked(behind, 'Connection: Transfer-Encoding\r\n'), [OPEN, 'GET /files/smuggled']),
  served('Content-Length named by Connection', post('Connection: Content-Length\r\nContent-Length: 2\r\n', 'hi'), [`${OPEN} hi`]),
  served('TE and Trailer', chunked(NO_CHUNKS, 'TE: trailers, chunked\r\nTrailer: Content-Length\r\n'), [OPEN]),
];

const inChunks = (method: string, body: string, headers = CHUNKED) => request(`${method} /dev/open HTTP/1.1`, headers, body);

/** TE.0: chunks on requests which servers expect no body of. */
export const UNEXPECTED_CHUNKS: readonly Attack[] = ['GET', 'HEAD', 'OPTIONS', 'DELETE'].flatMap((method) => {
  const methods = [method];
  const more = method === 'HEAD' ? { methods } : {};
  const asked = `${method} /open`;
  const smuggled = `${SMUGGLED.length.toString(16)}\r\n${SMUGGLED}\r\n${NO_CHUNKS}`;
  return [
    {
      ...served(`${method}, a request behind them`, inChunks(method, `5\r\nhello\r\n${behind}`), [
        `${asked} hello`,
        'GET /files/smuggled',
      ]),
      ...more,
    },
    { ...served(`${method}, a request behind none`, inChunks(method, behind), [asked, 'GET /files/smuggled']), ...more },
    { ...served(`${method}, a request as their body`, inChunks(method, smuggled), [`${asked} ${SMUGGLED}`]), ...more },
    { ...refused(`${method}, that are none`, inChunks(method, SMUGGLED)), ...more },
    { ...refused(`${method}, before a length of them`, inChunks(method, behind, `${CHUNKED}${length(behind)}`)), ...more },
    { ...refused(`${method}, behind a length of nothing`, inChunks(method, behind, `Content-Length: 0\r\n${CHUNKED}`)), ...more },
  ];
});

const HELLO = 'hello';

/** Content-Length in every spelling, five bytes of a body and a request behind it. */
export const CONTENT_LENGTHS: readonly Attack[] = [
  ...(
    [
      ['a plus', '+5'],
      ['a minus', '-5'],
      ['minus zero', '-0'],
      ['hexadecimal', '0x5'],
      ['octal', '0o5'],
      ['a leading zero', '05'],
      ['many leading zeros', '000000000000000005'],
      ['two zeros', '00'],
      ['a list of equal ones', '5, 5'],
      ['a list of different ones', '5, 6'],
      ['a list without blanks', '5,5'],
      ['a list with an open end', '5,'],
      ['a list with an empty beginning', ',5'],
      ['two numbers', '5 5'],
      ['a blank behind it', '5 '],
      ['a tab behind it', '5\t'],
      ['a vertical tab before it', '\x0b5'],
      ['a form feed behind it', '5\x0c'],
      ['NUL behind it', '5\0'],
      ['a decimal point', '5.0'],
      ['an exponent', '5e0'],
      ['an underscore', '1_0'],
      ['a semicolon', '5;'],
      ['quotes', '"5"'],
      ['letters', 'five'],
      ['a full-width digit', '\xef\xbc\x95'],
      ['an Arabic digit', '\xd9\xa5'],
      ['a superscript digit', '\xb2'],
      ['nothing', ''],
      ['2 to the power of 53', '9007199254740992'],
      ['2 to the power of 64, and 5', '18446744073709551621'],
      ['2 to the power of 32 in front of zeros', '4294967301000000000'],
      ['sixty digits', '5'.repeat(60)],
      ['infinity', 'Infinity'],
    ] as const
  ).map(([name, value]) => refused(name, post(`Content-Length: ${value}\r\n`, HELLO + SMUGGLED))),
  refused('two different ones', post('Content-Length: 5\r\nContent-Length: 0\r\n', HELLO + SMUGGLED)),
  refused('two equal ones', post('Content-Length: 5\r\nContent-Length: 5\r\n', HELLO + SMUGGLED)),
  refused('two in different case', post('Content-Length: 5\r\ncontent-length: 5\r\n', HELLO + SMUGGLED)),
  refused('a blank before the colon', post('Content-Length : 5\r\n', HELLO + SMUGGLED)),
  refused('a folded one', post('Content-Length:\r\n 5\r\n', HELLO + SMUGGLED)),
  refused('one behind a bare line feed', post('X: y\nContent-Length: 5\r\n', HELLO + SMUGGLED)),
  refused('two on GET', get('/dev/open', 'Content-Length: 5\r\nContent-Length: 50\r\n') + HELLO + SMUGGLED),
  served('a body on GET', get('/dev/open', 'Content-Length: 5\r\n') + HELLO, [`GET /open ${HELLO}`]),
  served('a request as the body of GET', get('/dev/open', length(SMUGGLED)) + SMUGGLED, [`GET /open ${SMUGGLED}`]),
  served('a body of no bytes on GET', get('/dev/open', 'Content-Length: 0\r\n') + SMUGGLED, ['GET /open', 'GET /files/smuggled']),
  served('a body on DELETE', request('DELETE /dev/open HTTP/1.1', 'Content-Length: 5\r\n', HELLO), [`DELETE /open ${HELLO}`]),
  {
    ...served('a body on HEAD', request('HEAD /dev/open HTTP/1.1', 'Content-Length: 5\r\n', HELLO), [`HEAD /open ${HELLO}`]),
    methods: ['HEAD'],
  },
  served('an alias with an underscore', post('Content_Length: 500\r\nContent-Length: 5\r\n', HELLO), [`${OPEN} ${HELLO}`]),
  served('no body on POST', request('POST /dev/open HTTP/1.1') + SMUGGLED, [OPEN, 'GET /files/smuggled']),
];

const to = (line: string, headers = '') => request(line, length(SMUGGLED) + headers, SMUGGLED);

/** CL.0: a request as the body of one that nobody reads the body of. */
export const UNREAD_BODIES: readonly Attack[] = [
  denied('of one without its key', to('POST /dev/secret HTTP/1.1'), 403),
  denied('of one with a wrong key', to('POST /dev/secret HTTP/1.1', 'x-api-key: wrong\r\n'), 403),
  denied('of one to no resource', to('POST /dev/nothing HTTP/1.1'), 403),
  denied('of one to no stage', to('POST /nothing HTTP/1.1'), 403),
  denied('of one to no API', `POST / HTTP/1.1\r\nHost: nobody\r\n${length(SMUGGLED)}\r\n${SMUGGLED}`, 403),
  denied('of one whose path has no canonical form', to('POST /dev/../open HTTP/1.1'), 400),
  denied('of one with a method that the API does not have', to('TRACE /dev/open HTTP/1.1'), 403),
  denied('of a health check', to('GET /ping HTTP/1.1'), 200),
  denied(
    'in chunks',
    request('POST /dev/secret HTTP/1.1', CHUNKED, `${SMUGGLED.length.toString(16)}\r\n${SMUGGLED}\r\n${NO_CHUNKS}`),
    403,
  ),
  refused('in chunks that are none', request('POST /dev/secret HTTP/1.1', CHUNKED, SMUGGLED), 403),
  refused('that is awaited after Expect', to('POST /dev/secret HTTP/1.1', 'Expect: 100-continue\r\n'), 403),
  refused(
    'that does not come',
    request('POST /dev/secret HTTP/1.1', 'Expect: 100-continue\r\nContent-Length: 5\r\n') + SMUGGLED,
    403,
  ),
];
