import { CR, HEX_VALUE, LF, SEMICOLON } from './byte-classes.js';
import { ChunkExtensionScan } from './chunk-extension-scan.js';
import { HttpFault } from './fault.js';
import type { BodyLimits, Framing, HeaderList } from './message.js';
import { TrailerReader } from './trailer-reader.js';

/** What the next byte belongs to. */
const LENGTH = 0;
const UNTIL_CLOSE = 1;
const SIZE = 2;
const EXTENSION = 3;
const SIZE_LINE_FEED = 4;
const DATA = 5;
const DATA_RETURN = 6;
const DATA_LINE_FEED = 7;
const TRAILERS = 8;
const LAST_LINE_FEED = 9;
const DONE = 10;

const FIRST_STATE = { none: DONE, length: LENGTH, chunked: SIZE, 'until-close': UNTIL_CLOSE };

/** Digits of the size of one chunk, leading zeros included. */
const SIZE_DIGITS = 16;
const NO_TRAILERS: HeaderList = [];

/** Reads the body of one message (RFC 9112, 6 and 7), wherever the chunks of the connection are cut. */
export class BodyReader {
  private state: number;
  /** Bytes to come: of the body, or of the chunk. */
  private remaining: number;
  private digits = 0;
  private extension: ChunkExtensionScan | null = null;
  private trailerReader: TrailerReader | null = null;

  constructor(
    framing: Framing,
    private readonly limits: BodyLimits,
  ) {
    this.state = FIRST_STATE[framing.kind];
    this.remaining = framing.kind === 'length' ? framing.length : 0;
  }

  /** The message is whole. */
  get done(): boolean {
    return this.state === DONE;
  }

  /** Of a chunked body that is done. Not to be merged into the headers: nobody has checked them by then. */
  get trailers(): HeaderList {
    return this.trailerReader?.trailers ?? NO_TRAILERS;
  }

  /**
   * Feeds the bytes of `chunk` from `start` on and hands the parts of it that are of the body to the sink. Answers the place where the message ended, or
   * the length of the chunk.
   *
   * @throws HttpFault when the body is none; what the sink has been given by then is not a whole body.
   */
  read(chunk: Buffer, start: number, sink: { data(bytes: Buffer): void }): number {
    const end = chunk.length;
    let at = start;
    while (at < end) {
      switch (this.state) {
        case DONE:
          return at;
        case UNTIL_CLOSE:
          sink.data(part(chunk, at, end));
          return end;
        case LENGTH:
        case DATA: {
          const last = Math.min(end, at + this.remaining);
          this.remaining -= last - at;
          if (this.remaining === 0) this.state = this.state === LENGTH ? DONE : DATA_RETURN;
          sink.data(part(chunk, at, last));
          at = last;
          break;
        }
        case SIZE:
          at = this.takeSize(chunk, at);
          break;
        case EXTENSION:
          at = (this.extension as ChunkExtensionScan).scan(chunk, at, end);
          if (at < end) this.state = SIZE_LINE_FEED;
          at++;
          break;
        case SIZE_LINE_FEED:
          expect(chunk, at++, LF);
          this.state = this.remaining > 0 ? DATA : TRAILERS;
          break;
        case DATA_RETURN:
          expect(chunk, at++, CR);
          this.state = DATA_LINE_FEED;
          break;
        case DATA_LINE_FEED:
          expect(chunk, at++, LF);
          this.state = SIZE;
          this.digits = 0;
          break;
        case TRAILERS:
          at = this.takeTrailers(chunk, at);
          break;
        case LAST_LINE_FEED:
          expect(chunk, at++, LF);
          this.state = DONE;
      }
    }
    return end;
  }

  /** The other side sent its end. A body until the close is whole then; any other that is not done throws HttpFault. */
  closed(): void {
    if (this.state === UNTIL_CLOSE) this.state = DONE;
    else if (this.state !== DONE) throw new HttpFault('truncated', 'body');
  }

  private takeSize(chunk: Buffer, start: number): number {
    let at = start;
    for (; at < chunk.length; at++) {
      const value = HEX_VALUE[chunk[at] as number] as number;
      if (value > 15) break;
      if (++this.digits > SIZE_DIGITS) throw new HttpFault('malformed', 'chunk size');
      this.remaining = this.remaining * 16 + value;
    }
    if (this.remaining > Number.MAX_SAFE_INTEGER) throw new HttpFault('malformed', 'chunk size');
    if (at === chunk.length) return at;
    if (this.digits === 0) throw new HttpFault('malformed', 'chunk size');
    if (chunk[at] === CR) {
      this.state = SIZE_LINE_FEED;
      return at + 1;
    }
    if (chunk[at] !== SEMICOLON) throw new HttpFault('malformed', 'chunk size');
    this.extension ??= new ChunkExtensionScan(this.limits.extensionBytes);
    this.state = EXTENSION;
    return at;
  }

  private takeTrailers(chunk: Buffer, at: number): number {
    if (this.trailerReader === null) {
      if (chunk[at] === CR) {
        this.state = LAST_LINE_FEED;
        return at + 1;
      }
      this.trailerReader = new TrailerReader(this.limits);
    }
    const end = this.trailerReader.read(chunk, at);
    if (this.trailerReader.done) this.state = DONE;
    return end;
  }
}

function part(chunk: Buffer, start: number, end: number): Buffer {
  return start === 0 && end === chunk.length ? chunk : chunk.subarray(start, end);
}

function expect(chunk: Buffer, at: number, byte: number): void {
  if (chunk[at] !== byte) throw new HttpFault('malformed', 'chunk end');
}
