import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Repeat } from './repeat.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('runs, pauses and runs again, through failures, until it is stopped', async () => {
  const errors: string[] = [];
  let runs = 0;
  const repeat = new Repeat(
    1000,
    async () => {
      if (++runs === 2) throw new Error('once');
    },
    ({ message }) => errors.push(message),
  );
  await repeat.now();
  expect(runs).toBe(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect([runs, errors]).toEqual([3, ['once']]);
  await repeat.stop();
  await vi.advanceTimersByTimeAsync(5000);
  await repeat.now();
  expect(runs).toBe(3);
});

it('never runs twice at once: who asks meanwhile makes it run once more', async () => {
  const ends: (() => void)[] = [];
  const repeat = new Repeat(
    1000,
    () => new Promise((resolve) => ends.push(resolve)),
    () => {},
  );
  const first = repeat.now();
  void repeat.now();
  void repeat.now();
  expect(ends).toHaveLength(1);
  ends[0]!();
  await vi.advanceTimersByTimeAsync(0);
  expect(ends).toHaveLength(2);
  ends[1]!();
  await first;
  expect(ends).toHaveLength(2);
  await repeat.stop();
});
