import { setTimeout as sleep } from 'node:timers/promises';

const DAY_MS = 86_400_000;

/**
 * The UTC day as an ISO date, once it will stay so for `seconds` more: a test of figures that are counted by the day waits until midnight is over
 * where it would run across it.
 */
export async function steadyDay(seconds: number): Promise<string> {
  const left = DAY_MS - (Date.now() % DAY_MS);
  if (left <= seconds * 1000) await sleep(left + 1);
  return new Date().toISOString().slice(0, 10);
}
