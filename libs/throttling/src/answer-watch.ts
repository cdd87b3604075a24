/** Something that Redis was asked and has not answered yet. */
export interface OpenQuestion {
  readonly askedAt: number;
  late: boolean;
}

/**
 * Notices in time that Redis does not answer. One timer serves all open questions, and before it judges it lets the event loop read its
 * sockets once more, so that a busy gateway does not take its own delay for a slow Redis.
 */
export class AnswerWatch {
  private readonly open = new Set<OpenQuestion>();
  private timer: NodeJS.Timeout | undefined;

  /** `onLate` is called when at least one question has been open for `patienceMs`; all such questions are then marked late. */
  constructor(
    private readonly patienceMs: number,
    private readonly onLate: () => void,
  ) {}

  ask(): OpenQuestion {
    const question = { askedAt: performance.now(), late: false };
    this.open.add(question);
    this.timer ??= setTimeout(() => setImmediate(() => this.judge()), this.patienceMs);
    return question;
  }

  answered(question: OpenQuestion): void {
    this.open.delete(question);
  }

  close(): void {
    clearTimeout(this.timer);
    this.open.clear();
  }

  private judge(): void {
    this.timer = undefined;
    const now = performance.now();
    let late = false;
    let nextIn = Infinity;
    for (const question of this.open) {
      nextIn = question.askedAt + this.patienceMs - now;
      if (nextIn > 0.5) break;
      question.late = true;
      late = true;
      this.open.delete(question);
      nextIn = Infinity;
    }
    if (nextIn !== Infinity) this.timer = setTimeout(() => setImmediate(() => this.judge()), nextIn);
    if (late) this.onLate();
  }
}
