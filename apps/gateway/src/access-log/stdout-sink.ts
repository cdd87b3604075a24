import { fstatSync, write } from 'node:fs';
import { Socket } from 'node:net';
import { PartlyWritten, type LogSink } from './log-sink.js';
import { PipeSink } from './pipe-sink.js';

const STDOUT = 1;
const TRY_AGAIN = 50;

/** Standard output, be it a file, a pipe or a terminal: a reader that is slow makes batches wait, never requests. */
export function stdoutSink(): LogSink {
  const found = fstatSync(STDOUT);
  // A thread that waits for the reader of a pipe would not let the process end.
  if (found.isFIFO() || found.isSocket()) return new PipeSink(new Socket({ fd: STDOUT, readable: false }));
  return new StdoutSink();
}

/** A file or a terminal. */
class StdoutSink implements LogSink {
  private closing = false;

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
      write(STDOUT, batch, from, batch.length - from, null, (error, written) => {
        if (error === null) return resolve(written);
        // A terminal that does not block.
        if (error.code === 'EAGAIN' && !this.closing) setTimeout(() => resolve(0), TRY_AGAIN);
        else reject(error);
      });
    });
  }

  async close(): Promise<void> {
    this.closing = true;
  }
}
