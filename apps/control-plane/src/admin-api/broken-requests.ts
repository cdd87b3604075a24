import { AwsError } from '@gatehouse/aws-wire';
import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

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

/**
 * Answers what never becomes a request, as the error filter answers the others, and ends the connection. Where an answer would stand in the
 * place of another request's, it ends the connection only.
 */
export class BrokenRequests {
  private readonly latest = new WeakMap<Socket, ServerResponse>();

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
  readonly answer = (error: Error & { code?: string }, socket: Socket): void => {
    // Node.js reports every further piece of what was refused.
    if (socket.writableEnded) return;
    const response = this.latest.get(socket);
    if (!socket.writable || (response && !isNextAnswer(response))) return void socket.destroy();
    socket.end(bytesOf(NODE_ERRORS.get(error.code ?? '') ?? MALFORMED));
    setTimeout(() => socket.destroy(), this.lingerMs).unref();
  };
}

/** Whether the broken request's answer is the next on the connection: what broke is the body of this one, not answered yet, or all were answered. */
function isNextAnswer(latest: ServerResponse): boolean {
  return latest.req.complete ? latest.writableFinished : !latest.headersSent;
}

function bytesOf({ status, type, message }: AwsError): string {
  const body = JSON.stringify({ message });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `date: ${new Date().toUTCString()}`,
    `x-amzn-RequestId: ${randomUUID()}`,
    `x-amzn-ErrorType: ${type}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
