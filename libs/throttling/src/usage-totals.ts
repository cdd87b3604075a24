import type { CountedPeriod, UsageSubject } from './limiter.js';
import { usageField } from './redis-keys.js';
import type { LimitStore } from './redis-limits.js';
import { SubjectMap, type Counted } from './subject-map.js';

interface UsageTotal extends Counted {
  /** UTC. */
  readonly day: string;
  total: number;
  /** True while the newest total is not in Redis. */
  unwritten: boolean;
}

const AT_ONCE = 1000;

/**
 * Counts admitted requests as absolute totals per key, plan, period and UTC day, so that telling one again never counts it twice. Nothing here walks over
 * all totals in one go: there may be a million.
 */
export class UsageTotals {
  private today = new SubjectMap<UsageTotal>();
  /** Totals of the days before, until they are stored. */
  private past: SubjectMap<UsageTotal>[] = [];
  private unwritten: UsageTotal[] = [];
  /** What must be written again, after Redis may have lost it. */
  private again: Iterator<UsageTotal> | null = null;
  private dropping: Iterator<UsageTotal> | null = null;

  constructor(
    private readonly store: LimitStore,
    private readonly processId: string,
    private day: string,
  ) {}

  /** How many totals are kept in memory. */
  get size(): number {
    return this.past.reduce((sum, totals) => sum + totals.size, this.today.size);
  }

  /** Counts one request. */
  count(subject: UsageSubject, period: CountedPeriod): void {
    const total =
      this.today.get(subject, period) ??
      this.today.add(subject, period, { subject, period, day: this.day, total: 0, unwritten: false });
    total.total += 1;
    this.markUnwritten(total);
  }

  /** Begins a new day; the totals of the old one are kept until the control plane has stored them. */
  enterDay(day: string): void {
    if (day === this.day) return;
    this.past.push(this.today);
    this.today = new SubjectMap();
    this.day = day;
  }

  /** Redis may have lost what was written: everything is written again. */
  forgetWrites(): void {
    this.again = walk([...this.past, this.today]);
  }

  /** Writes changed totals, about `limit` at most; true when some remain. Rejects when Redis is away: nothing is lost then. */
  async write(limit = Infinity): Promise<boolean> {
    for (let written = 0; written < limit; written += AT_ONCE) {
      const totals = this.nextToWrite();
      if (totals.length === 0) return false;
      for (const total of totals) total.unwritten = false;
      try {
        await this.store.writeUsage(
          this.processId,
          totals.flatMap((total) => [fieldOf(total), total.total]),
        );
      } catch (error) {
        for (const total of totals) this.markUnwritten(total);
        throw error;
      }
    }
    return true;
  }

  /** Drops some totals of past days that the control plane has stored, as seen in `epoch`. Rejects when Redis is away. */
  async dropStored(epoch: string): Promise<void> {
    if (this.past.length === 0) return;
    this.dropping ??= walk([...this.past]);
    const candidates = take(this.dropping, AT_ONCE, (total) => !total.unwritten);
    if (candidates.length === 0) this.dropping = null;
    else {
      const seen = await this.store.unstoredUsage(this.processId, candidates.map(fieldOf));
      // In another epoch a missing field may mean that Redis was emptied.
      if (seen.epoch !== epoch) return;
      candidates.forEach((total, i) => {
        if (seen.unstored[i] || total.unwritten) return;
        for (const totals of this.past) if (totals.get(total.subject, total.period) === total) totals.delete(total);
      });
    }
    this.past = this.past.filter((totals) => totals.size > 0);
  }

  private nextToWrite(): UsageTotal[] {
    const totals = this.unwritten.splice(-AT_ONCE);
    if (!this.again) return totals;
    totals.push(...take(this.again, AT_ONCE - totals.length, (total) => !total.unwritten));
    if (totals.length === 0) this.again = null;
    return totals;
  }

  private markUnwritten(total: UsageTotal): void {
    if (total.unwritten) return;
    total.unwritten = true;
    this.unwritten.push(total);
  }
}

function fieldOf({ subject, day, period }: UsageTotal): string {
  return usageField(subject, day, period);
}

function* walk(maps: SubjectMap<UsageTotal>[]): Generator<UsageTotal, undefined> {
  for (const totals of maps) for (const [, total] of totals.entries()) yield total;
}

/** The next `count` totals that `wanted` accepts, fewer at the end. */
function take(from: Iterator<UsageTotal>, count: number, wanted: (total: UsageTotal) => boolean): UsageTotal[] {
  const taken: UsageTotal[] = [];
  while (taken.length < count) {
    const next = from.next();
    if (next.done) break;
    if (wanted(next.value)) taken.push(next.value);
  }
  return taken;
}
