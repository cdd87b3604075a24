import type { BodySink, BodyStream } from '../http/body-stream.js';

/** A request's body on its way to a backend; tells who of the two is waited for. */
export class WatchedBody implements BodyStream, BodySink {
  private sink: BodySink | null = null;
  private over = false;

  /** @param awaited told true when bytes are awaited from the client, false when the backend does not take them, or there are no more */
  constructor(
    private readonly source: BodyStream,
    private readonly awaited: (fromClient: boolean) => void,
  ) {}

  start(sink: BodySink): void {
    this.sink = sink;
    this.tell(true);
    this.source.start(this);
  }
  pause(): void {
    this.tell(false);
    this.source.pause();
  }
  resume(): void {
    this.tell(true);
    this.source.resume();
  }
  destroy(): void {
    this.finish();
    this.source.destroy();
  }

  data(chunk: Buffer): void {
    this.sink?.data(chunk);
  }
  end(): void {
    this.finish();
    this.sink?.end();
  }
  fail(error: Error): void {
    this.finish();
    this.sink?.fail(error);
  }

  private finish(): void {
    this.tell(false);
    this.over = true;
  }

  private tell(fromClient: boolean): void {
    if (!this.over) this.awaited(fromClient);
  }
}
