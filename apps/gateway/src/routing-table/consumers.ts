import type { ConsumerDirectory, KeyEntry, ServedUsagePlan } from '@gatehouse/pipeline';
import { CompactKeyMap } from './compact-key-map.js';

/** API keys and usage plans of one account in one region. */
export class Consumers implements ConsumerDirectory {
  readonly keys = new CompactKeyMap();
  readonly usagePlans = new Map<string, ServedUsagePlan>();

  findKey(valueHash: Buffer): KeyEntry | undefined {
    return this.keys.find(valueHash);
  }

  findUsagePlan(usagePlanId: string): ServedUsagePlan | undefined {
    return this.usagePlans.get(usagePlanId);
  }
}
