import {
  CONTINUE,
  HttpFault,
  RequestHeadReader,
  responseHeadText,
  TurnWriter,
  type Wire,
  type WireListener,
} from '@gatehouse/http1';
import { answerError, newExtendedRequestId, newRequestId, type GatewayError } from '@gatehouse/pipeline';
import { TICK } from '../clock.js';
import type { ClientConnection, ConnectionHost, Peer } from '../connection-host.js';
import { Http1Exchange, type ExchangeConnection } from './http1-exchange.js';
import { IncomingBody, type BodySource } from './incoming-body.js';
import { lastLines } from './last-lines.js';
import { REFUSALS, TOO_SLOW } from './refusals.js';

/** Most bytes of a request's target. Source: AWS's quota. */
const MOST_TARGET_BYTES = 10_240;
/** Bytes that may wait for the end of the request before them, or for someone to ask for the body that they are; beyond it nothing is read. */
const MOST_AHEAD = 16_384;
/** Pieces in which they are kept. */
const MOST_PIECES = 64;
/** Requests that are begun in one turn where one connection sends many ahead; others get their turn in between. */
const REQUESTS_IN_A_TURN = 16;
/** Bytes of a body that nobody asked for which are thrown away so that the connection can go on. */
const MOST_DISCARDED = 262_144;
/** For a client that still sends after its answer, or does not close a connection that was closed here: cut off at once it might never read the answer. */
const LINGER = 2_000;
/** For a request that may be on its way while the server wants to end. */
const LAST_REQUEST = 1_000;
/** How far `ConnectionHost.now` may be behind: no deadline may come early. */
const CLOCK_LAG = TICK;

const NOTHING = Buffer.alloc(0);
const NEVER = Number.POSITIVE_INFINITY;

/**
 * One connection of a client that speaks HTTP/1.1 (RFC 9112) or 1.0. It serves one request after the other:
 *
 * 1. A head is read. What is none is refused: answered, and never read on from.
 * 2. The request is handled while its body comes, as fast as it is taken. What the client sends ahead waits.
 * 3. Its answer is written. When the client has taken it, and the body has come or was thrown away, the next request begins.
 * 4. The connection ends by `close`, which lets the client read its answer; by a reset, where an answer must not look whole; or as the client likes.
 *
 * A client that has sent its end still gets its answers.
 */
export class Http1Connection implements ClientConnection, WireListener, ExchangeConnection, BodySource {
  readonly writer: TurnWriter;
  private readonly wire: Wire;
  private readonly heads: RequestHeadReader;
  /** The request that is not answered yet. */
  private exchange: Http1Exchange | null = null;
  /** Its body, or that of the one before, as long as more of it is to come. */
  private incoming: IncomingBody | null = null;
  /** What came and cannot be read yet. */
  private ahead: Buffer[] | null = null;
  private aheadBytes = 0;
  /** What is being read, and how far it is. */
  private chunk: Buffer = NOTHING;
  private at = 0;
  private taking = false;
  /** Somebody begins to take the body. */
  private starting = false;
  /** What is wrong with what was read. */
  private fault: HttpFault | null = null;
  private phase: 'open' | 'closing' | 'closed' = 'open';
  /** The client has sent its end. */
  private inputEnded = false;
  /** Another request may follow the one under way. */
  private reusable = true;
  private awaitsContinue = false;
  /** When the first byte of the request came. */
  private requestBegan = 0;
  private deadline: number;
  /** When the client has taken nothing for too long. */
  private stallDeadline = NEVER;
  private taken = 0;

  /** @param open makes the wire, or takes it over, for the listener that it is given */
  constructor(
    open: (listener: WireListener) => Wire,
    readonly peer: Peer,
    private readonly host: ConnectionHost,
  ) {
    const { maxHeaderBytes, maxHeaders, headersTimeout } = host.limits;
    this.heads = new RequestHeadReader({
      targetBytes: MOST_TARGET_BYTES,
      headBytes: maxHeaderBytes,
      headers: maxHeaders,
    });
    this.wire = open(this);
    this.writer = new TurnWriter(this.wire, () => this.turnEnded());
    this.deadline = this.after(headersTimeout);
  }

  clientOf(headers: readonly string[]): Peer {
    return this.host.trustedProxies?.clientOf(this.peer, headers) ?? this.peer;
  }

  private after(milliseconds: number): number {
    return this.host.now + milliseconds + CLOCK_LAG;
  }

  // What comes.

  /** More of a request's body is to come. */
  get midway(): boolean {
    return this.incoming !== null;
  }

  received(chunk: Buffer): void {
    if (this.phase !== 'open') return;
    if (this.ahead !== null) this.keep(Buffer.from(chunk));
    else this.take(chunk, true);
  }

  /** Reads bytes as far as they can be read now. @param lent whether their memory is the wire's */
  private take(chunk: Buffer, lent: boolean): void {
    this.chunk = chunk;
    this.at = 0;
    this.taking = true;
    this.read();
    this.taking = false;
    const { at, fault } = this;
    this.chunk = NOTHING;
    if (this.phase !== 'open') return;
    if (fault !== null) this.refuse(REFUSALS[fault.kind]);
    else if (at < chunk.length) {
      const rest = chunk.subarray(at);
      this.keep(lent ? Buffer.from(rest) : rest);
    } else if (this.inputEnded) this.inputIsOver();
  }

  private read(): void {
    const { chunk } = this;
    let begun = 0;
    try {
      while (this.at < chunk.length && this.phase === 'open' && this.fault === null) {
        if (this.incoming !== null) {
          if (!this.incoming.takesBytes) return;
          this.readBody(this.incoming);
        } else if (this.exchange !== null) return;
        else if (begun++ === REQUESTS_IN_A_TURN) {
          setImmediate(() => this.goOn());
          return;
        } else this.readHead();
      }
    } catch (error) {
      if (error instanceof HttpFault) this.fault = error;
      else {
        // Who threw while he was given bytes has left it open how far they were read.
        this.fault = new HttpFault('malformed', 'internal error');
        throw error;
      }
    }
  }

  private readHead(): void {
    const { heads, host, chunk } = this;
    const continued = heads.begun;
    if (!continued) this.requestBegan = host.now;
    const head = heads.read(chunk, this.at);
    this.at = heads.end;
    if (head === null) {
      if (!continued && heads.begun) this.deadline = this.after(host.limits.headersTimeout);
      return;
    }
    const incoming = head.framing.kind === 'none' ? null : new IncomingBody(head.framing, this);
    const exchange = new Http1Exchange(head, incoming, this);
    this.incoming = incoming;
    this.exchange = exchange;
    this.reusable = head.keepAlive;
    this.awaitsContinue = head.expectsContinue;
    this.deadline = incoming === null ? NEVER : this.requestBegan + host.limits.requestTimeout + CLOCK_LAG;
    exchange.taken = host.handle(exchange, exchange);
    if (exchange.whole) this.conclude(exchange);
  }

  private readBody(incoming: IncomingBody): void {
    this.awaitsContinue = false;
    this.at = incoming.read(this.chunk, this.at);
    if (incoming.complete) {
      const answered = this.exchange === null;
      this.incoming = null;
      this.deadline = NEVER;
      incoming.finish();
      // Whoever took it may have held the client back, and has no more reason to.
      this.regulate();
      if (answered) this.settle();
    } else if (this.exchange === null && incoming.discarded > MOST_DISCARDED) this.close();
  }

  private keep(bytes: Buffer): void {
    const ahead = (this.ahead ??= []);
    ahead.push(bytes);
    // Many small pieces would take many times the memory of their bytes.
    if (ahead.length === MOST_PIECES) this.ahead = [Buffer.concat(ahead)];
    this.aheadBytes += bytes.length;
    this.regulate();
  }

  /** Reads what was kept, where something has made way for it. */
  private goOn(): void {
    const { ahead } = this;
    if (ahead !== null && !this.taking && this.phase === 'open') {
      this.ahead = null;
      this.aheadBytes = 0;
      this.take(ahead.length === 1 ? (ahead[0] as Buffer) : Buffer.concat(ahead), false);
    }
    this.regulate();
  }

  private regulate(): void {
    if (this.phase === 'open' && (this.aheadBytes > MOST_AHEAD || this.incoming?.paused === true)) this.wire.pause();
    else this.wire.resume();
  }

  bodyAsked(): void {
    if (this.awaitsContinue && this.exchange?.begun === false) {
      this.awaitsContinue = false;
      this.writer.text(CONTINUE);
      this.writer.flush();
    }
    // What is there already comes before `start` returns: whoever sends it on can do so in one go. What is wrong with it is told after that.
    this.starting = true;
    try {
      if (this.taking) this.read();
      else this.goOn();
    } finally {
      this.starting = false;
    }
  }

  bodyChanged(): void {
    if (this.exchange === null && this.incoming?.flowing === false) this.settle();
    else this.goOn();
  }

  ended(): void {
    this.inputEnded = true;
    if (this.ahead === null && this.phase === 'open') this.inputIsOver();
  }

  /** The client has sent its end, and all before it was read. */
  private inputIsOver(): void {
    if (this.incoming !== null || this.heads.begun) this.refuse(REFUSALS.truncated);
    else if (this.exchange === null) this.close();
  }

  // What goes.

  lastLines(ends: boolean): string {
    const { host, incoming } = this;
    const nothingFollows = this.inputEnded && this.ahead === null && this.at >= this.chunk.length;
    if (ends || host.draining || nothingFollows) this.reusable = false;
    // A client that was not told to go on may send its body or not: nobody knows where its next request would begin.
    else if (this.awaitsContinue) this.reusable = false;
    else if (incoming !== null && !incoming.flowing && incoming.outstanding > MOST_DISCARDED) this.reusable = false;
    return lastLines(host.now, host.limits.keepAlive, this.reusable);
  }

  answered(exchange: Http1Exchange): void {
    // Where it is answered before it is taken, `readHead` concludes it.
    if (exchange.taken !== null) this.conclude(exchange);
  }

  private turnEnded(): void {
    if (this.writer.waits) this.exchange?.stall();
    else this.drained();
  }

  drained(): void {
    this.stallDeadline = NEVER;
    // More is to be written when the turn ends.
    if (this.writer.holds) return;
    const { exchange } = this;
    if (exchange === null) return;
    if (exchange.whole) this.conclude(exchange);
    else exchange.drained();
  }

  private conclude(exchange: Http1Exchange): void {
    // The client may leave before it has all; and it gets no more work done before it takes what it asked for.
    if (this.writer.waits) return;
    this.finish(exchange, false);
    // Who takes the body goes on taking it.
    if (this.incoming?.flowing !== true) this.settle();
  }

  private finish(exchange: Http1Exchange, aborted: boolean): void {
    this.exchange = null;
    exchange.finish();
    if (exchange.taken !== null) this.host.finished({ exchange: exchange.taken, bytesSent: exchange.bytesSent, aborted });
  }

  /** The request is answered and no one takes more of it. */
  private settle(): void {
    const { host, incoming } = this;
    if (!this.reusable) return this.close();
    if (incoming !== null) {
      incoming.giveUp();
      this.deadline = this.after(LINGER);
      // Who took it may have held the client back.
      this.regulate();
    } else this.deadline = this.after(host.draining ? LAST_REQUEST : host.limits.keepAlive);
    if (this.ahead !== null) this.goOn();
    else if (this.inputEnded && !this.taking) this.inputIsOver();
  }

  // How it ends.

  /** Answers what is no acceptable request, or does not come as it must, and ends the connection; nothing more is read. */
  private refuse(error: GatewayError): void {
    if (this.phase !== 'open') return;
    if (this.starting) return queueMicrotask(() => this.refuse(error));
    const { exchange, incoming } = this;
    this.reusable = false;
    this.incoming = null;
    if (exchange === null && incoming === null) this.answerRefused(error);
    else if (exchange === null) this.close();
    // It was refused before, and its answer is on its way.
    else if (incoming === null) return;
    else if (exchange.begun) this.breakOff();
    else exchange.refuse(error);
    incoming?.break(error.reason);
  }

  private answerRefused(error: GatewayError): void {
    const { status, headers } = answerError(error, newRequestId(), newExtendedRequestId());
    this.host.refused(status);
    const lines = `Content-Length: ${error.body.length}\r\n${lastLines(this.host.now, 0, false)}`;
    this.writer.text(responseHeadText(status, headers, lines));
    this.writer.bytes(error.body);
    this.close();
  }

  /** Sends what is written, then the end, and gives the client time to do the same. */
  private close(): void {
    if (this.phase !== 'open') return;
    this.writer.flush();
    this.phase = 'closing';
    this.deadline = this.after(LINGER);
    this.ahead = null;
    this.wire.end();
    this.wire.resume();
  }

  breakOff(): void {
    this.writer.discard();
    this.phase = 'closing';
    this.deadline = NEVER;
    this.wire.reset();
    const { exchange } = this;
    exchange?.finish();
  }

  closed(): void {
    const { exchange, incoming } = this;
    this.phase = 'closed';
    this.writer.discard();
    this.incoming = null;
    this.ahead = null;
    if (exchange !== null) this.finish(exchange, true);
    incoming?.break('the connection ended');
    this.host.closed(this);
  }

  checkDeadlines(now: number): void {
    if (this.phase === 'closed') return;
    if (this.wire.waiting > 0 && this.stands(now)) return this.wire.reset();
    // As long as the client is held back here, its time stands still.
    if (this.phase === 'open' && this.incoming?.takesBytes === false) this.deadline += TICK;
    if (now < this.deadline) return;
    if (this.phase === 'closing') this.wire.destroy();
    else if (this.incoming !== null || this.heads.begun) this.refuse(TOO_SLOW);
    else this.close();
  }

  /** Whether the client has taken nothing for too long of what waits for it. */
  private stands(now: number): boolean {
    const { taken } = this.wire;
    if (taken !== this.taken || this.stallDeadline === NEVER) {
      this.taken = taken;
      this.stallDeadline = now + this.host.limits.writeTimeout;
    }
    return now >= this.stallDeadline;
  }

  drain(): void {
    if (this.phase !== 'open' || this.exchange !== null || this.incoming !== null || this.heads.begun) return;
    this.deadline = Math.min(this.deadline, this.after(LAST_REQUEST));
  }

  destroy(): void {
    if (this.exchange === null) this.wire.destroy();
    else this.breakOff();
  }
}
