import { setTimeout as sleep } from 'node:timers/promises';
import { AnswerWatch } from './answer-watch.js';
import { AskQueue } from './ask-queue.js';
import { LEASE_TURNS, PATIENCE_MS, TURN_MS } from './constants.js';
import type { LimiterOptions, SharedLimiter } from './create-limiter.js';
import type { Lease } from './lease.js';
import type { CountedPeriod, QuotaLimit, QuotaPeriod, ThrottleLimit, UsageSubject } from './limiter.js';
import { QuotaLease, type QuotaLeaseHost } from './quota-lease.js';
import { quotaPeriodAt, utcDay, type QuotaPeriodSpan } from './quota-period.js';
import { bucketKey } from './redis-keys.js';
import type { LimitStore, RedisState } from './redis-limits.js';
import { SubjectMap, type Counted } from './subject-map.js';
import { TokenLease, type TokenLeaseHost } from './token-lease.js';
import { UsageTotals } from './usage-totals.js';

const DAY_MS = 86_400_000;
/** Turns between two looks at the state of Redis: 200 ms. */
const LOOK_TURNS = 8;
/** Turns between two reports of usage: 1 s. */
const REPORT_TURNS = 40;
/** Turns after which an unused bucket is forgotten (10 s) and an unused quota (1 min: what it used is stored in Postgres by then). */
const BUCKET_IDLE_TURNS = 400;
const QUOTA_IDLE_TURNS = 2400;
/** Entries looked at in one turn, so that a million of them never stop the requests. */
const SWEEP_PER_TURN = 2000;
const REPORTS_PER_TURN = 400;
const USAGE_PER_TURN = 5000;
/** After this long without any answer the connection is taken for dead, in ms; or after twice the patience, if that is longer. */
const DEAD_AFTER_MS = 2000;

interface Sweepable<K, L> {
  entries(): Iterator<[K, L]>;
  delete(key: K): void;
}

/** The limiter: leases in memory, and one slow clock that renews, returns, reports and forgets. */
export class LeasingLimiter implements SharedLimiter, TokenLeaseHost, QuotaLeaseHost {
  near = false;
  complete = false;
  turn = 0;
  day: number;
  incarnation = 0;
  private readonly periods = new Map<QuotaPeriod, QuotaPeriodSpan>();
  private wallOffset = 0;
  private epoch: string | null = null;
  private readonly buckets = new Map<string, TokenLease>();
  private readonly quotas = new SubjectMap<QuotaLease>();
  private readonly usage: UsageTotals;
  private readonly watch: AnswerWatch;
  private readonly tokenQueue: AskQueue<TokenLease>;
  private readonly quotaQueue: AskQueue<QuotaLease>;
  /** Leases that hold unused tokens, by the turn in which they were granted. */
  private readonly held = Array.from({ length: LEASE_TURNS + 1 }, (): Lease[] => []);
  private bucketSweep: Iterator<[string, TokenLease]> = this.buckets.entries();
  private quotaSweep: Iterator<[Counted, QuotaLease]> = this.quotas.entries();
  /** Quotas that Redis must hear of again, after it may have lost them. */
  private quotaReports: Iterator<[Counted, QuotaLease]> | null = null;
  private quotaReportsDue = false;
  private lookingSince: number | null = null;
  private reporting = false;
  private moreToReport = false;
  private closed = false;
  private readonly deadAfterMs: number;
  private contacted = () => {};
  private readonly contact = new Promise<void>((resolve) => (this.contacted = resolve));
  private readonly onError: (error: Error) => void;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly store: LimitStore,
    private readonly options: Omit<LimiterOptions, 'redis'>,
  ) {
    this.onError = (error) => options.onError?.(error);
    this.day = Math.floor(this.wall() / DAY_MS);
    this.usage = new UsageTotals(store, options.processId, utcDay(this.wall()));
    const patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.deadAfterMs = Math.max(DEAD_AFTER_MS, 2 * patienceMs);
    this.watch = new AnswerWatch(patienceMs, () => this.leave());
    this.tokenQueue = new AskQueue((leases) => this.takeTokens(leases), this.watch, this.onError);
    this.quotaQueue = new AskQueue((leases) => this.takeQuotas(leases), this.watch, this.onError);
    store.onLost(() => this.disconnected());
    this.timer = setInterval(() => this.work(), TURN_MS);
    this.timer.unref();
  }

  throttle(name: string, limit: ThrottleLimit): boolean | Promise<boolean> {
    if (!(limit.rateLimit > 0 && limit.burstLimit >= 1)) return false;
    let bucket = this.buckets.get(name);
    if (bucket) bucket.setLimit(limit);
    else {
      bucket = new TokenLease(bucketKey(name), limit, this);
      this.buckets.set(name, bucket);
    }
    return bucket.take();
  }

  quota(subject: UsageSubject, quota: QuotaLimit): boolean | Promise<boolean> {
    let lease = this.quotas.get(subject, quota.period);
    if (lease) lease.keepUp(quota);
    else lease = this.quotas.add(subject, quota.period, new QuotaLease(subject, quota, this));
    return lease.take();
  }

  count(subject: UsageSubject, period: CountedPeriod): void {
    this.usage.count(subject, period);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    if (this.near) {
      // A question that is open now may bring in tokens still: they are given back after it.
      const told = Promise.all([this.settle().then(() => this.settle()), this.usage.write()]);
      await Promise.race([told, sleep(DEAD_AFTER_MS, undefined, { ref: false })]).catch(this.onError);
    }
    this.closed = true;
    this.leave();
    this.watch.close();
    this.store.close();
  }

  async firstContact(timeoutMs: number): Promise<void> {
    await Promise.race([this.contact, sleep(timeoutMs, undefined, { ref: false })]);
  }

  /** How many limits and totals are in memory. */
  get sizes(): { buckets: number; quotas: number; usageTotals: number } {
    return { buckets: this.buckets.size, quotas: this.quotas.size, usageTotals: this.usage.size };
  }

  holders(): number {
    return Math.max(1, this.options.holders());
  }

  /** Gives all unused tokens back and tells what quotas were used; resolves when Redis has heard. */
  private async settle(): Promise<void> {
    for (const lease of this.held.flat()) lease.giveBack();
    for (const [, lease] of this.quotas.entries()) lease.report();
    await Promise.all([this.tokenQueue.drained(), this.quotaQueue.drained()]);
  }

  private wall(): number {
    return Date.now() + this.wallOffset;
  }

  currentPeriod(period: QuotaPeriod): QuotaPeriodSpan {
    const known = this.periods.get(period);
    if (known) return known;
    const current = quotaPeriodAt(period, this.wall());
    this.periods.set(period, current);
    return current;
  }

  hold(lease: Lease): void {
    if (lease.heldSince === this.turn) return;
    lease.heldSince = this.turn;
    this.held[this.turn % this.held.length]!.push(lease);
  }

  askTokens(lease: TokenLease, urgent: boolean): void {
    this.tokenQueue.push(lease, urgent);
  }

  askQuota(lease: QuotaLease, urgent: boolean): void {
    this.quotaQueue.push(lease, urgent);
  }

  private async takeTokens(leases: TokenLease[]): Promise<void> {
    const answers = await this.store.takeTokens(leases.map((lease) => lease.question()));
    answers.forEach((answer, i) => leases[i]!.answer(answer));
  }

  private async takeQuotas(leases: QuotaLease[]): Promise<void> {
    const { state, answers } = await this.store.takeQuotas(
      this.options.processId,
      leases.map((lease) => lease.question()),
    );
    this.learn(state);
    answers.forEach((answer, i) => leases[i]!.answer(answer));
  }

  /** One turn of the background work; what it does in one turn is bounded. */
  private work(): void {
    this.turn += 1;
    this.noticeNewDay();
    this.returnUnused();
    this.forgetIdle();
    this.reportQuotas();
    if (!this.near || this.turn % LOOK_TURNS === 0) void this.look();
    if (this.moreToReport || this.turn % REPORT_TURNS === 0) void this.reportUsage();
  }

  private returnUnused(): void {
    const due = this.turn - LEASE_TURNS;
    const slot = (this.turn + 1) % this.held.length;
    for (const lease of this.held[slot]!.splice(0)) if (lease.heldSince <= due) lease.giveBack();
  }

  private forgetIdle(): void {
    this.bucketSweep = this.sweep(this.buckets, this.bucketSweep, BUCKET_IDLE_TURNS);
    this.quotaSweep = this.sweep(this.quotas, this.quotaSweep, QUOTA_IDLE_TURNS, (lease) => lease.report());
  }

  private sweep<K, L extends Lease>(
    leases: Sweepable<K, L>,
    from: Iterator<[K, L]>,
    idleTurns: number,
    settle?: (lease: L) => void,
  ) {
    for (let looked = 0; looked < SWEEP_PER_TURN; looked += 1) {
      const next = from.next();
      if (next.done) return leases.entries();
      const [key, lease] = next.value;
      if (this.turn - lease.lastUse < idleTurns) continue;
      if (lease.idle) leases.delete(key);
      else settle?.(lease);
    }
    return from;
  }

  /** Looks whether Redis is there, complete, and still the same. */
  private async look(): Promise<void> {
    if (!this.store.ready) return;
    if (this.lookingSince !== null) {
      if (performance.now() - this.lookingSince > this.deadAfterMs) this.reconnectUnlessAnswered(this.lookingSince);
      return;
    }
    this.lookingSince = performance.now();
    const question = this.watch.ask();
    try {
      const state = await this.store.state();
      this.learn(state);
      if (!question.late) this.arrive();
    } catch (error) {
      this.leave();
      this.onError(error as Error);
    } finally {
      this.watch.answered(question);
      this.lookingSince = null;
    }
  }

  /** The answer may have come while this process stood still: it reads its sockets first. */
  private reconnectUnlessAnswered(since: number): void {
    setImmediate(() => {
      if (this.lookingSince === since && !this.closed) this.store.reconnect();
    });
  }

  /** Takes up how Redis stands; in another epoch everything is told again. */
  private learn(state: RedisState): void {
    this.wallOffset = state.now - Date.now();
    this.noticeNewDay();
    const refilled = state.complete && !this.complete;
    this.complete = state.complete;
    if (state.epoch === this.epoch) {
      // What could not be added to a count that Redis did not know is added now.
      if (refilled) this.startQuotaReports();
      return;
    }
    this.epoch = state.epoch;
    this.incarnation += 1;
    this.usage.forgetWrites();
    this.moreToReport = true;
    this.startQuotaReports();
  }

  private arrive(): void {
    if (this.near || this.closed) return;
    this.near = true;
    this.contacted();
    this.startQuotaReports();
  }

  /** Whatever answers next may have lost what it knew: everything is told again. */
  private disconnected(): void {
    this.contacted();
    this.epoch = null;
    this.leave();
  }

  private leave(): void {
    this.near = false;
    this.tokenQueue.giveUp();
    this.quotaQueue.giveUp();
  }

  /** Goes over all quotas once more, after the walk in progress. */
  private startQuotaReports(): void {
    if (this.quotaReports) this.quotaReportsDue = true;
    else this.quotaReports = this.quotas.entries();
    this.reportQuotas();
  }

  private reportQuotas(): void {
    if (!this.quotaReports || !this.near) return;
    for (let looked = 0, told = 0; looked < SWEEP_PER_TURN && told < REPORTS_PER_TURN; looked += 1) {
      const next = this.quotaReports.next();
      if (next.done) {
        this.quotaReports = this.quotaReportsDue ? this.quotas.entries() : null;
        this.quotaReportsDue = false;
        return;
      }
      const [, lease] = next.value;
      if (lease.settled) continue;
      lease.report();
      told += 1;
    }
  }

  private async reportUsage(): Promise<void> {
    if (this.reporting || !this.near) return;
    this.reporting = true;
    try {
      this.moreToReport = await this.usage.write(USAGE_PER_TURN);
      if (!this.moreToReport && this.epoch !== null) await this.usage.dropStored(this.epoch);
    } catch (error) {
      this.moreToReport = true;
      this.onError(error as Error);
    } finally {
      this.reporting = false;
    }
  }

  private noticeNewDay(): void {
    const day = Math.floor(this.wall() / DAY_MS);
    if (day === this.day) return;
    this.day = day;
    this.periods.clear();
    this.usage.enterDay(utcDay(this.wall()));
  }
}
