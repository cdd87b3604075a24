/** Milliseconds from one look at the deadlines to the next. */
const STEP = 10;
/** Steps that the wheel reaches ahead, 41 s; what is due later is looked at once on the way. */
const SLOTS = 4096;

/** Something that happens at a time which is moved often and seldom comes. It belongs to one `Deadlines` at most. */
export abstract class Deadline {
  /** Milliseconds on the monotonic clock. For `Deadlines`, as the rest. */
  dueAt = 0;
  /** Number of the step at whose slot it is looked at next; 0 where it is not set. */
  step = 0;
  before: Deadline | null = null;
  after: Deadline | null = null;

  /** The time has come; it is not set any more. */
  abstract passed(): void;
}

/**
 * Deadlines of many calls on one coarse timer: setting, moving and clearing one costs a few writes to memory, a fraction of a `setTimeout`.
 *
 * None passes early. It passes up to three steps (30 ms) late: its slot ends up to one step after it is due, the timer looks up to one step later, and it
 * goes by the time of the look before, so that what has come meanwhile is read first, also when the process was held up. The timer stands still while
 * nothing is set.
 */
export class Deadlines {
  private readonly slots: (Deadline | null)[] = new Array<Deadline | null>(SLOTS).fill(null);
  private timer: NodeJS.Timeout | null = null;
  private count = 0;
  /** Time of the last look. */
  private lookedAt = 0;
  /** The last step whose slot was emptied. */
  private step = 0;

  /** Lets a deadline pass `milliseconds` from `now`, also where it was set to another time. */
  set(deadline: Deadline, now: number, milliseconds: number): void {
    deadline.dueAt = now + milliseconds;
    if (this.timer === null) this.start(now);
    if (deadline.step === 0) this.count++;
    // It is moved to its new slot when the old one comes.
    else if (deadline.step <= stepOf(deadline.dueAt)) return;
    else this.unlink(deadline);
    this.link(deadline);
  }

  clear(deadline: Deadline): void {
    if (deadline.step === 0) return;
    this.unlink(deadline);
    this.count--;
  }

  private start(now: number): void {
    this.lookedAt = now;
    this.step = Math.floor(now / STEP);
    this.timer = setInterval(() => this.look(performance.now()), STEP).unref();
  }

  private look(now: number): void {
    const until = this.lookedAt;
    this.lookedAt = now;
    while (this.step < Math.floor(until / STEP)) this.empty(++this.step, until);
    if (this.count > 0 || this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
  }

  private empty(step: number, until: number): void {
    for (;;) {
      const deadline = this.slots[step % SLOTS] as Deadline | null;
      if (deadline === null) return;
      this.unlink(deadline);
      if (deadline.dueAt > until) this.link(deadline);
      else {
        this.count--;
        deadline.passed();
      }
    }
  }

  private link(deadline: Deadline): void {
    const step = Math.min(Math.max(stepOf(deadline.dueAt), this.step + 1), this.step + SLOTS - 1);
    const slot = step % SLOTS;
    const first = this.slots[slot] as Deadline | null;
    deadline.step = step;
    deadline.after = first;
    if (first !== null) first.before = deadline;
    this.slots[slot] = deadline;
  }

  private unlink(deadline: Deadline): void {
    const { before, after } = deadline;
    if (before === null) this.slots[deadline.step % SLOTS] = after;
    else before.after = after;
    if (after !== null) after.before = before;
    deadline.before = deadline.after = null;
    deadline.step = 0;
  }
}

/** The first step that ends no earlier than a time. */
function stepOf(time: number): number {
  return Math.ceil(time / STEP);
}
