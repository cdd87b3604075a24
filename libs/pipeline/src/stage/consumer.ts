import type { ThrottleLimit, UsageSubject } from '@gatehouse/throttling';
import type { KeyEntry } from './consumer-directory.js';
import type { ServedStage } from './served-stage.js';
import type { ServedUsagePlan } from './served-usage-plan.js';

/** Whom an API key stands for on one stage, with what its limits are called: the same for all requests with that key. */
export class Consumer {
  readonly apiKeyId: string;
  readonly subject: UsageSubject;
  /** Name of the key's bucket under the plan's own limit. */
  readonly bucket: string;
  /** The limits that the plan has for methods of this stage, by `{resource path}/{VERB}`; null where it has none. */
  readonly methodThrottles: ReadonlyMap<string, ThrottleLimit> | null;

  constructor(
    readonly stage: ServedStage,
    readonly plan: ServedUsagePlan,
    { apiKeyId }: KeyEntry,
  ) {
    const { accountId, region } = stage.scope;
    this.apiKeyId = apiKeyId;
    this.subject = { accountId, region, usagePlanId: plan.usagePlanId, apiKeyId };
    this.bucket = plan.bucketPrefix + apiKeyId;
    this.methodThrottles = plan.methodThrottles(stage.key);
  }
}
