import { write } from 'node:fs';
import { PartlyWritten, type LogSink } from './log-sink.js';

const TRY_AGAIN = 50;

/** Standard output, be it a file, a pipe or a terminal: a reader that is slow makes batches wait here, never requests. */
export class StdoutSink implements LogSink {
  private closing = false;

  constructor(private readonly descriptor = 1) {}

  async write(batch: Buffer): Promise<void> {
    let done = 0;
    try {
      while (done < batch.length) done += await this.writeSome(batch, done);
    } catch (error) {
      throw new PartlyWritten(done, error as Error);
    }
  }

  private writeSome(batch: Buffer, from: number): Promise<number> {
    return new Promise((resolve, reject) => {
      write(this.descriptor, batch, from, batch.length - from, null, (error, written) => {
        if (error === null) return resolve(written);
        // A full pipe that does not block.
        if (error.code === 'EAGAIN' && !this.closing) setTimeout(() => resolve(0), TRY_AGAIN);
        else reject(error);
      });
    });
  }

  async close(): Promise<void> {
    this.closing = true;
  }
}
