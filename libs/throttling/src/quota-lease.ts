import { DENIAL_MS } from './constants.js';
import { Lease, type LeaseHost } from './lease.js';
import type { QuotaLimit, UsageSubject } from './limiter.js';
import { quotaLimitIn, quotaPeriodAt, type QuotaPeriodSpan } from './quota-period.js';
import { quotaKey } from './redis-keys.js';
import type { QuotaAnswer, QuotaAsk } from './redis-limits.js';

export interface QuotaLeaseHost extends LeaseHost {
  /** False while Redis is being refilled: what it holds is too little. */
  readonly complete: boolean;
  /** Number of the UTC day by Redis's clock. */
  readonly day: number;
  /** Redis's clock, Unix ms. */
  wall(): number;
  askQuota(lease: QuotaLease): void;
}

/** A lease of one key's quota under one usage plan, in the current period. */
export class QuotaLease extends Lease {
  private day = -1;
  private period!: QuotaPeriodSpan;
  private key = '';
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
  private asked = { want: 0, used: 0, admitted: 0, start: '' };

  constructor(
    private readonly subject: UsageSubject,
    private quota: QuotaLimit,
    protected override readonly host: QuotaLeaseHost,
  ) {
    super(host);
    this.enterPeriod();
  }

  /** Acts on a changed quota, and on a new day, from the next request on. */
  keepUp(quota: QuotaLimit): void {
    const { limit, offset, period, quotaStart } = this.quota;
    const same = limit === quota.limit && offset === quota.offset && period === quota.period && quotaStart === quota.quotaStart;
    if (same && this.day === this.host.day) return;
    this.quota = quota;
    this.enterPeriod();
  }

  /** The question that goes to Redis now. Requests that were admitted before Redis told what it holds are reported first, without a wish. */
  question(): QuotaAsk {
    const used = this.used;
    const unknown = this.usedThen === null;
    const want = unknown && used > 0 ? 0 : this.tokens + this.tokensWanted();
    this.asked = { want, used, admitted: this.admitted, start: this.period.start };
    return { key: this.key, from: this.period.from, to: this.period.to, limit: this.limit, used: unknown ? null : used, want };
  }

  answer({ current, granted, used, total }: QuotaAnswer): void {
    if (!current || this.asked.start !== this.period.start) {
      if (this.day !== this.host.day) this.enterPeriod();
      return this.receive(0, 0, 0);
    }
    this.usedThen = this.usedThen === null ? used + this.used : this.used;
    this.countedFrom = this.admitted;
    this.counted = used + granted;
    this.others = total - used - granted;
    if (this.host.complete) this.localLeft = null;
    const usedSince = this.admitted - this.asked.admitted;
    const held = Math.max(0, granted - usedSince);
    const wanted = this.asked.want - usedSince;
    this.tokens = 0;
    if (!this.host.complete) {
      this.decideLocally();
      return this.receive(0, 0, 0);
    }
    this.receive(wanted, held, this.left === 0 ? DENIAL_MS : 0);
  }

  /** Tells Redis again what this process used. */
  report(): void {
    if (this.usedThen !== null || this.used > 0) this.ask();
  }

  protected get shared(): boolean {
    return this.host.near && this.host.complete;
  }

  /** True when Redis counts exactly what this process used and holds. */
  get settled(): boolean {
    return this.usedThen === null ? this.used === 0 : this.used + this.tokens === this.counted;
  }

  protected enqueue(): void {
    this.host.askQuota(this);
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
    const at = this.host.wall();
    const period = quotaPeriodAt(this.quota.period, at);
    this.day = this.host.day;
    this.limit = quotaLimitIn(period.start, this.quota);
    this.localLeft = null;
    this.startAnew();
    const key = quotaKey(this.subject, period.start);
    this.period = period;
    if (key === this.key) return;
    this.key = key;
    this.usedThen = null;
    this.countedFrom = this.admitted;
    this.counted = 0;
    this.others = 0;
  }
}
