import type { Transform } from 'node:stream';
import type { BodySink, BodyStream } from './body-stream.js';

/** A body that goes through a coder or a coder, with back-pressure kept: what is not taken yet is not coded yet. */
export class CodedBody implements BodyStream, BodySink {
  private done = false;
  private sink: BodySink | null = null;
  private began = false;
  /** All of the source has come. */
  private whole = false;

  constructor(
    private readonly source: BodyStream,
    private readonly coder: Transform,
  ) {}

  start(sink: BodySink): void {
    this.coder.on('data', (chunk: Buffer) => sink.data(chunk));
    this.sink = sink;
    this.coder.on('end', () => {
      if (this.done) return;
      this.done = true;
      // A decoder takes nothing of what may stand behind the end.
      if (!this.whole) this.source.destroy();
      sink.end();
    });
    this.coder.on('error', (error) => {
      if (this.done) return;
      this.destroy();
      sink.fail(error);
    });
    this.coder.on('drain', () => this.source.resume());
    this.source.start(this);
  }
  pause(): void {
    this.coder.pause();
  }
  resume(): void {
    this.coder.resume();
  }
  destroy(): void {
    this.done = true;
    this.source.destroy();
    this.coder.destroy();
  }

  data(chunk: Buffer): void {
    if (this.done) return;
    this.began = true;
    // Coded later, on another thread, when the memory of what was lent holds something else.
    if (!this.coder.write(Buffer.from(chunk))) this.source.pause();
  }
  end(): void {
    this.whole = true;
    if (this.began) return void this.coder.end();
    // Nothing is what it says of nothing, whatever the coding.
    this.done = true;
    this.coder.destroy();
    this.sink?.end();
  }
  fail(error: Error): void {
    this.coder.destroy(error);
  }
}
