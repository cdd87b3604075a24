import { consistsOf, TARGET, TEXT, TOKEN } from './byte-classes.js';
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
  return `${method} ${target} HTTP/1.1\r\n${fieldsText(headers)}\r\n`;
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
  return `${line}${fieldsText(headers)}${lastLines}\r\n`;
}

function fieldsText(headers: HeaderList): string {
  let text = '';
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    const value = headers[i + 1] as string;
    if (!consistsOf(TOKEN, name)) throw new TypeError('Invalid header name');
    if (value !== '' && !consistsOf(TEXT, value)) throw new TypeError('Invalid header value');
    text += `${name}: ${value}\r\n`;
  }
  return text;
}
