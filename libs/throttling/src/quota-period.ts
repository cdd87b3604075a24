import type { QuotaLimit, QuotaPeriod } from './limiter.js';

/** One day, week or month, UTC. */
export interface QuotaPeriodSpan {
  period: QuotaPeriod;
  /** ISO date of its first day. */
  start: string;
  /** Unix seconds, inclusive. */
  from: number;
  /** Unix seconds, exclusive. */
  to: number;
}

/** The period that holds `at` (Unix milliseconds). Weeks begin on Monday (ISO 8601); AWS does not say when its weeks begin. */
export function quotaPeriodAt(period: QuotaPeriod, at: number): QuotaPeriodSpan {
  const date = new Date(at);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (period) {
    case 'DAY':
      return span(period, Date.UTC(year, month, day), Date.UTC(year, month, day + 1));
    case 'WEEK': {
      const monday = day - ((date.getUTCDay() + 6) % 7);
      return span(period, Date.UTC(year, month, monday), Date.UTC(year, month, monday + 7));
    }
    case 'MONTH':
      return span(period, Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1));
  }
}

/** How many requests `quota` allows in the period that starts on `start`: `offset` is taken off the period that holds `quotaStart`. */
export function quotaLimitIn(start: string, quota: QuotaLimit): number {
  const first = Date.parse(quota.quotaStart);
  const isFirst = !Number.isNaN(first) && quotaPeriodAt(quota.period, first).start === start;
  return Math.max(0, isFirst ? quota.limit - quota.offset : quota.limit);
}

/** ISO date of the UTC day that holds `at` (Unix milliseconds). */
export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function span(period: QuotaPeriod, from: number, to: number): QuotaPeriodSpan {
  return { period, start: utcDay(from), from: from / 1000, to: to / 1000 };
}
