import {
  BodyReader,
  HttpFault,
  ResponseHeadReader,
  TurnWriter,
  type BodyLimits,
  type HeadLimits,
  type ResponseHead,
  type Wire,
  type WireListener,
} from '@gatehouse/http1';
import type { PooledCall } from './pooled-call.js';
import { SentBody, type SentBodyListener } from './sent-body.js';
import type { UpstreamFailure } from './upstream.js';

const HEAD_LIMITS: HeadLimits = { targetBytes: 0, headBytes: 32_768, headers: 256 };
const BODY_LIMITS: BodyLimits = { extensionBytes: 16_384, trailerBytes: 16_384, trailers: 128 };
/** Most interim answers (1xx) to one request. */
const MOST_INTERIM = 8;
/** Milliseconds that a connection is given up before its backend would close it: its next request may be on the way for so long. */
const MARGIN = 1_000;

/** Milliseconds from one look at the connections to the next. */
export const SWEEP_INTERVAL = 500;

/** Whom a connection belongs to. */
export interface ConnectionOwner {
  /** Milliseconds on the monotonic clock at the last look at the connections. */
  readonly clock: number;
  /** Milliseconds that an idle connection is kept. */
  readonly keepAliveTimeout: number;
  /** Milliseconds that one call may take on a connection. */
  readonly totalTimeout: number;
  /** The connection can take another call. */
  released(connection: BackendConnection): void;
  /** The connection is no more. `repeat` is to be sent once more, on one that is new. */
  gone(connection: BackendConnection, repeat: PooledCall | null): void;
}

/**
 * One connection to a backend, which carries one call at a time:
 *
 * 1. `begin` writes the request. Its answer is read as it comes: interim heads, the head, the body; what is told to the call's listener is told at once.
 * 2. When the answer is complete the connection goes back to its owner, before the call hears of its end, so that what follows may take it.
 * 3. It is closed instead, and never used again, when anything is left in doubt: the backend said so or speaks HTTP/1.0, the body ended with the connection,
 *    bytes came that nobody asked for, the request was not sent to its end, the call was given up, a message was none.
 */
export class BackendConnection implements WireListener, SentBodyListener {
  private readonly writer: TurnWriter;
  private call: PooledCall | null = null;
  private readonly heads = new ResponseHeadReader(HEAD_LIMITS);
  private body: BodyReader | null = null;
  private sending: SentBody | null = null;
  private open = true;
  /** It has carried a call to its end, or was kept for one: its backend may have closed it without having seen what comes next. */
  private kept = false;
  /** Its address is not the backend's any more. */
  private retired = false;
  /** Milliseconds that it may stay idle, as the last answer said; none where it can only be used at once. */
  private idleLimit: number;
  /** By the owner's clock: when it became busy, or idle. */
  private since: number;

  // Of the call that it carries.
  private answerBegun = false;
  private interim = 0;
  /** The backend lets the connection be used again. */
  private keeps = false;
  /** The request was given to the writer as one text. */
  private writtenWhole = false;

  constructor(
    private readonly wire: Wire,
    readonly address: string,
    private readonly owner: ConnectionOwner,
  ) {
    wire.listener = this;
    this.writer = new TurnWriter(wire);
    this.idleLimit = owner.keepAliveTimeout;
    this.since = owner.clock;
  }

  /** Whether it can carry a call: it may have been closed without having heard of it yet. */
  get usable(): boolean {
    return this.open && !this.wire.destroyed;
  }

  /** More of an answer's body is to come. */
  get midway(): boolean {
    return this.body !== null;
  }

  /** Asks it to be kept for a call that has not come yet. False where it may not be. */
  rest(): boolean {
    this.kept = true;
    return this.idleLimit > 0;
  }

  begin(call: PooledCall): void {
    this.call = call;
    call.connection = this;
    this.since = this.owner.clock;
    if (!call.whole) {
      this.send(call);
      // A call with a part of its body, or one that is over, is not to be written here.
      if (this.call !== call || !call.whole) return;
      this.sending = null;
    }
    this.writtenWhole = true;
    this.writer.text(call.text);
    call.listener.sent();
  }

  private send(call: PooledCall): void {
    const { refused } = call;
    call.refused = null;
    this.sending = refused ?? new SentBody(call, call.bodyLength, this);
    if (refused === null) this.sending.start(this.wire);
    else refused.startAgain(this.wire, this);
  }

  bodySent(): void {
    this.sending = null;
    this.call?.listener.sent();
  }

  bodyFailed(error: Error): void {
    this.failCall('request-body', error);
  }

  pause(): void {
    this.wire.pause();
  }
  resume(): void {
    this.wire.resume();
  }

  /** The call was given up. */
  abandon(): void {
    this.close();
  }

  /** Its address is not the backend's any more: it carries no other call. */
  retire(): void {
    this.retired = true;
    if (this.call === null) this.close();
  }

  /** Closes it if it is idle for so long that it will have to be closed before the next look, or ends a call that takes too long. */
  sweep(): void {
    const { clock, totalTimeout } = this.owner;
    if (this.call !== null) {
      if (clock - this.since > totalTimeout) this.failCall('timed-out', null);
    } else if (clock - this.since + SWEEP_INTERVAL > this.idleLimit) this.close();
  }

  /** Closes it. A call that it carries hears nothing of it. */
  close(): void {
    if (!this.open) return;
    // What a backend has of a request must not look like all of it.
    const cut = this.sending !== null || this.writer.waits;
    this.detach();
    this.open = false;
    if (cut) this.wire.reset();
    else this.wire.destroy();
    this.owner.gone(this, null);
  }

  received(chunk: Buffer): void {
    const { call } = this;
    // Nobody asked.
    if (call === null) return this.close();
    // Nor has anybody yet: the request has not left. What comes is no answer to it.
    if (this.writer.holds) return this.lost(null);
    try {
      this.read(call, chunk);
    } catch (error) {
      if (this.call === call) this.failCall('protocol', error as Error);
      // Of a call that was given up while its answer was read, nobody cares what else was wrong with it.
      else if (!(error instanceof HttpFault)) throw error;
    }
  }

  private read(call: PooledCall, chunk: Buffer): void {
    let at = 0;
    if (this.body === null) {
      const head = this.readHead(call, chunk);
      if (head === null) return;
      at = this.heads.end;
      this.take(call, head);
      if (this.call !== call) return;
    }
    const { body } = this;
    if (body === null) return this.finish(call, at === chunk.length);
    at = body.read(chunk, at, this);
    if (this.call === call && body.done) this.finish(call, at === chunk.length);
  }

  /** The final head; null as long as it is not there. */
  private readHead({ method }: PooledCall, chunk: Buffer): ResponseHead | null {
    this.answerBegun = true;
    let head = this.heads.read(chunk, 0, method);
    while (head !== null && head.status < 200) {
      if (head.status === 101) throw new HttpFault('malformed', 'a switch of protocols that nobody asked for');
      if (++this.interim > MOST_INTERIM) throw new HttpFault('malformed', 'too many interim answers');
      head = this.heads.read(chunk, this.heads.end, method);
    }
    return head;
  }

  private take(call: PooledCall, head: ResponseHead): void {
    const { framing, status, keepAliveSeconds } = head;
    this.keeps = head.keepAlive;
    this.idleLimit = this.owner.keepAliveTimeout;
    if (keepAliveSeconds !== null) this.idleLimit = Math.min(this.idleLimit, keepAliveSeconds * 1000 - MARGIN);
    if (framing.kind !== 'none') this.body = new BodyReader(framing, BODY_LIMITS);
    // The list was made for this head alone.
    call.listener.answered(status, head.headers as string[], lengthOf(head, call.method));
  }

  /** A part of the answer's body. */
  data(bytes: Buffer): void {
    this.call?.listener.data(bytes);
  }

  /** The answer is complete. `alone`: nothing came behind it. */
  private finish(call: PooledCall, alone: boolean): void {
    const again = alone && this.keeps && !this.writer.waits && this.sending === null && !this.retired;
    if (!again) this.close();
    else {
      this.detach();
      this.kept = true;
      this.since = this.owner.clock;
      this.wire.resume();
      this.owner.released(this);
    }
    call.end();
  }

  ended(): void {
    const { call, body } = this;
    if (call === null || body === null) return this.lost(null);
    try {
      body.closed();
    } catch (error) {
      return this.lost(error as Error);
    }
    this.finish(call, true);
  }

  drained(): void {
    this.sending?.drained();
  }

  closed(error: Error | null): void {
    this.lost(error);
  }

  /** The backend, or the network, ended the connection. */
  private lost(error: Error | null): void {
    if (!this.open) return;
    const { call, sending } = this;
    const stale = this.kept && !this.answerBegun;
    const { holds, takenAtOnce } = this.writer;
    const unwritten = sending?.refused === true || (this.writtenWhole && (holds || (takenAtOnce && isWriteError(error))));
    // Once: the connection that it is sent on next is a new one.
    const repeat = stale && call?.mayRepeat(unwritten) === true ? call : null;
    if (repeat !== null && sending !== null) {
      repeat.refused = sending;
      sending.wait(repeat);
      this.sending = null;
    }
    this.detach();
    this.open = false;
    this.wire.destroy();
    this.owner.gone(this, repeat);
    if (repeat === null) call?.fail(stale ? 'stale-connection' : 'network', error);
  }

  private failCall(failure: UpstreamFailure, cause: Error | null): void {
    const { call } = this;
    this.close();
    call?.fail(failure, cause);
  }

  /** Lets go of the call that it carries. */
  private detach(): void {
    const { call } = this;
    if (call !== null) call.connection = null;
    this.call = null;
    this.sending?.stop();
    this.sending = null;
    this.body = null;
    this.answerBegun = false;
    this.interim = 0;
    this.writtenWhole = false;
    this.writer.discard();
  }
}

/** Bytes of the body that the head announces; null when it does not. Of an answer to HEAD, those that a GET would have. */
function lengthOf({ framing, status, headers }: ResponseHead, method: string): number | null {
  if (framing.kind === 'length') return framing.length;
  if (framing.kind !== 'none') return null;
  if (method !== 'HEAD' || status === 204 || status === 304) return 0;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (name.length === 14 && name.toLowerCase() === 'content-length') return Number(headers[i + 1]);
  }
  return null;
}

function isWriteError(error: NodeJS.ErrnoException | null): boolean {
  return error?.syscall === 'write';
}
