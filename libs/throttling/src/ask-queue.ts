import type { AnswerWatch } from './answer-watch.js';

/** A lease that has something to ask. */
interface Asking {
  /** False once it was sent. */
  readonly queued: boolean;
  sent(): void;
  failed(): void;
  decideLocally(): void;
}

/** Round trips that may be open at once: more asks gather meanwhile and travel together, so that a slow Redis is never sent a growing pile. */
const OPEN_ROUND_TRIPS = 2;
/** Small enough that Redis answers it well within the time that a request waits. */
const LARGEST_ROUND_TRIP = 50;

/** Sends what leases ask to Redis, many in one round trip. */
export class AskQueue<L extends Asking> {
  /** Leases for which a request waits, and the others; one may be in both. */
  private urgent: L[] = [];
  private background: L[] = [];
  private readonly sent = new Set<L[]>();
  private scheduled = false;
  private readonly onDrained: (() => void)[] = [];

  /** `send` puts the question of each lease and hands each its answer; when it rejects, the leases are told that they failed. */
  constructor(
    private readonly send: (leases: L[]) => Promise<void>,
    private readonly watch: AnswerWatch,
    private readonly onError: (error: Error) => void,
  ) {}

  push(lease: L, urgent: boolean): void {
    (urgent ? this.urgent : this.background).push(lease);
    this.schedule();
  }

  /** Redis is late: what was not sent fails, and the requests that wait for an answer are decided without it. */
  giveUp(): void {
    for (const lease of [...this.urgent, ...this.background]) if (lease.queued) lease.failed();
    this.urgent = [];
    this.background = [];
    for (const leases of this.sent) for (const lease of leases) lease.decideLocally();
    this.schedule();
  }

  /** Resolves when nothing is queued or open. */
  async drained(): Promise<void> {
    while (!this.isDrained) await new Promise<void>((resolve) => this.onDrained.push(resolve));
  }

  private schedule(): void {
    if (this.isDrained) for (const resolve of this.onDrained.splice(0)) resolve();
    if (this.scheduled || this.sent.size >= OPEN_ROUND_TRIPS || this.isEmpty) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      void this.sendSome();
    });
  }

  private async sendSome(): Promise<void> {
    const leases = this.next();
    if (leases.length === 0) return this.schedule();
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

  private next(): L[] {
    const leases: L[] = [];
    for (const queue of [this.urgent, this.background]) {
      let looked = 0;
      for (; looked < queue.length && leases.length < LARGEST_ROUND_TRIP; looked += 1) {
        const lease = queue[looked]!;
        if (!lease.queued) continue;
        lease.sent();
        leases.push(lease);
      }
      queue.splice(0, looked);
    }
    return leases;
  }

  private get isEmpty(): boolean {
    return this.urgent.length === 0 && this.background.length === 0;
  }

  private get isDrained(): boolean {
    return this.isEmpty && this.sent.size === 0;
  }
}
