import type { LogSink } from './log-sink.js';

/** Bytes that may wait; what comes beyond is dropped. */
const MOST_WAITING = 8 * 1024 * 1024;
/** A batch is written when it is this long, or when this many milliseconds have gone. */
const FULL_BATCH = 64 * 1024;
const LONGEST_WAIT = 100;

interface Batch {
  readonly bytes: Buffer;
  readonly lines: number;
}

/**
 * Lines on their way to a sink, in batches and off the request path. `write` never waits and never throws: when the sink is slow, or fails as a
 * full disk does, lines are dropped and counted.
 */
export class AccessLog {
  /** Lines that were dropped since the start. */
  dropped = 0;
  /** The batch that is being gathered, in one text: that costs a line less than a list of lines does. */
  private text = '';
  private lines = 0;
  /** Full ones. They are bytes, because the parts of a text keep whatever they were cut from. */
  private readonly batches: Batch[] = [];
  /** Bytes of these. */
  private waiting = 0;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> | null = null;

  constructor(private readonly sink: LogSink) {}

  /** Takes a line of ASCII. */
  write(line: string): void {
    if (this.waiting + this.text.length + line.length > MOST_WAITING) {
      this.dropped++;
      return;
    }
    this.text += `${line}\n`;
    this.lines++;
    if (this.text.length >= FULL_BATCH) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), LONGEST_WAIT);
  }

  private flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.lines > 0) {
      this.batches.push({ bytes: Buffer.from(this.text, 'latin1'), lines: this.lines });
      this.waiting += this.text.length;
      this.text = '';
      this.lines = 0;
    }
    if (this.writing === null) this.writeNext();
  }

  private writeNext(): void {
    const batch = this.batches.shift();
    if (batch === undefined) return;
    this.waiting -= batch.bytes.length;
    this.writing = this.sink
      .write(batch.bytes)
      .catch(() => {
        this.dropped += batch.lines;
      })
      .then(() => {
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
