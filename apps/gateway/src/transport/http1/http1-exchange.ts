import { chunkStart, LAST_CHUNK, responseHeadText, type RequestHead, type TurnWriter } from '@gatehouse/http1';
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
import type { Peer } from '../connection-host.js';
import { DiscardedBody } from '../discarded-body.js';
import { hostName } from '../host-name.js';
import type { IncomingBody } from './incoming-body.js';

/** What an exchange needs of the connection that it came by. */
export interface ExchangeConnection {
  /** Who sent a request with these headers. */
  clientOf(headers: readonly string[]): Peer;
  readonly writer: TurnWriter;
  /**
   * The answer begins. Answers with the lines that its headers end with. `ends`: the connection has to end with it.
   */
  lastLines(ends: boolean): string;
  /** The whole answer is written. */
  answered(exchange: Http1Exchange): void;
  /** Ends the connection so that the answer cannot be taken for a whole one. */
  breakOff(): void;
}

/** How the body of an answer is told from what follows it. */
type AnswerFraming =
  /** None follows the head. */
  'none' | 'length' | 'chunked' | 'until-close';

/**
 * One request over HTTP/1.1 as the pipeline knows it, and the way back for its answer:
 *
 * 1. `respond` begins the answer; a streamed body comes by `data`, `end` and `fail`. All that is there within one turn goes out in one write.
 * 2. When the answer is `whole`, or the connection has ended before, `finish` cuts it off from its connection: whoever still holds it does no harm.
 */
export class Http1Exchange implements GatewayRequest, Responder, BodySink {
  readonly method: string;
  readonly rawTarget: string;
  readonly target: RequestTarget | null;
  readonly headers: readonly string[];
  readonly host: string;
  readonly remoteAddress: string;
  readonly localPort: number;
  readonly secure: boolean;
  readonly tls: TlsSession | undefined;
  readonly protocol: string;
  readonly connectionOptions: readonly string[];
  readonly body: RequestBody;
  /** The request as the pipeline keeps it; null until that has taken it. */
  taken: Exchange | null = null;
  /** Bytes of the answer's body that were handed to the connection. */
  bytesSent = 0;
  /** The head of the answer is written. */
  begun = false;
  /** All of the answer is written. */
  whole = false;
  private over = false;
  private listener: AbortListener | null = null;
  private answerBody: BodyStream | null = null;
  private framing: AnswerFraming = 'none';
  /** Bytes of the answer's body that its head announces, where its framing is by length. */
  private announced = 0;
  /** The client takes no more for now. */
  private stalled = false;

  constructor(
    head: RequestHead,
    incoming: IncomingBody | null,
    private readonly connection: ExchangeConnection,
  ) {
    const { framing } = head;
    const client = connection.clientOf(head.headers);
    this.method = head.method;
    this.rawTarget = head.target;
    this.protocol = head.minorVersion === 1 ? 'HTTP/1.1' : 'HTTP/1.0';
    this.connectionOptions = head.connectionOptions;
    this.remoteAddress = client.address;
    this.localPort = client.localPort;
    this.secure = client.secure;
    this.tls = client.tls;
    const target = parseRequestTarget(head.target);
    this.target = target;
    this.headers = target?.authority ? withHost(head.headers, target.authority) : head.headers;
    this.host = hostName(target?.authority ?? head.host ?? '');
    this.body = incoming === null ? NO_BODY : new StreamedBody(incoming, framing.kind === 'length' ? framing.length : null);
  }

  onAbort(listener: AbortListener | null): void {
    this.listener = listener;
    if (this.over) listener?.clientGone();
  }

  respond({ status, headers, body, length }: GatewayResponse): void {
    const streamed = body === null || Buffer.isBuffer(body) ? null : body;
    if (this.over) return streamed?.destroy();
    const bytes = streamed === null ? ((body ?? NOTHING) as Buffer) : null;
    const announced = bytes !== null && length === null ? bytes.length : length;
    this.framing = this.framingOf(status, announced);
    const head = this.headText(status, headers, announced);
    this.begun = true;
    if (bytes !== null) return this.answerWhole(head, bytes);
    this.answerBody = streamed;
    this.connection.writer.text(head);
    streamed?.start(this.framing === 'none' ? new DiscardedBody(streamed, this) : this);
  }

  private framingOf(status: number, announced: number | null): AnswerFraming {
    if (status === 204 || status === 304 || this.method === 'HEAD') return 'none';
    if (announced !== null) {
      this.announced = announced;
      return 'length';
    }
    return this.protocol === 'HTTP/1.1' ? 'chunked' : 'until-close';
  }

  /** Refuses a status or a header that cannot be written, and an interim status, which would not end the exchange (RFC 9110, 15.2). */
  private headText(status: number, headers: readonly string[], announced: number | null): string {
    if (status < 200) throw new UnwritableAnswer('interim status');
    const { framing } = this;
    let lines = this.connection.lastLines(framing === 'until-close');
    if (framing === 'chunked') lines = `Transfer-Encoding: chunked\r\n${lines}`;
    else if (announced !== null && status !== 204 && status !== 304) lines = `Content-Length: ${announced}\r\n${lines}`;
    try {
      return responseHeadText(status, headers, lines);
    } catch (error) {
      throw new UnwritableAnswer((error as Error).message, { cause: error });
    }
  }

  private answerWhole(head: string, bytes: Buffer): void {
    const { writer } = this.connection;
    if (this.framing !== 'none') {
      // What comes next on the connection would be taken for the rest of this body.
      if (bytes.length !== this.announced) return this.connection.breakOff();
      this.bytesSent = bytes.length;
    }
    writer.text(head);
    if (this.framing !== 'none') writer.bytes(bytes);
    this.ended();
  }

  data(chunk: Buffer): void {
    if (this.over || chunk.length === 0) return;
    const { writer } = this.connection;
    this.bytesSent += chunk.length;
    let taken: boolean;
    if (this.framing === 'chunked') {
      writer.text(chunkStart(chunk.length));
      taken = writer.bytes(chunk);
      writer.text('\r\n');
    } else {
      if (this.framing === 'length' && this.bytesSent > this.announced) return this.connection.breakOff();
      taken = writer.bytes(chunk);
    }
    if (!taken) this.stall();
  }

  end(): void {
    if (this.over) return;
    if (this.framing === 'length' && this.bytesSent !== this.announced) return this.connection.breakOff();
    if (this.framing === 'chunked') this.connection.writer.text(LAST_CHUNK);
    this.answerBody = null;
    this.ended();
  }

  /** A body that broke off must not look whole. */
  fail(): void {
    if (!this.over) this.connection.breakOff();
  }

  private ended(): void {
    this.whole = true;
    this.connection.answered(this);
  }

  /** The client takes no more for now: nor does this exchange. */
  stall(): void {
    const { answerBody } = this;
    // Before there is one nothing can be held back; its first bytes find out by themselves.
    if (answerBody === null) return;
    this.stalled = true;
    // Each time: what it lends is its own again when it was not paused.
    answerBody.pause();
  }

  /** The client has taken everything so far. */
  drained(): void {
    if (!this.stalled) return;
    this.stalled = false;
    this.answerBody?.resume();
  }

  /** Ends what is done for the request and answers it with `error`, where its answer has not begun. */
  refuse(error: GatewayError): void {
    const { listener } = this;
    this.listener = null;
    listener?.clientGone();
    this.taken?.fail(error);
  }

  /** The connection is done with this exchange; what it still does goes nowhere. */
  finish(): void {
    const { listener, answerBody } = this;
    this.over = true;
    this.listener = null;
    this.answerBody = null;
    answerBody?.destroy();
    if (!this.whole) listener?.clientGone();
  }
}

const NOTHING = Buffer.alloc(0);

/** The headers with the authority of the target as their Host: what a client says beside it counts for nothing. RFC 9112, 3.2.2. */
function withHost(headers: readonly string[], authority: string): string[] {
  return headers.map((text, i) => (i % 2 === 1 && headers[i - 1]!.toLowerCase() === 'host' ? authority : text));
}
