import { GatheredBytes } from './gathered-bytes.js';
import type { HeadScan, LineScan } from './head-scan.js';
import type { HeadLimits } from './message.js';

/** A head of which a part has come. */
interface PartialHead<Line extends LineScan> {
  readonly scan: HeadScan<Line>;
  readonly gathered: GatheredBytes;
}

/** Reads one head after the other from the chunks of a connection. It has no memory of its own but for a head of which only a part has come. */
export abstract class HeadReader<Line extends LineScan, Head> {
  /** After a head: the place in the chunk where what follows it begins. */
  end = 0;
  private partial: PartialHead<Line> | null = null;

  /** `shared` scans the heads that lie in one chunk, of all readers. */
  constructor(
    private readonly limits: HeadLimits,
    private readonly shared: HeadScan<Line>,
  ) {}

  /** Part of a head has arrived. */
  get begun(): boolean {
    return this.partial !== null;
  }

  /** Makes the head of a scan that found it whole, `length` bytes from `base` on. */
  protected abstract headOf(scan: HeadScan<Line>, bytes: Buffer, base: number, length: number): Head;

  protected readHead(chunk: Buffer, start: number): Head | null {
    this.end = chunk.length;
    if (this.partial !== null) return this.goOn(this.partial, chunk, start);
    if (start === chunk.length) return null;
    const { shared, limits } = this;
    const end = Math.min(chunk.length, start + limits.headBytes);
    shared.begin();
    const length = shared.scan(chunk, start, end, limits);
    if (length < 0) {
      const gathered = new GatheredBytes();
      gathered.append(chunk, start, end);
      this.partial = { scan: shared.copy(), gathered };
      return null;
    }
    this.end = start + length;
    return this.headOf(shared, chunk, start, length);
  }

  private goOn({ scan, gathered }: PartialHead<Line>, chunk: Buffer, start: number): Head | null {
    const before = gathered.length;
    gathered.append(chunk, start, Math.min(chunk.length, start + this.limits.headBytes - before));
    const length = scan.scan(gathered.bytes, 0, gathered.length, this.limits);
    if (length < 0) return null;
    this.partial = null;
    this.end = start + length - before;
    return this.headOf(scan, gathered.bytes, 0, length);
  }
}
