import { requestHeadText } from '@gatehouse/http1';
import type { BodyStream } from '../http/body-stream.js';
import type { BackendConnection } from './backend-connection.js';
import type { SentBody, SentBodyListener } from './sent-body.js';
import {
  UpstreamError,
  type UpstreamCall,
  type UpstreamFailure,
  type UpstreamListener,
  type UpstreamRequest,
} from './upstream.js';
import type { WaitingCalls } from './waiting-calls.js';

/** May be sent twice without harm (RFC 9110, 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);
/** A body belongs to them, so that one of no bytes is announced too (RFC 9110, 8.6). */
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

/** One request to a backend, from the wait for a connection to the end of its answer. */
export class PooledCall implements UpstreamCall, SentBodyListener {
  readonly method: string;
  /** What is to be written first, one character a byte: the head, with the whole body where that was at hand. */
  text: string;
  /** `text` is the whole request. */
  whole: boolean;
  /** The request's body until it has ended, in whichever way. */
  body: BodyStream | null;
  /** Bytes of the body, null when unknown. */
  readonly bodyLength: number | null;
  connection: BackendConnection | null = null;
  /** What a connection has refused of a body that is still coming. */
  refused: SentBody | null = null;
  /** It was failed, answered to the end, or given up. */
  over = false;

  // Its place among those that wait: for `WaitingCalls`.
  before: PooledCall | null = null;
  after: PooledCall | null = null;
  waitsIn: WaitingCalls | null = null;

  /**
   * @param host the origin's, as a Host header names it
   * @throws TypeError for a request that cannot be written
   */
  constructor(
    request: UpstreamRequest,
    readonly listener: UpstreamListener,
    host: string,
  ) {
    this.method = request.method;
    this.body = request.body;
    this.bodyLength = request.bodyLength;
    this.whole = request.body === null;
    this.text = headText(request, host);
  }

  /**
   * Whether the request may be sent once more after the connection that it was sent on ended without a byte of an answer.
   *
   * @param unwritten nothing of it has left this process
   */
  mayRepeat(unwritten: boolean): boolean {
    return unwritten || (this.whole && IDEMPOTENT.has(this.method));
  }

  /** The rest of what was refused waits for a connection: that is not sent yet. */
  bodySent(): void {}
  bodyFailed(error: Error): void {
    this.fail('request-body', error);
  }

  pause(): void {
    this.connection?.pause();
  }
  resume(): void {
    this.connection?.resume();
  }

  abort(): void {
    if (this.over) return;
    this.over = true;
    this.waitsIn?.remove(this);
    this.connection?.abandon();
    this.dropBody();
  }

  /** The answer is complete. */
  end(): void {
    if (this.over) return;
    this.over = true;
    this.dropBody();
    this.listener.ended();
  }

  fail(failure: UpstreamFailure, cause?: Error | null): void {
    if (this.over) return;
    this.over = true;
    this.dropBody();
    this.listener.failed(new UpstreamError(failure, cause ? { cause } : undefined));
  }

  private dropBody(): void {
    const { body } = this;
    this.body = null;
    body?.destroy();
  }
}

function headText({ method, path, headers, lines, body, bodyLength }: UpstreamRequest, host: string): string {
  if (body !== null) {
    if (bodyLength === null) headers.push('Transfer-Encoding', 'chunked');
    else headers.push('Content-Length', String(bodyLength));
  } else if (WITH_BODY.has(method)) headers.push('Content-Length', '0');
  // Host is to be the first (RFC 9110, 7.2).
  if (!hasHost(headers)) headers.unshift('Host', host);
  return requestHeadText(method, path, headers, lines);
}

function hasHost(headers: readonly string[]): boolean {
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') return true;
  }
  return false;
}
