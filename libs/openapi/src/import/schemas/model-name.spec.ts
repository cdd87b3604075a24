import { describe, expect, it, vi } from 'vitest';
import { FreeNames } from './model-name.js';

describe('FreeNames', () => {
  it('numbers what is taken', () => {
    const names = new FreeNames();
    expect(['A', 'A3', 'A', 'A', 'A', 'B'].map((name) => names.take(name))).toEqual(['A', 'A3', 'A2', 'A4', 'A5', 'B']);
  });

  it('does not count from the beginning each time', () => {
    const names = new FreeNames();
    const has = vi.spyOn(Set.prototype, 'has');
    try {
      for (let index = 0; index < 1_000; index++) names.take('A');
      expect(has.mock.calls.length).toBeLessThan(3_000);
    } finally {
      has.mockRestore();
    }
  });
});
