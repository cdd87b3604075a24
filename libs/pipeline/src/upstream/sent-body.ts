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

/** The body of one request on its way to the backend, with back-pressure, behind a head that announces its length or chunks. */
export class SentBody implements BodySink {
  /** Goes out before the next bytes: the head, and later the end of a chunk. */
  private text: string;
  private gathering = true;
  /** The backend has enough for now. */
  private full = false;
  private over = false;

  /** @param left bytes that the head announces; null where it announces chunks */
  constructor(
    private readonly wire: Wire,
    private readonly call: PooledCall,
    private left: number | null,
    private readonly listener: SentBodyListener,
  ) {
    this.text = call.text;
  }

  /** Sends the head with what is there of the body. Where that is all of it, nothing is sent: the call has it as its text then. */
  start(): void {
    this.call.body?.start(this);
    if (this.over) return;
    if (this.gathering && !this.wire.writeText(this.takeText())) this.hold();
    if (!this.full) this.call.listener.bodyAwaited(true);
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
    if (this.gathering && this.text.length + length <= GATHERED) {
      this.text += left === null ? `${latin1(chunk)}${CRLF}` : latin1(chunk);
      return;
    }
    const text = this.takeText();
    const taken = text === '' ? this.wire.writeBytes(chunk) : this.wire.writeTextAndBytes(text, chunk);
    if (left === null) this.text = CRLF;
    if (!taken) this.hold();
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
    this.call.listener.bodyAwaited(true);
    this.call.body?.resume();
  }

  private breakOff(error: Error): void {
    this.over = true;
    this.listener.bodyFailed(error);
  }

  private takeText(): string {
    const { text } = this;
    this.text = '';
    this.gathering = false;
    return text;
  }

  private hold(): void {
    if (this.full) return;
    this.full = true;
    this.call.body?.pause();
    this.call.listener.bodyAwaited(false);
  }
}
