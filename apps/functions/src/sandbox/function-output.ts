import type { Readable } from 'node:stream';

/** Bytes of the last lines that a caller may ask for. Source: AWS, X-Amz-Log-Result. */
const TAIL_BYTES = 4_096;
/** Longer lines are divided. */
const MOST_LINE_BYTES = 262_144;
/** A sandbox that prints more than this in a time slice is not read until the next one. */
const BYTES_A_SLICE = 1_048_576;
const SLICE_MS = 100;
const LINE_FEED = 10;

/** The last bytes of what belongs to one invocation. */
export class LogTail {
  private parts: Buffer[] = [];
  private size = 0;

  add(lines: Buffer): void {
    this.parts.push(lines.length > TAIL_BYTES ? Buffer.from(lines.subarray(-TAIL_BYTES)) : lines);
    this.size += Math.min(lines.length, TAIL_BYTES);
    if (this.size <= TAIL_BYTES * 4) return;
    this.parts = [Buffer.from(this.bytes())];
    this.size = TAIL_BYTES;
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts).subarray(-TAIL_BYTES);
  }
}

/** Takes whole lines. */
export type LineSink = (lines: Buffer) => void;

/** What a sandbox prints: divided into lines for its log, and the end of it kept for callers that ask. Bounded in memory and, by reading no faster, in time. */
export class FunctionOutput {
  private readonly rests = new Map<Readable, Buffer>();
  private tail = new LogTail();
  private sliceBytes = 0;
  private slice: NodeJS.Timeout | null = null;
  private readonly paused = new Set<Readable>();
  private readonly streams: Readable[] = [];

  constructor(private readonly sink: LineSink) {}

  read(stream: Readable): void {
    this.streams.push(stream);
    stream.on('data', (bytes: Buffer) => this.take(stream, bytes));
    stream.on('error', () => {});
    stream.once('close', () => this.flush(stream));
  }

  /** A line of this process's own, without its end; `tail` is where it belongs. */
  say(line: string, tail: LogTail = this.tail): void {
    this.write(Buffer.from(`${line}\n`), tail);
  }

  /** An invocation begins: what comes from now on is its. */
  beginTail(): LogTail {
    return (this.tail = new LogTail());
  }

  /** The end of what came since then. */
  get lastLines(): Buffer {
    return this.tail.bytes();
  }

  /** Counts lines that have no end yet as lines. */
  flushAll(): void {
    for (const stream of this.rests.keys()) this.flush(stream);
  }

  /** Nothing more is read. */
  close(): void {
    if (this.slice) clearTimeout(this.slice);
    for (const stream of this.streams) {
      this.flush(stream);
      stream.destroy();
    }
  }

  private take(stream: Readable, bytes: Buffer): void {
    this.throttle(stream, bytes.length);
    const rest = this.rests.get(stream);
    const all = rest ? Buffer.concat([rest, bytes]) : bytes;
    const end = all.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) this.write(all.subarray(0, end));
    const left = all.subarray(end);
    if (left.length > MOST_LINE_BYTES) {
      this.write(Buffer.concat([left, Buffer.of(LINE_FEED)]));
      this.rests.delete(stream);
    } else if (left.length > 0) this.rests.set(stream, left);
    else this.rests.delete(stream);
  }

  private flush(stream: Readable): void {
    const rest = this.rests.get(stream);
    if (!rest) return;
    this.rests.delete(stream);
    this.write(Buffer.concat([rest, Buffer.of(LINE_FEED)]));
  }

  private write(lines: Buffer, tail: LogTail = this.tail): void {
    this.sink(lines);
    tail.add(lines);
  }

  private throttle(stream: Readable, bytes: number): void {
    this.sliceBytes += bytes;
    this.slice ??= setTimeout(() => this.nextSlice(), SLICE_MS);
    if (this.sliceBytes <= BYTES_A_SLICE) return;
    stream.pause();
    this.paused.add(stream);
  }

  private nextSlice(): void {
    this.slice = null;
    this.sliceBytes = 0;
    for (const stream of this.paused) stream.resume();
    this.paused.clear();
  }
}
