import type { ThrottleSnapshot } from '@gatehouse/snapshot';
import type { Consumer } from './consumer.js';
import type { ServedUsagePlan } from './served-usage-plan.js';

/** What is known of one API key. */
export interface KeyEntry {
  readonly apiKeyId: string;
  readonly enabled: boolean;
  readonly usagePlanIds: readonly string[];
  /** For whom it stood when it was last used; spares finding that out for each request. */
  consumer: Consumer | null;
}

/** The API keys and usage plans of one account in one region, and its own limit, as they are now: they act without a redeployment. */
export interface ConsumerDirectory {
  /** Of all APIs of the account together; null for no limit. */
  readonly accountThrottle: ThrottleSnapshot | null;
  /** Finds a key by its value. An entry that was given before a key or a plan changed is not given again. */
  findKey(value: string): KeyEntry | undefined;
  findUsagePlan(usagePlanId: string): ServedUsagePlan | undefined;
}
