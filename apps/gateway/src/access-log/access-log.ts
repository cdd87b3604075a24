import type { LogSink } from './log-sink.js';

/** Characters that may wait; what comes beyond is dropped. */
const MOST_WAITING = 8 * 1024 * 1024;
/** A batch is written when it is this long, or when this many milliseconds have gone. */
const FULL_BATCH = 64 * 1024;
const LONGEST_WAIT = 100;

/**
 * Lines on their way to a sink, in batches and off the request path. `write` never waits and never throws: when the sink is slow, or fails as a
 * full disk does, lines are dropped and counted.
 */
export class AccessLog {
  /** Lines that were dropped since the start. */
  dropped = 0;
  private lines: string[] = [];
  private waiting = 0;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> | null = null;

  constructor(private readonly sink: LogSink) {}

  write(line: string): void {
    if (this.waiting + line.length > MOST_WAITING) {
      this.dropped++;
      return;
    }
    this.lines.push(line);
    this.waiting += line.length + 1;
    if (this.waiting >= FULL_BATCH) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), LONGEST_WAIT);
  }

  private flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.writing !== null || this.lines.length === 0) return;
    const { lines } = this;
    this.lines = [];
    this.waiting = 0;
    this.writing = this.sink
      .write(Buffer.from(`${lines.join('\n')}\n`))
      .catch(() => {
        this.dropped += lines.length;
      })
      .then(() => {
        this.writing = null;
        this.flush();
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
