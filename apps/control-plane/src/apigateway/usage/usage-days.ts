import { badRequest } from '@gatehouse/aws-wire';
import type { UsagePlanSnapshot } from '@gatehouse/snapshot';
import { quotaLimitIn, quotaPeriodAt, utcDay } from '@gatehouse/throttling';

const DAY_MS = 86_400_000;
/** Bounds what one answer costs; AWS keeps usage for 90 days. */
const MAXIMUM_DAYS = 366;

/** `[used, remaining]` of one day. */
export type DayOfUsage = [used: number, remaining: number];

/** What stands for the remaining requests where a plan has no quota. */
export const NO_QUOTA = -1;

/** The days from `startDate` to `endDate`, both included, as ISO dates. Throws `BadRequestException` naming the date that is wrong. */
export function daysBetween(startDate: string, endDate: string): string[] {
  const start = readDay('startDate', startDate);
  const end = readDay('endDate', endDate);
  if (end < start) throw badRequest('Invalid endDate specified: it is before startDate');
  const count = (end - start) / DAY_MS + 1;
  if (count > MAXIMUM_DAYS) throw badRequest(`Invalid endDate specified: at most ${MAXIMUM_DAYS} days can be asked for at once`);
  return Array.from({ length: count }, (_, index) => utcDay(start + index * DAY_MS));
}

/** The first day whose usage matters for what remains of `plan`'s quota on `day`. */
export function periodStart(plan: UsagePlanSnapshot, day: string): string {
  return plan.quota ? quotaPeriodAt(plan.quota.period, Date.parse(day)).start : day;
}

/** What one key used, and what it was granted beyond its quota: ISO dates -> requests. */
export interface KeyUsage {
  used: ReadonlyMap<string, number>;
  granted: ReadonlyMap<string, number>;
}

/**
 * What one key used on each day, and what then remained of its quota: the limit of the period that holds the day and what was granted in it,
 * less everything used in it, up to the day's end. `usage` knows all days from `periodStart` of the first one on.
 */
export function usageOn(plan: UsagePlanSnapshot, days: readonly string[], usage: KeyUsage): DayOfUsage[] {
  const remaining = remainingOn(plan, days, usage);
  return days.map((day, index) => [usage.used.get(day) ?? 0, remaining ? Math.max(0, remaining[index]!) : NO_QUOTA]);
}

/** What remained at the end of each day, which follow one another; below zero where more was used than allowed. Null where the plan has no quota. */
export function remainingOn(plan: UsagePlanSnapshot, days: readonly string[], { used, granted }: KeyUsage): number[] | null {
  const { quota } = plan;
  if (!quota) return null;
  const limits = { ...quota, quotaStart: plan.quotaStart };
  let period = '';
  let remaining = 0;
  return days.map((day) => {
    const start = periodStart(plan, day);
    if (start !== period) {
      period = start;
      remaining = quotaLimitIn(start, limits) + sumBetween(granted, start, day) - sumBetween(used, start, day);
    }
    remaining += (granted.get(day) ?? 0) - (used.get(day) ?? 0);
    return remaining;
  });
}

/** The sum over `from` and the days after it that come before `to`. */
function sumBetween(counts: ReadonlyMap<string, number>, from: string, to: string): number {
  let sum = 0;
  for (const [day, count] of counts) if (day >= from && day < to) sum += count;
  return sum;
}

function readDay(name: string, text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time) || utcDay(time) !== text) throw badRequest(`Invalid ${name} specified: must have the form yyyy-MM-dd`);
  return time;
}
