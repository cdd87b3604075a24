const SECOND_MS = 1_000;

/** Counts what comes within a second. */
export class Rate {
  /** When the second began, on the monotonic clock (ms). */
  private since = -Infinity;
  private count = 0;

  constructor(private readonly most: number) {}

  /** Counts one more; true where that is more than there may be within a second. */
  isPassed(): boolean {
    const now = performance.now();
    if (now - this.since >= SECOND_MS) {
      this.since = now;
      this.count = 0;
    }
    return ++this.count > this.most;
  }
}
