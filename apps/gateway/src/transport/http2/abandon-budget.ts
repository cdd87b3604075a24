/**
 * How many requests a client may give up before it has their answers. A request begins to make work when it comes, and a reset makes room for the next
 * one at once, so that the number of streams bounds nothing (CVE-2023-44487). It is the same to this budget who resets a stream: a client can make the
 * server do it, by frames that may not be sent on it (CVE-2025-8671).
 */
export class AbandonBudget {
  /** Given up at once: what a browser does that leaves a page of many parts. */
  static readonly BURST = 200;
  /** And as many more for each second. */
  static readonly PER_SECOND = 20;

  private used = 0;
  private since = 0;

  /** Counts one more; `now` in milliseconds. Answers false where it was one too many. */
  take(now: number): boolean {
    const regained = ((now - this.since) / 1000) * AbandonBudget.PER_SECOND;
    this.used = Math.max(0, this.used - regained) + 1;
    this.since = now;
    return this.used <= AbandonBudget.BURST;
  }
}
