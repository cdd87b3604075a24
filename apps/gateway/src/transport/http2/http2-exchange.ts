import {
  NO_BODY,
  parseRequestTarget,
  StreamedBody,
  UnwritableAnswer,
  type AbortListener,
  type BodySink,
  type BodyStream,
  type Exchange,
  type GatewayError,
  type GatewayRequest,
  type GatewayResponse,
  type RequestBody,
  type RequestTarget,
  type TlsSession,
  type Responder,
} from '@gatehouse/pipeline';
import { constants, type ServerHttp2Stream } from 'node:http2';
import { TICK } from '../clock.js';
import type { ClientLimits, Peer } from '../connection-host.js';
import { hostName } from '../host-name.js';
import { TOO_SLOW } from '../http1/refusals.js';
import { answerFields, isBodiless } from './answer-fields.js';
import { HeldBytes } from './held-bytes.js';
import type { Http2Head } from './request-head.js';
import { StreamBody, type StreamBodyHost } from './stream-body.js';

const NOTHING = Buffer.alloc(0);
/** Bytes of an answer that may wait for the client to take them. */
const MOST_WAITING = 65_536;
/** Longest wait for the client to take some of one answer, in waits for its connection: others may move while this one stands. */
const STREAM_WAITS = 4;
const NO_OPTIONS: readonly string[] = [];
const NEVER = Number.POSITIVE_INFINITY;

/** What an exchange needs of the connection that its stream belongs to. */
export interface StreamHost {
  /** Milliseconds on the monotonic clock, a little old. */
  readonly now: number;
}

/**
 * One request over a stream of HTTP/2 as the pipeline knows it, and the way back for its answer. When the stream is closed, `finish` cuts it off from
 * the pipeline.
 *
 * An answer that comes as a stream is written as if trailers were to follow: Node would else end the stream properly on its way to resetting it, and a
 * body that broke off would look whole.
 */
export class Http2Exchange implements GatewayRequest, Responder, BodySink, StreamBodyHost {
  readonly method: string;
  readonly rawTarget: string;
  readonly target: RequestTarget | null;
  readonly headers: readonly string[];
  readonly host: string;
  readonly remoteAddress: string;
  readonly localPort: number;
  readonly secure: boolean;
  readonly tls: TlsSession | undefined;
  readonly protocol = 'HTTP/2.0';
  readonly connectionOptions = NO_OPTIONS;
  readonly body: RequestBody;
  /** The request as the pipeline keeps it; null until that has taken it. */
  taken: Exchange | null = null;
  /** Bytes of the answer's body that were handed to the stream. */
  bytesSent = 0;
  /** All of the answer has left this process, as far as the client's windows go. */
  delivered = false;
  /** The answer was broken off from this side. */
  broken = false;
  /** On the monotonic clock: since when the client has taken none of the bytes that wait for it. `NEVER` while none do. */
  private waitingSince = NEVER;
  private waiting = 0;
  /** Those of them that came while the stream was busy with others: they follow in one write, however small the chunks are that they came in. */
  private readonly held = new HeldBytes();
  private paused = false;
  /** On the monotonic clock. */
  private readonly startedAt: number;
  private readonly expectsContinue: boolean;
  private readonly incoming: StreamBody;
  private listener: AbortListener | null = null;
  private answerBody: BodyStream | null = null;
  private begun = false;
  /** All of the answer is written. */
  private whole = false;
  private streamed = false;
  private over = false;
  private hasBody = true;
  /** Bytes of the answer's body that its head announces; null when it does not, or none follow it. */
  private announced: number | null = null;

  constructor(
    head: Http2Head,
    private readonly stream: ServerHttp2Stream,
    client: Peer,
    private readonly connection: StreamHost,
  ) {
    this.startedAt = connection.now;
    this.method = head.method;
    this.rawTarget = head.path;
    this.target = parseRequestTarget(head.path);
    this.headers = head.headers;
    this.host = hostName(head.authority);
    this.remoteAddress = client.address;
    this.localPort = client.localPort;
    this.secure = client.secure;
    this.tls = client.tls;
    this.expectsContinue = head.expectsContinue;
    this.incoming = new StreamBody(stream, this);
    this.body = stream.endAfterHeaders ? NO_BODY : new StreamedBody(this.incoming, head.contentLength);
  }

  bodyAsked(): void {
    if (this.expectsContinue && !this.begun && !this.closed)
      this.stream.additionalHeaders({ ':status': constants.HTTP_STATUS_CONTINUE });
  }

  streamClosed(sent: boolean): void {
    if (sent && this.whole) this.delivered = true;
  }

  /** All that is left is to send what was written. */
  get done(): boolean {
    return this.over || this.whole;
  }

  /** Nothing can be written any more. */
  private get closed(): boolean {
    return this.over || this.stream.closed || this.stream.destroyed;
  }

  onAbort(listener: AbortListener | null): void {
    this.listener = listener;
    if (this.over) listener?.clientGone();
  }

  respond({ status, headers, body, length }: GatewayResponse): void {
    const streamed = body === null || Buffer.isBuffer(body) ? null : body;
    if (this.closed) return streamed?.destroy();
    const bytes = streamed === null ? ((body ?? NOTHING) as Buffer) : null;
    const announced = bytes !== null && length === null ? bytes.length : length;
    this.hasBody = this.method !== 'HEAD' && !isBodiless(status);
    if (this.hasBody) this.announced = announced;
    const fields = answerFields(status, headers, announced);
    if (fields === null) throw new UnwritableAnswer('invalid head');
    if (bytes !== null && this.hasBody && bytes.length !== announced) return this.breakOff();
    this.begun = true;
    this.answerBody = streamed;
    try {
      if (!this.hasBody || bytes?.length === 0) this.answerHead(fields);
      else if (bytes !== null) this.answerWhole(fields, bytes);
      else this.answerStreamed(fields);
    } catch (error) {
      // Node judges fields by rules of its own, and takes nothing more for the stream: without a reset the client would wait for ever.
      this.whole = false;
      this.breakOff();
      throw error;
    }
    streamed?.start(this);
  }

  private answerHead(fields: string[]): void {
    this.whole = true;
    this.stream.respond(fields, { endStream: true });
    this.deliver();
  }

  private answerWhole(fields: string[], bytes: Buffer): void {
    this.whole = true;
    this.bytesSent = bytes.length;
    this.stream.respond(fields);
    this.awaitTaking(bytes.length);
    this.write(bytes);
    this.stream.end();
  }

  private answerStreamed(fields: string[]): void {
    this.streamed = true;
    this.stream.respond(fields, { waitForTrailers: true });
    this.stream.once('wantTrailers', () => this.endStream());
  }

  data(chunk: Buffer): void {
    if (this.closed || !this.hasBody) return;
    this.bytesSent += chunk.length;
    if (this.announced !== null && this.bytesSent > this.announced) return this.breakOff();
    const busy = this.waiting > 0;
    this.awaitTaking(chunk.length);
    // The stream writes it when the client's windows let it, and the chunk is lent.
    if (busy) this.held.add(chunk);
    else this.write(Buffer.from(chunk));
    if (this.waiting < MOST_WAITING || this.paused) return;
    this.paused = true;
    this.answerBody?.pause();
  }

  private awaitTaking(bytes: number): void {
    if (this.waiting === 0) this.waitingSince = this.connection.now;
    this.waiting += bytes;
  }

  private write(bytes: Buffer): void {
    this.stream.write(bytes, () => this.wrote(bytes.length));
  }

  private wrote(bytes: number): void {
    this.waiting -= bytes;
    this.waitingSince = this.waiting === 0 ? NEVER : this.connection.now;
    if (this.held.length > 0 && !this.closed) this.write(this.held.take());
    if (this.waiting > 0) return;
    // A streamed answer asks for its end.
    if (this.whole && !this.streamed) this.deliver();
    if (!this.paused) return;
    this.paused = false;
    this.answerBody?.resume();
  }

  end(): void {
    this.answerBody = null;
    if (this.closed || !this.hasBody) return;
    if (this.announced !== null && this.bytesSent !== this.announced) return this.breakOff();
    this.whole = true;
    if (this.held.length > 0) this.write(this.held.take());
    this.stream.end();
  }

  /** A body that broke off must not look whole. */
  fail(): void {
    this.answerBody = null;
    if (!this.over && this.hasBody) this.breakOff();
  }

  /** What was written is sent, and the stream asks what shall follow. */
  private endStream(): void {
    if (!this.whole) return;
    this.stream.sendTrailers({});
    this.deliver();
  }

  private deliver(): void {
    this.delivered = true;
    // Behind what Node itself has put off until then.
    setImmediate(() => this.stopUpload());
  }

  /** The client need not send the rest of a body that its answer did not wait for (RFC 9113, 8.1). */
  private stopUpload(): void {
    if (!this.incoming.ended && !this.closed) this.stream.close(constants.NGHTTP2_NO_ERROR);
  }

  /** Resets the stream, so that the answer cannot be taken for a whole one. */
  private breakOff(): void {
    if (this.over) return;
    this.broken = true;
    if (!this.stream.closed) this.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    this.finish();
  }

  /** Looks for deadlines that have passed. `stands`: the whole connection has taken nothing for as long as it may. */
  checkDeadlines(now: number, { writeTimeout, requestTimeout }: ClientLimits, stands: boolean): void {
    // What was taken down may be older than it was.
    const waited = now - this.waitingSince - TICK;
    if (waited >= (stands ? writeTimeout : STREAM_WAITS * writeTimeout)) this.breakOff();
    else if (!this.incoming.ended && !this.whole && now - this.startedAt - TICK >= requestTimeout) this.refuse(TOO_SLOW);
  }

  /** Ends what is done for the request, and answers it with `error` where its answer has not begun. */
  private refuse(error: GatewayError): void {
    if (this.begun) return this.breakOff();
    const { listener } = this;
    this.listener = null;
    listener?.clientGone();
    this.taken?.fail(error);
  }

  /** The stream is closed; what is still done for the request goes nowhere. */
  finish(): void {
    const { listener, answerBody } = this;
    this.over = true;
    this.listener = null;
    this.answerBody = null;
    this.held.drop();
    answerBody?.destroy();
    if (!this.whole) listener?.clientGone();
  }
}
