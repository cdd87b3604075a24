import { expect, it } from 'vitest';
import { percentile } from './percentile.js';

it('is the nearest rank, whatever the order', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect([50, 99, 100, 0].map((percent) => percentile(values, percent))).toEqual([50, 99, 100, 1]);
  expect(percentile([7], 99)).toBe(7);
  expect(percentile([], 50)).toBeNaN();
});
