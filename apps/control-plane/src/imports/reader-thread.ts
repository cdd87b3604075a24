import { AwsError, badRequest } from '@gatehouse/aws-wire';
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { AskedReading, ReadingAnswer } from './readings.js';

/** What a thread may take for a document, and how it is started. */
export interface ThreadLimits {
  /** The program of the thread. */
  program: URL;
  /** For one document. */
  seconds: number;
  /** For the values of one document. */
  mebibytes: number;
  /** A thread that has nothing to do ends after so long, and gives its memory back. */
  idleSeconds: number;
}

/** A place for one thread at a time, which is there when there is something to read. A document that ends its thread ends no other one. */
export class ReaderThread {
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly limits: ThreadLimits) {}

  /**
   * Reads one document; another one is read after it. Throws what is wrong with the document, `BadRequestException` too when it takes too
   * long, too much memory, or the thread ends over it.
   */
  async read(asked: AskedReading): Promise<unknown> {
    clearTimeout(this.idle);
    const answer = await this.answerOf((this.worker ??= this.start()), asked);
    if ('refused' in answer) throw new AwsError(answer.refused.type, answer.refused.message);
    return answer.result;
  }

  async close(): Promise<void> {
    clearTimeout(this.idle);
    await this.worker?.terminate();
  }

  private async answerOf(worker: Worker, asked: AskedReading): Promise<ReadingAnswer> {
    const done = new AbortController();
    const { signal } = done;
    const { seconds } = this.limits;
    try {
      worker.postMessage(asked, [asked.body.buffer]);
      const [answer] = await Promise.race([
        once(worker, 'message', { signal }) as Promise<[ReadingAnswer]>,
        once(worker, 'exit', { signal }).then(() => Promise.reject(new Error('the thread ended'))),
        once(worker, 'messageerror', { signal }).then(([error]) => Promise.reject(error as Error)),
        after(seconds * 1000, undefined, { signal }).then(() => Promise.reject(new TooLong())),
      ]);
      this.idle = setTimeout(() => this.end(worker), this.limits.idleSeconds * 1000).unref();
      return answer;
    } catch (error) {
      this.end(worker);
      throw this.unread(error);
    } finally {
      done.abort();
    }
  }

  private start(): Worker {
    const worker = new Worker(this.limits.program, { resourceLimits: { maxOldGenerationSizeMb: this.limits.mebibytes } });
    // It is heard of where a document is waited for, and must end no process where none is.
    worker.on('error', () => {});
    worker.once('exit', () => {
      if (this.worker === worker) this.worker = undefined;
    });
    worker.unref();
    return worker;
  }

  /** The next document gets another thread, also while this one is still ending. */
  private end(worker: Worker): void {
    this.worker = undefined;
    void worker.terminate();
  }

  private unread(error: unknown): AwsError {
    const { seconds, mebibytes } = this.limits;
    if (error instanceof TooLong) return invalid(`The document could not be read within ${seconds} seconds.`);
    if (isOutOfMemory(error)) return invalid(`The document could not be read within ${mebibytes} MiB of memory.`);
    console.error('control plane: a thread that read a document ended:', error);
    return invalid('The document could not be read: what read it ended.');
  }
}

class TooLong extends Error {}

const invalid = (reason: string) => badRequest(`Invalid OpenAPI input. ${reason}`);

const isOutOfMemory = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
