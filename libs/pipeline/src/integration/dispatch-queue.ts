/** A call that a queue starts, at once or later. */
export interface QueuedCall {
  /** Begins the call; `DispatchQueue.ended` is to be called once when it is over. */
  begin(): void;
}

/**
 * Lets at most `most` calls run at once and holds at most `mostWaiting` back, in their order. A call that is given up while it waits leaves
 * without a trace; one that was handed to an HTTP client could only be taken back by breaking the connection that it gets.
 */
export class DispatchQueue {
  private running = 0;
  private readonly waiting = new Set<QueuedCall>();

  constructor(
    private readonly most: number,
    private readonly mostWaiting: number,
  ) {}

  /** Begins the call now, or when it is its turn; false when too many wait already. */
  enter(call: QueuedCall): boolean {
    if (this.running < this.most && this.waiting.size === 0) {
      this.running++;
      call.begin();
      return true;
    }
    if (this.waiting.size >= this.mostWaiting) return false;
    this.waiting.add(call);
    return true;
  }

  /** Takes a call out that has not begun; false when it has. */
  leave(call: QueuedCall): boolean {
    return this.waiting.delete(call);
  }

  /** A call that had begun is over. */
  ended(): void {
    if (this.waiting.size === 0) this.running--;
    // The client uses the connection again one turn of the event loop after an answer's end; before, a call would wait inside it.
    else setImmediate(() => setImmediate(() => this.next()));
  }

  private next(): void {
    this.running--;
    const [call] = this.waiting;
    if (call === undefined) return;
    this.waiting.delete(call);
    this.running++;
    call.begin();
  }

  get idle(): boolean {
    return this.running === 0 && this.waiting.size === 0;
  }
}
