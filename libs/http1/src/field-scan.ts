import { COLON, CR, LF, SPACE, TAB, TEXT, TOKEN } from './byte-classes.js';
import { type FaultKind, HttpFault } from './fault.js';

/** Where in a field section the next byte stands. */
const LINE = 0;
const NAME = 1;
const BLANKS = 2;
const VALUE = 3;
const LINE_FEED = 4;
const LAST_LINE_FEED = 5;

/** Marks of one field: begin and end of its name, begin and end of its value. */
export const MARKS = 4;

/**
 * Finds the fields of a head or of a trailer section (RFC 9112, 5), up to and with the blank line that ends it. Stops at any byte and goes on there.
 * Refused are line folding, blanks before the colon, line ends other than CR LF and control bytes.
 */
export class FieldScan {
  /** How many marks stand for whole fields. */
  length = 0;
  private state = LINE;

  /** @param marks places of the fields, counted from `base`; grows where they are more */
  constructor(public marks = new Int32Array(32 * MARKS)) {}

  begin(): void {
    this.length = 0;
    this.state = LINE;
  }

  /** One that goes on where this one stands. */
  copy(): FieldScan {
    const copy = new FieldScan(this.marks.slice(0, this.length + MARKS));
    copy.length = this.length;
    copy.state = this.state;
    return copy;
  }

  /**
   * Scans `bytes` from `from` to `end`; what was scanned before begins at `base` and is still there. Answers the place behind the blank line, or -1 when
   * all was taken and more is needed.
   */
  scan(bytes: Buffer, base: number, from: number, end: number, mostFields: number, tooMany: FaultKind): number {
    let { marks, length, state } = this;
    let at = from;
    while (at < end) {
      if (state === LINE) {
        if (bytes[at] === CR) {
          state = LAST_LINE_FEED;
          if (++at === end) break;
        } else {
          if (length === mostFields * MARKS) throw new HttpFault(tooMany, 'fields');
          if (length === marks.length) marks = this.grow();
          marks[length] = at - base;
          state = NAME;
        }
      }
      if (state === NAME) {
        while (at < end && TOKEN[bytes[at] as number] === 1) at++;
        if (at === end) break;
        if (bytes[at] !== COLON || at - base === marks[length]) throw new HttpFault('malformed', 'field name');
        marks[length + 1] = at - base;
        state = BLANKS;
        at++;
      }
      if (state === BLANKS) {
        while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
        if (at === end) break;
        marks[length + 2] = at - base;
        state = VALUE;
      }
      if (state === VALUE) {
        while (at < end && TEXT[bytes[at] as number] === 1) at++;
        if (at === end) break;
        if (bytes[at] !== CR) throw new HttpFault('malformed', 'field value');
        let last = at;
        const first = base + (marks[length + 2] as number);
        while (last > first && (bytes[last - 1] === SPACE || bytes[last - 1] === TAB)) last--;
        marks[length + 3] = last - base;
        state = LINE_FEED;
        if (++at === end) break;
      }
      if (bytes[at] !== LF) throw new HttpFault('malformed', 'line end');
      at++;
      if (state === LAST_LINE_FEED) {
        this.length = length;
        return at;
      }
      length += MARKS;
      state = LINE;
    }
    this.length = length;
    this.state = state;
    return -1;
  }

  private grow(): Int32Array<ArrayBuffer> {
    const grown = new Int32Array(this.marks.length * 2);
    grown.set(this.marks);
    return (this.marks = grown);
  }
}
