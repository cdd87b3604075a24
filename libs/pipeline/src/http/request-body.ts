import type { BodySink, BodyStream } from './body-stream.js';
import { BufferBody } from './buffer-body.js';

/** A body grew beyond its limit. */
export class BodyTooLarge extends Error {}
/** The client broke off before its body was complete. */
export class BodyBroken extends Error {}

/**
 * Body of a request: looked into (`peek`), taken whole (`collect`) or passed on (`stream`). `peek` may come before either of the others,
 * which then give the peeked bytes again; `collect` and `stream` are for one consumer, once.
 */
export interface RequestBody {
  /** Bytes that the client announced, 0 without a body, null when unknown beforehand. */
  readonly length: number | null;
  /** The first bytes: `bytes` of them, or fewer when the body is shorter. */
  peek(bytes: number): Promise<Buffer>;
  /** The whole body. Rejects with `BodyTooLarge` above `limit` bytes and with `BodyBroken`. */
  collect(limit: number): Promise<Buffer>;
  /** The whole body, which stays there for whoever takes it next, by any of these. Rejects as `collect` does. */
  whole(limit: number): Promise<Buffer>;
  /** Has everyone who takes the body from now on take what this makes of it, of which nobody knows the length beforehand. */
  decode(decoder: (body: BodyStream) => BodyStream): void;
  /** Puts something between the client and whoever takes the body, which none of these has begun yet. */
  through(watch: (body: BodyStream) => BodyStream): void;
  /** The body as it comes; fails with `BodyTooLarge` above `limit` bytes. */
  stream(limit: number): BodyStream;
}

const EMPTY = Buffer.alloc(0);
const NOTHING: BodyStream = { start: (sink) => sink.end(), pause() {}, resume() {}, destroy() {} };

/** The body of a request that has none. */
export const NO_BODY: RequestBody = {
  length: 0,
  peek: () => Promise.resolve(EMPTY),
  collect: () => Promise.resolve(EMPTY),
  whole: () => Promise.resolve(EMPTY),
  decode: () => undefined,
  through: () => undefined,
  stream: () => NOTHING,
};

/** A body over what the transport receives. */
export class StreamedBody implements RequestBody {
  private peeked: Peeked | null = null;
  /** Set once somebody wants all of it to stay. */
  private held: Promise<Buffer> | null = null;

  constructor(
    private source: BodyStream,
    public length: number | null,
  ) {}

  peek(bytes: number): Promise<Buffer> {
    this.peeked ??= new Peeked(this.source);
    return this.peeked.first(bytes);
  }

  collect(limit: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      this.stream(limit).start({
        data: (chunk) => void chunks.push(Buffer.from(chunk)),
        end: () => resolve(Buffer.concat(chunks)),
        fail: reject,
      });
    });
  }

  whole(limit: number): Promise<Buffer> {
    return (this.held ??= this.collect(limit).then((bytes) => {
      this.peeked = null;
      this.source = new BufferBody(bytes);
      return bytes;
    }));
  }

  decode(decoder: (body: BodyStream) => BodyStream): void {
    this.source = decoder(this.peeked ?? this.source);
    this.peeked = null;
    this.held = null;
    this.length = null;
  }

  through(watch: (body: BodyStream) => BodyStream): void {
    this.source = watch(this.source);
  }

  stream(limit: number): BodyStream {
    return new LimitedStream(this.peeked ?? this.source, limit);
  }
}

/** Passes a stream through until it has given `limit` bytes; one more makes it fail. */
class LimitedStream implements BodyStream, BodySink {
  private sink: BodySink | null = null;

  constructor(
    private readonly source: BodyStream,
    private left: number,
  ) {}

  start(sink: BodySink): void {
    this.sink = sink;
    this.source.start(this);
  }
  pause(): void {
    this.source.pause();
  }
  resume(): void {
    this.source.resume();
  }
  destroy(): void {
    this.sink = null;
    this.source.destroy();
  }

  data(chunk: Buffer): void {
    this.left -= chunk.length;
    if (this.left >= 0) return this.sink?.data(chunk);
    const sink = this.sink;
    this.destroy();
    sink?.fail(new BodyTooLarge());
  }
  end(): void {
    this.sink?.end();
  }
  fail(error: Error): void {
    this.sink?.fail(error);
  }
}

/** Holds the first bytes of a stream back, and gives them again to the one who takes the stream. */
class Peeked implements BodyStream, BodySink {
  private held: Buffer = EMPTY;
  private started = false;
  private state: 'open' | 'ended' | Error = 'open';
  private sink: BodySink | null = null;
  private waiting: { bytes: number; resolve: (first: Buffer) => void; reject: (error: Error) => void } | null = null;
  private paused = false;

  constructor(private readonly source: BodyStream) {}

  first(bytes: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.waiting = { bytes, resolve, reject };
      this.settle();
      if (!this.waiting) return;
      if (this.started) this.source.resume();
      else {
        this.started = true;
        this.source.start(this);
      }
    });
  }

  private settle(): void {
    const { waiting, state } = this;
    if (!waiting) return;
    if (state instanceof Error) waiting.reject(state);
    else if (state === 'ended' || this.held.length >= waiting.bytes) waiting.resolve(this.held.subarray(0, waiting.bytes));
    else return;
    this.waiting = null;
    if (state === 'open' && this.started) this.source.pause();
  }

  start(sink: BodySink): void {
    this.sink = sink;
    const { held } = this;
    this.held = EMPTY;
    if (held.length > 0) sink.data(held);
    if (this.state === 'ended') this.sink?.end();
    else if (this.state !== 'open') this.sink?.fail(this.state);
    else if (!this.started) this.source.start(this);
    else if (!this.paused) this.source.resume();
  }
  pause(): void {
    this.paused = true;
    this.source.pause();
  }
  resume(): void {
    this.paused = false;
    this.source.resume();
  }
  destroy(): void {
    this.sink = null;
    this.source.destroy();
  }

  data(chunk: Buffer): void {
    if (this.sink) return this.sink.data(chunk);
    this.held = Buffer.concat([this.held, chunk]);
    this.settle();
  }
  end(): void {
    this.state = 'ended';
    if (this.sink) this.sink.end();
    else this.settle();
  }
  fail(error: Error): void {
    this.state = error;
    if (this.sink) this.sink.fail(error);
    else this.settle();
  }
}
