import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../cli-error.js';
import type { Listener } from '../environment.js';

const POLL_MS = 100;
const HIGHEST_PORT = 65_535;

/**
 * Checks that every address can be listened on, before anything is started. Throws {@link CliError} that names the port and the variable
 * that changes it.
 * @param patienceMs how long to wait for a port that is in use, for processes of an earlier run that are still shutting down
 */
export async function checkPorts(listeners: Listener[], patienceMs: number): Promise<void> {
  const taken = new Map<string, Listener>();
  for (const listener of listeners) {
    const { host, port, variable } = listener;
    if (port > HIGHEST_PORT) throw new CliError(`port ${port} does not exist; choose a lower ${variable}`);
    const other = taken.get(`${host}:${port}`);
    if (other) throw new CliError(`port ${port} is wanted twice: by ${other.variable} and by ${variable}`);
    taken.set(`${host}:${port}`, listener);
  }
  const deadline = Date.now() + patienceMs;
  await Promise.all(
    listeners.map(async (listener) => {
      let refusal = await tryListen(listener);
      while (refusal?.code === 'EADDRINUSE' && Date.now() < deadline) {
        await sleep(POLL_MS);
        refusal = await tryListen(listener);
      }
      if (refusal) throw refusalOf(listener, refusal);
    }),
  );
}

function refusalOf({ host, port, variable }: Listener, refusal: NodeJS.ErrnoException): CliError {
  if (refusal.code === 'EADDRINUSE') return new CliError(`port ${port} on ${host} is in use; ${variable} chooses another`);
  const setting = refusal.code === 'EACCES' ? variable : variable.replace(/_PORT$/, '_HOST');
  return new CliError(`cannot listen on port ${port} of ${host} (${setting}): ${refusal.message}`);
}

function tryListen({ host, port }: Listener): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}
