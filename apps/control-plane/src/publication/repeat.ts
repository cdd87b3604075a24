/** Runs a task again and again until it is stopped, never twice at once. */
export class Repeat {
  private timer?: NodeJS.Timeout;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  /** The pause between two runs is `everyMs`; a task that rejects is run again, and `onError` hears of it. */
  constructor(
    private readonly everyMs: number,
    private readonly task: () => Promise<void>,
    private readonly onError: (error: Error) => void,
  ) {}

  /** Runs the task now, or once more when it is running; resolves when that run is over. */
  now(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    this.again = true;
    this.running ??= this.run();
    return this.running;
  }

  /** Resolves when the run in progress has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    clearTimeout(this.timer);
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        await this.task();
      } catch (error) {
        this.onError(error as Error);
      }
    }
    this.running = null;
    if (!this.stopped) this.timer = setTimeout(() => void this.now(), this.everyMs);
  }
}
