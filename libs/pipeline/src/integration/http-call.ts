import type { Exchange } from '../exchange.js';
import { ERRORS, requestTooLarge, type GatewayError } from '../gateway-response/gateway-error.js';
import type { BodySink, BodyStream } from '../http/body-stream.js';
import type { AbortListener } from '../http/gateway-request.js';
import { BodyTooLarge } from '../http/request-body.js';
import { WatchedBody } from './watched-body.js';
import type { Upstream, UpstreamCall, UpstreamError, UpstreamListener, UpstreamRequest } from '../upstream/upstream.js';

/** The integration of HTTP and HTTP_PROXY: sends `exchange.backendRequest`. */
export function callBackend(timeoutInMillis: number): (exchange: Exchange) => void {
  return (exchange) => {
    const { stage, backendRequest } = exchange;
    if (stage === null || backendRequest === null) throw new Error('the integration request is not made');
    new HttpCall(exchange, backendRequest, stage.services.upstream, timeoutInMillis).send();
  };
}

/** May be sent twice without harm (RFC 9110, 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/**
 * One call of a backend, from its request to the last byte of its answer, which it hands on as a body stream. Its life:
 *
 * 1. `send`. The clock runs for the way to the backend. While the client's body is awaited it stands still, for the transport bounds that; it runs
 *    anew each time that the backend does not take the body. When all is sent it runs once more, up to the head of the answer, whatever comes in
 *    between. From there on it bounds each silence of the backend, but not those that are owed to a slow client.
 * 2. `answered`: the answer goes through the rest of the road; its body flows to whoever starts it.
 * 3. `ended` or `failed`, or `clientGone` at any point. A failure before the answer becomes a gateway response; after it, the body breaks off.
 */
class HttpCall implements UpstreamListener, BodyStream, AbortListener {
  private readonly request: UpstreamRequest;
  private call: UpstreamCall | null = null;
  private sink: BodySink | null = null;
  private timer: NodeJS.Timeout | null = null;
  private phase: 'waiting' | 'answering' | 'over' = 'waiting';
  private paused = false;
  /** The request's body is awaited from the client. */
  private awaitsClient = false;
  private retried = false;

  constructor(
    private readonly exchange: Exchange,
    request: UpstreamRequest,
    private readonly upstream: Upstream,
    private readonly timeoutInMillis: number,
  ) {
    const { body } = request;
    this.request = body === null ? request : { ...request, body: new WatchedBody(body, (awaited) => this.bodyAwaited(awaited)) };
  }

  send(): void {
    this.exchange.integrationStartedAt = performance.now();
    this.timer = setTimeout(silence, this.timeoutInMillis, this);
    this.call = this.upstream.send(this.request, this);
    this.exchange.request.onAbort(this);
  }

  /** The backend said nothing for the time it has. */
  timedOut(): void {
    // Whoever ends the wait starts the clock anew.
    if (this.paused || this.awaitsClient) return;
    this.call?.abort();
    this.breakOff(ERRORS.timedOut);
  }

  private bodyAwaited(awaited: boolean): void {
    if (this.awaitsClient && !awaited) this.timer?.refresh();
    this.awaitsClient = awaited;
  }

  sent(): void {
    if (this.phase === 'waiting') this.timer?.refresh();
  }

  answered(status: number, headers: string[]): void {
    this.timer?.refresh();
    this.phase = 'answering';
    this.exchange.integrationEndedAt = performance.now();
    this.exchange.integrationStatus = status;
    // Nothing follows an answer to HEAD: its length is a promise that only a client which asked by HEAD understands.
    const bodiless = this.request.method === 'HEAD' && this.exchange.request.method !== 'HEAD';
    this.exchange.conclude({ status, headers, body: this, length: bodiless ? 0 : bodyLength(status, headers) });
  }

  data(chunk: Buffer): void {
    if (this.phase === 'over') return;
    this.timer?.refresh();
    this.sink?.data(chunk);
  }

  ended(): void {
    if (this.finish()) this.sink?.end();
  }

  failed(error: UpstreamError): void {
    if (this.phase === 'over') return;
    if (this.phase === 'waiting' && this.mayRetry(error)) {
      this.retried = true;
      this.call = this.upstream.send(this.request, this);
      return;
    }
    this.breakOff(this.errorFor(error), error);
  }

  private mayRetry({ failure }: UpstreamError): boolean {
    const { method, body } = this.request;
    return failure === 'stale-connection' && !this.retried && body === null && IDEMPOTENT.has(method);
  }

  private errorFor(error: UpstreamError): GatewayError {
    switch (error.failure) {
      case 'network':
      case 'stale-connection':
        return ERRORS.unreachable;
      case 'overloaded':
        return ERRORS.overloaded;
      case 'refused-target':
        return ERRORS.refusedEndpoint;
      case 'protocol':
        return ERRORS.badAnswer;
      case 'request-body':
        if (!(error.cause instanceof BodyTooLarge)) return ERRORS.clientBroke;
        return requestTooLarge(this.exchange.stage?.services.bodyLimit ?? 0);
      default:
        return error.failure satisfies never;
    }
  }

  private breakOff(reason: GatewayError, cause?: Error): void {
    const { phase } = this;
    if (!this.finish()) return;
    const error = cause === undefined ? reason : { ...reason, reason: `${reason.reason}: ${describe(cause)}` };
    if (phase === 'waiting') {
      this.exchange.integrationEndedAt = performance.now();
      return this.exchange.fail(error);
    }
    this.exchange.error = error;
    this.sink?.fail(new Error(error.reason));
  }

  /** Ends the call's life; false when it was over already. */
  private finish(): boolean {
    if (this.phase === 'over') return false;
    this.phase = 'over';
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.exchange.request.onAbort(null);
    return true;
  }

  clientGone(): void {
    this.destroy();
  }

  start(sink: BodySink): void {
    this.sink = sink;
  }
  pause(): void {
    if (this.phase === 'over') return;
    this.paused = true;
    this.call?.pause();
  }
  resume(): void {
    if (this.phase === 'over') return;
    this.paused = false;
    this.timer?.refresh();
    this.call?.resume();
  }
  destroy(): void {
    if (this.finish()) this.call?.abort();
  }
}

function silence(call: HttpCall): void {
  call.timedOut();
}

/** What an error of the network says of itself: a code where it has one. */
function describe(error: Error): string {
  const cause = (error.cause ?? error) as Error & { code?: unknown };
  return typeof cause.code === 'string' ? cause.code : cause.message;
}

/** Bytes of the answer's body that the headers announce; null when they do not. */
function bodyLength(status: number, headers: readonly string[]): number | null {
  if (status === 204 || status === 304) return 0;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (name.length === 14 && name.toLowerCase() === 'content-length') return Number(headers[i + 1]);
  }
  return null;
}
