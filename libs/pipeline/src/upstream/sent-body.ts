import { chunkStart, LAST_CHUNK, latin1, type Wire } from '@gatehouse/http1';
import type { BodySink } from '../http/body-stream.js';
import type { PooledCall } from './pooled-call.js';

const CRLF = '\r\n';
/** Characters of a request that are gathered to be written in one go and, where they are all of it, to be written once more if need be. */
const GATHERED = 16_384;

/** What becomes of a body that is being sent. */
export interface SentBodyListener {
  /** All of it was written. */
  bodySent(): void;
  /** It failed: what was written is less than what was announced, and nothing more will be. */
  bodyFailed(error: Error): void;
}

/**
 * The body of one request on its way to the backend, with back-pressure, behind a head that announces its length or chunks. What a connection has refused
 * whole with its first write can be started again over another.
 */
export class SentBody implements BodySink {
  /** The first write was refused: none of it has left this process, and what comes is kept with it. */
  refused = false;
  /** Goes out before the next bytes: the head, and later the end of a chunk. */
  private text: string;
  private gathering = true;
  /** The backend has enough for now. */
  private full = false;
  private over = false;
  private wire!: Wire;

  /** @param left bytes that the head announces; null where it announces chunks */
  constructor(
    private readonly call: PooledCall,
    private left: number | null,
    private listener: SentBodyListener,
  ) {
    this.text = call.text;
  }

  /** Sends the head with what is there of the body. Where that is all of it, nothing is sent: the call has it as its text then. */
  start(wire: Wire): void {
    this.wire = wire;
    this.call.body?.start(this);
    if (this.over) return;
    if (this.gathering) this.writeFirst(null);
    if (!this.full) this.call.listener.bodyAwaited(true);
  }

  /** Sends once more what was refused. */
  startAgain(wire: Wire, listener: SentBodyListener): void {
    this.wire = wire;
    this.listener = listener;
    this.refused = this.full = false;
    this.writeFirst(null);
    if (!this.full) this.goOn();
  }

  /** There is no connection for now; `listener` is told what becomes of it meanwhile. */
  wait(listener: SentBodyListener): void {
    this.listener = listener;
  }

  /** Nothing more is to be sent. */
  stop(): void {
    this.over = true;
  }

  data(chunk: Buffer): void {
    const { length } = chunk;
    if (this.over || length === 0) return;
    const { left } = this;
    if (left === null) this.text += chunkStart(length);
    else if (length > left) return this.breakOff(new Error('more of a body than was announced'));
    else this.left = left - length;
    if (this.gathering) {
      if (this.refused || this.text.length + length <= GATHERED) this.text += latin1(chunk);
      else this.writeFirst(chunk);
    } else {
      const { text } = this;
      this.text = '';
      if (!(text === '' ? this.wire.writeBytes(chunk) : this.wire.writeTextAndBytes(text, chunk))) this.hold();
    }
    if (left === null) this.text += CRLF;
  }

  end(): void {
    if (this.over) return;
    this.call.body = null;
    if (this.left !== null && this.left > 0) return this.breakOff(new Error('less of a body than was announced'));
    this.over = true;
    if (this.left === null) this.text += LAST_CHUNK;
    if (this.gathering) {
      this.call.text = this.text;
      this.call.whole = true;
      return;
    }
    if (this.text !== '') this.wire.writeText(this.text);
    this.listener.bodySent();
  }

  fail(error: Error): void {
    if (this.over) return;
    this.call.body = null;
    this.breakOff(error);
  }

  /** The kernel has taken what it had not. */
  drained(): void {
    if (this.over || !this.full) return;
    this.full = false;
    this.goOn();
  }

  private goOn(): void {
    this.call.listener.bodyAwaited(true);
    this.call.body?.resume();
  }

  private breakOff(error: Error): void {
    this.over = true;
    this.listener.bodyFailed(error);
  }

  /** Writes what was gathered, with the bytes for which it has no room. */
  private writeFirst(bytes: Buffer | null): void {
    const { text, wire } = this;
    this.text = '';
    this.gathering = false;
    const taken = bytes === null ? wire.writeText(text) : wire.writeTextAndBytes(text, bytes);
    if (wire.broken) {
      this.refused = this.gathering = true;
      this.text = bytes === null ? text : text + latin1(bytes);
    }
    if (!taken || this.refused) this.hold();
  }

  private hold(): void {
    if (this.full) return;
    this.full = true;
    this.call.body?.pause();
    this.call.listener.bodyAwaited(false);
  }
}
