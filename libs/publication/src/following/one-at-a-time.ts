/** Runs a task whenever it is asked for, never twice at once: whoever asks while it runs makes it run once more. */
export class OneAtATime {
  private asked = false;
  private running: Promise<void> | null = null;

  /** `task` must not reject. */
  constructor(private readonly task: () => Promise<void>) {}

  ask(): void {
    this.asked = true;
    this.running ??= this.run();
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    do {
      this.asked = false;
      await this.task();
    } while (this.asked);
    this.running = null;
  }
}
