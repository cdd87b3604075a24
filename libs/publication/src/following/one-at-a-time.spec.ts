import { expect, it } from 'vitest';
import { OneAtATime } from './one-at-a-time.js';

it('runs once more for all who asked while it ran', async () => {
  const ends: (() => void)[] = [];
  const task = new OneAtATime(() => new Promise((resolve) => ends.push(resolve)));
  task.ask();
  task.ask();
  task.ask();
  expect(ends).toHaveLength(1);
  ends[0]!();
  await Promise.resolve();
  expect(ends).toHaveLength(2);
  ends[1]!();
  await task.idle();
  expect(ends).toHaveLength(2);
  task.ask();
  expect(ends).toHaveLength(3);
});

it('can be asked from within and after a task that ends at once', async () => {
  let runs = 0;
  const task: OneAtATime = new OneAtATime(async () => {
    if (++runs === 1) task.ask();
  });
  task.ask();
  await task.idle();
  task.ask();
  await task.idle();
  expect(runs).toBe(3);
});
