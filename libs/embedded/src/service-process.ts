import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How a service is started and how it says that it is ready. */
export interface ServiceOptions {
  /** What the service is called in errors. */
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Runs the service as this user and group instead of the caller's (needs root). */
  user?: number;
  /** Written to the service's standard input, which is then closed. */
  input?: string;
  /** The output line that says that the service accepts connections. */
  ready: RegExp;
  /** The signal that asks for a clean stop. */
  stopSignal: NodeJS.Signals;
  /** Receives every output line. */
  log?: (line: string) => void;
}

/** A service that runs and is ready. */
export interface ServiceProcess {
  pid: number;
  /** Fulfilled with a short description ("exit code 1", "SIGKILL") when the service has ended, whatever the reason. */
  exited: Promise<string>;
  /** Asks for a clean stop and waits for it; a service that does not stop within 10 s is killed. */
  stop(): Promise<void>;
}

/** A service ended before it was ready; `output` holds its last lines. */
export class ServiceStartError extends Error {
  constructor(
    name: string,
    readonly output: string,
  ) {
    super(`${name} did not start: ${output || 'it ended without a word'}`);
  }
}

const STOP_TIMEOUT_MS = 10_000;
const START_TIMEOUT_MS = 60_000;
const KEPT_LINES = 20;

/**
 * The command line that makes the kernel send `signal` to a process when its parent ends in any way, SIGKILL included. Where util-linux's
 * setpriv is missing (other systems than Linux) the command is left as it is and an ordinary exit of the parent still ends the process.
 */
export function dieWithParent(command: string, args: string[], signal: NodeJS.Signals): [string, string[]] {
  hasSetpriv ??= spawnSync('setpriv', ['--pdeathsig', 'TERM', '--', 'true']).status === 0;
  return hasSetpriv ? ['setpriv', ['--pdeathsig', signal.replace('SIG', ''), '--', command, ...args]] : [command, args];
}
let hasSetpriv: boolean | undefined;

/**
 * Starts a service and waits until it is ready. It runs in a process group of its own, so that a Ctrl-C in the terminal reaches only the
 * caller, who stops services in the right order. Throws {@link ServiceStartError} when it ends first or is not ready within 60 s.
 */
export async function startService(options: ServiceOptions): Promise<ServiceProcess> {
  const [command, args] = dieWithParent(options.command, options.args, options.stopSignal);
  const child = spawn(command, args, {
    env: options.env,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.user === undefined ? {} : { uid: options.user, gid: options.user }),
  });
  child.stdin.on('error', () => undefined); // the exit that follows says more than EPIPE
  child.stdin.end(options.input ?? '');

  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  let spawnError: Error | undefined;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(String((spawnError = error))));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  void exited.then(() => process.removeListener('exit', killNow));

  const stop = async () => {
    child.kill(options.stopSignal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(timer);
  };

  const lastLines: string[] = [];
  const ready = new Promise<boolean>((resolve) => {
    const read = (line: string) => {
      options.log?.(line);
      lastLines.push(line);
      if (lastLines.length > KEPT_LINES) lastLines.shift();
      if (options.ready.test(line)) resolve(true);
    };
    createInterface({ input: child.stdout }).on('line', read);
    createInterface({ input: child.stderr }).on('line', read);
    void exited.then(() => resolve(false));
    setTimeout(() => resolve(false), START_TIMEOUT_MS).unref();
  });
  if (!(await ready)) {
    await stop();
    throw new ServiceStartError(options.name, spawnError?.message ?? lastLines.join('\n'));
  }
  return { pid: child.pid!, exited, stop };
}
