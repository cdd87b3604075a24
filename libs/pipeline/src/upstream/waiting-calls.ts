import type { PooledCall } from './pooled-call.js';

/** Calls that wait for a connection, in their order. One that gives up leaves without a trace, wherever it stands. */
export class WaitingCalls {
  size = 0;
  private first: PooledCall | null = null;
  private last: PooledCall | null = null;

  add(call: PooledCall): void {
    call.waitsIn = this;
    call.before = this.last;
    if (this.last === null) this.first = call;
    else this.last.after = call;
    this.last = call;
    this.size++;
  }

  /** Takes the one out that has waited longest; null when nobody waits. */
  shift(): PooledCall | null {
    const call = this.first;
    if (call !== null) this.remove(call);
    return call;
  }

  /** Takes one out that waits here. */
  remove(call: PooledCall): void {
    const { before, after } = call;
    if (before === null) this.first = after;
    else before.after = after;
    if (after === null) this.last = before;
    else after.before = before;
    call.before = call.after = call.waitsIn = null;
    this.size--;
  }
}
