import type { Readable } from 'node:stream';
import { linesLost, type LogSink } from './log-sink.js';

/** Bytes that may wait for the sink; the pipes are not read while there are more. */
const MOST_WAITING = 1024 * 1024;
const LINE_FEED = 10;

/**
 * Copies the lines of many pipes to one sink: whole lines, and nothing of them is looked at. While the sink is slow the pipes wait, and whoever
 * writes into them drops lines.
 */
export class LogCollector {
  /** Lines that the sink refused, and those that broke off with whoever wrote them. */
  dropped = 0;
  private readonly pipes = new Set<Readable>();
  private batches: Buffer[] = [];
  private waiting = 0;
  private writing: Promise<void> | null = null;

  constructor(private readonly sink: LogSink) {}

  /** Takes the lines of a pipe until it ends. */
  collect(pipe: Readable): void {
    this.pipes.add(pipe);
    let rest: Buffer | null = null;
    pipe.on('data', (chunk: Buffer) => {
      const end = chunk.lastIndexOf(LINE_FEED) + 1;
      const begun: Buffer | null = rest;
      rest = end < chunk.length ? joined(end === 0 ? begun : null, chunk.subarray(end)) : null;
      if (end > 0) this.take(joined(begun, chunk.subarray(0, end)));
    });
    pipe.on('error', () => undefined);
    pipe.once('close', () => {
      if (rest !== null) this.dropped++;
      this.pipes.delete(pipe);
    });
    if (this.waiting > MOST_WAITING) pipe.pause();
  }

  private take(lines: Buffer): void {
    this.batches.push(lines);
    this.waiting += lines.length;
    if (this.waiting > MOST_WAITING) for (const pipe of this.pipes) pipe.pause();
    this.flush();
  }

  private flush(): void {
    if (this.writing !== null || this.batches.length === 0) return;
    const [first] = this.batches as [Buffer];
    const batch = this.batches.length === 1 ? first : Buffer.concat(this.batches);
    this.batches = [];
    this.writing = this.sink
      .write(batch)
      .catch((error: unknown) => {
        this.dropped += linesLost(batch, error);
      })
      .then(() => {
        this.writing = null;
        this.waiting -= batch.length;
        if (this.waiting <= MOST_WAITING) for (const pipe of this.pipes) pipe.resume();
        this.flush();
      });
  }

  /** Writes what has come, as far as the sink takes it within `milliseconds`, and closes the sink. */
  async close(milliseconds: number): Promise<void> {
    const late = new Promise<'late'>((resolve) => setTimeout(resolve, milliseconds, 'late').unref());
    while (this.pipes.size > 0 || this.writing !== null) {
      const ended = [...this.pipes].map((pipe) => new Promise((resolve) => pipe.once('close', resolve)));
      if ((await Promise.race([Promise.all([...ended, this.writing]), late])) === 'late') break;
    }
    await Promise.race([this.sink.close(), late]);
  }
}

function joined(begun: Buffer | null, more: Buffer): Buffer {
  return begun === null ? more : Buffer.concat([begun, more]);
}
