import { LF } from './byte-classes.js';
import { HttpFault } from './fault.js';
import { fieldKind, OTHER } from './field-kind.js';
import { FieldScan, MARKS } from './field-scan.js';
import { GatheredBytes } from './gathered-bytes.js';
import { latin1 } from './latin1.js';
import type { BodyLimits, HeaderList } from './message.js';

const BLANK_LINE = 2;

function listOf({ marks, length }: FieldScan, bytes: Buffer, end: number): HeaderList {
  const text = latin1(bytes, 0, end);
  const list: string[] = [];
  for (let i = 0; i < length; i += MARKS) list.push(text.slice(marks[i], marks[i + 1]), text.slice(marks[i + 2], marks[i + 3]));
  return list;
}

/** Reads the trailer section of one chunked body (RFC 9112, 7.1.2), with the blank line that ends it. */
export class TrailerReader {
  done = false;
  trailers: HeaderList = [];
  private readonly fields = new FieldScan();
  private readonly gathered = new GatheredBytes();
  /** How many marks are of fields that may stand here. */
  private permitted = 0;

  constructor(private readonly limits: BodyLimits) {}

  /** Feeds the bytes of `chunk` from `start` on. Answers the place behind the section, or the length of the chunk. */
  read(chunk: Buffer, start: number): number {
    const { fields, gathered, limits } = this;
    const before = gathered.length;
    const most = limits.trailerBytes + BLANK_LINE;
    gathered.append(chunk, start, Math.min(chunk.length, start + most - before));
    const end = this.scan(before);
    if (end < 0) {
      if (gathered.length >= most) throw new HttpFault('body-overhead', 'trailers');
      return chunk.length;
    }
    this.done = true;
    this.trailers = listOf(fields, gathered.bytes, end);
    return start + end - before;
  }

  /** Line by line, so that what is wrong first is told, wherever the chunks are cut. */
  private scan(from: number): number {
    const { bytes, length } = this.gathered;
    const { trailers } = this.limits;
    for (let at = from; ;) {
      const lineFeed = bytes.subarray(0, length).indexOf(LF, at);
      const next = lineFeed < 0 ? length : lineFeed + 1;
      const end = this.fields.scan(bytes, 0, at, next, trailers, 'body-overhead');
      this.checkNames();
      if (end >= 0 || next === length) return end;
      at = next;
    }
  }

  /** What decides on boundaries, routes and connections is said before the body: it is refused with its line, as nothing that follows makes it right. */
  private checkNames(): void {
    const { marks, length } = this.fields;
    for (; this.permitted < length; this.permitted += MARKS) {
      const kind = fieldKind(this.gathered.bytes, marks[this.permitted] as number, marks[this.permitted + 1] as number);
      if (kind !== OTHER) throw new HttpFault('malformed', 'trailer');
    }
  }
}
