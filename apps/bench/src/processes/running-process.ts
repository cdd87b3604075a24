import { dieWithParent } from '@gatehouse/embedded';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithThisProcess } from './end-with-this-process.js';
import { onCore } from './placement.js';
import { ProcessTree } from './process-tree.js';

const KEPT_OUTPUT = 10_000;
const READY_TIMEOUT_MS = 60_000;
/** Longer than a gateway gives to requests in flight. */
const STOP_TIMEOUT_MS = 40_000;
const LOOK_AGAIN_MS = 50;

export interface ProcessOptions {
  command: string;
  args: readonly string[];
  /** All that it gets beside PATH: nothing of the caller's own configuration leaks in. */
  env?: Record<string, string>;
  /** Null or left out: wherever this process runs. */
  core?: number | null;
}

/** A process that a benchmark started. It is asked to end when the benchmark ends, however that happens. */
export class RunningProcess {
  readonly tree: ProcessTree;
  private output = '';
  private readonly child: ChildProcess;

  /** Throws when there is no such program. */
  constructor({ command, args, env, core = null }: ProcessOptions) {
    // Both wrappers become the program, so that the process id is the program's own.
    const [file, words] = dieWithParent(...onCore(core, command, args), 'SIGTERM');
    this.child = spawn(file, words, { env: { PATH: process.env.PATH ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output = (this.output + text).slice(-KEPT_OUTPUT)));
    }
    this.child.on('error', (error) => (this.output += error.message));
    if (this.child.pid === undefined) throw new Error(`${file} does not start`);
    this.tree = new ProcessTree(this.child.pid);
    endWithThisProcess(this.child);
  }

  /** Waits until `url` answers 200. Throws with what the process printed when it ends before, or after a minute. */
  async answering(url: string): Promise<void> {
    await this.until(`${url} answers 200`, () =>
      fetch(url).then(
        (answer) => answer.status === 200,
        () => false,
      ),
    );
  }

  /** The same, until something accepts connections on a port of the loopback address. */
  async accepting(port: number): Promise<void> {
    await this.until(`port ${port} accepts connections`, () => accepts(port));
  }

  /** Asks it to end and waits for that; when it takes too long, it and all below it are killed. */
  async stop(): Promise<void> {
    if (!this.running) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.tree.kill(), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  }

  private async until(what: string, look: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (!(await look())) {
      if (!this.running || Date.now() > deadline)
        throw new Error(
          `waited until ${what}, but the process ${this.running ? 'does not' : 'ended'}; it printed:\n${this.output}`,
        );
      await sleep(LOOK_AGAIN_MS);
    }
  }

  private get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
