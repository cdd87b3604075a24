import type { WorkerReport } from '@gatehouse/publication';
import type { WorkerProcess } from './worker-process.js';

/** One that ends sooner after its start has died young; the next one is then started after a delay, which doubles each time. */
const YOUNG_MS = 10_000;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 10_000;
/** For one that takes another's place, to serve: far more than the largest configuration takes. */
const COME_UP_MS = 600_000;

/** A worker by its number, which it keeps over all its lives: one that ends by itself is started again. */
export class WorkerSlot {
  /** Times that it was started again because it had ended. */
  restarts = 0;
  /** Null while none could be started yet. */
  private current: WorkerProcess | null = null;
  private next: WorkerProcess | null = null;
  /** Has had its place taken, and ends. */
  private leaving: WorkerProcess | null = null;
  private deathsInYouth = 0;
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    readonly number: number,
    private readonly launch: (number: number) => WorkerProcess,
  ) {
    this.start();
  }

  /** All that live, the one that counts first: two while one takes the other's place. */
  get processes(): WorkerProcess[] {
    return [this.current, this.next, this.leaving].filter((process) => process !== null);
  }

  /** Connections of clients that all of them have, as far as is known. */
  get connections(): number {
    return this.processes.reduce((sum, { pid, connections }) => (pid === null ? sum : sum + connections), 0);
  }

  report(): WorkerReport {
    const { pid, serving, revision } = this.current ?? { pid: null, serving: false, revision: 0 };
    return { number: this.number, pid, serving, revision };
  }

  /** Starts a new process and drains the old one when the new one serves. Answers whether it came to that: else the old one serves on. */
  async replace(drainSeconds: number): Promise<boolean> {
    const next = this.begin();
    if (next instanceof Error) {
      console.error(`gateway: worker ${this.number} could not be started: ${next.message}`);
      return false;
    }
    this.next = next;
    const timer = setTimeout(() => next.kill('it did not come up and was killed'), COME_UP_MS);
    const serves = await new Promise<boolean>((resolve) => {
      next.once('serving', () => resolve(true));
      next.once('ended', () => resolve(false));
    });
    clearTimeout(timer);
    this.next = null;
    if (!serves || this.stopping) return false;
    const old = this.current;
    this.current = next;
    this.leaving = old;
    clearTimeout(this.timer);
    await old?.drain(drainSeconds);
    this.leaving = null;
    return true;
  }

  /** Ends it for good; requests under way may end within so many seconds. */
  async stop(drainSeconds: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await Promise.all(this.processes.map((process) => process.drain(drainSeconds)));
  }

  private start(): void {
    const begun = this.begin();
    if (begun instanceof Error) this.startAgain(begun.message, true);
    else this.current = begun;
  }

  /** Answers why there is none, where the system has no room for it: that is no reason to end those that serve. */
  private begin(): WorkerProcess | Error {
    try {
      const process = this.launch(this.number);
      process.once('ended', (how) => this.ended(process, how));
      return process;
    } catch (error) {
      return error as Error;
    }
  }

  private ended(process: WorkerProcess, how: string): void {
    if (this.stopping || process !== this.current) return;
    this.startAgain(how, performance.now() - process.startedAt < YOUNG_MS);
  }

  private startAgain(why: string, young: boolean): void {
    this.deathsInYouth = young ? this.deathsInYouth + 1 : 0;
    const delay = young ? Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.deathsInYouth - 1)) : 0;
    console.error(`gateway: worker ${this.number} ended (${why}); starting it again${delay > 0 ? ` in ${delay} ms` : ''}`);
    this.timer = setTimeout(() => {
      this.restarts++;
      this.start();
    }, delay);
  }
}
