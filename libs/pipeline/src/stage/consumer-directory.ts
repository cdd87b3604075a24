import type { ServedUsagePlan } from './served-usage-plan.js';

/** What is known of one API key. */
export interface KeyEntry {
  readonly apiKeyId: string;
  readonly enabled: boolean;
  readonly usagePlanIds: readonly string[];
}

/** The API keys and usage plans of one account in one region, as they are now: they act without a redeployment. */
export interface ConsumerDirectory {
  /** Finds a key by the SHA-256 of its value. */
  findKey(valueHash: Buffer): KeyEntry | undefined;
  findUsagePlan(usagePlanId: string): ServedUsagePlan | undefined;
}
