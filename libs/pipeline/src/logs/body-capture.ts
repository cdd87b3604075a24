import { isUtf8 } from 'node:buffer';
import type { BodySink, BodyStream } from '../http/body-stream.js';

/** Most bytes that a UTF-8 character has behind its first one. */
const LONGEST_REST = 3;

/** The first bytes of a body that goes by, for a log. */
export class BodyCapture {
  private readonly chunks: Buffer[] = [];
  private size = 0;

  /** @param most bytes to keep */
  constructor(private readonly most: number) {}

  /** The same body, whose bytes are seen on their way. */
  watch<Body extends Buffer | BodyStream | null>(body: Body): Body extends BodyStream ? BodyStream : Body;
  watch(body: Buffer | BodyStream | null): Buffer | BodyStream | null {
    if (body === null) return body;
    if (!Buffer.isBuffer(body)) return new WatchedStream(body, this);
    this.see(body);
    return body;
  }

  see(chunk: Buffer): void {
    const left = this.most - this.size;
    if (left <= 0) return;
    // Chunks are lent.
    this.chunks.push(Buffer.from(chunk.subarray(0, left)));
    this.size += Math.min(chunk.length, left);
  }

  /** What was seen, as text; undefined for bytes that are none. */
  text(): string | undefined {
    return utf8Start(Buffer.concat(this.chunks));
  }
}

/** The text that the bytes begin with, without a character that is cut at their end; undefined where they are no UTF-8. */
export function utf8Start(bytes: Buffer): string | undefined {
  for (let cut = 0; cut <= Math.min(LONGEST_REST, bytes.length); cut++) {
    const whole = bytes.subarray(0, bytes.length - cut);
    if (isUtf8(whole)) return whole.includes(0) ? undefined : whole.toString('utf8');
  }
  return undefined;
}

class WatchedStream implements BodyStream, BodySink {
  private sink: BodySink | null = null;

  constructor(
    private readonly source: BodyStream,
    private readonly capture: BodyCapture,
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
    this.capture.see(chunk);
    this.sink?.data(chunk);
  }
  end(): void {
    this.sink?.end();
  }
  fail(error: Error): void {
    this.sink?.fail(error);
  }
}
