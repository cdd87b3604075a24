import { percentile } from '../percentile.js';

/** What `work` took, ms, and what it gave. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
}

/** Times `count` calls, one after the other. */
export async function timeEach(count: number, call: (n: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n++) times.push((await timed(() => call(n))).ms);
  return times;
}

/** p50, p99 and the longest, in words. */
export function describeTimes(times: readonly number[]): string {
  const [p50, p99, longest] = [50, 99, 100].map((percent) => percentile(times, percent).toFixed(1));
  return `p50 ${p50} ms, p99 ${p99} ms, longest ${longest} ms over ${times.length} calls`;
}

/** Does `work` for 0 to `count - 1`, at most `atOnce` at a time. */
export async function inParallel(count: number, atOnce: number, work: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const workers = Array.from({ length: Math.min(atOnce, count) }, async () => {
    while (next < count) await work(next++);
  });
  await Promise.all(workers);
}
