import { expect, it } from 'vitest';
import { epochAfter } from './epoch-id.js';

it('sorts after those before, even when the clock went back', () => {
  const first = epochAfter([null]);
  expect(first).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z-[0-9a-f]{12}$/);
  expect(epochAfter([null, first]) > first).toBe(true);
  const later = '2999-01-01T00:00:00.000Z-ffffffffffff';
  expect(epochAfter([later, first]) > later).toBe(true);
  expect(epochAfter(['not ours'])).toMatch(/^2/);
});
