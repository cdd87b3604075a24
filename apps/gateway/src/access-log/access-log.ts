import { linesLost, type LogSink } from './log-sink.js';

/** Bytes that may wait; what comes beyond is dropped. */
const MOST_WAITING = 8 * 1024 * 1024;
/** A batch is written when it is this long, or when this many milliseconds have gone. */
const BATCH_BYTES = 64 * 1024;
const LONGEST_WAIT = 100;

const LINE_FEED = 10;

/**
 * Lines on their way to a sink, in batches and off the request path. `write` never waits and never throws: when the sink is slow, or fails as a
 * full disk does, lines are dropped and counted.
 */
export class AccessLog {
  /** Lines that were dropped since the start. */
  dropped = 0;
  /** The batch that is being gathered. It takes each line as bytes at once, while all that the line was made of is near. */
  private memory: Buffer = Buffer.allocUnsafeSlow(BATCH_BYTES);
  private length = 0;
  /** Memory that a sink is done with, for the next batch. */
  private spare: Buffer | null = null;
  /** Full ones. */
  private readonly batches: Buffer[] = [];
  /** Bytes of these. */
  private waiting = 0;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> | null = null;

  constructor(private readonly sink: LogSink) {}

  /** Takes a line of ASCII. */
  write(line: string): void {
    const length = line.length + 1;
    if (this.waiting + this.length + length > MOST_WAITING) {
      this.dropped++;
      return;
    }
    if (this.length + length > this.memory.length) this.makeRoom(length);
    this.memory.write(line, this.length, 'latin1');
    this.length += length;
    this.memory[this.length - 1] = LINE_FEED;
    if (this.length >= BATCH_BYTES) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), LONGEST_WAIT);
  }

  /** Begins a batch that has room for so many bytes. */
  private makeRoom(bytes: number): void {
    this.flush();
    if (bytes > this.memory.length) this.memory = Buffer.allocUnsafeSlow(bytes);
  }

  private flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.length > 0) {
      this.batches.push(this.memory.subarray(0, this.length));
      this.waiting += this.length;
      this.memory = this.spare ?? Buffer.allocUnsafeSlow(BATCH_BYTES);
      this.spare = null;
      this.length = 0;
    }
    if (this.writing === null) this.writeNext();
  }

  private writeNext(): void {
    const batch = this.batches.shift();
    if (batch === undefined) return;
    this.waiting -= batch.length;
    this.writing = this.sink
      .write(batch)
      .catch((error: unknown) => {
        this.dropped += linesLost(batch, error);
      })
      .then(() => {
        if (batch.buffer.byteLength === BATCH_BYTES) this.spare = Buffer.from(batch.buffer);
        this.writing = null;
        this.writeNext();
      });
  }

  /** Writes what waits, as far as the sink takes it within `milliseconds`, and closes the sink. */
  async close(milliseconds: number): Promise<void> {
    this.flush();
    const late = new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());
    while (this.writing !== null) {
      const result = await Promise.race([this.writing.then(() => 'written'), late.then(() => 'late')]);
      if (result === 'late') break;
    }
    await Promise.race([this.sink.close(), late]);
  }
}
