import { BodyReader, type BodyLimits, type Framing } from '@gatehouse/http1';
import { BodyBroken, type BodySink, type BodyStream } from '@gatehouse/pipeline';

const LIMITS: BodyLimits = { extensionBytes: 4_096, trailerBytes: 8_192, trailers: 64 };

/** Where the bytes of a body come from. */
export interface BodySource {
  /** The body is wanted: from now on its bytes are taken. */
  bodyAsked(): void;
  /** Whether it takes bytes may have changed. */
  bodyChanged(): void;
}

/**
 * The body of one request as it comes over its connection:
 *
 * 1. Until `start` it takes nothing. What comes waits in the connection, and a client that awaits 100 (Continue) is not told to go on.
 * 2. From then on its bytes flow, decoded, to the sink, unless it is paused.
 * 3. `destroy`, or `giveUp` by the connection: what still comes is read and thrown away, so that the next request can be found.
 */
export class IncomingBody implements BodyStream {
  private readonly reader: BodyReader;
  private readonly announced: number;
  private state: 'unasked' | 'flowing' | 'given-up' | 'over' = 'unasked';
  private sink: BodySink | null = null;
  private received = 0;
  /** The one that takes the body wants no more for now. */
  paused = false;
  /** Bytes that were thrown away. */
  discarded = 0;

  constructor(
    framing: Framing,
    private readonly source: BodySource,
  ) {
    this.reader = new BodyReader(framing, LIMITS);
    this.announced = framing.kind === 'length' ? framing.length : 0;
  }

  /** Someone takes it. */
  get flowing(): boolean {
    return this.state === 'flowing';
  }
  get takesBytes(): boolean {
    return this.state === 'given-up' || (this.state === 'flowing' && !this.paused);
  }
  /** Bytes that were announced and have not come; 0 where no length was announced. */
  get outstanding(): number {
    return Math.max(0, this.announced - this.received);
  }
  get complete(): boolean {
    return this.reader.done;
  }

  /** Feeds the bytes of the connection from `start` on. Answers where the body ended. Throws HttpFault. */
  read(chunk: Buffer, start: number): number {
    return this.reader.read(chunk, start, this);
  }

  /** Told by the reader. */
  data(bytes: Buffer): void {
    this.received += bytes.length;
    if (this.sink === null) this.discarded += bytes.length;
    else this.sink.data(bytes);
  }

  /** All of it has been read. */
  finish(): void {
    this.over()?.end();
  }

  /** No more of it comes. */
  break(reason: string): void {
    this.over()?.fail(new BodyBroken(reason));
  }

  private over(): BodySink | null {
    const { sink } = this;
    this.sink = null;
    this.state = 'over';
    this.paused = false;
    return sink;
  }

  /** Nobody will ask for it any more. */
  giveUp(): void {
    this.state = 'given-up';
    this.paused = false;
  }

  start(sink: BodySink): void {
    // The answer was given without it, or the client has broken it off.
    if (this.state !== 'unasked') return sink.fail(new BodyBroken('the body is not there any more'));
    this.state = 'flowing';
    this.sink = sink;
    this.source.bodyAsked();
  }
  pause(): void {
    if (this.state !== 'flowing') return;
    this.paused = true;
    this.source.bodyChanged();
  }
  resume(): void {
    if (this.state !== 'flowing' || !this.paused) return;
    this.paused = false;
    this.source.bodyChanged();
  }
  destroy(): void {
    this.sink = null;
    if (this.state === 'over') return;
    this.giveUp();
    this.source.bodyChanged();
  }
}
