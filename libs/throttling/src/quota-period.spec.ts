import { describe, expect, it } from 'vitest';
import type { QuotaLimit } from './limiter.js';
import { quotaLimitIn, quotaPeriodAt } from './quota-period.js';

const seconds = (iso: string) => Date.parse(iso) / 1000;

describe('quotaPeriodAt', () => {
  it.each([
    ['DAY', '2026-03-01T00:00:00Z', '2026-03-01', '2026-03-02'],
    ['DAY', '2026-02-28T23:59:59.999Z', '2026-02-28', '2026-03-01'],
    ['WEEK', '2026-03-01T23:59:59Z', '2026-02-23', '2026-03-02'],
    ['WEEK', '2026-03-02T00:00:00Z', '2026-03-02', '2026-03-09'],
    ['WEEK', '2026-12-31T12:00:00Z', '2026-12-28', '2027-01-04'],
    ['MONTH', '2028-02-29T12:00:00Z', '2028-02-01', '2028-03-01'],
    ['MONTH', '2026-12-31T23:59:59Z', '2026-12-01', '2027-01-01'],
  ] as const)('%s at %s is %s to %s', (period, at, start, end) => {
    expect(quotaPeriodAt(period, Date.parse(at))).toEqual({ period, start, from: seconds(start), to: seconds(end) });
  });
});

describe('quotaLimitIn', () => {
  const quota: QuotaLimit = { limit: 100, offset: 30, period: 'WEEK', quotaStart: '2026-03-04' };

  it('takes the offset off the period that holds the start, and off no other', () => {
    expect(quotaLimitIn('2026-03-02', quota)).toBe(70);
    expect(quotaLimitIn('2026-03-09', quota)).toBe(100);
    expect(quotaLimitIn('2026-02-23', quota)).toBe(100);
  });

  it('is never below 0', () => {
    expect(quotaLimitIn('2026-03-02', { ...quota, offset: 200 })).toBe(0);
  });

  it('knows no first period without a valid start', () => {
    expect(quotaLimitIn('2026-03-02', { ...quota, quotaStart: '' })).toBe(100);
  });
});
