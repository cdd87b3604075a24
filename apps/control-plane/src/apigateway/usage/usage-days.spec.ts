import type { UsagePlanSnapshot } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { daysBetween, periodStart, usageOn } from './usage-days.js';

const plan = (quota: UsagePlanSnapshot['quota'], quotaStart = '2020-01-01'): UsagePlanSnapshot => ({
  usagePlanId: 'p12345',
  throttle: null,
  quota,
  quotaStart,
  apiStages: [],
});
const used = (...days: [string, number][]) => ({ used: new Map(days), granted: new Map<string, number>() });

describe('the days of a question', () => {
  it('are those from start to end, over the ends of months', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(daysBetween('2024-01-01', '2024-01-01')).toEqual(['2024-01-01']);
  });

  it.each([
    ['2024-1-1', '2024-01-02', 'Invalid startDate specified: must have the form yyyy-MM-dd'],
    ['2024-01-01', '2024-02-30', 'Invalid endDate specified: must have the form yyyy-MM-dd'],
    ['', '2024-02-01', 'Invalid startDate specified: must have the form yyyy-MM-dd'],
    ['2024-01-02', '2024-01-01', 'Invalid endDate specified: it is before startDate'],
    ['2020-01-01', '2024-01-01', 'Invalid endDate specified: at most 366 days can be asked for at once'],
  ])('refuses %s to %s', (start, end, message) => {
    expect(() => daysBetween(start, end)).toThrow(message);
  });
});

describe('what remains', () => {
  it('of a daily quota starts anew each day and never goes below zero', () => {
    const days = ['2024-03-01', '2024-03-02', '2024-03-03'];
    expect(usageOn(plan({ limit: 10, offset: 0, period: 'DAY' }), days, used(['2024-03-01', 4], ['2024-03-02', 12]))).toEqual([
      [4, 6],
      [12, 0],
      [0, 10],
    ]);
  });

  it('of a weekly quota counts from Monday, days before the question included', () => {
    const weekly = plan({ limit: 10, offset: 0, period: 'WEEK' });
    // 2024-03-04 is a Monday.
    expect(periodStart(weekly, '2024-03-06')).toBe('2024-03-04');
    const days = ['2024-03-06', '2024-03-10', '2024-03-11'];
    const counts = used(['2024-03-03', 9], ['2024-03-04', 1], ['2024-03-06', 2], ['2024-03-10', 3], ['2024-03-11', 4]);
    expect(usageOn(weekly, days, counts)).toEqual([
      [2, 7],
      [3, 4],
      [4, 6],
    ]);
  });

  it('of a monthly quota has the offset taken off the first period only', () => {
    const monthly = plan({ limit: 100, offset: 20, period: 'MONTH' }, '2024-02-15');
    expect(usageOn(monthly, ['2024-02-29', '2024-03-01'], used(['2024-02-15', 5], ['2024-03-01', 1]))).toEqual([
      [0, 75],
      [1, 99],
    ]);
  });

  it('has what was granted added from that day on, until the period ends', () => {
    const weekly = plan({ limit: 10, offset: 0, period: 'WEEK' });
    const days = ['2024-03-05', '2024-03-06', '2024-03-10', '2024-03-11'];
    const granted = new Map([
      ['2024-03-03', 1000],
      ['2024-03-04', 100],
      ['2024-03-06', -50],
    ]);
    expect(usageOn(weekly, days, { ...used(['2024-03-05', 1]), granted })).toEqual([
      [1, 109],
      [0, 59],
      [0, 59],
      [0, 10],
    ]);
  });

  it('without a quota is -1', () => {
    expect(usageOn(plan(null), ['2024-03-01'], used(['2024-03-01', 3]))).toEqual([[3, -1]]);
  });
});
