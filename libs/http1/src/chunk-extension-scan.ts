import { CR, QUOTED_TEXT, SEMICOLON, TEXT, TOKEN } from './byte-classes.js';
import { HttpFault } from './fault.js';

const EQUALS = 0x3d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What came last. */
const WHOLE = 0;
const NAME = 1;
const VALUE = 2;
const QUOTED = 3;
const ESCAPE = 4;

/** Checks the extensions of the chunks of one body (RFC 9112, 7.1.1), which are ignored: names, and values that are tokens or quoted, without blanks around them. */
export class ChunkExtensionScan {
  private state = WHOLE;
  /** Bytes of a token so far. */
  private length = 0;
  private bytes = 0;

  /** @param limit most bytes of all extensions of the body, their semicolons included */
  constructor(private readonly limit: number) {}

  /** Scans from a semicolon behind a chunk's size on. Answers the place of the CR that ends the line, or `end` when all was taken. */
  scan(chunk: Buffer, start: number, end: number): number {
    for (let at = start; at < end; at++) {
      const byte = chunk[at] as number;
      if (byte === CR && this.atEnd()) {
        this.state = WHOLE;
        return at;
      }
      if (++this.bytes > this.limit) throw new HttpFault('body-overhead', 'chunk extensions');
      const next = this.after(byte);
      if (next < 0) throw new HttpFault('malformed', 'chunk extension');
      this.length = TOKEN[byte] === 1 ? this.length + 1 : 0;
      this.state = next;
    }
    return end;
  }

  /** An extension is complete as it stands. */
  private atEnd(): boolean {
    return this.state === WHOLE || (this.state <= VALUE && this.length > 0);
  }

  /** The state after a byte, or -1 for one that cannot stand here. */
  private after(byte: number): number {
    const { state } = this;
    switch (state) {
      case QUOTED:
        if (byte === QUOTE) return WHOLE;
        if (byte === BACKSLASH) return ESCAPE;
        return QUOTED_TEXT[byte] === 1 ? QUOTED : -1;
      case ESCAPE:
        return TEXT[byte] === 1 ? QUOTED : -1;
    }
    if (byte === SEMICOLON) return this.atEnd() ? NAME : -1;
    if (state === WHOLE) return -1;
    if (state === NAME && byte === EQUALS) return this.length > 0 ? VALUE : -1;
    if (state === VALUE && byte === QUOTE && this.length === 0) return QUOTED;
    return TOKEN[byte] === 1 ? state : -1;
  }
}
