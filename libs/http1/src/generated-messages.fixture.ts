import type { Random } from './random.fixture.js';

/**
 * Messages as a client or backend would send them, and worse. Each part is mostly one that the grammar allows and sometimes one that it does not; now and then the
 * bytes of a finished message are changed.
 */
export class MessageGenerator {
  constructor(private readonly random: Random) {}

  request(): Buffer {
    const { random } = this;
    const version = this.version();
    const line = `${this.method()}${this.gap()}${this.target()}${this.gap()}${version}${this.lineEnd()}`;
    const before = random.oneIn(12) ? random.pick(['\r\n', '\r\n', '\n', '\r', '\r\n\r\n', ' ', '\0']) : '';
    const fields = [...(random.oneIn(25) ? [] : [this.host()]), ...this.fields()];
    return this.finish(before + line, fields);
  }

  response(): Buffer {
    const { random } = this;
    const status = random.oneIn(25)
      ? random.pick(['20', '2000', '099', '000', '600', '999', '2x0', ' 200', '+20', '200\t', '-20'])
      : String(random.pick([200, 200, 200, 201, 204, 304, 404, 500, 100, 101, 103, 599, 299]));
    const reason = random.oneIn(20)
      ? random.pick(['', ' ', '  ', ' \t', ' a\0b', ' a\nb', ' a\rb', ' \x80é'])
      : random.pick([' OK', ' Not Found', ' ']);
    const before = random.oneIn(40) ? random.pick(['\r\n', '\n', ' ', '\r']) : '';
    return this.finish(`${before}${this.version()}${this.gap()}${status}${reason}${this.lineEnd()}`, this.fields());
  }

  private finish(start: string, fields: string[]): Buffer {
    const { random } = this;
    for (let i = fields.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [fields[i], fields[j]] = [fields[j] as string, fields[i] as string];
    }
    const framing = this.framing();
    fields.splice(random.below(fields.length + 1), 0, ...framing.fields);
    const bytes = Buffer.from(`${start}${fields.join('')}${this.lineEnd()}${framing.body}`, 'latin1');
    return random.oneIn(6) ? this.mutated(bytes) : bytes;
  }

  /** Bytes changed, dropped, repeated or put in. */
  mutated(bytes: Buffer): Buffer {
    const { random } = this;
    for (let times = 1 + random.below(2); times > 0; times--) {
      const at = random.below(bytes.length + 1);
      const byte = random.oneIn(2) ? random.below(256) : random.pick(SPECIAL_BYTES);
      switch (random.below(5)) {
        case 0:
          bytes = Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at)]);
          break;
        case 1:
          bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
          break;
        case 2:
          bytes = Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at + 1)]);
          break;
        case 3: {
          const from = random.below(bytes.length + 1);
          bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(from, from + random.below(12)), bytes.subarray(at)]);
          break;
        }
        case 4:
          bytes = bytes.subarray(0, at);
      }
    }
    return bytes;
  }

  private method(): string {
    const { random } = this;
    return random.oneIn(15)
      ? random.pick(ODD_METHODS)
      : random.pick(['GET', 'GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'QUERY', 'M-SEARCH']);
  }

  private target(): string {
    const { random } = this;
    return random.oneIn(8) ? random.pick(ODD_TARGETS) : random.pick(['/', '/a', '/a/b?c=d&e', '/prod/items/%20x', '/?a=b']);
  }

  private version(): string {
    const { random } = this;
    if (random.oneIn(25)) return random.pick(ODD_VERSIONS);
    return random.oneIn(6) ? 'HTTP/1.0' : 'HTTP/1.1';
  }

  private gap(): string {
    return this.random.oneIn(80) ? this.random.pick(['  ', '\t', '', ' \t', '\r\n ', '\v']) : ' ';
  }

  private lineEnd(): string {
    return this.random.oneIn(120)
      ? this.random.pick(['\n', '\r', '\r\r\n', '\n\r', ' \r\n', '\r\n ', '\r\n\t', '\0\r\n', ''])
      : '\r\n';
  }

  private host(): string {
    const { random } = this;
    const value = random.oneIn(12)
      ? random.pick(ODD_HOSTS)
      : random.pick(['a', 'api.example.com', 'localhost:8080', '127.0.0.1', '[::1]:80']);
    return this.field(random.pick(['Host', 'Host', 'host', 'HOST']), value);
  }

  private fields(): string[] {
    const { random } = this;
    return Array.from({ length: random.below(5) }, () => {
      if (random.oneIn(4))
        return this.field(
          random.pick(['Connection', 'connection', 'CONNECTION']),
          random.pick(random.oneIn(5) ? ODD_CONNECTIONS : CONNECTIONS),
        );
      if (random.oneIn(6)) return this.field('Upgrade', random.pick(['websocket', 'h2c', 'a, b', '']));
      if (random.oneIn(6)) return this.field('Expect', random.pick(['100-continue', '100-Continue', 'x']));
      if (random.oneIn(20)) return this.field(random.pick(ODD_NAMES), 'x');
      if (random.oneIn(20)) return this.field('X-A', random.pick(ODD_VALUES));
      return this.field(
        random.pick(['Accept', 'X-Api-Key', 'user-agent', 'Keep-Alive', 'Content_Length', 'TE', 'Trailer']),
        random.pick(VALUES),
      );
    });
  }

  private field(name: string, value: string): string {
    const { random } = this;
    const blank = random.oneIn(15) ? random.pick(['', '  ', '\t', ' \t ', '\r\n ', '\0']) : ' ';
    const colon = random.oneIn(100) ? random.pick([' :', '\t:', '', '::', ';']) : ':';
    const after = random.oneIn(20) ? random.pick([' ', '\t', ' \t ', '\v', '\f', '\0']) : '';
    return `${name}${colon}${blank}${value}${after}${this.lineEnd()}`;
  }

  /** Framing fields and a body; most often they go together. */
  private framing(): { fields: string[]; body: string } {
    const { random } = this;
    switch (random.below(6)) {
      case 0:
      case 1:
        return { fields: [], body: '' };
      case 2:
      case 3: {
        const body = 'x'.repeat(random.pick([0, 1, 2, 10, 100]));
        const length = random.oneIn(12) ? random.pick(ODD_LENGTHS) : String(body.length);
        const fields = [this.field(random.pick(['Content-Length', 'content-length', 'CONTENT-LENGTH']), length)];
        if (random.oneIn(25)) fields.push(this.field('Content-Length', random.pick([length, '0', '5', '', ...ODD_LENGTHS])));
        if (random.oneIn(25)) fields.push(this.field('Transfer-Encoding', random.pick(CODINGS)));
        return { fields, body };
      }
      default: {
        const coding = random.oneIn(10) ? random.pick(CODINGS) : random.pick(['chunked', 'chunked', 'Chunked']);
        const fields = [this.field(random.pick(['Transfer-Encoding', 'transfer-encoding', 'TRANSFER-ENCODING']), coding)];
        if (random.oneIn(25)) fields.push(this.field('Transfer-Encoding', random.pick(CODINGS)));
        if (random.oneIn(15)) fields.push(this.field('Content-Length', random.pick(['0', '5', '100', ''])));
        return { fields, body: this.chunks() };
      }
    }
  }

  private chunks(): string {
    const { random } = this;
    let body = '';
    for (let count = random.below(4); count > 0; count--) {
      const length = random.pick([1, 2, 9, 10, 16, 17, 100]);
      const size = random.oneIn(20)
        ? random.pick(ODD_SIZES)
        : random.pick([length.toString(16), length.toString(16).toUpperCase(), `0${length.toString(16)}`]);
      const end = random.oneIn(40) ? random.pick(['\n', '\r', '', 'x\r\n', '\r\n\r\n', '\r\r\n']) : '\r\n';
      body += `${size}${this.extension()}${this.lineEnd()}${'y'.repeat(length)}${end}`;
    }
    const last = random.oneIn(25)
      ? random.pick(['00', '', '0x0', '-0', '0 ', ' 0', 'g', '0000000000000000', '00000000000000000'])
      : '0';
    const trailers = random.oneIn(5) ? Array.from({ length: random.below(3) }, () => this.trailer()).join('') : '';
    return `${body}${last}${this.extension()}${this.lineEnd()}${trailers}${this.lineEnd()}`;
  }

  private trailer(): string {
    const { random } = this;
    return this.field(
      random.oneIn(4) ? random.pick(['Content-Length', 'Transfer-Encoding', 'Connection', 'Host', ...ODD_NAMES]) : 'X-Sum',
      random.pick(['1', '', 'chunked', 'close', ...ODD_VALUES]),
    );
  }

  private extension(): string {
    return this.random.oneIn(8) ? this.random.pick(EXTENSIONS) : '';
  }
}

const SPECIAL_BYTES = [...Buffer.from('\r\n\r\n \t:;,"\\\0\v\f+-x0159aAfF/?#%*=\x7f\x80\xa0\xff', 'latin1')];
const ODD_METHODS = [
  ...[
    'get',
    'G',
    '',
    'GETT',
    'FOO',
    'CONNECT',
    'PRI',
    'SOURCE',
    'DESCRIBE',
    'GET\t',
    'G ET',
    'G\0T',
    'GET,POST',
    '(GET)',
    'TRACE',
    'PURGE',
  ],
  ...['AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'SUBSCRIBE', 'UNLINK', 'HTTP/1.1'],
];
const ODD_TARGETS = [
  ...[
    '',
    '*',
    '*a',
    'a',
    '?a',
    '#',
    '/#a',
    '/a b',
    '/a\tb',
    '/\0',
    '/\x7f',
    '/\x80',
    '/é',
    '//a',
    '/..',
    '\\',
    '/\\',
    '/{}|^`<>"',
    '/a\r\nb',
    '/[x]',
  ],
  ...[
    'http://a',
    'http://a/b',
    'HTTP://a:80/b?c',
    'https://[::1]:80/',
    'http://',
    'http:///a',
    'http://u@a/',
    'http://a:b@c/',
    'http://a:80:80/',
    'http://a#b',
  ],
  ...[
    'ftp://a/',
    'http:/a',
    'http:a',
    'a:80',
    'http://a b/',
    'http://a%41/',
    'http://[::1/',
    'http://a?b',
    'http://a\\b/',
    'http://a,b/',
    '://a/',
    'mailto:a',
  ],
];
const ODD_VERSIONS = [
  'HTTP/1.2',
  'HTTP/2.0',
  'HTTP/0.9',
  'http/1.1',
  'HTTP/1.',
  'HTTP/11',
  'HTTP/1.10',
  'HTTP/01.1',
  'HTTP 1.1',
  'HTTP/1,1',
  'ICE/1.0',
  'RTSP/1.0',
  '',
  'HTTP/3',
  'HTTP/-1.1',
  'HTTP/1.1 HTTP/1.1',
];
const ODD_HOSTS = [
  '',
  'a b',
  'a,b',
  'a@b',
  'a/b',
  'a:b',
  'a:80:80',
  'a:999999',
  '[::1',
  '::1',
  'a%41',
  'a_b',
  'é',
  'a#b',
  'a?b',
  '[::g]',
  'a:',
  ':80',
  'a\\b',
  '[::1]a',
];
const CONNECTIONS = [
  'close',
  'keep-alive',
  'Close',
  'KEEP-ALIVE',
  'upgrade',
  'Upgrade, close',
  'x-a, x-b',
  'keep-alive, x-api-key',
  'close, keep-alive',
  'upgrade,keep-alive',
];
const ODD_CONNECTIONS = [
  '',
  ',',
  ' , close',
  'close ,',
  'close;x',
  'closed',
  'xclose',
  'close x',
  '"close"',
  'keep-alive\tclose',
  'keep-alive,\tclose',
  'keep-alivex',
  'x close',
];
const ODD_NAMES = [
  ...[
    '',
    ' X-A',
    'X A',
    'X-A ',
    'X\0A',
    'X\tA',
    'X(A)',
    'X/A',
    'X\x80',
    '"X"',
    'X\rA',
    'X\nA',
    '\r',
    '@',
    'X{',
    ':',
    '\x7f',
    'é',
  ],
  ...['Transfer-Encoding ', 'Content-Length ', '\x0bTransfer-Encoding', 'Content-Length\t'],
];
const ODD_VALUES = [
  '',
  'a\0',
  'a\nb',
  'a\rb',
  'a\r\n b',
  'a\r\n\tb',
  '\x80',
  '\xff',
  '\x7f',
  '\x01',
  'a\x1fb',
  '\t',
  'a\r\nX: y',
  '\r\n',
];
const VALUES = [
  '*/*',
  'application/json',
  'a',
  'timeout=5',
  'timeout=5, max=100',
  'trailers',
  'a  b',
  'a\tb',
  'x'.repeat(60),
  '',
];
const ODD_LENGTHS = [
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
    ' ',
    '05',
    '00',
    '٥',
    '5;',
    '"5"',
    '1_0',
    '5\t5',
    '\v5',
    '18446744073709551616',
  ],
  ...['9007199254740991', '9007199254740992', '18446744073709551615', '99999999999999999999', '4294967296', '2147483648', '3'],
];
const CODINGS = [
  ...[
    'chunked',
    'Chunked',
    'gzip',
    'gzip, chunked',
    'chunked, gzip',
    'chunked, chunked',
    'identity',
    '',
    'xchunked',
    'chunkedx',
    'chunked;x=y',
    '"chunked"',
  ],
  ...[
    '\vchunked',
    'chunked\v',
    'chunked,',
    ', chunked',
    'chunked \t',
    'chunke',
    'gzip\r\n chunked',
    'chunked\0',
    'trailers, chunked',
    'chu nked',
    'identity, chunked',
  ],
];
const ODD_SIZES = [
  ...[
    '0x5',
    '+5',
    '-1',
    '5 ',
    ' 5',
    '',
    'g',
    '5\t',
    '5_',
    '5.',
    '1e1',
    '00000000000000005',
    '000000000000000000000005',
    'ffffffffffffffff',
    '10000000000000000',
  ],
  ...['1fffffffffffff', '20000000000000', '5\v', '5,5', '0005', '\r\n5'],
];
const EXTENSIONS = [
  ...[
    ';a',
    ';a=b',
    ';a="b"',
    ';a=b;c=d',
    ';a="b\\"c";d',
    ';a="\xe9\t "',
    `;${'a'.repeat(30)}`,
    `;a=${'b'.repeat(200)}`,
    ';a="\\\xff"',
  ],
  ...[
    ';',
    ';;',
    '; a',
    ' ;a',
    ';a=',
    ';a =b',
    ';a= b',
    ';="b"',
    ';a="b',
    ';a="b"c',
    ';a=b"c"',
    ';a\n',
    ';a=\n',
    ';a="\n"',
    ';a="\r\n"',
    ';a\0',
    ';a="\\\n"',
    ';a=b=c',
    ';a;',
    ';a;;b',
    ';a=b;',
    ';a="";',
    ';a="b\0"',
    ';\x80',
    ';a="\x7f"',
  ],
];
