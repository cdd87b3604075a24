import { describeTimes, inParallel } from '../../admin/timed.js';
import { percentile } from '../../percentile.js';
import { atMost } from '../../proxy/bar.js';
import type { FunctionsBenchPart } from '../bench-functions.js';
import { answered } from '../functions-api.js';

const HANDLER = `import { setTimeout } from 'node:timers/promises';
export const handler = async () => {
  await setTimeout(50);
  return { statusCode: 200, body: 'slept' };
};`;
const AT_ONCE = 60;
/** Each wave calls all of them once; the first ones start the processes. */
const WARMING_WAVES = 5;
const WAVES = 20;

/** Calls at the same time of a function that takes 50 ms, for which as many processes run already. */
export const benchConcurrent: FunctionsBenchPart = async ({ api, print }) => {
  const call = await api.deploy(['sleeping'], HANDLER);
  const wave = async () => {
    const times: number[] = [];
    await inParallel(AT_ONCE, AT_ONCE, async () => void times.push(answered(await call('sleeping'))));
    return times;
  };
  for (let n = 0; n < WARMING_WAVES; n++) await wave();
  const times: number[] = [];
  for (let n = 0; n < WAVES; n++) times.push(...(await wave()));
  print(`${AT_ONCE} calls at once of a function of 50 ms: ${describeTimes(times)}`);
  return [atMost(percentile(times, 99), { work: `p99 of ${AT_ONCE} calls at once of a function of 50 ms`, bar: 150, of: 'ms' })];
};
