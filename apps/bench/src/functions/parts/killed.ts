import { setTimeout as sleep } from 'node:timers/promises';
import { processesWith } from '../../processes/processes-with.js';
import { atMost } from '../../proxy/bar.js';
import type { FunctionsBenchPart } from '../bench-functions.js';

/** Answers the name of its log stream, which no other process has; a second call at the same time waits. */
const HANDLER = `let calls = 0;
export const handler = async () => {
  if (calls++ > 0) await new Promise((resolve) => setTimeout(resolve, 10_000));
  return { statusCode: 200, body: process.env.AWS_LAMBDA_LOG_STREAM_NAME };
};`;
const ROUNDS = 10;
const UNDER_WAY_MS = 200;

/** A process of a function is killed while it works: the call is answered 502, and the next one is served. */
export const benchKilled: FunctionsBenchPart = async ({ api, print }) => {
  const call = await api.deploy(['killed'], HANDLER);
  let wrong = 0;
  for (let n = 0; n < ROUNDS; n++) {
    const first = await call('killed');
    const cut = call('killed');
    await sleep(UNDER_WAY_MS);
    // Its own number is that in its namespace.
    for (const pid of processesWith('AWS_LAMBDA_LOG_STREAM_NAME', first.body)) process.kill(pid, 'SIGKILL');
    if (first.status !== 200 || (await cut).status !== 502) wrong++;
  }
  print(`${ROUNDS} times killed while it worked: ${wrong} times anything but a 502 and then a 200`);
  return [atMost(wrong, { work: 'killed processes without a 502 and then a 200', bar: 0, of: 'times' })];
};
