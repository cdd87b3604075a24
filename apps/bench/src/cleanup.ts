type Undo = () => unknown;

/** What a benchmark started and has to end, whether it finishes, fails or is interrupted: the last first, and each exactly once. */
export class Cleanup {
  private readonly steps: Undo[] = [];
  private running: Promise<void> | null = null;

  /** It has begun, so that whatever fails from now on fails because of it. */
  get begun(): boolean {
    return this.running !== null;
  }

  /** Throws when the cleanup has begun: nothing new may be started then. */
  defer(undo: Undo): void {
    if (this.begun) throw new Error('the benchmark is ending');
    this.steps.push(undo);
  }

  /** Fulfilled when all is undone; a step that fails is told of on standard error and keeps no other from its turn. */
  run(): Promise<void> {
    return (this.running ??= this.undoAll());
  }

  private async undoAll(): Promise<void> {
    for (let undo = this.steps.pop(); undo; undo = this.steps.pop()) {
      try {
        await undo();
      } catch (error) {
        console.error(error);
      }
    }
  }
}
