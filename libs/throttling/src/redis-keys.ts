import type { UsageSubject } from './limiter.js';

/** Where the limits live in Redis; all keys share one hash tag, so that one script may touch several. */
export const EPOCH_KEY = '{gatehouse}:epoch';
export const COMPLETE_KEY = '{gatehouse}:complete';

export function bucketKey(name: string): string {
  return `{gatehouse}:bucket:${name}`;
}

/** Hash: process -> requests that it took (used + leased) in the period that starts on `periodStart` (ISO date). */
export function quotaKey(subject: UsageSubject, periodStart: string): string {
  return `{gatehouse}:quota:${subjectKey(subject)}:${periodStart}`;
}

/** Field of a quota hash beside the processes: requests that were added to the quota, as a number below zero (above: taken away). */
export const GRANTED_FIELD = 'granted';

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
}

/** Names one total in a usage hash. */
export function usageField(subject: UsageSubject, day: string): string {
  return `${subjectKey(subject)}/${day}`;
}

/** Reads what `usageField` wrote; null for anything else. */
export function parseUsageField(field: string): UsageField | null {
  const parts = field.split('/');
  const [accountId, region, usagePlanId, apiKeyId, day] = parts;
  if (parts.length !== 5 || !accountId || !region || !usagePlanId || !apiKeyId || !day || !isDay(day)) return null;
  return { accountId, region, usagePlanId, apiKeyId, day };
}

function isDay(text: string): boolean {
  const at = Date.parse(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
