import { consistsOf, CR, isDigit, TOKEN } from './byte-classes.js';
import { isAuthority } from './authority.js';
import { HttpFault } from './fault.js';
import {
  CONNECTION,
  CONTENT_LENGTH,
  EXPECT,
  fieldKind,
  HOST,
  KEEP_ALIVE,
  OTHER,
  TRANSFER_ENCODING,
  UPGRADE,
} from './field-kind.js';
import { type FieldScan, MARKS } from './field-scan.js';
import type { Framing } from './message.js';

/** Most options that Connection fields list, before it takes time to compare headers with them. */
const MOST_OPTIONS = 32;
/** 2^53 - 1 has so many digits. */
const LENGTH_DIGITS = 16;

const NO_OPTIONS: readonly string[] = [];
export const NO_BODY: Framing = { kind: 'none' };
export const CHUNKED: Framing = { kind: 'chunked' };

/** The fields of a head, and what those say that are about the message and its connection. Refused is what can be read in two ways. */
export class HeadFields {
  readonly headers: string[];
  /** -1 without. */
  contentLength = -1;
  chunked = false;
  host: string | null = null;
  close = false;
  keepAlive = false;
  connectionOptions: readonly string[] = NO_OPTIONS;
  expectsContinue = false;
  keepAliveSeconds: number | null = null;
  private upgradeListed = false;
  private upgradeTo: string | null = null;

  /** `text` is the whole head, which stands in `bytes` at `base`. */
  constructor(fields: FieldScan, bytes: Buffer, base: number, text: string, minorVersion: 0 | 1) {
    const { marks, length } = fields;
    const headers: string[] = new Array<string>(length >> 1);
    this.headers = headers;
    let place = 0;
    for (let i = 0; i < length; i += MARKS) {
      const nameStart = marks[i] as number;
      const nameEnd = marks[i + 1] as number;
      const value = text.slice(marks[i + 2], marks[i + 3]);
      headers[place++] = text.slice(nameStart, nameEnd);
      headers[place++] = value;
      const kind = fieldKind(bytes, base + nameStart, base + nameEnd);
      if (kind === OTHER) continue;
      // Some do not take blanks behind the value for what it is.
      if (kind <= TRANSFER_ENCODING && bytes[base + (marks[i + 3] as number)] !== CR)
        throw new HttpFault('malformed', 'blank in a framing field');
      this.take(kind, value);
    }
    if (this.chunked && this.contentLength >= 0) throw new HttpFault('malformed', 'Transfer-Encoding with Content-Length');
    if (this.chunked && minorVersion === 0) throw new HttpFault('malformed', 'Transfer-Encoding in HTTP/1.0');
  }

  /** What Upgrade says, where Connection lists it. */
  get upgrade(): string | null {
    return this.upgradeListed ? this.upgradeTo : null;
  }

  private take(kind: number, value: string): void {
    switch (kind) {
      case CONTENT_LENGTH:
        if (this.contentLength >= 0) throw new HttpFault('malformed', 'more than one Content-Length');
        this.contentLength = lengthOf(value);
        break;
      case TRANSFER_ENCODING:
        if (this.chunked) throw new HttpFault('malformed', 'more than one Transfer-Encoding');
        if (value !== 'chunked' && value.toLowerCase() !== 'chunked') throw new HttpFault('transfer-coding', 'Transfer-Encoding');
        this.chunked = true;
        break;
      case HOST:
        if (this.host !== null) throw new HttpFault('malformed', 'more than one Host');
        this.host = value;
        break;
      case CONNECTION:
        this.takeConnection(value);
        break;
      case UPGRADE:
        if (value !== '') this.upgradeTo = (this.upgradeTo === null ? '' : `${this.upgradeTo}, `) + value.toLowerCase();
        break;
      case EXPECT:
        if (value.toLowerCase() === '100-continue') this.expectsContinue = true;
        break;
      case KEEP_ALIVE:
        this.keepAliveSeconds ??= timeoutOf(value);
    }
  }

  private takeConnection(value: string): void {
    // Most often it is one of these, as they stand here.
    if (value === 'keep-alive') {
      this.keepAlive = true;
      return;
    }
    if (value === 'close') {
      this.close = true;
      return;
    }
    const options: string[] = [];
    for (const element of value.toLowerCase().split(',')) {
      const option = withoutBlanks(element);
      if (option === 'close') this.close = true;
      else if (option === 'keep-alive') this.keepAlive = true;
      else if (option === 'upgrade') this.upgradeListed = true;
      else if (option === '') continue;
      else if (consistsOf(TOKEN, option)) options.push(option);
      else throw new HttpFault('malformed', 'Connection');
    }
    if (options.length === 0) return;
    this.connectionOptions = [...this.connectionOptions, ...options];
    if (this.connectionOptions.length > MOST_OPTIONS) throw new HttpFault('head-too-large', 'Connection');
  }
}

/** Whether the value of a Host field is one (RFC 9112, 3.2): empty, for a target without authority, or a host. */
export function isHost(value: string): boolean {
  return value === '' || isAuthority(value);
}

/** The value of a Content-Length: decimal digits of a number that can be counted to. Zeros before it are refused, since some read such numbers as octal. */
export function lengthOf(value: string): number {
  const length = value.length;
  if (length === 0 || length > LENGTH_DIGITS || (length > 1 && value.charCodeAt(0) === 0x30))
    throw new HttpFault('malformed', 'Content-Length');
  let number = 0;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (!isDigit(code)) throw new HttpFault('malformed', 'Content-Length');
    number = number * 10 + (code - 0x30);
  }
  if (number > Number.MAX_SAFE_INTEGER) throw new HttpFault('malformed', 'Content-Length');
  return number;
}

/** Seconds of the parameter `timeout` in a Keep-Alive field; null without. */
function timeoutOf(value: string): number | null {
  for (const element of value.toLowerCase().split(',')) {
    const parameter = withoutBlanks(element);
    if (!parameter.startsWith('timeout=')) continue;
    const digits = parameter.slice('timeout='.length);
    if (digits.length > 0 && digits.length < 10 && [...digits].every((digit) => isDigit(digit.charCodeAt(0))))
      return Number(digits);
  }
  return null;
}

/** `trim` without what is a blank elsewhere only. */
function withoutBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
