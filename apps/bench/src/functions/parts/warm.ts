import { percentile } from '../../percentile.js';
import { atMost } from '../../proxy/bar.js';
import type { FunctionsBenchPart } from '../bench-functions.js';
import { answered } from '../functions-api.js';

const HANDLER = `export const handler = async () => ({ statusCode: 200, body: 'Hello from Lambda!' });`;
/** For the compilers of all processes. */
const WARMING_CALLS = 500;

/** A function that does nothing, called again and again: all that a call takes is what the gateway and the service add. */
export const benchWarm: FunctionsBenchPart = async ({ api, options: { calls }, print }) => {
  const call = await api.deploy(['warm'], HANDLER);
  for (let n = 0; n < WARMING_CALLS; n++) answered(await call('warm'));
  const times: number[] = [];
  for (let n = 0; n < calls; n++) times.push(answered(await call('warm')));
  const [p50, p99] = [percentile(times, 50), percentile(times, 99)];
  print(`a call of a function that runs already: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms over ${calls} calls`);
  return [atMost(p50, { work: 'p50 of what a warm call adds', bar: 2, of: 'ms' })];
};
