import type { CountedPeriod, UsageSubject } from './limiter.js';
import type { QuotaPeriodSpan } from './quota-period.js';

/** Where the limits live in Redis; all keys share one hash tag, so that one script may touch several. */
export const EPOCH_KEY = '{gatehouse}:epoch';
export const COMPLETE_KEY = '{gatehouse}:complete';

export function bucketKey(name: string): string {
  return `{gatehouse}:bucket:${name}`;
}

/**
 * Hash: process -> requests that it took (used + leased) in the period. A day, a week and a month that begin together have a hash each: what is
 * counted under one of them is not counted under the others.
 */
export function quotaKey(subject: UsageSubject, { period, start }: Pick<QuotaPeriodSpan, 'period' | 'start'>): string {
  return `{gatehouse}:quota:${subjectKey(subject)}:${period}:${start}`;
}

/** Field of a quota hash beside the processes: requests that were added to the quota, as a number below zero (above: taken away). */
export const GRANTED_FIELD = 'granted';

/** Field of a quota hash beside the processes: requests of its days that were counted under another period, or under none. */
export const OTHER_PERIODS_FIELD = 'other-periods';

/** Sorted set: lease -> when it ends (ms, by Redis's clock); one for each place that is taken under a limit on what runs at the same time. */
export function concurrencyKey(name: string): string {
  return `{gatehouse}:concurrency:${name}`;
}

/** Hash: usage field -> absolute total; holds what the control plane has not stored yet. */
export function usageKey(processId: string): string {
  return `{gatehouse}:usage:${processId}`;
}

/** Set: every process that has a usage hash. */
export const USAGE_PROCESSES_KEY = '{gatehouse}:usage-processes';

/** `account/region/plan/key`: none of the four can hold a slash. */
function subjectKey(subject: UsageSubject): string {
  return `${subject.accountId}/${subject.region}/${subject.usagePlanId}/${subject.apiKeyId}`;
}

export interface UsageField extends UsageSubject {
  /** UTC, ISO date. */
  day: string;
  period: CountedPeriod;
}

/** Names one total in a usage hash. */
export function usageField(subject: UsageSubject, day: string, period: CountedPeriod): string {
  return `${subjectKey(subject)}/${day}/${period}`;
}

/** Reads what `usageField` wrote; null for anything else. Gateways of before the period was counted do not name it. */
export function parseUsageField(field: string): UsageField | null {
  const parts = field.split('/');
  const [accountId, region, usagePlanId, apiKeyId, day, period = 'NONE'] = parts;
  if (parts.length > 6 || !accountId || !region || !usagePlanId || !apiKeyId || !day || !isDay(day)) return null;
  if (period !== 'DAY' && period !== 'WEEK' && period !== 'MONTH' && period !== 'NONE') return null;
  return { accountId, region, usagePlanId, apiKeyId, day, period };
}

function isDay(text: string): boolean {
  const at = Date.parse(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
