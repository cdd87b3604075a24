import type { Wire } from '@gatehouse/http1';
import { Attempt, type AttemptListener, type SessionStore, type Target } from './attempt.js';
import { ConnectError } from './connect-error.js';

/** Milliseconds that an address has for itself before the next is tried beside it (RFC 8305, 8). */
const HEAD_START = 250;

export interface Dialled {
  readonly wire: Wire;
  readonly address: string;
}

/**
 * Connects to the first of several addresses that takes a connection (RFC 8305, 5): they are tried in their order, each a little after the one before,
 * or as soon as that one has failed.
 */
export class Race implements AttemptListener {
  /** Rejects with a `ConnectError`. */
  readonly outcome: Promise<Dialled>;
  private resolve: (dialled: Dialled) => void = () => undefined;
  private reject: (error: ConnectError) => void = () => undefined;
  private readonly running = new Set<Attempt>();
  private next = 0;
  private headStart: NodeJS.Timeout | undefined;
  private readonly deadline: NodeJS.Timeout;

  /**
   * @param timeout milliseconds for all of it
   * @param unreachable told of each address that does not take a connection
   */
  constructor(
    private readonly addresses: readonly string[],
    private readonly target: Target,
    private readonly sessions: SessionStore,
    timeout: number,
    private readonly unreachable: (address: string) => void,
  ) {
    this.outcome = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.deadline = setTimeout(() => this.timedOut(), timeout).unref();
    this.tryNext();
  }

  cancel(): void {
    this.end(new ConnectError('network', 'given up'));
  }

  private tryNext(): void {
    clearTimeout(this.headStart);
    const address = this.addresses[this.next++];
    if (address === undefined) return;
    try {
      this.running.add(new Attempt(address, this.target, this.sessions, this));
    } catch (error) {
      // What cannot even be tried is no fault of the address.
      return this.end(ConnectError.of(error as Error));
    }
    if (this.next < this.addresses.length) this.headStart = setTimeout(() => this.tryNext(), HEAD_START);
  }

  reached(attempt: Attempt): void {
    clearTimeout(this.headStart);
    this.cancelAllBut(attempt);
  }

  ready({ address }: Attempt, wire: Wire): void {
    clearTimeout(this.deadline);
    this.resolve({ wire, address });
  }

  failed(attempt: Attempt, error: ConnectError): void {
    this.running.delete(attempt);
    // What speaks TLS wrongly speaks it wrongly at its other addresses too.
    if (error.failure !== 'network') return this.end(error);
    this.unreachable(attempt.address);
    if (this.next < this.addresses.length) this.tryNext();
    else if (this.running.size === 0) this.end(error);
  }

  private timedOut(): void {
    for (const { address } of this.running) this.unreachable(address);
    this.end(new ConnectError('network', 'ETIMEDOUT'));
  }

  private end(error: ConnectError): void {
    clearTimeout(this.deadline);
    clearTimeout(this.headStart);
    this.cancelAllBut(null);
    this.reject(error);
  }

  private cancelAllBut(winner: Attempt | null): void {
    for (const attempt of this.running) {
      if (attempt === winner) continue;
      this.running.delete(attempt);
      attempt.cancel();
    }
  }
}
