import type { Socket } from 'node:net';
import type { LogSink } from './log-sink.js';

/** A pipe, to whoever takes the log from there: it is slow when he is slow, and batches wait here, never requests. */
export class PipeSink implements LogSink {
  constructor(private readonly pipe: Socket) {
    // Each write is told by itself.
    pipe.on('error', () => undefined);
  }

  write(batch: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.pipe.write(batch, (error) => (error ? reject(error) : resolve()));
    });
  }

  async close(): Promise<void> {
    this.pipe.destroy();
  }
}
