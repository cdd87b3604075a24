import { SYNCHRONOUS_PAYLOAD_BYTES } from '@gatehouse/lambda-contract';
import type { Exchange } from '../exchange.js';
import { ERRORS, explained, internalError, type GatewayError } from '../gateway-response/gateway-error.js';
import type { AbortListener } from '../http/gateway-request.js';
import type { AnswerDraft } from '../rest-pipeline.js';
import type { UpstreamCall, UpstreamError, UpstreamListener, UpstreamRequest } from '../upstream/upstream.js';
import { callDeadlines } from './call-deadlines.js';
import { Deadline } from './deadlines.js';
import { describeFailure } from './describe-failure.js';
import { invocationError } from './invocation-error.js';

/** Lambda itself answers a hundred bytes more at most. Source: its error `Function.ResponseSizeTooLarge`. */
const MOST_ANSWER_BYTES = SYNCHRONOUS_PAYLOAD_BYTES + 1024;

/** How one integration calls its function. */
export interface LambdaCallOptions {
  readonly timeoutInMillis: number;
  /** What a request fails of when Lambda cannot run the function now. */
  readonly unavailable: GatewayError;
}

/**
 * One invocation of a function, from its request to the end of its answer, which is taken whole and then goes through the rest of the road. The clock runs from
 * the request being sent to the end of the answer, as AWS's. A client that goes away ends the call.
 */
export class LambdaCall extends Deadline implements UpstreamListener, AbortListener {
  protected call: UpstreamCall | null = null;
  protected phase: 'waiting' | 'answering' | 'over' = 'waiting';
  private status = 0;
  private headers: string[] = [];
  private chunks: Buffer[] = [];
  private size = 0;

  constructor(
    protected readonly exchange: Exchange,
    protected readonly options: LambdaCallOptions,
  ) {
    super();
  }

  send(request: UpstreamRequest): void {
    const { exchange } = this;
    const lambda = exchange.stage?.services.lambda;
    if (!lambda) throw new Error('there is nothing that runs functions');
    exchange.integrationStartedAt = performance.now();
    this.startClock();
    exchange.request.onAbort(this);
    // The client may have gone already.
    if (this.isOpen) this.call = lambda.upstream.send(request, this);
  }

  protected get isOpen(): boolean {
    return this.phase !== 'over';
  }

  protected startClock(): void {
    callDeadlines.set(this, performance.now(), this.options.timeoutInMillis);
  }

  passed(): void {
    this.breakOff(ERRORS.timedOut);
  }

  sent(): void {
    if (this.isOpen && this.call !== null) this.startClock();
  }

  /** All of the body is at hand. */
  bodyAwaited(): void {}

  answered(status: number, headers: string[], length: number | null): void {
    if (!this.isOpen) return;
    this.status = status;
    this.headers = headers;
    this.exchange.integrationStatus = status;
    this.exchange.endpointHeaders = headers;
    if (length !== null && length > MOST_ANSWER_BYTES) this.breakOff(this.notUnderstood('an answer that is too long'));
  }

  data(chunk: Buffer): void {
    if (!this.isOpen) return;
    this.size += chunk.length;
    if (this.size > MOST_ANSWER_BYTES) this.breakOff(this.notUnderstood('an answer that is too long'));
    else this.chunks.push(Buffer.from(chunk));
  }

  ended(): void {
    if (!this.isOpen) return;
    const { status, headers, chunks } = this;
    const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    if (codes(headers)) return this.breakOff(this.notUnderstood('an answer with a content coding'));
    if (status < 200 || status > 299) return this.breakOff(invocationError(status, body, this.options.unavailable));
    this.finish();
    this.conclude({ status, headers, body, length: body.length });
  }

  failed(error: UpstreamError): void {
    this.breakOff(this.errorFor(error));
  }

  protected notUnderstood(details: string): GatewayError {
    return explained(this.options.unavailable, details);
  }

  protected conclude(draft: AnswerDraft): void {
    const { exchange } = this;
    exchange.integrationEndedAt = performance.now();
    try {
      exchange.conclude(draft);
    } catch (error) {
      this.breakOff(internalError(error));
      exchange.fail(internalError(error));
    }
  }

  private errorFor(error: UpstreamError): GatewayError {
    switch (error.failure) {
      case 'network':
      case 'stale-connection':
      case 'protocol':
        return this.notUnderstood(describeFailure(error));
      case 'overloaded':
        return ERRORS.overloaded;
      case 'timed-out':
        return ERRORS.timedOut;
      case 'refused-target':
        return ERRORS.refusedEndpoint;
      case 'request-body':
        return internalError(error);
      default:
        return error.failure satisfies never;
    }
  }

  /** Gives the call up, and ends the request with `error` where its answer has not begun. */
  protected breakOff(error: GatewayError): void {
    const { exchange } = this;
    if (!this.finish()) return;
    this.call?.abort();
    exchange.integrationEndedAt ??= performance.now();
    exchange.fail(error);
  }

  /** Ends the call's life; false when it was over already. */
  protected finish(): boolean {
    if (this.phase === 'over') return false;
    this.phase = 'over';
    this.chunks = [];
    callDeadlines.clear(this);
    this.exchange.request.onAbort(null);
    return true;
  }

  clientGone(): void {
    if (this.finish()) this.call?.abort();
  }
}

function codes(headers: readonly string[]): boolean {
  return headers.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'content-encoding' && headers[i + 1] !== 'identity');
}
