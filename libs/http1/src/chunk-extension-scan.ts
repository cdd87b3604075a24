import { CR, QUOTED_TEXT, SEMICOLON, TEXT, TOKEN } from './byte-classes.js';
import { HttpFault } from './fault.js';

const EQUALS = 0x3d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What the next byte belongs to. */
const NAME = 0;
const VALUE = 1;
const QUOTED = 2;
const ESCAPED = 3;
const AFTER_QUOTED = 4;

/** Checks the extensions of the chunks of one body (RFC 9112, 7.1.1), which are ignored: names, and values that are tokens or quoted, without blanks around them. */
export class ChunkExtensionScan {
  private state = NAME;
  /** Of the name or value that has begun. */
  private length = 0;
  private bytes = 0;

  constructor(private readonly limit: number) {}

  /** Scans from behind a semicolon on. Answers the place of the CR that ends the extensions of this chunk, or `end` when all was taken. */
  scan(chunk: Buffer, start: number, end: number): number {
    for (let at = start; at < end; at++) {
      const byte = chunk[at] as number;
      if (byte === CR && this.atElementEnd()) {
        this.begin(NAME);
        return at;
      }
      if (++this.bytes > this.limit) throw new HttpFault('body-overhead', 'chunk extensions');
      if (!this.take(byte)) throw new HttpFault('malformed', 'chunk extension');
    }
    return end;
  }

  private atElementEnd(): boolean {
    return this.state === AFTER_QUOTED || (this.state <= VALUE && this.length > 0);
  }

  private begin(state: number): true {
    this.state = state;
    this.length = 0;
    return true;
  }

  private take(byte: number): boolean {
    switch (this.state) {
      case QUOTED:
        if (byte === QUOTE) return this.begin(AFTER_QUOTED);
        if (byte === BACKSLASH) return this.begin(ESCAPED);
        return QUOTED_TEXT[byte] === 1;
      case ESCAPED:
        return this.begin(QUOTED) && TEXT[byte] === 1;
    }
    if (byte === SEMICOLON) return this.atElementEnd() && this.begin(NAME);
    if (this.state === NAME && byte === EQUALS) return this.length > 0 && this.begin(VALUE);
    if (this.state === VALUE && byte === QUOTE && this.length === 0) return this.begin(QUOTED);
    this.length++;
    return this.state !== AFTER_QUOTED && TOKEN[byte] === 1;
  }
}
