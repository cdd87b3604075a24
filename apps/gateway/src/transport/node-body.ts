import { BodyBroken, type BodySink, type BodyStream } from '@gatehouse/pipeline';
import type { IncomingMessage } from 'node:http';

/** The body of a request as node:http receives it. */
export class NodeBody implements BodyStream {
  private sink: BodySink | null = null;

  /** @param onStart called before the first byte is asked for: a client that waits for 100 (Continue) gets it then */
  constructor(
    private readonly message: IncomingMessage,
    private readonly onStart: () => void,
  ) {}

  start(sink: BodySink): void {
    this.sink = sink;
    this.onStart();
    const { message } = this;
    message.on('data', (chunk: Buffer) => this.sink?.data(chunk));
    message.on('end', () => this.finish()?.end());
    message.on('error', () => this.finish()?.fail(new BodyBroken('the connection ended')));
    message.on('close', () => this.finish()?.fail(new BodyBroken('the connection ended')));
  }

  pause(): void {
    this.message.pause();
  }
  resume(): void {
    this.message.resume();
  }
  /** What still comes is read and thrown away, so that an answer gets through. */
  destroy(): void {
    this.sink = null;
    this.message.resume();
  }

  private finish(): BodySink | null {
    const { sink } = this;
    this.sink = null;
    return sink;
  }
}
