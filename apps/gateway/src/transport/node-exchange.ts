import {
  NO_BODY,
  parseRequestTarget,
  StreamedBody,
  type AbortListener,
  type BodySink,
  type BodyStream,
  type GatewayRequest,
  type GatewayResponse,
  type RequestBody,
  type RequestTarget,
  type Responder,
} from '@gatehouse/pipeline';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { NodeBody } from './node-body.js';

/** What an exchange needs of the server that it came by. */
export interface ExchangeHost {
  /** Once true, every answer closes its connection. */
  readonly draining: boolean;
  /** Milliseconds that a client may take nothing of its answer. */
  readonly writeTimeout: number;
}

/** After its answer a client that still sends its body is listened to for this long: cut off at once it might never read the answer. */
const LINGER = 2_000;

/** One request of node:http as the pipeline knows it, and the way back for its answer. */
export class NodeExchange implements GatewayRequest, Responder, BodySink {
  readonly method: string;
  readonly rawTarget: string;
  readonly target: RequestTarget | null;
  readonly headers: readonly string[];
  readonly host: string;
  readonly remoteAddress: string;
  readonly localPort: number;
  readonly protocol: string;
  readonly secure = false;
  readonly connectionOptions: readonly string[] = [];
  readonly body: RequestBody;
  /** Bytes of the answer's body that were handed to the connection. */
  bytesSent = 0;
  private listener: AbortListener | null = null;
  private gone = false;
  private answerBody: BodyStream | null = null;
  private awaitsContinue: boolean;
  /** The client takes no more for now. */
  private waiting = false;
  /** Whether bytes follow the head of the answer. */
  private hasBody = true;
  /** Bytes of the answer's body that its head announces; null when it does not, or none follow it. */
  private announced: number | null = null;

  constructor(
    private readonly message: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly server: ExchangeHost,
    expectsContinue: boolean,
  ) {
    this.method = message.method ?? '';
    this.rawTarget = message.url ?? '';
    this.headers = message.rawHeaders;
    this.protocol = `HTTP/${message.httpVersion}`;
    this.awaitsContinue = expectsContinue;
    // Read now: a connection that is gone has forgotten them.
    const { remoteAddress = '', localPort = 0 } = message.socket;
    this.remoteAddress = remoteAddress.startsWith('::ffff:') ? remoteAddress.slice('::ffff:'.length) : remoteAddress;
    this.localPort = localPort;
    const facts = readHeaders(this.headers);
    const target = facts.contradictory ? null : parseRequestTarget(this.rawTarget);
    this.target = target;
    this.host = withoutPort(target?.authority ?? facts.host);
    const length = facts.chunked ? null : facts.contentLength;
    this.body = length === 0 ? NO_BODY : new StreamedBody(new NodeBody(message, () => this.sendContinue()), length);
  }

  onAbort(listener: AbortListener | null): void {
    this.listener = listener;
    if (this.gone) listener?.clientGone();
  }

  /** The connection is done with this exchange. Answers whether the client left before it had everything. */
  closed(): boolean {
    const aborted = !this.response.writableFinished;
    if (aborted) this.abandon();
    else this.gone = true;
    return aborted;
  }

  /** Whether the head of the answer is written. */
  get begun(): boolean {
    return this.response.headersSent;
  }

  /** Something else was or will be said on the connection: no answer of this exchange may follow. */
  abandon(): void {
    this.gone = true;
    this.answerBody?.destroy();
    this.answerBody = null;
    this.listener?.clientGone();
  }

  private sendContinue(): void {
    if (!this.awaitsContinue) return;
    this.awaitsContinue = false;
    this.response.writeContinue();
  }

  respond({ status, headers, body, length }: GatewayResponse): void {
    const streamed = body !== null && !Buffer.isBuffer(body) ? body : null;
    if (this.gone) {
      streamed?.destroy();
      return;
    }
    const head = headers.slice();
    const lengthless = status === 204 || status === 304;
    if (length !== null && !lengthless) head.push('Content-Length', String(length));
    this.hasBody = !lengthless && this.method !== 'HEAD';
    if (this.hasBody) this.announced = length;
    // A client that was not told to go on may send its body or not: nobody knows where its next request would begin.
    if (this.server.draining || this.awaitsContinue) head.push('Connection', 'close');
    try {
      this.response.writeHead(status, head);
    } catch {
      // A status or header that cannot be written.
      streamed?.destroy();
      this.breakConnection();
      return;
    }
    if (!this.message.complete) this.linger();
    if (streamed === null) {
      this.bytesSent = Buffer.isBuffer(body) && this.hasBody ? body.length : 0;
      if (this.announced !== null && this.announced !== this.bytesSent) return this.breakConnection();
      this.response.end(body ?? undefined);
      return;
    }
    this.answerBody = streamed;
    streamed.start(this);
  }

  data(chunk: Buffer): void {
    if (this.gone || !this.hasBody) return;
    this.bytesSent += chunk.length;
    if (this.announced !== null && this.bytesSent > this.announced) return this.breakConnection();
    if (this.response.write(chunk) || this.waiting) return;
    this.waiting = true;
    this.answerBody?.pause();
    const { socket } = this.message;
    socket.setTimeout(this.server.writeTimeout);
    this.response.once('drain', () => {
      this.waiting = false;
      socket.setTimeout(0);
      this.answerBody?.resume();
    });
  }

  end(): void {
    if (this.gone) return;
    // What comes next on the connection would be taken for the rest of this body.
    if (this.announced !== null && this.announced !== this.bytesSent) return this.breakConnection();
    this.response.end();
  }

  /** A body that broke off must not look whole: the connection is reset. */
  fail(): void {
    this.breakConnection();
  }

  private breakConnection(): void {
    this.message.socket.resetAndDestroy();
  }

  private linger(): void {
    const { message } = this;
    this.response.once('finish', () => {
      if (message.complete) return;
      const timer = setTimeout((socket: Socket) => socket.destroy(), LINGER, message.socket);
      message.once('end', () => clearTimeout(timer));
      message.once('close', () => clearTimeout(timer));
    });
  }
}

interface HeaderFacts {
  host: string;
  chunked: boolean;
  contentLength: number;
  contradictory: boolean;
}

/** What the transport itself reads of the headers. */
function readHeaders(headers: readonly string[]): HeaderFacts {
  const facts: HeaderFacts = { host: '', chunked: false, contentLength: 0, contradictory: false };
  let hosts = 0;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') {
      facts.host = headers[i + 1] as string;
      hosts++;
    } else if (name.length === 14 && name.toLowerCase() === 'content-length') facts.contentLength = Number(headers[i + 1]);
    else if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') facts.chunked = true;
  }
  facts.contradictory = hosts > 1;
  return facts;
}

/** Host in lower case, without port. */
function withoutPort(authority: string): string {
  const colon = authority.lastIndexOf(':');
  const host = colon > authority.lastIndexOf(']') ? authority.slice(0, colon) : authority;
  return host.toLowerCase();
}
