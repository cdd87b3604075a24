import { atMost } from '../../proxy/bar.js';
import type { FunctionsBenchPart } from '../bench-functions.js';
import { answered } from '../functions-api.js';

const HANDLER = `export const handler = async (event) => ({ statusCode: 200, body: event.requestContext.requestId });`;
const MB = 1_000_000;
const STRETCHES = 10;
/** Looks in each stretch, of which the least counts: what collectors leave. */
const LOOKS = 10;
/** What collectors may leave for later. */
const SLACK_MB = 8;

/** Memory of the functions service and all processes of functions over many calls: the second half needs no more than the first. */
export const benchMemory: FunctionsBenchPart = async ({ api, functions, options: { invocations }, print }) => {
  const call = await api.deploy(['memory'], HANDLER);
  const ofLook = Math.max(1, Math.round(invocations / STRETCHES / LOOKS));
  const least: number[] = [];
  for (let stretch = 0; stretch < STRETCHES; stretch++) {
    let lowest = Infinity;
    for (let look = 0; look < LOOKS; look++) {
      for (let n = 0; n < ofLook; n++) answered(await call('memory'));
      lowest = Math.min(lowest, functions.tree.memory());
    }
    least.push(lowest);
  }
  print(`MB over ${ofLook * LOOKS * STRETCHES} calls: ${least.map((bytes) => (bytes / MB).toFixed(1)).join(', ')}`);
  const half = STRETCHES / 2;
  const growth = Math.min(...least.slice(half)) - Math.min(...least.slice(0, half));
  return [
    atMost(growth / MB, { work: `memory of the second half of ${invocations} calls, less the first`, bar: SLACK_MB, of: 'MB' }),
  ];
};
