import type { AnswerWatch } from './answer-watch.js';

/** A lease that has something to ask. */
interface Asking {
  failed(): void;
  decideLocally(): void;
}

/** Round trips that may be open at once: more asks gather meanwhile and travel together, so that a slow Redis is never sent a growing pile. */
const OPEN_ROUND_TRIPS = 2;
const LARGEST_ROUND_TRIP = 200;

/** Sends what leases ask to Redis, many in one round trip. */
export class AskQueue<L extends Asking> {
  private queued: L[] = [];
  private readonly sent = new Set<L[]>();
  private scheduled = false;
  private readonly onDrained: (() => void)[] = [];

  /** `send` puts the question of each lease and hands each its answer; when it rejects, the leases are told that they failed. */
  constructor(
    private readonly send: (leases: L[]) => Promise<void>,
    private readonly watch: AnswerWatch,
    private readonly onError: (error: Error) => void,
  ) {}

  push(lease: L): void {
    this.queued.push(lease);
    this.schedule();
  }

  /** Redis is late: what was not sent fails, and the requests that wait for an answer are decided without it. */
  giveUp(): void {
    for (const lease of this.queued.splice(0)) lease.failed();
    for (const leases of this.sent) for (const lease of leases) lease.decideLocally();
    this.schedule();
  }

  /** Resolves when nothing is queued or open. */
  async drained(): Promise<void> {
    while (this.queued.length > 0 || this.sent.size > 0) await new Promise<void>((resolve) => this.onDrained.push(resolve));
  }

  private schedule(): void {
    if (this.queued.length === 0 && this.sent.size === 0) for (const resolve of this.onDrained.splice(0)) resolve();
    if (this.scheduled || this.sent.size >= OPEN_ROUND_TRIPS || this.queued.length === 0) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      void this.sendSome();
    });
  }

  private async sendSome(): Promise<void> {
    const leases = this.queued.splice(0, LARGEST_ROUND_TRIP);
    if (leases.length === 0) return;
    this.sent.add(leases);
    this.schedule();
    const question = this.watch.ask();
    try {
      await this.send(leases);
    } catch (error) {
      for (const lease of leases) lease.failed();
      this.onError(error as Error);
    } finally {
      this.watch.answered(question);
      this.sent.delete(leases);
      this.schedule();
    }
  }
}
