import { BodyBroken, type BodySink, type BodyStream } from '@gatehouse/pipeline';
import type { ServerHttp2Stream } from 'node:http2';
import { HeldBytes } from './held-bytes.js';

/** What a body needs of the exchange that it belongs to. */
export interface StreamBodyHost {
  /** The body is wanted. */
  bodyAsked(): void;
  /** The stream is closed. `sent`: with its end sent from this side, so that the client has the whole answer. */
  streamClosed(sent: boolean): void;
}

/**
 * The body of one request as its stream receives it. Until it is asked for, and while its reader pauses, the client may send no more than the stream's
 * window, which is held here.
 *
 * It takes the place of the stream's own buffer, which is wrong for a gateway in three ways. It takes a stream that the client resets without an error
 * code for one that is complete, and keeps it until all that was written to it is taken. It keeps each frame in memory of its own, so that a window of
 * frames of one byte each takes hundreds of times its size. And once its end was read, Node forgets resets that are yet to be sent.
 */
export class StreamBody implements BodyStream {
  private sink: BodySink | null = null;
  private flowing = false;
  private givenUp = false;
  private state: 'coming' | 'whole' | 'broken' = 'coming';
  private readonly held = new HeldBytes();

  /** @param stream of which nothing has been read */
  constructor(
    private readonly stream: ServerHttp2Stream,
    private readonly host: StreamBodyHost,
  ) {
    stream.push = (chunk: Buffer | null) => {
      if (chunk !== null) return this.take(chunk);
      if (stream.closed) this.close();
      else this.over('whole');
      return false;
    };
    // What came in one breath with the head went into the stream's buffer.
    const early = stream.readableLength;
    if (early > 0) this.take(stream.read(early) as Buffer);
    if (stream.endAfterHeaders || (early > 0 && stream.state.remoteClose === 1)) this.over('whole');
  }

  private close(): void {
    this.over('broken');
    this.host.streamClosed(this.stream.state.localClose === 1);
    setImmediate(() => this.stream.destroy());
  }

  /** No more of it comes, whether it is whole or not. */
  get ended(): boolean {
    return this.state !== 'coming';
  }

  /** Answers whether more may come. */
  private take(chunk: Buffer): boolean {
    if (this.givenUp || this.state !== 'coming') return false;
    if (this.flowing && this.held.length === 0) this.sink?.data(chunk);
    else this.held.add(chunk);
    return this.flowing;
  }

  private over(state: 'whole' | 'broken'): void {
    if (this.state !== 'coming') return;
    this.state = state;
    if (state === 'broken') this.held.drop();
    this.pass();
  }

  /** Gives on what is held, then asks for more or tells the end. */
  private pass(): void {
    if (this.state === 'broken') {
      const { sink } = this;
      this.sink = null;
      return sink?.fail(new BodyBroken('the stream was reset'));
    }
    if (!this.flowing) return;
    if (this.held.length > 0) {
      this.sink?.data(this.held.take());
      // The reader may have paused it again, or done with it.
      if (!this.flowing) return;
    }
    if (this.state === 'coming') this.stream._read(0);
    else {
      const { sink } = this;
      this.sink = null;
      sink?.end();
    }
  }

  start(sink: BodySink): void {
    this.sink = sink;
    this.flowing = true;
    if (this.state === 'coming') this.host.bodyAsked();
    this.pass();
  }
  pause(): void {
    this.flowing = false;
  }
  resume(): void {
    if (this.flowing || this.sink === null) return;
    this.flowing = true;
    this.pass();
  }
  /** The client's window stays as it is: whatever it still may send is thrown away. */
  destroy(): void {
    this.sink = null;
    this.flowing = false;
    this.givenUp = true;
    this.held.drop();
  }
}
