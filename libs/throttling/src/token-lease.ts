import { DENIAL_MS, LEASE_USE_MS } from './constants.js';
import { Lease, type LeaseHost } from './lease.js';
import type { ThrottleLimit } from './limiter.js';
import type { TokenAnswer, TokenAsk } from './redis-limits.js';

export interface TokenLeaseHost extends LeaseHost {
  askTokens(lease: TokenLease, urgent: boolean): void;
}

/** This process's own bucket while Redis is away. */
interface LocalBucket {
  level: number;
  /** performance.now() at which `level` was true. */
  at: number;
  admitted: number;
}

/** How long tokens gather before an empty bucket is asked again, where its size allows: saves round trips under overload. */
const GATHER_MS = 2;

/** A lease of one shared token bucket. */
export class TokenLease extends Lease {
  /** Tokens to return with the next question. */
  private back = 0;
  /** Tokens admitted while Redis was away, which the bucket must still pay. */
  private owed = 0;
  /** The question that is open. */
  private asked: TokenAsk | null = null;
  /** What Redis last said was left, and when. */
  private left: { level: number; at: number } | null = null;
  private local: LocalBucket | null = null;

  private rate: number;
  private burst: number;

  constructor(
    private readonly key: string,
    limit: ThrottleLimit,
    protected override readonly host: TokenLeaseHost,
  ) {
    super(host);
    this.rate = limit.rateLimit;
    this.burst = limit.burstLimit;
  }

  /** Acts on a changed limit from the next request on. */
  setLimit({ rateLimit, burstLimit }: ThrottleLimit): void {
    if (rateLimit === this.rate && burstLimit === this.burst) return;
    this.rate = rateLimit;
    this.burst = burstLimit;
    this.back += this.tokens;
    this.local = null;
    this.startAnew();
  }

  /** The question that goes to Redis now. */
  question(): TokenAsk {
    this.settleLocal();
    const { key, rate, burst, back, owed } = this;
    return (this.asked = { key, rate, burst, back, owed, want: this.tokensWanted() });
  }

  answer({ granted, left, nextInMs }: TokenAnswer): void {
    const { want, back, owed } = this.asked!;
    this.asked = null;
    this.back -= back;
    this.owed -= owed;
    this.left = { level: left, at: performance.now() };
    const gather = this.burst >= (this.rate * LEASE_USE_MS) / 1000 ? GATHER_MS : 0;
    this.receive(want, granted, Math.min(DENIAL_MS, Math.max(nextInMs, gather)));
  }

  /** Whether Redis took what went back with the question is not known: returned a second time it would admit too many. */
  override failed(): void {
    this.back -= this.asked?.back ?? 0;
    this.asked = null;
    super.failed();
  }

  protected get shared(): boolean {
    return this.host.near;
  }

  protected get settled(): boolean {
    if (this.local) this.refill(this.local);
    return this.local === null || this.local.level >= this.localSize;
  }

  protected enqueue(urgent: boolean): void {
    this.host.askTokens(this, urgent);
  }

  protected largestLease(): number {
    return Math.min((this.rate * LEASE_USE_MS) / 1000, this.burst / 10);
  }

  protected returnTokens(): void {
    this.back += this.tokens;
  }

  protected takeLocally(): boolean {
    this.local ??= this.openLocal();
    this.refill(this.local);
    if (this.local.level < 1) return false;
    this.local.level -= 1;
    this.local.admitted += 1;
    this.admitted += 1;
    return true;
  }

  /** At least 1, else a small limit spread over many processes would admit nothing at all. */
  private get localSize(): number {
    return Math.max(1, this.burst / this.host.holders());
  }

  private openLocal(): LocalBucket {
    const now = performance.now();
    if (!this.left) return { level: this.localSize, at: now, admitted: 0 };
    const level = Math.min(this.burst, this.left.level + ((now - this.left.at) * this.rate) / 1000);
    return { level: Math.max(0, Math.min(this.localSize, level / this.host.holders() - this.owed)), at: now, admitted: 0 };
  }

  private refill(local: LocalBucket): void {
    const now = performance.now();
    local.level = Math.min(this.localSize, local.level + ((now - local.at) * this.rate) / 1000 / this.host.holders());
    local.at = now;
  }

  /** Redis is back: it must pay what was admitted meanwhile, except for what has flowed in again. */
  private settleLocal(): void {
    if (!this.local) return;
    this.refill(this.local);
    this.owed += Math.min(this.local.admitted, this.localSize - this.local.level);
    this.local = null;
  }
}
