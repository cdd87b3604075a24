import type { UsageSubject } from './limiter.js';

interface Entry<V> {
  readonly subject: UsageSubject;
  readonly value: V;
  next: Entry<V> | undefined;
}

/**
 * A map from usage subjects. It is looked up twice for every request with a key, so it hashes the id of the key alone, a text whose hash is
 * already known, instead of joining four texts to a new one; the few plans of a key form a chain.
 */
export class SubjectMap<V> {
  private readonly byKey = new Map<string, Entry<V>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  get(subject: UsageSubject): V | undefined {
    for (let entry = this.byKey.get(subject.apiKeyId); entry; entry = entry.next)
      if (same(entry.subject, subject)) return entry.value;
    return undefined;
  }

  /** Adds what is not there yet; keeps `subject` itself, not a copy. */
  add(subject: UsageSubject, value: V): V {
    this.byKey.set(subject.apiKeyId, { subject, value, next: this.byKey.get(subject.apiKeyId) });
    this.count += 1;
    return value;
  }

  delete(subject: UsageSubject): void {
    const first = this.byKey.get(subject.apiKeyId);
    let previous: Entry<V> | undefined;
    for (let entry = first; entry; previous = entry, entry = entry.next) {
      if (!same(entry.subject, subject)) continue;
      this.count -= 1;
      if (previous) previous.next = entry.next;
      else if (entry.next) this.byKey.set(subject.apiKeyId, entry.next);
      else this.byKey.delete(subject.apiKeyId);
      return;
    }
  }

  /** Entries may be deleted while they are walked through. */
  *entries(): Generator<[UsageSubject, V], undefined> {
    for (const first of this.byKey.values()) {
      for (let entry: Entry<V> | undefined = first; entry; entry = entry.next) yield [entry.subject, entry.value];
    }
  }
}

function same(a: UsageSubject, b: UsageSubject): boolean {
  return a.usagePlanId === b.usagePlanId && a.accountId === b.accountId && a.region === b.region;
}
