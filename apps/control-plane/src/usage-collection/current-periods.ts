import { quotaPeriodAt } from '@gatehouse/throttling';
import type { Redis } from 'ioredis';

/** Redis's clock, by which gateways know the current period, in Unix ms. Rejects when Redis is away. */
export async function redisNow(redis: Redis): Promise<number> {
  const [seconds] = await redis.time();
  return Number(seconds) * 1000;
}

/** The first days of the day, week and month that hold `now` (Unix ms): parameters $1 to $3 of `firstDayOf`. */
export function firstDays(now: number): string[] {
  return (['DAY', 'WEEK', 'MONTH'] as const).map((period) => quotaPeriodAt(period, now).start);
}

/** SQL: the first day of the current period whose length is the value of `column`; null where that is none. */
export function firstDayOf(column: string): string {
  return `CASE ${column} WHEN 'DAY' THEN $1::date WHEN 'WEEK' THEN $2::date WHEN 'MONTH' THEN $3::date END`;
}
