import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Cleanup } from '../cleanup.js';

/** A process of the benchmark's own that answers one message at a time, and ends when the channel to it is closed. */
export class Helper {
  private readonly child: ChildProcess;

  constructor(program: URL, cleanup: Cleanup) {
    this.child = fork(program);
    cleanup.defer(() => this.stop());
  }

  /** Sends a message and answers what comes back. Throws when the process ends instead. */
  async ask<T>(message: string | object): Promise<T> {
    this.child.send(message);
    const over = new AbortController();
    const ended = once(this.child, 'exit', { signal: over.signal }).then(
      () => Promise.reject(new Error('a helper process ended before its time')),
      () => new Promise<never>(() => undefined),
    );
    try {
      const [answer] = (await Promise.race([once(this.child, 'message', { signal: over.signal }), ended])) as [T];
      return answer;
    } finally {
      over.abort();
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}

/** Runs in a helper process: answers each message that comes. What `answer` throws ends the process. */
export function answerMessages<T>(answer: (message: T) => unknown): void {
  process.on('message', (message) => {
    void Promise.resolve(answer(message as T)).then((result) => process.send?.(result));
  });
  process.on('disconnect', () => process.exit());
  // An interrupt is for the benchmark, which then closes the channel.
  process.on('SIGINT', () => undefined);
}
