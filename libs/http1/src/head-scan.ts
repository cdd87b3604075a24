import { HttpFault } from './fault.js';
import type { HeadLimits } from './message.js';
import { FieldScan } from './field-scan.js';

/** The scan of the first line of a head. */
export interface LineScan {
  begin(): void;
  copy(): this;
  /** As `FieldScan.scan`; answers the place behind the line end. */
  scan(bytes: Buffer, base: number, from: number, end: number, limits: HeadLimits): number;
}

/** How far a head has been scanned. */
export class HeadScan<Line extends LineScan> {
  private inFields = false;
  /** Bytes that were scanned. */
  private scanned = 0;

  constructor(
    readonly line: Line,
    readonly fields = new FieldScan(),
  ) {}

  begin(): void {
    this.inFields = false;
    this.scanned = 0;
    this.line.begin();
    this.fields.begin();
  }

  copy(): HeadScan<Line> {
    const copy = new HeadScan(this.line.copy(), this.fields.copy());
    copy.inFields = this.inFields;
    copy.scanned = this.scanned;
    return copy;
  }

  /** Goes on with a head that begins at `base` and has come up to `end`. Answers its length when it is whole, else -1. */
  scan(bytes: Buffer, base: number, end: number, limits: HeadLimits): number {
    let at = base + this.scanned;
    if (!this.inFields) {
      at = this.line.scan(bytes, base, at, end, limits);
      this.inFields = at >= 0;
    }
    if (at >= 0) at = this.fields.scan(bytes, base, at, end, limits.headers, 'head-too-large');
    if (at >= 0) return at - base;
    this.scanned = end - base;
    if (this.scanned >= limits.headBytes) throw new HttpFault('head-too-large', 'head');
    return -1;
  }
}
