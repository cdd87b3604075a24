import type { BodySink, BodyStream } from '@gatehouse/pipeline';

/** Bytes that are read for nothing, so that the connection which they come by can be used again; for more it is not worth it. */
const MOST_DISCARDED = 65_536;

/** Takes a body that an answer has but must not be sent, such as one to HEAD. */
export class DiscardedBody implements BodySink {
  private left = MOST_DISCARDED;

  /** @param sink told of the end only */
  constructor(
    private readonly body: BodyStream,
    private readonly sink: BodySink,
  ) {}

  data(chunk: Buffer): void {
    if (this.left < 0) return;
    this.left -= chunk.length;
    if (this.left >= 0) return;
    this.body.destroy();
    this.sink.end();
  }
  end(): void {
    this.sink.end();
  }
  fail(error: Error): void {
    this.sink.fail(error);
  }
}
