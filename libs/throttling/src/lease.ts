import { LEASE_USE_MS } from './constants.js';

/** What a lease needs of the limiter that holds it. */
export interface LeaseHost {
  /** True while Redis answers in time. */
  readonly near: boolean;
  /** Counts the turns of the background work. */
  readonly turn: number;
  /** Processes that share the limits, at least 1. */
  holders(): number;
  /** The lease holds unused tokens from now on: it must be told to give them back when it is not renewed. */
  hold(lease: Lease): void;
}

/** Shared by all leases for which nobody waits: there may be a million of them. */
const NOBODY: ((admitted: boolean) => void)[] = [];

/**
 * What one process holds of one shared limit. A request takes from it without waiting; it is renewed ahead of need, by as much as recent use
 * suggests; once empty, requests wait for one answer of Redis, which all of them share.
 */
export abstract class Lease {
  /** Turn of the last request. */
  lastUse: number;
  /** Turn of the last grant. */
  heldSince = -1;
  /** Granted and not used yet. */
  protected tokens = 0;
  /** Requests admitted since the lease was made. */
  protected admitted = 0;
  /** Until when "nothing left" is believed (performance.now()). */
  protected deniedUntil = 0;
  private renewAt = -1;
  private asking: 'no' | 'queued' | 'sent' = 'no';
  private givingBack = false;
  private waiting = NOBODY;
  private measuredAt = performance.now();
  private admittedThen = 0;
  private perMs = 0;

  constructor(protected readonly host: LeaseHost) {
    this.lastUse = host.turn;
  }

  /** Takes one token; waits only when the lease is empty. */
  take(): boolean | Promise<boolean> {
    this.lastUse = this.host.turn;
    if (this.tokens === 0) return this.takeFromShared();
    this.tokens -= 1;
    this.admitted += 1;
    if (this.tokens === this.renewAt) this.ask();
    return true;
  }

  /** True when nothing is held, owed or awaited, so that the lease can be forgotten without a trace. */
  get idle(): boolean {
    return this.tokens === 0 && this.asking === 'no' && this.waiting.length === 0 && this.settled;
  }

  /** True while the question waits to be sent. */
  get queued(): boolean {
    return this.asking === 'queued';
  }

  /** The question is sent now. */
  sent(): void {
    this.asking = 'sent';
  }

  /** Lets the requests that wait be decided by this process's share. */
  decideLocally(): void {
    for (const admit of this.stopWaiting()) admit(this.takeLocally());
  }

  /** Gives the unused tokens back; what an open question brings in will be held, and given back, anew. */
  giveBack(): void {
    if (this.tokens === 0 || this.asking !== 'no') return;
    this.returnTokens();
    this.tokens = 0;
    this.givingBack = true;
    this.ask();
  }

  /** Redis did not answer what was asked. */
  failed(): void {
    this.asking = 'no';
    this.givingBack = false;
    if (this.tokens > 0) this.host.hold(this);
    this.decideLocally();
  }

  /** Puts the lease into the queue of its kind; ahead of others when it is `urgent`: a request waits. */
  protected abstract enqueue(urgent: boolean): void;
  /** False while decisions are this process's own. */
  protected abstract get shared(): boolean;
  /** True when Redis knows all that this lease did. */
  protected abstract get settled(): boolean;
  /** The most that a lease may hold beyond what waits, in tokens. */
  protected abstract largestLease(): number;
  protected abstract returnTokens(): void;
  /** Decides by this process's share of the limit; counts what it admits. */
  protected abstract takeLocally(): boolean;

  protected ask(): void {
    if (this.asking !== 'no' || !this.host.near) return;
    this.asking = 'queued';
    this.enqueue(this.waiting.length > 0);
  }

  /** How many tokens to ask for: one for each request that waits, and what recent use will need soon. */
  protected tokensWanted(): number {
    const now = performance.now();
    const elapsed = now - this.measuredAt;
    if (elapsed >= LEASE_USE_MS / 2) {
      this.perMs = (this.admitted - this.admittedThen) / elapsed;
      this.measuredAt = now;
      this.admittedThen = this.admitted;
    }
    const ahead = this.givingBack ? 0 : Math.floor(Math.min(this.perMs * LEASE_USE_MS, this.largestLease()));
    return this.waiting.length + (ahead < 2 ? 0 : Math.max(0, ahead - this.tokens));
  }

  /** Takes up an answer: `granted` new tokens of `wanted`; `retryInMs`: when asking again makes sense if that was not all. */
  protected receive(wanted: number, granted: number, retryInMs: number): void {
    this.asking = 'no';
    this.givingBack = false;
    this.tokens += granted;
    const served = this.tokens < this.waiting.length ? this.waiting.splice(0, this.tokens) : this.stopWaiting();
    this.tokens -= served.length;
    this.admitted += served.length;
    for (const admit of served) admit(true);
    if (granted < wanted) {
      this.deniedUntil = performance.now() + retryInMs;
      for (const admit of this.stopWaiting()) admit(false);
    } else if (this.waiting.length > 0) {
      this.ask();
    }
    this.renewAt = this.tokens < 2 ? -1 : Math.floor(this.tokens / 2);
    if (this.tokens > 0) this.host.hold(this);
  }

  /** Forgets what was granted and learned: the limit is another one now. */
  protected startAnew(): void {
    this.tokens = 0;
    this.renewAt = -1;
    this.deniedUntil = 0;
  }

  private stopWaiting() {
    const waiting = this.waiting;
    this.waiting = NOBODY;
    return waiting;
  }

  private takeFromShared(): boolean | Promise<boolean> {
    if (!this.shared) return this.takeLocally();
    if (performance.now() < this.deniedUntil) return false;
    return new Promise((resolve) => {
      if (this.waiting === NOBODY) this.waiting = [];
      this.waiting.push(resolve);
      if (this.queued && this.waiting.length === 1) this.enqueue(true);
      else this.ask();
    });
  }
}
