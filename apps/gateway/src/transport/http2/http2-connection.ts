import { answerError, gatewayError, newExtendedRequestId, newRequestId, type GatewayError } from '@gatehouse/pipeline';
import { constants, performServerHandshake, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { TICK } from '../clock.js';
import type { ClientConnection, ConnectionHost, Peer } from '../connection-host.js';
import { AbandonBudget } from './abandon-budget.js';
import { answerFields } from './answer-fields.js';
import { Http2Exchange } from './http2-exchange.js';
import { readHead, type Http2HeadLimits } from './request-head.js';
import { StreamBody, type StreamBodyHost } from './stream-body.js';

/** Most bytes of a request's target. Source: AWS's quota. */
const MOST_TARGET_BYTES = 10_240;
/** Requests of one connection that are under way at once. */
const MOST_STREAMS = 100;
/** Bytes of a request's body that may come before anyone takes them. */
const WINDOW = 65_535;
const FIELD_OVERHEAD = 32;
/** Megabytes that one session may keep for what it still has to send; above it takes no new request. */
const MOST_SESSION_MEMORY = 10;
/** Frames that mean nothing, and streams beyond what was allowed, before the connection is ended. */
const MOST_NONSENSE = 100;
/** Frames that reset a stream, at once and for each second: of all streams, those that were complete among them. `AbandonBudget` is stricter with the others. */
const MOST_RESETS = 1_000;
const RESETS_PER_SECOND = 100;
/** For a client to end a connection that was ended here, and to take the answer of a request that was refused. */
const LINGER = 2_000;
/**
 * For one more request of a client when the server wants to end: it may be on its way. (A GOAWAY that only warns, as RFC 9113, 6.8 has it, is not to be had:
 * nghttp2 takes no stream after any that Node lets it send.)
 */
const LAST_REQUEST = 1_000;

/** Beside those that its address has under way already. */
const TOO_MANY = gatewayError('DEFAULT_5XX', 'too many requests at once from one address', {
  status: 503,
  errorType: 'ServiceUnavailableException',
  message: 'Service Unavailable',
});

const NEVER = Number.POSITIVE_INFINITY;

/**
 * One connection of a client that speaks HTTP/2 (RFC 9113), over nghttp2 as Node has it. Its streams are requests of their own: one that fails is
 * reset alone. The connection ends by GOAWAY, after which the streams under way still finish, and what the client sent too late it may send elsewhere.
 *
 * What a client can make this side do for nothing is bounded: streams at once, resets (`AbandonBudget`, and nghttp2's own for frames), header bytes
 * and fields, CONTINUATION frames (nghttp2), replies that wait because the client reads nothing (nghttp2), bytes that wait in either direction.
 */
export class Http2Connection implements ClientConnection {
  private readonly session: ServerHttp2Session;
  private readonly headLimits: Http2HeadLimits;
  private readonly exchanges = new Set<Http2Exchange>();
  /** Streams of requests that were refused, and until when their answers may wait for the client. */
  private readonly refusals = new Map<ServerHttp2Stream, number>();
  private readonly abandoned = new AbandonBudget();
  private phase: 'greeting' | 'open' | 'ending' | 'closed' = 'greeting';
  /** For the greeting, for the next request, or for the client to end the connection. */
  private deadline: number;
  /** Bytes that the socket has taken, and since when it takes no more. */
  private written = 0;
  private standsSince = 0;
  /** Since when there is nothing left to do but to send, which is not possible. `NEVER` while there is. */
  private stuckSince = NEVER;

  /** @param socket TLS, on which `h2` was agreed */
  constructor(
    private readonly socket: Socket,
    readonly peer: Peer,
    private readonly host: ConnectionHost,
  ) {
    const { maxHeaderBytes, maxHeaders, headersTimeout } = host.limits;
    this.headLimits = { maxHeaderBytes, maxHeaders, maxTargetBytes: MOST_TARGET_BYTES };
    this.deadline = this.after(headersTimeout);
    // A client of HTTP/2 has no use for a connection that it has closed its side of.
    socket.allowHalfOpen = false;
    this.session = performServerHandshake(socket, {
      settings: {
        maxConcurrentStreams: MOST_STREAMS,
        initialWindowSize: WINDOW,
        // Each field counts as so many bytes more here (RFC 9113, 6.5.2); what is beyond is reset.
        maxHeaderListSize: maxHeaderBytes + FIELD_OVERHEAD * maxHeaders,
      },
      // With room for the pseudo-headers; cookies may come in crumbs.
      maxHeaderListPairs: maxHeaders + 4,
      maxSessionMemory: MOST_SESSION_MEMORY,
      maxSessionInvalidFrames: MOST_NONSENSE,
      maxSessionRejectedStreams: MOST_NONSENSE,
      streamResetBurst: MOST_RESETS,
      streamResetRate: RESETS_PER_SECOND,
      // A backend's repeated fields go on as they are.
      strictSingleValueFields: false,
    });
    this.session
      .on('error', ignore)
      .once('remoteSettings', () => this.greeted())
      .on('stream', (stream, _headers, _flags, fields) => this.take(stream, fields));
    socket.on('error', ignore).once('close', () => this.settle());
  }

  /** The clock may be behind, and no deadline may come early. */
  private after(milliseconds: number): number {
    return this.host.now + milliseconds + TICK;
  }

  private greeted(): void {
    if (this.phase !== 'greeting') return;
    this.phase = 'open';
    this.deadline = this.after(this.host.draining ? LAST_REQUEST : this.host.limits.keepAlive);
  }

  private take(stream: ServerHttp2Stream, fields: readonly string[]): void {
    const { host } = this;
    // A reset comes as one; it says nothing that its code does not.
    stream.on('error', ignore);
    if (stream.closed) return this.abandon();
    const head = readHead(fields, this.headLimits);
    if ('responseType' in head) return this.refuse(stream, fields, head);
    if (this.exchanges.size > 0 && !host.carriesMore(this.peer)) return this.refuse(stream, fields, TOO_MANY);
    const client = host.trustedProxies?.clientOf(this.peer, head.headers) ?? this.peer;
    const exchange = new Http2Exchange(head, stream, client, host);
    this.exchanges.add(exchange);
    this.deadline = NEVER;
    stream.once('close', () => this.ended(exchange));
    exchange.taken = host.handle(exchange, exchange);
    if (host.draining) this.close();
  }

  /** Answers what is no acceptable request, and takes nothing more of it. */
  private refuse(stream: ServerHttp2Stream, fields: readonly string[], error: GatewayError): void {
    const { status, headers } = answerError(error, newRequestId(), newExtendedRequestId());
    this.host.refused(status);
    new StreamBody(stream, NOBODY).destroy();
    this.refusals.set(stream, this.after(LINGER));
    stream.once('finish', () => stream.close(constants.NGHTTP2_NO_ERROR)).once('close', () => this.refusals.delete(stream));
    const isHead = fields[fields.indexOf(':method') + 1] === 'HEAD';
    stream.respond(answerFields(status, headers, error.body.length) ?? [], { endStream: isHead });
    if (!isHead) stream.end(error.body);
  }

  private ended(exchange: Http2Exchange): void {
    const aborted = !exchange.delivered;
    exchange.finish();
    this.exchanges.delete(exchange);
    if (this.exchanges.size > 0) this.host.carriesLess(this.peer);
    const { taken, bytesSent, broken } = exchange;
    if (taken !== null) this.host.finished({ exchange: taken, bytesSent, aborted });
    if (aborted && !broken) this.abandon();
    if (this.exchanges.size === 0) this.deadline = this.after(this.phase === 'ending' ? LINGER : this.host.limits.keepAlive);
    this.settle();
  }

  /** A request was given up after it had made work. */
  private abandon(): void {
    if (!this.abandoned.take(performance.now())) this.breakOff(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  }

  private settle(): void {
    if (!this.socket.destroyed || this.exchanges.size > 0 || this.phase === 'closed') return;
    this.phase = 'closed';
    this.host.closed(this);
  }

  checkDeadlines(now: number): void {
    if (this.phase === 'closed') return;
    const { limits } = this.host;
    const { bytesWritten } = this.socket;
    if (bytesWritten !== this.written) {
      this.written = bytesWritten;
      this.standsSince = now;
    }
    const stands = now - this.standsSince >= limits.writeTimeout;
    let done = this.exchanges.size + this.refusals.size > 0;
    for (const exchange of this.exchanges) {
      exchange.checkDeadlines(now, limits, stands);
      done &&= exchange.done;
    }
    for (const [stream, until] of this.refusals) {
      if (now >= until) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      else done = false;
    }
    // The streams would never close: their ends and resets wait behind what the client does not take, and Node reads nothing meanwhile.
    if (!done || !stands) this.stuckSince = NEVER;
    else if (this.stuckSince === NEVER) this.stuckSince = now;
    else if (now - this.stuckSince >= LINGER) this.socket.destroy();
    if (this.session.destroyed) this.deadline = Math.min(this.deadline, now + LINGER);
    if (now >= this.deadline) {
      if (this.session.closed || this.session.destroyed) this.socket.destroy();
      else this.close();
    }
  }

  /** Says that no more requests are taken, and ends the connection after those under way. */
  private close(): void {
    if (this.phase === 'ending' || this.phase === 'closed') return;
    this.phase = 'ending';
    this.deadline = this.exchanges.size === 0 ? this.after(LINGER) : NEVER;
    this.session.close();
  }

  drain(): void {
    if (this.exchanges.size > 0) this.close();
    else this.deadline = Math.min(this.deadline, this.after(LAST_REQUEST));
  }

  /** Ends all at once, and says why. */
  private breakOff(code: number): void {
    this.phase = 'ending';
    this.deadline = this.after(LINGER);
    this.session.destroy(new Error('the client makes too much work'), code);
  }

  destroy(): void {
    this.session.destroy();
    this.socket.destroy();
  }
}

function ignore(): void {}

/** Whose body a request is that was refused. */
const NOBODY = { bodyAsked: ignore, streamClosed: ignore } satisfies StreamBodyHost;
