import type { UsageSubject } from './limiter.js';
import { usageField } from './redis-keys.js';
import type { LimitStore } from './redis-limits.js';
import { SubjectMap } from './subject-map.js';

interface UsageTotal {
  subject: UsageSubject;
  /** UTC. */
  day: string;
  total: number;
  /** True while the newest total is not in Redis. */
  unwritten: boolean;
}

const LARGEST_WRITE = 1000;

/** Counts admitted requests as absolute totals per key, plan and UTC day, so that telling one again never counts it twice. */
export class UsageTotals {
  private today = new SubjectMap<UsageTotal>();
  private past: UsageTotal[] = [];
  private unwritten: UsageTotal[] = [];

  constructor(
    private readonly store: LimitStore,
    private readonly processId: string,
    private day: string,
  ) {}

  /** How many totals are kept in memory. */
  get size(): number {
    return this.today.size + this.past.length;
  }

  /** Counts one request. */
  count(subject: UsageSubject): void {
    const total = this.today.get(subject) ?? this.today.add(subject, { subject, day: this.day, total: 0, unwritten: false });
    total.total += 1;
    if (total.unwritten) return;
    total.unwritten = true;
    this.unwritten.push(total);
  }

  /** Begins a new day; the totals of the old one are kept until the control plane has stored them. */
  enterDay(day: string): void {
    if (day === this.day) return;
    for (const [, total] of this.today.entries()) this.past.push(total);
    this.today = new SubjectMap();
    this.day = day;
  }

  /** Redis may have lost what was written: everything is written again. */
  forgetWrites(): void {
    this.unwritten = [...this.past, ...Array.from(this.today.entries(), ([, total]) => total)];
    for (const total of this.unwritten) total.unwritten = true;
  }

  /** Writes up to `limit` changed totals; true when some remain. Rejects when Redis is away: nothing is lost then. */
  async write(limit = Infinity): Promise<boolean> {
    for (let written = 0; written < limit && this.unwritten.length > 0; written += LARGEST_WRITE) {
      const totals = this.unwritten.splice(0, LARGEST_WRITE);
      for (const total of totals) total.unwritten = false;
      try {
        await this.store.writeUsage(
          this.processId,
          totals.flatMap((total) => [usageField(total.subject, total.day), total.total]),
        );
      } catch (error) {
        for (const total of totals) this.markUnwritten(total);
        throw error;
      }
    }
    return this.unwritten.length > 0;
  }

  /** Drops totals of past days that the control plane has stored, as seen in `epoch`. Rejects when Redis is away. */
  async dropStored(epoch: string): Promise<void> {
    const candidates = this.past.filter((total) => !total.unwritten).slice(0, LARGEST_WRITE);
    if (candidates.length === 0) return;
    const seen = await this.store.unstoredUsage(
      this.processId,
      candidates.map((total) => usageField(total.subject, total.day)),
    );
    if (seen.epoch !== epoch) return;
    const stored = new Set(candidates.filter((total, i) => !seen.unstored[i] && !total.unwritten));
    this.past = this.past.filter((total) => !stored.has(total));
  }

  private markUnwritten(total: UsageTotal): void {
    if (total.unwritten) return;
    total.unwritten = true;
    this.unwritten.push(total);
  }
}
