import { expect, it } from 'vitest';
import { AbandonBudget } from './abandon-budget.js';

it('is used up at once, and comes back with time', () => {
  const budget = new AbandonBudget();
  const takes = (count: number, now: number) => Array.from({ length: count }, () => budget.take(now)).every(Boolean);
  expect(takes(AbandonBudget.BURST, 5_000)).toBe(true);
  expect(budget.take(5_000)).toBe(false);
  // The one that was too many counts as well.
  expect(takes(AbandonBudget.PER_SECOND - 1, 6_000)).toBe(true);
  expect(budget.take(6_000)).toBe(false);
  // Never more than there was.
  expect(takes(AbandonBudget.BURST, 3_600_000)).toBe(true);
  expect(budget.take(3_600_000)).toBe(false);
});
