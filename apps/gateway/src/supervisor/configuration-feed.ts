import { RefusedDocument } from '@gatehouse/snapshot';
import type { Writable } from 'node:stream';
import type { WholeConfiguration } from '../refresh/disk-copy.js';
import type { DocumentBatch } from '../refresh/document-sink.js';
import { DOCUMENT, END, LISTEN, READY, type EndLine, type ReadyLine } from '../worker/configuration-lines.js';
import type { RefusedLine } from '../worker/messages.js';

/** Written in one go. */
const CHUNK_CHARACTERS = 65_536;

interface Waiting {
  resolve(refused: RefusedDocument[] | null): void;
  reject(error: Error): void;
}

/** The pipe that carries configuration to one worker, in order and no faster than it is read. */
export class ConfigurationFeed {
  private tail = Promise.resolve();
  private batches = 0;
  /** Batches that were not acknowledged yet, by number. */
  private readonly waiting = new Map<number, Waiting>();
  private closed = false;
  private still = 0;

  constructor(private readonly pipe: Writable) {
    // The end of the worker says what there is to say.
    pipe.on('error', () => undefined);
  }

  /**
   * Sends everything that there is. Resolves when the worker has built it, with what it refused, or with null when it has ended; rejects when it cannot be
   * read, or the worker found it damaged.
   */
  whole(whole: WholeConfiguration): Promise<RefusedDocument[] | null> {
    return this.send(whole.digest, async () => {
      try {
        for await (const lines of whole.lines()) {
          if (this.gone) return;
          await this.write(lines);
        }
      } finally {
        await whole.release();
      }
    });
  }

  /** Sends one batch. Resolves when the worker has swapped it in, with what it refused, or with null when it has ended. */
  batch({ documents, deployments }: DocumentBatch): Promise<RefusedDocument[] | null> {
    return this.send(null, async () => {
      let lines = '';
      for (const text of [...deployments.values(), ...documents.map((document) => document.text)]) {
        lines += `${DOCUMENT}${text}\n`;
        if (lines.length < CHUNK_CHARACTERS) continue;
        await this.write(lines);
        lines = '';
      }
      await this.write(lines);
    });
  }

  /** Tells whether what was sent so far is a complete configuration. */
  ready(ready: boolean): void {
    this.then(() => this.write(`${READY}${JSON.stringify({ ready } satisfies ReadyLine)}\n`));
  }

  /** Has the worker accept connections when it has taken what was sent so far. */
  listen(): void {
    this.then(() => this.write(`${LISTEN}\n`));
  }

  /** Nobody reads the pipe any more. */
  get gone(): boolean {
    return this.closed || this.pipe.destroyed;
  }

  /** Batches that the worker has not answered yet. */
  get unanswered(): number {
    return this.waiting.size;
  }

  /** To be called each second: answers for how many of them something has been on its way and nothing moved. */
  secondsStill(): number {
    return (this.still = this.waiting.size > 0 ? this.still + 1 : 0);
  }

  /** The worker does something with what it was sent. */
  moved(): void {
    this.still = 0;
  }

  /** The worker has swapped a batch in. */
  applied(batch: number, refused: readonly RefusedLine[]): void {
    this.settle(batch)?.resolve(refused.map(({ name, reason }) => new RefusedDocument(name, reason)));
  }

  /** The worker was given something that is not what it should be. */
  damaged(batch: number, reason: string): void {
    this.settle(batch)?.reject(new Error(reason));
  }

  /** The worker has ended. */
  close(): void {
    this.closed = true;
    this.pipe.destroy();
    for (const batch of [...this.waiting.keys()]) this.settle(batch)?.resolve(null);
  }

  private settle(batch: number): Waiting | undefined {
    this.moved();
    const waiting = this.waiting.get(batch);
    this.waiting.delete(batch);
    return waiting;
  }

  private send(digest: string | null, write: () => Promise<void>): Promise<RefusedDocument[] | null> {
    const batch = ++this.batches;
    const acknowledged = new Promise<RefusedDocument[] | null>((resolve, reject) => this.waiting.set(batch, { resolve, reject }));
    if (this.closed) this.settle(batch)?.resolve(null);
    this.then(async () => {
      try {
        await write();
        await this.write(`${END}${JSON.stringify({ batch, digest } satisfies EndLine)}\n`);
      } catch (error) {
        this.damaged(batch, (error as Error).message);
      }
    });
    return acknowledged;
  }

  private then(write: () => Promise<void>): void {
    this.tail = this.tail.then(write);
  }

  /** Resolves when there is room for more, or when there is nobody any more who reads. */
  private async write(lines: Buffer | string): Promise<void> {
    this.moved();
    if (this.gone || lines.length === 0 || this.pipe.write(lines)) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.pipe.off('drain', done).off('close', done);
        resolve();
      };
      this.pipe.on('drain', done).on('close', done);
    });
  }
}
