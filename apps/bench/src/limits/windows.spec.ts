import { describe, expect, it } from 'vitest';
import { mostInTenSeconds, totalOf } from './windows.js';

describe('windows of ten seconds', () => {
  it('are all those that begin with a tenth of a second', () => {
    const counts = new Array<number>(250).fill(1);
    expect(mostInTenSeconds(counts)).toBe(100);
    counts[120] = 6;
    expect(mostInTenSeconds(counts)).toBe(105);
    counts[221] = 100;
    expect(mostInTenSeconds(counts)).toBe(199);
    expect(totalOf(counts)).toBe(250 + 5 + 99);
  });

  it('may be shorter than that', () => expect(mostInTenSeconds([3, 4])).toBe(7));
});
