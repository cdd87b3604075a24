import type { QuotaLimit, ThrottleLimit } from '@gatehouse/throttling';
import type { Scope, UsagePlanSnapshot } from '@gatehouse/snapshot';

/** A usage plan, laid out for look-ups by requests. */
export class ServedUsagePlan {
  readonly usagePlanId: string;
  readonly throttle: ThrottleLimit | null;
  readonly quota: QuotaLimit | null;
  /** `{apiId}/{stage}` -> method (`{resource path}/{VERB}`) -> the limit that a key has there in place of the plan's. */
  private readonly stages: ReadonlyMap<string, ReadonlyMap<string, ThrottleLimit>>;
  /** What the names of this plan's buckets begin with: the bucket of one key is `{prefix}{apiKeyId}`. */
  readonly bucketPrefix: string;

  constructor(
    readonly scope: Scope,
    snapshot: UsagePlanSnapshot,
  ) {
    this.usagePlanId = snapshot.usagePlanId;
    this.throttle = snapshot.throttle;
    this.quota = snapshot.quota && { ...snapshot.quota, quotaStart: snapshot.quotaStart };
    this.bucketPrefix = `plan/${scope.accountId}/${scope.region}/${snapshot.usagePlanId}/`;
    this.stages = new Map(
      snapshot.apiStages.map(({ apiId, stage, throttle }) => [
        `${apiId}/${stage}`,
        new Map(throttle.map(({ path, httpMethod, limit }) => [`${path}/${httpMethod}`, limit])),
      ]),
    );
  }

  /** Whether keys of this plan open the stage `{apiId}/{stage}`. */
  covers(stageKey: string): boolean {
    return this.stages.has(stageKey);
  }

  /** The limits that replace the plan's for methods (`{resource path}/{VERB}`) of a stage; null where there are none. */
  methodThrottles(stageKey: string): ReadonlyMap<string, ThrottleLimit> | null {
    const limits = this.stages.get(stageKey);
    return limits === undefined || limits.size === 0 ? null : limits;
  }
}
