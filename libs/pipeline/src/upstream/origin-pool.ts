import { BackendConnection, type ConnectionOwner } from './backend-connection.js';
import { ConnectError } from './connect-error.js';
import { Dialer, type DialerOptions } from './dialer.js';
import type { PooledCall } from './pooled-call.js';
import { Reachability } from './reachability.js';
import type { ConnectionTerms } from './upstream.js';
import { WaitingCalls } from './waiting-calls.js';

export interface OriginPoolOptions extends DialerOptions {
  /** Most connections to one origin; more requests wait for one of them. */
  readonly connectionsPerOrigin: number;
  /** Most requests to one origin that wait while there are so many; one more fails as `overloaded`. */
  readonly waitingPerOrigin: number;
  /** Milliseconds that an idle connection is kept. */
  readonly keepAliveTimeout: number;
  /** Milliseconds that one call may take on its connection, up to the end of its answer. */
  readonly totalTimeout: number;
}

/**
 * The connections to one origin. A call takes the connection that became idle last, so that the others grow old and go; where none is idle it waits, and a
 * new one is made for those who wait, up to the bound. The first who waits takes what comes first, a new connection or one that becomes free.
 */
export class OriginPool implements ConnectionOwner {
  /** A call has come since somebody last set this to false. */
  used = true;
  /** As a Host header names it. */
  readonly host: string;
  clock: number;
  readonly keepAliveTimeout: number;
  readonly totalTimeout: number;
  private readonly dialer: Dialer;
  private readonly reachability = new Reachability();
  /** Never any while somebody waits. */
  private readonly idle: BackendConnection[] = [];
  private readonly connections = new Set<BackendConnection>();
  private readonly waiting = new WaitingCalls();
  private connecting = 0;
  /** Calls for whom a connection of their own is being made, because they are sent once more. */
  private repeating = 0;
  /** Addresses that connections may stay connected to. */
  private addresses = '';
  private closed: (() => void) | null = null;

  constructor(
    { origin, insecureSkipVerification, clientCertificate, via }: ConnectionTerms,
    private readonly options: OriginPoolOptions,
    now: number,
  ) {
    const url = new URL(origin);
    const secure = url.protocol === 'https:';
    const serverName = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const target = {
      host: via?.host ?? serverName,
      port: via?.port ?? (url.port === '' ? (secure ? 443 : 80) : Number(url.port)),
      secure,
      serverName,
      isTrusted: via !== undefined,
      insecureSkipVerification,
      clientCertificate: clientCertificate?.context,
    };
    this.host = url.host;
    this.dialer = new Dialer(target, options);
    this.clock = now;
    this.keepAliveTimeout = options.keepAliveTimeout;
    this.totalTimeout = options.totalTimeout;
  }

  /** Sends a call, at once or when there is a connection for it; or fails it. */
  take(call: PooledCall): void {
    this.used = true;
    let connection: BackendConnection | undefined;
    while ((connection = this.idle.pop()) !== undefined) if (connection.usable) return connection.begin(call);
    this.line(call);
  }

  /** Nobody has had to do with this origin for a while. */
  get unused(): boolean {
    return !this.used && this.connections.size + this.connecting + this.waiting.size === 0;
  }

  /** Closes what has been idle for too long, ends what takes too long. Called every `SWEEP_INTERVAL`, with the time in milliseconds. */
  sweep(now: number): void {
    this.clock = now;
    for (const connection of this.connections) connection.sweep();
  }

  /** Connections are open, and whether their addresses are still the origin's has not been asked for a while. */
  isDue(now: number): boolean {
    return this.connections.size > 0 && this.dialer.isDue(now);
  }

  /** Asks for the origin's addresses; connections to others are not used again. */
  async refresh(): Promise<void> {
    await this.dialer.look().catch(() => undefined);
    this.keepAddresses();
  }

  /** Lets the calls under way and those that wait end. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.closed = () => {
        this.dialer.cancel();
        resolve();
      };
      for (const connection of this.idle.splice(0)) connection.close();
      this.endIfDone();
    });
  }

  released(connection: BackendConnection): void {
    const call = this.waiting.shift();
    if (call !== null) connection.begin(call);
    else if (this.closed !== null || !connection.rest()) connection.close();
    else this.idle.push(connection);
  }

  gone(connection: BackendConnection, repeat: PooledCall | null): void {
    this.connections.delete(connection);
    const place = this.idle.lastIndexOf(connection);
    if (place >= 0) this.idle.splice(place, 1);
    // Before the others: the place that has become free is its own.
    if (repeat !== null) {
      if (this.mayTry(performance.now())) void this.connect(repeat);
      else this.refuse(repeat);
    }
    this.serve();
  }

  private line(call: PooledCall): void {
    if (!this.hasRoom && this.waiting.size - this.expected >= this.options.waitingPerOrigin) return call.fail('overloaded');
    if (!this.mayTry(performance.now())) return this.refuse(call);
    this.waiting.add(call);
    this.serve();
  }

  private get hasRoom(): boolean {
    return this.connections.size + this.connecting < this.options.connectionsPerOrigin;
  }

  /** Connections that are being made for those who wait. */
  private get expected(): number {
    return this.connecting - this.repeating;
  }

  /** An origin that is down is left alone for a while. As long as anything is connected to it, it is not down. */
  private mayTry(now: number): boolean {
    return this.connections.size > 0 || this.reachability.mayTry(now);
  }

  private refuse(call: PooledCall): void {
    call.fail('network', this.reachability.lastError);
  }

  /** Makes connections for those who wait. Where none is to be made and none is there, they need not wait. */
  private serve(): void {
    if (this.waiting.size > this.expected) {
      const now = performance.now();
      while (this.waiting.size > this.expected && this.hasRoom && this.mayTry(now)) void this.connect(null);
    }
    if (this.connections.size + this.connecting === 0) {
      for (let call = this.waiting.shift(); call !== null; call = this.waiting.shift()) this.refuse(call);
    }
    this.endIfDone();
  }

  /** Makes a connection, for a call of which no other connection will do, or for those who wait. */
  private async connect(repeated: PooledCall | null): Promise<void> {
    const probe = this.reachability.begin(performance.now());
    this.connecting++;
    if (repeated !== null) this.repeating++;
    let connection: BackendConnection | null = null;
    let failure: ConnectError | null = null;
    try {
      const { wire, address } = await this.dialer.connect();
      this.reachability.succeeded();
      connection = new BackendConnection(wire, address, this);
      this.connections.add(connection);
    } catch (error) {
      failure = ConnectError.of(error as Error);
      if (failure.failure === 'network') this.reachability.failed(performance.now(), probe, failure);
    }
    this.connecting--;
    if (repeated !== null) this.repeating--;
    // Each attempt is made for one call, and takes one with it.
    if (failure !== null) (repeated ?? this.waiting.shift())?.fail(failure.failure, failure);
    if (connection !== null) this.use(connection, repeated);
    this.serve();
  }

  private use(connection: BackendConnection, repeated: PooledCall | null): void {
    this.keepAddresses();
    // The name led elsewhere by the time that it was there: those who wait get another.
    if (!connection.usable) repeated?.fail('network');
    else if (repeated === null || repeated.over) this.released(connection);
    else connection.begin(repeated);
  }

  private keepAddresses(): void {
    const { addresses } = this.dialer;
    const text = addresses.join(' ');
    if (text === this.addresses) return;
    this.addresses = text;
    for (const connection of this.connections) if (!addresses.includes(connection.address)) connection.retire();
  }

  private endIfDone(): void {
    if (this.closed !== null && this.connections.size + this.waiting.size + this.repeating === 0) this.closed();
  }
}
