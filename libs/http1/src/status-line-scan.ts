import { CR, isDigit, LF, SPACE, TEXT } from './byte-classes.js';
import { HttpFault } from './fault.js';

const VERSION_TEXT = Buffer.from('HTTP/1.1 ');
const MAJOR = 5;
const MINOR = 7;
/** Places in the line. */
const STATUS = 9;
const REASON = 12;

/**
 * Finds the parts of a status line (RFC 9112, 4). The blank before an empty reason phrase may be missing, as it is with some servers. Stops at any byte
 * and goes on there.
 */
export class StatusLineScan {
  status = 0;
  minorVersion: 0 | 1 = 1;
  private lineFeed = false;

  begin(): void {
    this.status = 0;
    this.lineFeed = false;
  }

  copy(): StatusLineScan {
    return Object.assign(new StatusLineScan(), this);
  }

  /** As `FieldScan.scan`; answers the place behind the line end. */
  scan(bytes: Buffer, base: number, from: number, end: number): number {
    let at = from;
    for (; at < end && at - base < REASON; at++) this.takeStart(bytes, base, at);
    if (at < end && !this.lineFeed) {
      if (at - base === REASON && bytes[at] !== SPACE && bytes[at] !== CR) throw new HttpFault('malformed', 'status');
      while (at < end && TEXT[bytes[at] as number] === 1) at++;
      if (at === end) return -1;
      if (bytes[at] !== CR) throw new HttpFault('malformed', 'reason phrase');
      this.lineFeed = true;
      at++;
    }
    if (at === end) return -1;
    if (bytes[at] !== LF) throw new HttpFault('malformed', 'line end');
    return at + 1;
  }

  /** A byte of what stands before the reason phrase, where each has its place. */
  private takeStart(bytes: Buffer, base: number, at: number): void {
    const place = at - base;
    const byte = bytes[at] as number;
    if (place >= STATUS) {
      if (!isDigit(byte)) throw new HttpFault('malformed', 'status');
      this.status = this.status * 10 + byte - 0x30;
      if (place === STATUS && (byte < 0x31 || byte > 0x35)) throw new HttpFault('malformed', 'status');
    } else if (place === MAJOR || place === MINOR) {
      if (!isDigit(byte)) throw new HttpFault('malformed', 'version');
      if (place === MINOR) this.takeVersion(bytes[at - 2] as number, byte);
    } else if (byte !== VERSION_TEXT[place]) throw new HttpFault('malformed', 'version');
  }

  private takeVersion(major: number, minor: number): void {
    if (major !== 0x31 || (minor !== 0x30 && minor !== 0x31)) throw new HttpFault('version', 'version');
    this.minorVersion = minor === 0x31 ? 1 : 0;
  }
}
