import { setTimeout as sleep } from 'node:timers/promises';
import { describeError } from '../cli-error.js';

/** Something that runs: a process, or a server inside this one. */
export interface Part {
  /** Fulfilled when it does its work; rejected when it ends before that. */
  ready: Promise<void>;
  /** Fulfilled with the reason when it has ended, whoever ended it. */
  exited: Promise<string>;
  /** Ends it cleanly. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

/** A part under supervision. */
interface Supervised {
  name: string;
  floor: number;
  start: () => Promise<Part>;
  /** The newest one; rejected when it could not be started. */
  part: Promise<Part>;
  /** When it was started again, ms. */
  restarts: number[];
}

const RESTART_DELAY_MS = 500;
const RESTART_LIMIT = 5;
const RESTART_WINDOW_MS = 60_000;

/**
 * Keeps parts running: one that ends by itself is started again, and said so. One that ends more than five times in a minute is given up
 * ({@link Supervisor.failed}).
 */
export class Supervisor {
  private readonly all: Supervised[] = [];
  private stopping: Promise<void> | undefined;
  private giveUp!: (error: Error) => void;

  /** Rejected when a part cannot be kept running. */
  readonly failed = new Promise<never>((_, reject) => (this.giveUp = reject));

  constructor(private readonly say: (line: string) => void) {
    this.failed.catch(() => undefined); // whoever waits for it hears of it; nobody may be waiting yet
  }

  /**
   * Starts a part, waits until it is ready and watches it from then on. Throws when it cannot be started.
   * @param floor parts of a lower floor stop after those above them, which need them to end cleanly
   */
  async run(name: string, floor: number, start: () => Promise<Part>): Promise<void> {
    if (this.stopping) throw new Error(`${name} was not started`);
    const supervised: Supervised = { name, floor, start, part: start(), restarts: [] };
    this.all.push(supervised);
    await this.watch(supervised);
  }

  /** Stops all parts, also those that are just being started, floor by floor from the top. */
  stop(): Promise<void> {
    return (this.stopping ??= this.stopAll());
  }

  /** Ends all parts at once. */
  kill(): void {
    for (const { part } of this.all) {
      void part.then(
        (running) => running.kill(),
        () => undefined,
      );
    }
  }

  private async watch(supervised: Supervised): Promise<void> {
    const part = await supervised.part;
    try {
      await part.ready;
    } catch (error) {
      await part.stop();
      throw error;
    }
    void part.exited.then((reason) => this.restart(supervised, reason));
  }

  private async restart(supervised: Supervised, reason: string): Promise<void> {
    if (this.stopping) return;
    const recent = supervised.restarts.filter((time) => time > Date.now() - RESTART_WINDOW_MS);
    if (recent.length >= RESTART_LIMIT) return this.giveUp(new Error(`${supervised.name} keeps ending: ${reason}`));
    supervised.restarts = [...recent, Date.now()];
    this.say(`${supervised.name} ended (${reason}); starting it again`);
    await sleep(RESTART_DELAY_MS);
    if (this.stopping) return;
    try {
      supervised.part = supervised.start();
      await this.watch(supervised);
      if (!this.stopping) this.say(`${supervised.name} runs again`);
    } catch (error) {
      await this.restart(supervised, describeError(error));
    }
  }

  private async stopAll(): Promise<void> {
    const floors = [...new Set(this.all.map(({ floor }) => floor))].sort((a, b) => b - a);
    for (const floor of floors) {
      const parts = this.all.filter((supervised) => supervised.floor === floor).map(({ part }) => part);
      const started = (await Promise.allSettled(parts)).filter((part) => part.status === 'fulfilled');
      await Promise.all(started.map((part) => part.value.stop()));
    }
  }
}
