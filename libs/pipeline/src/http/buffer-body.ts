import type { BodySink, BodyStream } from './body-stream.js';

/** A body that is there whole. What it gives is not used again, so nobody has to copy it. */
export class BufferBody implements BodyStream {
  private given = false;

  constructor(readonly bytes: Buffer) {}

  start(sink: BodySink): void {
    sink.data(this.bytes);
    if (!this.given) sink.end();
    this.given = true;
  }
  pause(): void {}
  resume(): void {}
  destroy(): void {
    this.given = true;
  }
}
