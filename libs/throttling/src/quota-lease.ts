import { DENIAL_MS } from './constants.js';
import { Lease, type LeaseHost } from './lease.js';
import type { QuotaLimit, QuotaPeriod, UsageSubject } from './limiter.js';
import { quotaLimitIn, type QuotaPeriodSpan } from './quota-period.js';
import { quotaKey } from './redis-keys.js';
import type { QuotaAnswer, QuotaAsk } from './redis-limits.js';

export interface QuotaLeaseHost extends LeaseHost {
  /** False while Redis is being refilled: what it holds is too little. */
  readonly complete: boolean;
  /** Number of the UTC day by Redis's clock. */
  readonly day: number;
  /** Counts the times that Redis may have lost what it was told. */
  readonly incarnation: number;
  /** The current period of that length, by Redis's clock. */
  currentPeriod(period: QuotaPeriod): QuotaPeriodSpan;
  askQuota(lease: QuotaLease, urgent: boolean): void;
}

/** A lease of one key's quota under one usage plan, in the current period. */
export class QuotaLease extends Lease {
  private day = -1;
  private period: QuotaPeriodSpan | undefined;
  private limit = 0;
  /** What this process used in the period up to `admittedThen`; null when only Redis knows (the lease was forgotten and made again). */
  private usedThen: number | null = null;
  private countedFrom = 0;
  /** What Redis counts for this process: used and leased. */
  private counted = 0;
  /** What the other processes held, as last heard. */
  private others = 0;
  /** What this process may still admit by itself while Redis is away. */
  private localLeft: number | null = null;
  /** The host's incarnation when Redis last answered. */
  private toldIn = -1;
  /** The question that is open, and what had been used when it was put. */
  private asked: { want: number; used: number; admitted: number; start: string } | null = null;

  constructor(
    private readonly subject: UsageSubject,
    private quota: QuotaLimit,
    protected override readonly host: QuotaLeaseHost,
  ) {
    super(host);
    this.enterPeriod();
  }

  /** Acts on a changed quota of the same period, and on a new day, from the next request on. */
  keepUp(quota: QuotaLimit): void {
    const { limit, offset, quotaStart } = this.quota;
    const same = limit === quota.limit && offset === quota.offset && quotaStart === quota.quotaStart;
    if (same && this.day === this.host.day) return;
    this.quota = quota;
    this.enterPeriod();
  }

  /** The question that goes to Redis now. Requests that were admitted before Redis told what it holds are reported first, without a wish. */
  question(): QuotaAsk {
    const used = this.used;
    const unknown = this.usedThen === null;
    const want = unknown && used > 0 ? 0 : this.tokens + this.tokensWanted();
    const period = this.period!;
    const { start, from, to } = period;
    this.asked = { want, used, admitted: this.admitted, start };
    return { key: quotaKey(this.subject, period), from, to, limit: this.limit, used: unknown ? null : used, want };
  }

  answer({ current, granted, used, total }: QuotaAnswer): void {
    const asked = this.asked!;
    this.asked = null;
    if (!current || asked.start !== this.period!.start) {
      if (this.day !== this.host.day) this.enterPeriod();
      return this.receive(0, 0, 0);
    }
    // What this process used is not to be learned from a Redis that does not know it again yet.
    if (this.usedThen === null && !this.host.complete) {
      this.decideLocally();
      return this.receive(0, 0, 0);
    }
    const learned = this.usedThen === null;
    this.usedThen = learned ? used + this.used : this.used;
    this.countedFrom = this.admitted;
    this.counted = used + granted;
    this.toldIn = this.host.incarnation;
    this.others = total - used - granted;
    if (this.host.complete) this.localLeft = null;
    const usedSince = this.admitted - asked.admitted;
    const held = Math.max(0, granted - usedSince);
    const wanted = asked.want - usedSince;
    this.tokens = 0;
    if (!this.host.complete) {
      this.decideLocally();
      return this.receive(0, 0, 0);
    }
    this.receive(wanted, held, this.left === 0 ? DENIAL_MS : 0);
    // What was admitted before is added to what was learned.
    if (learned) this.report();
  }

  /** Tells Redis what it does not know yet. */
  report(): void {
    if (!this.settled) this.ask();
  }

  protected get shared(): boolean {
    return this.host.near && this.host.complete;
  }

  /** True when Redis counts exactly what this process used and holds, and cannot have lost it since. */
  get settled(): boolean {
    if (this.usedThen === null) return this.used === 0;
    return this.used + this.tokens === this.counted && this.toldIn === this.host.incarnation;
  }

  protected enqueue(urgent: boolean): void {
    this.host.askQuota(this, urgent);
  }

  /** So small a part of what is left that the last requests of a quota are never stuck in another gateway's lease for long. */
  protected largestLease(): number {
    return this.left / (10 * this.host.holders());
  }

  /** The next question names fewer tokens; nothing else is needed. */
  protected returnTokens(): void {
    return;
  }

  protected takeLocally(): boolean {
    this.localLeft ??= Math.floor(this.left / this.host.holders());
    if (this.localLeft < 1) return false;
    this.localLeft -= 1;
    this.admitted += 1;
    return true;
  }

  private get used(): number {
    return (this.usedThen ?? 0) + this.admitted - this.countedFrom;
  }

  private get left(): number {
    return Math.max(0, this.limit - this.others - this.used);
  }

  private enterPeriod(): void {
    const before = this.period?.start;
    this.period = this.host.currentPeriod(this.quota.period);
    this.day = this.host.day;
    this.limit = quotaLimitIn(this.period.start, this.quota);
    this.localLeft = null;
    this.startAnew();
    if (this.period.start === before) return;
    this.usedThen = null;
    this.countedFrom = this.admitted;
    this.counted = 0;
    this.others = 0;
  }
}
