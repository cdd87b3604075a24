import { dieWithParent } from '@gatehouse/embedded';
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../cli-error.js';
import type { Part } from './supervisor.js';

/** A process of this product and how to see that it is ready. */
export interface ChildOptions {
  name: string;
  /** The compiled program. */
  program: string;
  env: NodeJS.ProcessEnv;
  /** Everything that it prints is appended here. */
  logFile: string;
  /** Answers 200 when the process is ready. */
  readyUrl: string;
}

/** A line that says something, unlike those of a stack trace or the end of a printed object. */
const STATEMENT = /^[^\s}\]]/;
/** What a process calls itself at the beginning of a line. */
const OWN_NAME = /^(control plane|gateway|functions): /;
const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 25;
/** For what a part does to end beside waiting for its requests. */
const LAST_WORDS_MS = 10_000;

/**
 * Starts a process. It is in a process group of its own (a Ctrl-C reaches it through its parent, in order) and ends when its parent is
 * killed. When it ends before it is ready, the error is the last line that it wrote to standard error.
 */
export function startChild(options: ChildOptions): Part {
  const log = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  const [command, args] = dieWithParent(process.execPath, ['--enable-source-maps', options.program], 'SIGTERM');
  const child = spawn(command, args, { env: options.env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let lastWords: string | undefined;
  child.stdout.pipe(log, { end: false });
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (STATEMENT.test(line)) lastWords = line.replace(OWN_NAME, '');
    log.write(`${line}\n`);
  });
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      log.end();
      resolve(signal ? `killed by ${signal}` : (lastWords ?? `exit code ${code}`));
    });
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeout(options.env));
    await exited;
    clearTimeout(timer);
  };
  const ready = untilReady(options, exited);
  ready.catch(() => undefined); // the supervisor reports it; nobody does when everything is being stopped
  return { ready, exited, stop, kill: () => void child.kill('SIGKILL') };
}

/** Milliseconds that a part may take to end: as long as a gateway gives its requests by this environment, and more. */
export function stopTimeout(env: NodeJS.ProcessEnv): number {
  const delay = Number(env.GATEHOUSE_SHUTDOWN_DELAY_SECONDS || 0);
  const drain = Number(env.GATEHOUSE_DRAIN_SECONDS || 30);
  return (delay + drain) * 1000 + LAST_WORDS_MS;
}

async function untilReady(options: ChildOptions, exited: Promise<string>): Promise<void> {
  let ended: string | undefined;
  void exited.then((reason) => (ended = reason));
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    if (ended !== undefined) throw new CliError(`${options.name}: ${ended}`);
    const answer = await fetch(options.readyUrl, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
  }
  throw new CliError(`${options.name} is not ready after ${READY_TIMEOUT_MS / 1000} s (see ${options.logFile})`);
}
