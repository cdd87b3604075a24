import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const apps = path.resolve(import.meta.dirname, '../..');
const KEPT_OUTPUT = 10_000;

/** A process of the built product, started from its environment alone. */
export class Child {
  private output = '';
  private readonly process: ChildProcess;

  constructor(app: 'control-plane' | 'gateway', env: Record<string, string>) {
    this.process = spawn(process.execPath, [path.join(apps, app, 'dist/main.js')], {
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output = (this.output + text).slice(-KEPT_OUTPUT)));
    }
  }

  /** Waits until `url` answers 200. Throws with what the process printed when it ends before, or after a minute. */
  async answering(url: string): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const status = await fetch(url).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 200) return;
      if (!this.running || Date.now() > deadline)
        throw new Error(`${url} answers ${status}; the process printed:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
  }

  private get running(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }
}
