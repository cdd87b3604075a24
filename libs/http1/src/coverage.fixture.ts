import { Session, type Profiler } from 'node:inspector';

/** Which blocks of this library have run, as V8 counts them. */
export class BlockCoverage {
  private readonly session = new Session();
  private readonly seen = new Set<string>();

  /** Code runs slowly from here to `stop`. */
  start(): void {
    this.session.connect();
    this.session.post('Profiler.enable');
    this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    this.takeNew();
  }

  stop(): void {
    this.session.disconnect();
  }

  /** How many blocks have run. */
  get blocks(): number {
    return this.seen.size;
  }

  /** Runs all the inputs, which is cheap, and finds those that make a block run that had not run before. */
  newAmong<T>(inputs: readonly T[], run: (input: T) => void): T[] {
    inputs.forEach(run);
    const fresh = this.takeNew();
    if (fresh.length === 0) return [];
    if (inputs.length === 1) {
      for (const block of fresh) this.seen.add(block);
      return [...inputs];
    }
    const middle = inputs.length >> 1;
    return [...this.newAmong(inputs.slice(0, middle), run), ...this.newAmong(inputs.slice(middle), run)];
  }

  /** The blocks that have run since this was asked last and that are not among the seen. */
  private takeNew(): string[] {
    const fresh: string[] = [];
    // Answers before it returns.
    this.session.post('Profiler.takePreciseCoverage', (_, { result }: Profiler.TakePreciseCoverageReturnType) => {
      for (const { url, scriptId, functions } of result) {
        if (!url.includes('/http1/src/') || /\.(spec|fixture)\.ts/.test(url)) continue;
        for (const { ranges } of functions) {
          for (const { startOffset, endOffset, count } of ranges) {
            const block = `${scriptId} ${startOffset} ${endOffset}`;
            if (count > 0 && !this.seen.has(block)) fresh.push(block);
          }
        }
      }
    });
    return fresh;
  }
}
