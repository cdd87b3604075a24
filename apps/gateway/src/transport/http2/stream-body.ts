import { BodyBroken, type BodySink, type BodyStream } from '@gatehouse/pipeline';
import type { ServerHttp2Stream } from 'node:http2';

const EMPTY = Buffer.alloc(0);
const LEAST_HELD = 4_096;

/**
 * The body of one request as its stream receives it. Until it is asked for, and while its reader pauses, the client may send no more than the stream's
 * window, which is held here.
 *
 * It takes the place of the stream's own buffer, which is wrong for a gateway in two ways. It takes a stream that the client resets without an
 * error code for one that is complete. And it keeps each frame in memory of its own, so that a window of frames of one byte each takes hundreds of times its size.
 */
export class StreamBody implements BodyStream {
  private sink: BodySink | null = null;
  private flowing = false;
  private givenUp = false;
  private state: 'coming' | 'whole' | 'broken' = 'coming';
  private held: Buffer = EMPTY;
  private heldBytes = 0;

  /**
   * @param stream none of whose body has been read
   * @param asked called when the body is wanted
   */
  constructor(
    private readonly stream: ServerHttp2Stream,
    private readonly asked: () => void,
  ) {
    const push = stream.push.bind(stream);
    stream.push = (chunk: Buffer | null) => {
      if (chunk !== null) return this.take(chunk);
      // A stream that is closed by now was reset; its end is none.
      this.over(stream.closed ? 'broken' : 'whole');
      push(null);
      // The stream is done when its end has been read.
      stream.resume();
      return false;
    };
    // What came in one breath with the head went into the stream's buffer.
    for (let chunk: unknown; (chunk = stream.read()) !== null;) this.take(chunk as Buffer);
    stream.once('end', () => this.over('whole'));
  }

  /** No more of it comes, whether it is whole or not. */
  get ended(): boolean {
    return this.state !== 'coming';
  }

  /** Answers whether more may come. */
  private take(chunk: Buffer): boolean {
    if (this.givenUp || this.state !== 'coming') return false;
    if (this.flowing && this.heldBytes === 0) this.sink?.data(chunk);
    else this.hold(chunk);
    return this.flowing;
  }

  private hold(chunk: Buffer): void {
    const bytes = this.heldBytes + chunk.length;
    if (bytes > this.held.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(LEAST_HELD, bytes, this.held.length * 2));
      this.held.copy(larger, 0, 0, this.heldBytes);
      this.held = larger;
    }
    chunk.copy(this.held, this.heldBytes);
    this.heldBytes = bytes;
  }

  private over(state: 'whole' | 'broken'): void {
    if (this.state !== 'coming') return;
    this.state = state;
    if (state === 'broken') this.drop();
    this.pass();
  }

  private drop(): void {
    this.held = EMPTY;
    this.heldBytes = 0;
  }

  /** Gives on what is held, then asks for more or tells the end. */
  private pass(): void {
    if (this.state === 'broken') {
      const { sink } = this;
      this.sink = null;
      return sink?.fail(new BodyBroken('the stream was reset'));
    }
    if (!this.flowing) return;
    if (this.heldBytes > 0) {
      const held = this.held.subarray(0, this.heldBytes);
      this.drop();
      this.sink?.data(held);
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
    if (this.state === 'coming') this.asked();
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
    this.drop();
  }
}
