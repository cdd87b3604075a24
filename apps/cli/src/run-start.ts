import { CliError } from './cli-error.js';
import type { Environment } from './environment.js';
import { start } from './start/start.js';

const MOST_GATEWAYS = 100;
/** npm passes a Ctrl-C on to a command that the terminal told already: two signals this close together are one wish. */
const SAME_WISH_MS = 500;

/** `gatehouse start`: runs until SIGINT, SIGTERM or SIGHUP; a second signal ends everything at once. */
export async function runStart(environment: Environment, rest: string[], options: { gateways?: string }): Promise<number> {
  if (rest.length > 0) throw new CliError(`start takes no argument ${rest[0]}`);
  const gateways = Number(options.gateways ?? 1);
  if (!Number.isInteger(gateways) || gateways < 1 || gateways > MOST_GATEWAYS) {
    throw new CliError(`--gateways is not a number from 1 to ${MOST_GATEWAYS}: ${options.gateways}`);
  }
  const stopped = new AbortController();
  const killed = new AbortController();
  let firstSignal: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (firstSignal !== undefined && Date.now() - firstSignal > SAME_WISH_MS) killed.abort();
      firstSignal ??= Date.now();
      stopped.abort();
    });
  }
  const say = (line: string) => console.log(line);
  await start({ environment, env: process.env, gateways, say, stopped: stopped.signal, killed: killed.signal });
  return 0;
}
