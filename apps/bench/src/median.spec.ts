import { expect, it } from 'vitest';
import { median } from './median.js';

it.each([
  [[], NaN],
  [[3], 3],
  [[9, 1, 5], 5],
  [[10, 2, 4, 8], 6],
])('median of %j is %d', (values, middle) => expect(median(values)).toBe(middle));
