/** Attempts to connect that fail in a row before an origin counts as down: a single one that fails says little. */
const MOST_FAILURES = 3;
/** Milliseconds for which nobody tries to connect to an origin that is down; doubled with each attempt that fails. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2_000;

/** Whether it is worth a try to connect to an origin; times in milliseconds on the monotonic clock. See docs/decisions/backends-that-are-down.md. */
export class Reachability {
  /** How the last attempt failed. */
  lastError: Error | null = null;
  private failures = 0;
  private pause = FIRST_PAUSE;
  private nextProbe = 0;

  /** Whether an attempt may be made now: always while the origin is up, else once a pause. */
  mayTry(now: number): boolean {
    return !this.down || now >= this.nextProbe;
  }

  /** An attempt begins. Answers whether it is the one by which a return of the origin is found out. */
  begin(now: number): boolean {
    if (!this.down) return false;
    // One that gets no answer at all does not hold back the next for longer than the pause.
    this.nextProbe = now + LONGEST_PAUSE;
    return true;
  }

  succeeded(): void {
    this.failures = 0;
    this.pause = FIRST_PAUSE;
  }

  /** @param probe what `begin` said of the attempt */
  failed(now: number, probe: boolean, error: Error): void {
    this.lastError = error;
    this.failures++;
    if (this.failures === MOST_FAILURES) this.nextProbe = now + this.pause;
    // Those that had begun before it was down say nothing new.
    if (!probe) return;
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    this.nextProbe = now + this.pause;
  }

  private get down(): boolean {
    return this.failures >= MOST_FAILURES;
  }
}
