import { describe, expect, it } from 'vitest';
import { atLeast, atMost, shortNumber } from './bar.js';

const wanted = { work: 'CPU', bar: 1, of: 'x HAProxy', limit: 1.25 };

describe('bars', () => {
  it.each([
    [0.94, 'met'],
    [1, 'met'],
    [1.2, 'within the limit'],
    [1.3, 'missed'],
    [NaN, 'not judged'],
    [Infinity, 'not judged'],
  ])('at most 1, or 1.25: %d is %s', (figure, verdict) => expect(atMost(figure, wanted).verdict).toBe(verdict));

  it.each([
    [0.8, 'met'],
    [0.79, 'missed'],
  ])('at least 0.8: %d is %s', (figure, verdict) => {
    expect(atLeast(figure, { work: 'throughput', bar: 0.8, of: 'x nginx' }).verdict).toBe(verdict);
  });

  it('says what was wanted and what was measured', () => {
    expect(atMost(1.2345, wanted)).toMatchObject({ wanted: '<= 1 x HAProxy (at the very most 1.25)', figure: '1.23' });
  });
});

it.each([
  [0.0123456, '0.0123'],
  [17.04, '17'],
  [17.06, '17.1'],
  [12_345.6, '12346'],
  [NaN, '-'],
])('shortNumber(%d) is %s', (value, text) => expect(shortNumber(value)).toBe(text));
