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

/**
 * What one key used on each day, and what then remained of its quota: the limit of the period that holds the day, less everything used in
 * that period up to the day's end. `used` maps ISO dates, from `periodStart` of the first day on, to requests.
 */
export function usageOn(plan: UsagePlanSnapshot, days: readonly string[], used: ReadonlyMap<string, number>): DayOfUsage[] {
  const { quota } = plan;
  if (!quota) return days.map((day) => [used.get(day) ?? 0, NO_QUOTA]);
  const limits = { ...quota, quotaStart: plan.quotaStart };
  let period = '';
  let usedInPeriod = 0;
  return days.map((day) => {
    const start = periodStart(plan, day);
    if (start !== period) {
      period = start;
      usedInPeriod = sumBetween(used, start, day);
    }
    const usedToday = used.get(day) ?? 0;
    usedInPeriod += usedToday;
    return [usedToday, Math.max(0, quotaLimitIn(start, limits) - usedInPeriod)];
  });
}

/** The sum over `from` and the days after it that come before `to`. */
function sumBetween(used: ReadonlyMap<string, number>, from: string, to: string): number {
  let sum = 0;
  for (const [day, count] of used) if (day >= from && day < to) sum += count;
  return sum;
}

function readDay(name: string, text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time) || utcDay(time) !== text) throw badRequest(`Invalid ${name} specified: must have the form yyyy-MM-dd`);
  return time;
}
