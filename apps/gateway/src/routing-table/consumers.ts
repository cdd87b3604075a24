import type { ConsumerDirectory, KeyEntry, ServedUsagePlan } from '@gatehouse/pipeline';
import type { KeyRecord, ThrottleSnapshot } from '@gatehouse/snapshot';
import { hash } from 'node:crypto';
import { CompactKeyMap } from './compact-key-map.js';

/** Keys whose entries are kept: as many as the busiest of a worker may be. */
const MOST_ENTRIES = 4096;

/** API keys and usage plans of one account in one region, and its own limit. */
export class Consumers implements ConsumerDirectory {
  accountThrottle: ThrottleSnapshot | null = null;
  private readonly keys = new CompactKeyMap();
  private readonly usagePlans = new Map<string, ServedUsagePlan>();
  /** Entries of keys that were used, by slot; no value of a key is kept anywhere. When it is full, those not used since it was half full go. */
  private recent = new Map<number, KeyEntry>();
  private older = new Map<number, KeyEntry>();

  findKey(value: string): KeyEntry | undefined {
    // Keys are of visible ASCII. A text is asked for because making a Buffer of the hash costs several times as much as the hash.
    const slot = this.keys.findSlot(hash('sha256', value, 'binary'));
    return slot < 0 ? undefined : (this.recent.get(slot) ?? this.remember(slot));
  }

  findUsagePlan(usagePlanId: string): ServedUsagePlan | undefined {
    return this.usagePlans.get(usagePlanId);
  }

  setKey(record: KeyRecord): void {
    this.keys.set(record);
    this.forgetEntries();
  }

  deleteKey(apiKeyId: string): void {
    this.keys.delete(apiKeyId);
    this.forgetEntries();
  }

  setUsagePlan(plan: ServedUsagePlan): void {
    this.usagePlans.set(plan.usagePlanId, plan);
    this.forgetEntries();
  }

  deleteUsagePlan(usagePlanId: string): void {
    this.usagePlans.delete(usagePlanId);
    this.forgetEntries();
  }

  /** What entries hold, plans and stages, is the newest no more. */
  forgetEntries(): void {
    if (this.recent.size > 0) this.recent = new Map();
    if (this.older.size > 0) this.older = new Map();
  }

  private remember(slot: number): KeyEntry {
    const entry = this.older.get(slot) ?? { ...this.keys.at(slot), consumer: null };
    if (this.recent.size >= MOST_ENTRIES / 2) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(slot, entry);
    return entry;
  }
}
