import { describeTimes } from '../../admin/timed.js';
import { percentile } from '../../percentile.js';
import { atMost } from '../../proxy/bar.js';
import type { FunctionsBenchPart } from '../bench-functions.js';
import { answered } from '../functions-api.js';

const HANDLER = `export const handler = async () => ({ statusCode: 200, body: 'Hello from Lambda!' });`;

/** Functions that nobody has called before, one after the other: fetching the code, starting a process, the first answer. */
export const benchCold: FunctionsBenchPart = async ({ api, options: { cold }, print }) => {
  const names = Array.from({ length: cold }, (_, n) => `cold-${n}`);
  const call = await api.deploy(names, HANDLER);
  const times: number[] = [];
  for (const name of names) times.push(answered(await call(name)));
  print(`the first call of ${cold} functions: ${describeTimes(times)}`);
  return [atMost(percentile(times, 50), { work: 'p50 of the first call of a small function', bar: 100, of: 'ms' })];
};
