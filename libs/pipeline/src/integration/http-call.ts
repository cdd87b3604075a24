import type { Exchange } from '../exchange.js';
import { ERRORS, explained, internalError, requestTooLarge, type GatewayError } from '../gateway-response/gateway-error.js';
import type { BodySink, BodyStream } from '../http/body-stream.js';
import type { AbortListener } from '../http/gateway-request.js';
import { BodyTooLarge } from '../http/request-body.js';
import type { Upstream, UpstreamCall, UpstreamError, UpstreamListener, UpstreamRequest } from '../upstream/upstream.js';
import { collectAnswer } from '../integration-response/collect-answer.js';
import { callDeadlines } from './call-deadlines.js';
import { Deadline } from './deadlines.js';
import { describeFailure } from './describe-failure.js';

const never = () => false;
const upstreamOfBackends = ({ stage }: Exchange): Upstream => {
  if (stage === null) throw new Error('a request to no stage');
  return stage.services.upstream;
};

/**
 * The integration of HTTP and HTTP_PROXY, and of services of AWS: sends `exchange.backendRequest`.
 *
 * @param readsBody whether an answer with this status is taken whole before it goes on
 */
export function callBackend(
  timeoutInMillis: number,
  readsBody: (status: number) => boolean = never,
  upstreamOf: (exchange: Exchange) => Upstream = upstreamOfBackends,
): (exchange: Exchange) => void {
  return (exchange) => {
    const { backendRequest } = exchange;
    if (backendRequest === null) throw new Error('the integration request is not made');
    new HttpCall(exchange, backendRequest, upstreamOf(exchange), timeoutInMillis, readsBody).send();
  };
}

/**
 * One call of a backend, from its request to the last byte of its answer, which it hands on as a body stream. Its life:
 *
 * 1. `send`. The clock runs for the way to the backend. While the client's body is awaited it stands still, for the transport bounds that; it runs
 *    anew each time that the backend does not take the body. When all is sent it runs once more, up to the head of the answer, whatever comes in
 *    between. From there on it bounds each silence of the backend, but not those that are owed to a slow client. (AWS's integration timeout bounds the
 *    whole answer, which AWS takes before it gives any of it; what bounds the whole here is the upstream's own limit.)
 * 2. `answered`: the answer goes through the rest of the road; its body flows to whoever starts it.
 * 3. `ended` or `failed`, or `clientGone` at any point. A failure before the answer becomes a gateway response; after it, the body breaks off.
 */
class HttpCall extends Deadline implements UpstreamListener, BodyStream, AbortListener {
  private call: UpstreamCall | null = null;
  private sink: BodySink | null = null;
  private phase: 'waiting' | 'answering' | 'over' = 'waiting';
  private paused = false;
  /** The request's body is awaited from the client. */
  private awaitsClient = false;

  constructor(
    private readonly exchange: Exchange,
    private readonly request: UpstreamRequest,
    private readonly upstream: Upstream,
    private readonly timeoutInMillis: number,
    private readonly readsBody: (status: number) => boolean,
  ) {
    super();
  }

  send(): void {
    const { exchange, request } = this;
    const now = performance.now();
    exchange.integrationStartedAt = now;
    callDeadlines.set(this, now, this.timeoutInMillis);
    exchange.request.onAbort(this);
    if (this.awaitsAnswer()) this.call = this.upstream.send(request, this);
    // The client has gone already.
    else request.body?.destroy();
  }

  private awaitsAnswer(): boolean {
    return this.phase === 'waiting';
  }

  /** The backend said nothing for the time it has. */
  passed(): void {
    // Whoever ends the wait starts the clock anew.
    if (this.paused || this.awaitsClient) return;
    this.call?.abort();
    this.breakOff(ERRORS.timedOut);
  }

  private startClock(): void {
    callDeadlines.set(this, performance.now(), this.timeoutInMillis);
  }

  bodyAwaited(awaited: boolean): void {
    if (this.phase === 'over') return;
    if (this.awaitsClient && !awaited) this.startClock();
    this.awaitsClient = awaited;
  }

  sent(): void {
    this.awaitsClient = false;
    // Where it went out at once the clock has just begun.
    if (this.phase !== 'over' && this.call !== null) this.startClock();
  }

  answered(status: number, headers: string[], length: number | null): void {
    const { exchange } = this;
    const now = performance.now();
    callDeadlines.set(this, now, this.timeoutInMillis);
    this.phase = 'answering';
    exchange.integrationEndedAt = now;
    exchange.integrationStatus = status;
    // Nothing follows an answer to HEAD: its length is a promise that only a client which asked by HEAD understands.
    const bodiless = this.request.method === 'HEAD' && exchange.request.method !== 'HEAD';
    try {
      const draft = { status, headers, body: this, length: bodiless ? 0 : length };
      if (this.readsBody(status)) collectAnswer(exchange, draft);
      else exchange.conclude(draft);
    } catch (error) {
      this.call?.abort();
      this.breakOff(internalError(error));
    }
  }

  data(chunk: Buffer): void {
    if (this.phase === 'over') return;
    this.startClock();
    this.sink?.data(chunk);
  }

  ended(): void {
    if (this.finish()) this.sink?.end();
  }

  failed(error: UpstreamError): void {
    if (this.phase !== 'over') this.breakOff(this.errorFor(error), error);
  }

  private errorFor(error: UpstreamError): GatewayError {
    switch (error.failure) {
      case 'network':
      case 'stale-connection':
        return ERRORS.unreachable;
      case 'overloaded':
        return ERRORS.overloaded;
      case 'timed-out':
        return ERRORS.timedOut;
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
    const { phase, exchange } = this;
    if (!this.finish()) return;
    const error = cause === undefined ? reason : explained(reason, describeFailure(cause));
    if (phase === 'waiting') exchange.integrationEndedAt = performance.now();
    if (exchange.status === 0) return exchange.fail(error);
    exchange.error = error;
    this.sink?.fail(new Error(error.reason));
  }

  /** Ends the call's life; false when it was over already. */
  private finish(): boolean {
    if (this.phase === 'over') return false;
    this.phase = 'over';
    callDeadlines.clear(this);
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
    this.startClock();
    this.call?.resume();
  }
  destroy(): void {
    if (this.finish()) this.call?.abort();
  }
}
