import { describe, expect, it } from 'vitest';
import { stopTimeout } from './child.js';

describe('a part that is stopped', () => {
  it('has more time than its gateway gives to requests', () => {
    expect(stopTimeout({})).toBe(40_000);
    expect(stopTimeout({ GATEHOUSE_DRAIN_SECONDS: '' })).toBe(40_000);
    expect(stopTimeout({ GATEHOUSE_DRAIN_SECONDS: '0' })).toBe(10_000);
    expect(stopTimeout({ GATEHOUSE_DRAIN_SECONDS: '120', GATEHOUSE_SHUTDOWN_DELAY_SECONDS: '5' })).toBe(135_000);
  });

  it('has a time that a timer can wait for, whatever a gateway takes', () => {
    const most = '1000000';
    expect(stopTimeout({ GATEHOUSE_DRAIN_SECONDS: most, GATEHOUSE_SHUTDOWN_DELAY_SECONDS: most })).toBeLessThan(2 ** 31);
  });
});
