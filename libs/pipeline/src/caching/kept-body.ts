import type { BodySink, BodyStream } from '../http/body-stream.js';
import { MOST_CACHED_BYTES } from './response-cache.js';

/** A body on its way to the client, of which a copy is taken. Whole it is told of once; one that is too large, or breaks off, is not. */
export class KeptBody implements BodyStream {
  private parts: Buffer[] = [];
  private bytes = 0;

  constructor(
    private readonly body: BodyStream,
    private readonly whole: (body: Buffer) => void,
  ) {}

  start(sink: BodySink): void {
    this.body.start({
      data: (chunk) => {
        this.copy(chunk);
        sink.data(chunk);
      },
      end: () => {
        if (this.bytes <= MOST_CACHED_BYTES) this.whole(Buffer.concat(this.parts));
        sink.end();
      },
      fail: (error) => sink.fail(error),
    });
  }

  private copy(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes <= MOST_CACHED_BYTES) this.parts.push(Buffer.from(chunk));
    else this.parts = [];
  }

  pause(): void {
    this.body.pause();
  }
  resume(): void {
    this.body.resume();
  }
  destroy(): void {
    this.body.destroy();
  }
}
