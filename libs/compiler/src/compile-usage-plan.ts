import { HTTP_METHODS, type HttpMethod, type ThrottleModel, type UsagePlanModel } from '@gatehouse/api-model';
import type { ThrottleSnapshot, UsagePlanSnapshot } from '@gatehouse/snapshot';
import { ACCOUNT_LIMIT } from './account-limit.js';

/** The limits of one usage plan. Throws `TypeError` for a method throttle whose key `readMethodThrottleKey` does not know. */
export function compileUsagePlan(model: UsagePlanModel): UsagePlanSnapshot {
  return {
    usagePlanId: model.usagePlanId,
    throttle: compileThrottle(model.throttle),
    quota: model.quota ? { limit: model.quota.limit, offset: model.quota.offset, period: model.quota.period } : null,
    quotaStart: model.createdDate.toISOString().slice(0, 'yyyy-mm-dd'.length),
    apiStages: model.apiStages.map(({ apiId, stage, throttle = {} }) => ({
      apiId,
      stage,
      throttle: Object.entries(throttle)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([key, given]) => {
          const method = readMethodThrottleKey(key);
          if (!method) throw new TypeError(`${key} names no method`);
          const limit = compileThrottle(given);
          return limit ? [{ ...method, limit }] : [];
        }),
    })),
  };
}

/** Splits `{resource path}/{VERB}` as usage plans write it (`/pets/GET`; the root resource's is `//GET`). Undefined when it is neither. */
export function readMethodThrottleKey(key: string): { path: string; httpMethod: HttpMethod } | undefined {
  const slash = key.lastIndexOf('/');
  const httpMethod = HTTP_METHODS.find((verb) => verb === key.slice(slash + 1));
  if (!httpMethod || !key.startsWith('/')) return undefined;
  return { path: key.slice(0, slash) || '/', httpMethod };
}

/** Null without a limit; where only rate or burst is given, the other is the account's. */
function compileThrottle(throttle: ThrottleModel | undefined): ThrottleSnapshot | null {
  if (throttle?.rateLimit === undefined && throttle?.burstLimit === undefined) return null;
  return {
    rateLimit: throttle.rateLimit ?? ACCOUNT_LIMIT.rateLimit,
    burstLimit: throttle.burstLimit ?? ACCOUNT_LIMIT.burstLimit,
  };
}
