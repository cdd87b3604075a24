import { AwsError } from '@gatehouse/aws-wire';
import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** What Node.js says of bytes that it cannot make a request of. Everything else is HTTP that is not well-formed. Source: Node.js's `clientError`. */
const NODE_ERRORS = new Map([
  ['HPE_HEADER_OVERFLOW', new AwsError('RequestHeadTooLargeException', 'Request line and headers are larger than 16 KB')],
  [
    'HPE_CHUNK_EXTENSIONS_OVERFLOW',
    new AwsError('RequestTooLargeException', 'The chunk extensions of the request are too large'),
  ],
  ['ERR_HTTP_REQUEST_TIMEOUT', new AwsError('RequestTimeoutException', 'The request was not complete in time')],
]);
const MALFORMED = new AwsError('BadRequestException', 'The request is not well-formed HTTP');
const TUNNEL = new AwsError('BadRequestException', 'The method CONNECT is not supported');
const EXPECTATION = new AwsError('ExpectationFailedException', 'The request expects what is not supported');

/**
 * Answers what never becomes a request, as the error filter answers the others, and ends the connection. Answers to requests before it go
 * first; where an answer would stand in the place of another one that has begun, it ends the connection only.
 */
export class BrokenRequests {
  private readonly latest = new WeakMap<Duplex, ServerResponse>();
  private readonly refused = new WeakSet<Duplex>();

  /**
   * What the client still sends within `lingerMs` is thrown away: a connection that is closed at once takes the answer with it before the
   * client reads it.
   */
  constructor(private readonly lingerMs: number) {}

  /** To be told of every request that is one. */
  sawRequest(response: ServerResponse): void {
    this.latest.set(response.req.socket, response);
  }

  /** For Node.js's `clientError`. */
  readonly answer = (error: Error & { code?: string }, socket: Duplex): void => {
    this.refuse(socket, NODE_ERRORS.get(error.code ?? '') ?? MALFORMED);
  };

  /** For Node.js's `connect`, after which it looks after the socket no more. */
  readonly refuseTunnel = (_request: IncomingMessage, socket: Duplex): void => {
    socket.on('error', () => socket.destroy());
    socket.resume();
    this.refuse(socket, TUNNEL);
  };

  /** For Node.js's `checkExpectation`: of what a client may expect, only that it may continue is known. */
  readonly refuseExpectation = (_request: IncomingMessage, response: ServerResponse): void => {
    this.sawRequest(response);
    const { headers, body } = answerOf(EXPECTATION);
    response.writeHead(EXPECTATION.status, headers).end(body);
  };

  private refuse(socket: Duplex, error: AwsError): void {
    // Node.js reports every further piece of what was refused.
    if (this.refused.has(socket)) return;
    this.refused.add(socket);
    const response = this.latest.get(socket);
    if (!socket.writable) return void socket.destroy();
    if (!response) return this.end(socket, error);
    if (!response.req.complete) {
      // What broke is the body of this one.
      if (response.headersSent) socket.destroy();
      else this.end(socket, error);
    } else if (response.writableFinished) this.end(socket, error);
    else response.once('finish', () => this.end(socket, error));
  }

  /** An answer before it may have ended the connection. */
  private end(socket: Duplex, error: AwsError): void {
    if (socket.writable) socket.end(bytesOf(error));
    setTimeout(() => socket.destroy(), this.lingerMs).unref();
  }
}

function answerOf({ type, message }: AwsError): { headers: Record<string, string>; body: string } {
  const body = JSON.stringify({ message });
  const headers = {
    date: new Date().toUTCString(),
    'x-amzn-RequestId': randomUUID(),
    'x-amzn-ErrorType': type,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  return { headers, body };
}

function bytesOf(error: AwsError): string {
  const { headers, body } = answerOf(error);
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`, ...fields, '', body].join('\r\n');
}
