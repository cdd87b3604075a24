import type { WorkerReport } from '@gatehouse/publication';
import type { WorkerProcess } from './worker-process.js';

/** One that ends sooner after its start has died young; the next one is then started after a delay, which doubles each time. */
const YOUNG_MS = 10_000;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 10_000;

/** A worker by its number, which it keeps over all its lives: one that ends by itself is started again. */
export class WorkerSlot {
  /** Times that it was started again because it had ended. */
  restarts = 0;
  private current: WorkerProcess;
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
    this.current = this.begin();
  }

  /** All that live, the one that counts first: two while one takes the other's place. */
  get processes(): WorkerProcess[] {
    return [this.current, this.next, this.leaving].filter((process) => process !== null);
  }

  /** Connections of clients that all of them have, as far as is known. */
  get connections(): number {
    return this.processes.reduce((sum, { connections }) => sum + connections, 0);
  }

  report(): WorkerReport {
    const { pid, serving, revision } = this.current;
    return { number: this.number, pid, serving, revision };
  }

  /** Starts a new process and drains the old one when the new one serves. Answers whether it came to that: else the old one serves on. */
  async replace(drainSeconds: number): Promise<boolean> {
    const next = this.begin();
    this.next = next;
    const serves = await new Promise<boolean>((resolve) => {
      next.once('serving', () => resolve(true));
      next.once('ended', () => resolve(false));
    });
    this.next = null;
    if (!serves || this.stopping) return false;
    const old = this.current;
    this.current = next;
    this.leaving = old;
    clearTimeout(this.timer);
    await old.drain(drainSeconds);
    this.leaving = null;
    return true;
  }

  /** Ends it for good; requests under way may end within so many seconds. */
  async stop(drainSeconds: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await Promise.all(this.processes.map((process) => process.drain(drainSeconds)));
  }

  private begin(): WorkerProcess {
    const process = this.launch(this.number);
    process.once('ended', (how) => this.ended(process, how));
    return process;
  }

  private ended(process: WorkerProcess, how: string): void {
    if (this.stopping || process !== this.current) return;
    const young = performance.now() - process.startedAt < YOUNG_MS;
    this.deathsInYouth = young ? this.deathsInYouth + 1 : 0;
    const delay = young ? Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.deathsInYouth - 1)) : 0;
    console.error(`gateway: worker ${this.number} ended (${how}); starting it again${delay > 0 ? ` in ${delay} ms` : ''}`);
    this.timer = setTimeout(() => {
      this.restarts++;
      this.current = this.begin();
    }, delay);
  }
}
