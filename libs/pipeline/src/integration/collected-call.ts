import type { Upstream, UpstreamCall, UpstreamError, UpstreamListener, UpstreamRequest } from '../upstream/upstream.js';
import { callDeadlines } from './call-deadlines.js';
import { Deadline } from './deadlines.js';

/** An answer as it came. */
export interface CollectedAnswer {
  readonly status: number;
  /** Name, value, name, value ... */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

export interface CollectLimits {
  /** For the whole call. */
  readonly timeoutInMillis: number;
  /** Bytes of the answer's body. */
  readonly mostBytes: number;
}

/** Why there is no answer. */
export class NoAnswer extends Error {
  constructor(
    readonly failure: 'timed-out' | 'too-long' | UpstreamError['failure'],
    options?: ErrorOptions,
  ) {
    super(failure, options);
  }
}

/**
 * Makes a call of the gateway's own and takes its answer whole. It is nobody's in particular: it goes on when the client leaves whose request was the occasion.
 *
 * @throws NoAnswer
 */
export function collect(upstream: Upstream, request: UpstreamRequest, limits: CollectLimits): Promise<CollectedAnswer> {
  return new Promise((resolve, reject) => new CollectedCall(limits, resolve, reject).send(upstream, request));
}

class CollectedCall extends Deadline implements UpstreamListener {
  private call: UpstreamCall | null = null;
  private over = false;
  private status = 0;
  private headers: readonly string[] = [];
  private readonly chunks: Buffer[] = [];
  private size = 0;

  constructor(
    private readonly limits: CollectLimits,
    private readonly resolve: (answer: CollectedAnswer) => void,
    private readonly reject: (reason: NoAnswer) => void,
  ) {
    super();
  }

  send(upstream: Upstream, request: UpstreamRequest): void {
    callDeadlines.set(this, performance.now(), this.limits.timeoutInMillis);
    this.call = upstream.send(request, this);
  }

  passed(): void {
    this.breakOff(new NoAnswer('timed-out'));
  }

  sent(): void {}
  bodyAwaited(): void {}

  answered(status: number, headers: string[], length: number | null): void {
    this.status = status;
    this.headers = headers;
    if (length !== null && length > this.limits.mostBytes) this.breakOff(new NoAnswer('too-long'));
  }

  data(chunk: Buffer): void {
    if (this.over) return;
    this.size += chunk.length;
    if (this.size > this.limits.mostBytes) this.breakOff(new NoAnswer('too-long'));
    else this.chunks.push(Buffer.from(chunk));
  }

  ended(): void {
    if (this.finish()) this.resolve({ status: this.status, headers: this.headers, body: Buffer.concat(this.chunks) });
  }

  failed(error: UpstreamError): void {
    if (this.finish()) this.reject(new NoAnswer(error.failure, { cause: error }));
  }

  private breakOff(reason: NoAnswer): void {
    if (!this.finish()) return;
    this.call?.abort();
    this.reject(reason);
  }

  /** False when it was over already. */
  private finish(): boolean {
    if (this.over) return false;
    this.over = true;
    callDeadlines.clear(this);
    return true;
  }
}
