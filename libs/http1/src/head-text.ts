import { consistsOf, TARGET, TOKEN } from './byte-classes.js';
import { CONTENT_LENGTH, fieldKind, HOST, TRANSFER_ENCODING } from './field-kind.js';
import { latin1 } from './latin1.js';
import type { HeaderList } from './message.js';
import { isMethod } from './method.js';
import { reasonPhrase } from './reason-phrase.js';
import { isTargetOf } from './request-target.js';

export const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
/** Ends a chunked body that has no trailers. */
export const LAST_CHUNK = '0\r\n\r\n';

/**
 * The size line of a chunk. After so many bytes comes CR LF.
 *
 * @throws TypeError for a chunk without bytes, which would end the body.
 */
export function chunkStart(bytes: number): string {
  if (!(bytes > 0)) throw new TypeError('Empty chunk');
  return `${bytes.toString(16)}\r\n`;
}

/**
 * The head of a request (RFC 9112, 3), with its blank line, one character a byte. It says what `headers` say and nothing more: framing and Host are the
 * caller's.
 *
 * @param lastLines the caller's own headers, as whole lines with their ends, which are written as they are: none of them is of framing or Host
 * @throws TypeError for a method, target, name or value that could end a line or be read in two ways.
 */
export function requestHeadText(method: string, target: string, headers: HeaderList, lastLines = ''): string {
  if (!isMethod(method)) throw new TypeError('Invalid method');
  if (!consistsOf(TARGET, target) || !isTargetOf(method, target)) throw new TypeError('Invalid request target');
  return headText(method + ' ' + target + ' HTTP/1.1\r\n', headers, lastLines, 0, 1);
}

const FIRST_STATUS = 100;
const LAST_STATUS = 599;
const STATUS_LINES = Array.from({ length: LAST_STATUS - FIRST_STATUS + 1 }, (_, i) => {
  const status = FIRST_STATUS + i;
  return `HTTP/1.1 ${status} ${reasonPhrase(status)}\r\n`;
});

/**
 * The head of a response (RFC 9112, 4), with its blank line, one character a byte. It says what `headers` say and nothing more: framing is the caller's.
 *
 * @param lastLines the caller's own headers, as whole lines with their ends, which are written as they are. Where they are given, framing is theirs: `headers`
 *   may say nothing of it
 * @throws TypeError for a status, name or value that could end a line or be read in two ways.
 */
export function responseHeadText(status: number, headers: HeaderList, lastLines = ''): string {
  const line = STATUS_LINES[status - FIRST_STATUS];
  if (line === undefined) throw new TypeError('Invalid status');
  return headText(line, headers, lastLines, lastLines === '' ? 0 : 1, Infinity);
}

/** What was found out about names: most heads have the same few. */
const knownNames = new Map<string, number>();
const MOST_KNOWN_NAMES = 512;
/** Longer ones are checked each time: what clients send takes no memory to speak of. */
const LONGEST_KNOWN_NAME = 64;

/** What the name is to the boundaries of messages. Throws for a text that is no name. */
function kindOf(name: string): number {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  if (!consistsOf(TOKEN, name)) throw new TypeError('Invalid header name');
  const bytes = Buffer.from(name, 'latin1');
  const kind = fieldKind(bytes, 0, bytes.length);
  if (name.length > LONGEST_KNOWN_NAME) return kind;
  if (knownNames.size === MOST_KNOWN_NAMES) knownNames.clear();
  // Of its own: a name that was cut out of a head would keep all of it.
  knownNames.set(latin1(bytes), kind);
  return kind;
}

/** What no value may have: among it characters that latin1 has no byte for, which could become line ends when they are cut down to one. */
const NO_TEXT = /[^\t\x20-\x7e\x80-\xff]/;

/** @param framings how many lines of framing there are beside those in `headers` */
function headText(firstLine: string, headers: HeaderList, lastLines: string, framings: number, mostHosts: number): string {
  let text = firstLine;
  let hosts = 0;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    const value = headers[i + 1] as string;
    const kind = kindOf(name);
    if (kind === CONTENT_LENGTH || kind === TRANSFER_ENCODING) framings++;
    else if (kind === HOST) hosts++;
    if (NO_TEXT.test(value)) throw new TypeError('Invalid header value');
    text += name + ': ' + value + '\r\n';
  }
  if (framings > 1) throw new TypeError('More than one framing header');
  if (hosts > mostHosts) throw new TypeError('More than one Host header');
  return text + lastLines + '\r\n';
}
