/** Whose usage is counted: one API key under one usage plan. A limiter keeps the object it was given: it must not change, and is best shared. */
export interface UsageSubject {
  accountId: string;
  region: string;
  usagePlanId: string;
  apiKeyId: string;
}

export interface ThrottleLimit {
  /** Tokens a second; may be a fraction. 0 admits nothing. */
  rateLimit: number;
  /** Size of the bucket, in tokens. */
  burstLimit: number;
}

/** How long the period of a quota is. */
export type QuotaPeriod = 'DAY' | 'WEEK' | 'MONTH';

/** Under which period a request was admitted; `NONE`: its plan had no quota. */
export type CountedPeriod = QuotaPeriod | 'NONE';

export interface QuotaLimit {
  /** Requests in a period. */
  limit: number;
  /** Requests taken off the limit in the period that holds `quotaStart`. */
  offset: number;
  period: QuotaPeriod;
  /** ISO date (UTC) of the day the plan began. */
  quotaStart: string;
}

/**
 * Decides whether a request fits the limits that all gateways share. Answers at once from a local lease; only an empty lease, or a limit too
 * small to share, waits for one answer of Redis (5 ms at most, after that the local share decides).
 */
export interface Limiter {
  /** Takes one token from the bucket `name` (unique over account and region). A changed `limit` acts from the next call on. */
  throttle(name: string, limit: ThrottleLimit): boolean | Promise<boolean>;
  /** Takes one request from the quota of `subject`. Each period is counted for itself: under another one the count begins anew. */
  quota(subject: UsageSubject, quota: QuotaLimit): boolean | Promise<boolean>;
  /** Counts one admitted request, for GetUsage, and for the quota where its period is changed. */
  count(subject: UsageSubject, period: CountedPeriod): void;
}
