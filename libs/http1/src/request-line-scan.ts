import { isDigit, LF, SLASH, SPACE, TARGET, TOKEN } from './byte-classes.js';
import { HttpFault } from './fault.js';
import { latin1 } from './latin1.js';
import type { HeadLimits } from './message.js';
import { beginsMethod, methodAt, PREFACE_METHOD, TUNNEL_METHOD } from './method.js';
import { isTargetOf } from './request-target.js';

const METHOD = 0;
const REQUEST_TARGET = 1;
const VERSION = 2;

const VERSION_TEXT = Buffer.from('HTTP/1.1\r\n');
const MAJOR = 5;
const MINOR = 7;

/** Finds the parts of a request line (RFC 9112, 3): exactly one blank between them. Stops at any byte and goes on there. */
export class RequestLineScan {
  method = '';
  /** Places of the target, counted from `base`. */
  targetStart = 0;
  targetEnd = 0;
  minorVersion: 0 | 1 = 1;
  private state = METHOD;

  begin(): void {
    this.state = METHOD;
  }

  copy(): RequestLineScan {
    return Object.assign(new RequestLineScan(), this);
  }

  /** As `FieldScan.scan`; answers the place behind the line end. */
  scan(bytes: Buffer, base: number, from: number, end: number, limits: HeadLimits): number {
    let at = from;
    if (this.state === METHOD) {
      while (at < end && TOKEN[bytes[at] as number] === 1) at++;
      if (at === end) {
        if (!beginsMethod(latin1(bytes, base, at))) throw new HttpFault('malformed', 'method');
        return -1;
      }
      if (bytes[at] !== SPACE) throw new HttpFault('malformed', 'method');
      this.takeMethod(bytes, base, at);
      at++;
      this.targetStart = at - base;
      this.state = REQUEST_TARGET;
    }
    if (this.state === REQUEST_TARGET) {
      while (at < end && TARGET[bytes[at] as number] === 1) at++;
      const length = at - base - this.targetStart;
      if (length > limits.targetBytes) throw new HttpFault('target-too-long', 'target');
      if (at === end) return -1;
      if (bytes[at] !== SPACE || length === 0) throw new HttpFault('malformed', 'target');
      if (bytes[at - length] !== SLASH && !isTargetOf(this.method, latin1(bytes, at - length, at)))
        throw new HttpFault('malformed', 'target');
      this.targetEnd = at - base;
      this.state = VERSION;
      at++;
    }
    for (; at < end; at++) {
      const place = at - base - this.targetEnd - 1;
      const byte = bytes[at] as number;
      if (place === MAJOR || place === MINOR) {
        if (!isDigit(byte)) throw new HttpFault('malformed', 'version');
        if (place === MINOR) this.takeVersion(bytes[at - 2] as number, byte);
      } else if (byte !== VERSION_TEXT[place]) throw new HttpFault('malformed', place < 8 ? 'version' : 'line end');
      if (byte === LF) return at + 1;
    }
    return -1;
  }

  private takeMethod(bytes: Buffer, start: number, end: number): void {
    const method = methodAt(bytes, start, end);
    if (method !== null) {
      this.method = method;
      return;
    }
    const text = latin1(bytes, start, end);
    if (text === TUNNEL_METHOD) throw new HttpFault('connect', 'CONNECT');
    // What is wrong with the preface of HTTP/2 is its version.
    if (text !== PREFACE_METHOD) throw new HttpFault('malformed', 'method');
    this.method = text;
  }

  private takeVersion(major: number, minor: number): void {
    if (major !== 0x31 || (minor !== 0x30 && minor !== 0x31)) throw new HttpFault('version', 'version');
    if (this.method === PREFACE_METHOD) throw new HttpFault('malformed', 'method');
    this.minorVersion = minor === 0x31 ? 1 : 0;
  }
}
