import { COLON, consistsOf, LF, TARGET, TEXT, TOKEN } from './byte-classes.js';
import { CONTENT_LENGTH, fieldKind, HOST, TRANSFER_ENCODING } from './field-kind.js';
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
 * @throws TypeError for a method, target, name or value that could end a line or be read in two ways.
 */
export function requestHeadText(method: string, target: string, headers: HeaderList): string {
  if (!isMethod(method)) throw new TypeError('Invalid method');
  if (!consistsOf(TARGET, target) || !isTargetOf(method, target)) throw new TypeError('Invalid request target');
  return headText(`${method} ${target} HTTP/1.1\r\n`, headers, '', 1);
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
 * @param lastLines the caller's own headers, as whole lines with their ends, which are written as they are
 * @throws TypeError for a status, name or value that could end a line or be read in two ways.
 */
export function responseHeadText(status: number, headers: HeaderList, lastLines = ''): string {
  const line = STATUS_LINES[status - FIRST_STATUS];
  if (line === undefined) throw new TypeError('Invalid status');
  return headText(line, headers, lastLines, Infinity);
}

/** The bytes of the head that is being checked. */
let scratch = Buffer.allocUnsafeSlow(16_384);
/** Characters that latin1 has no byte for. Cut down to a byte, one of them could become a line end. */
const NO_BYTE = /[^\0-\xff]/;
/** Lengths of what stands behind a name and behind a value. */
const SEPARATOR = 2;
const LINE_END = 2;

/** Puts a head together and checks it in the bytes that go over the wire. */
function headText(firstLine: string, headers: HeaderList, lastLines: string, mostHosts: number): string {
  let text = firstLine;
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i] as string}: ${headers[i + 1] as string}\r\n`;
  text += `${lastLines}\r\n`;
  if (NO_BYTE.test(text)) throw new TypeError('Invalid character in a header');
  if (text.length > scratch.length) scratch = Buffer.allocUnsafeSlow(text.length * 2);
  const bytes = scratch;
  bytes.write(text, 'latin1');
  let at = firstLine.length;
  let framings = 0;
  let hosts = 0;
  for (let i = 0; i < headers.length; i += 2) {
    const nameStart = at;
    const nameEnd = at + (headers[i] as string).length;
    while (at < nameEnd && TOKEN[bytes[at] as number] === 1) at++;
    if (at < nameEnd || nameEnd === nameStart) throw new TypeError('Invalid header name');
    const kind = fieldKind(bytes, nameStart, nameEnd);
    if (kind === CONTENT_LENGTH || kind === TRANSFER_ENCODING) framings++;
    else if (kind === HOST) hosts++;
    at += SEPARATOR;
    const valueEnd = at + (headers[i + 1] as string).length;
    while (at < valueEnd && TEXT[bytes[at] as number] === 1) at++;
    if (at < valueEnd) throw new TypeError('Invalid header value');
    at += LINE_END;
  }
  for (const last = text.length - LINE_END; at < last;) {
    const nameStart = at;
    while (at < last && bytes[at] !== COLON) at++;
    const kind = fieldKind(bytes, nameStart, at);
    if (kind === CONTENT_LENGTH || kind === TRANSFER_ENCODING) framings++;
    while (at < last && bytes[at] !== LF) at++;
    at++;
  }
  if (framings > 1) throw new TypeError('More than one framing header');
  if (hosts > mostHosts) throw new TypeError('More than one Host header');
  return text;
}
