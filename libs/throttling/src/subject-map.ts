import type { CountedPeriod, UsageSubject } from './limiter.js';

/** What is counted for itself: a subject under one period. */
export interface Counted {
  readonly subject: UsageSubject;
  readonly period: CountedPeriod;
}

interface Entry<V> extends Counted {
  readonly value: V;
  next: Entry<V> | undefined;
}

/**
 * A map from usage subjects and periods. It is looked up twice for every request with a key, so it hashes the id of the key alone, a text whose hash is
 * already known, instead of joining four texts to a new one; the few plans and periods of a key form a chain.
 */
export class SubjectMap<V> {
  private readonly byKey = new Map<string, Entry<V>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  get(subject: UsageSubject, period: CountedPeriod): V | undefined {
    for (let entry = this.byKey.get(subject.apiKeyId); entry; entry = entry.next)
      if (same(entry, subject, period)) return entry.value;
    return undefined;
  }

  /** Adds what is not there yet; keeps `subject` itself, not a copy. */
  add(subject: UsageSubject, period: CountedPeriod, value: V): V {
    this.byKey.set(subject.apiKeyId, { subject, period, value, next: this.byKey.get(subject.apiKeyId) });
    this.count += 1;
    return value;
  }

  delete({ subject, period }: Counted): void {
    const first = this.byKey.get(subject.apiKeyId);
    let previous: Entry<V> | undefined;
    for (let entry = first; entry; previous = entry, entry = entry.next) {
      if (!same(entry, subject, period)) continue;
      this.count -= 1;
      if (previous) previous.next = entry.next;
      else if (entry.next) this.byKey.set(subject.apiKeyId, entry.next);
      else this.byKey.delete(subject.apiKeyId);
      return;
    }
  }

  /** Entries may be deleted while they are walked through. */
  *entries(): Generator<[Counted, V], undefined> {
    for (const first of this.byKey.values()) {
      for (let entry: Entry<V> | undefined = first; entry; entry = entry.next) yield [entry, entry.value];
    }
  }
}

function same({ subject, period }: Counted, wanted: UsageSubject, wantedPeriod: CountedPeriod): boolean {
  return (
    subject.usagePlanId === wanted.usagePlanId &&
    period === wantedPeriod &&
    subject.accountId === wanted.accountId &&
    subject.region === wanted.region
  );
}
