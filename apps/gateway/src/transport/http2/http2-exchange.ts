import {
  NO_BODY,
  parseRequestTarget,
  StreamedBody,
  type AbortListener,
  type BodySink,
  type BodyStream,
  type Exchange,
  type GatewayError,
  type GatewayRequest,
  type GatewayResponse,
  type RequestBody,
  type RequestTarget,
  type Responder,
} from '@gatehouse/pipeline';
import { constants, type ServerHttp2Stream } from 'node:http2';
import type { Peer } from '../connection-host.js';
import { hostName } from '../host-name.js';
import { answerFields, isBodiless } from './answer-fields.js';
import type { Http2Head } from './request-head.js';
import { StreamBody } from './stream-body.js';

const NOTHING = Buffer.alloc(0);
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
export class Http2Exchange implements GatewayRequest, Responder, BodySink {
  readonly method: string;
  readonly rawTarget: string;
  readonly target: RequestTarget | null;
  readonly headers: readonly string[];
  readonly host: string;
  readonly remoteAddress: string;
  readonly localPort: number;
  readonly secure: boolean;
  readonly protocol = 'HTTP/2.0';
  readonly connectionOptions = NO_OPTIONS;
  readonly body: RequestBody;
  /** The request as the pipeline keeps it; null until that has taken it. */
  taken: Exchange | null = null;
  /** Bytes of the answer's body that were handed to the stream. */
  bytesSent = 0;
  /** All of the answer is written. */
  whole = false;
  /** The answer was broken off from this side. */
  broken = false;
  /** On the monotonic clock: since when bytes wait that the client does not take. `NEVER` while none do. */
  waitingSince = NEVER;
  /** On the monotonic clock. */
  readonly startedAt: number;
  private readonly incoming: StreamBody | null;
  private listener: AbortListener | null = null;
  private answerBody: BodyStream | null = null;
  private begun = false;
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
    const { expectsContinue, contentLength } = head;
    this.incoming = stream.endAfterHeaders ? null : new StreamBody(stream, () => expectsContinue && this.sendContinue());
    this.body = this.incoming === null ? NO_BODY : new StreamedBody(this.incoming, contentLength);
  }

  /** The request's body is there, or never will be. */
  get received(): boolean {
    return this.incoming === null || this.incoming.ended;
  }

  private sendContinue(): void {
    if (!this.begun && !this.closed) this.stream.additionalHeaders({ ':status': constants.HTTP_STATUS_CONTINUE });
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
    if (fields === null || (bytes !== null && this.hasBody && bytes.length !== announced)) {
      streamed?.destroy();
      return this.breakOff();
    }
    this.begun = true;
    if (!this.hasBody || bytes?.length === 0) this.answerHead(fields);
    else if (bytes !== null) this.answerWhole(fields, bytes);
    else {
      this.stream.respond(fields, { waitForTrailers: true });
      this.stream.once('wantTrailers', () => this.endStream());
    }
    this.answerBody = streamed;
    streamed?.start(this);
  }

  private answerHead(fields: string[]): void {
    this.whole = true;
    this.stream.respond(fields, { endStream: true });
    setImmediate(() => this.stopUpload());
  }

  private answerWhole(fields: string[], bytes: Buffer): void {
    this.whole = true;
    this.bytesSent = bytes.length;
    this.waits();
    this.stream.respond(fields);
    this.stream.end(bytes, () => this.stopUpload());
  }

  data(chunk: Buffer): void {
    if (this.closed || !this.hasBody) return;
    this.bytesSent += chunk.length;
    if (this.announced !== null && this.bytesSent > this.announced) return this.breakOff();
    // The stream writes it when the client's windows let it, and the chunk is lent.
    if (this.stream.write(Buffer.from(chunk)) || this.waitingSince !== NEVER) return;
    this.waits();
    this.answerBody?.pause();
    this.stream.once('drain', () => {
      this.waitingSince = NEVER;
      this.answerBody?.resume();
    });
  }

  end(): void {
    this.answerBody = null;
    if (this.closed || !this.hasBody) return;
    if (this.announced !== null && this.bytesSent !== this.announced) return this.breakOff();
    this.whole = true;
    this.waits();
    this.stream.end();
  }

  /** A body that broke off must not look whole. */
  fail(): void {
    this.answerBody = null;
    if (!this.over && this.hasBody) this.breakOff();
  }

  private waits(): void {
    if (this.waitingSince === NEVER) this.waitingSince = this.connection.now;
  }

  /** What was written is sent, and the stream asks what shall follow. */
  private endStream(): void {
    if (!this.whole) return;
    this.stream.sendTrailers({});
    setImmediate(() => this.stopUpload());
  }

  /** The client need not send the rest of a body that its answer did not wait for (RFC 9113, 8.1). */
  private stopUpload(): void {
    this.waitingSince = NEVER;
    if (!this.received && !this.closed) this.stream.close(constants.NGHTTP2_NO_ERROR);
  }

  /** Resets the stream, so that the answer cannot be taken for a whole one. */
  breakOff(): void {
    if (this.over) return;
    this.broken = true;
    if (!this.stream.closed) this.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    this.finish();
  }

  /** Ends what is done for the request, and answers it with `error` where its answer has not begun. */
  refuse(error: GatewayError): void {
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
    answerBody?.destroy();
    if (!this.whole) listener?.clientGone();
  }
}
