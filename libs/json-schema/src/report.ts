/** A validation would take too long: it is not known whether the value is valid. */
export class TooMuchWork extends Error {}

/** Values within values, and schemas in place of one another, that are looked at at a time: less than the stack holds. */
const MOST_DEPTH = 1200;
/** Characters of a text that are looked at in one step. */
const CHARACTERS_OF_A_STEP = 16;
/** Steps that every validation may take, that each character of a text adds, and that no validation may exceed. */
const STEPS = { least: 100_000, ofCharacter: 100, most: 5_000_000 };

/** The work of one validation. */
export class Work {
  private left: number;
  private depth = 0;

  /** @param characters of the text that holds the value */
  constructor(characters: number) {
    this.left = Math.min(STEPS.least + characters * STEPS.ofCharacter, STEPS.most);
  }

  /** @throws TooMuchWork */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new TooMuchWork('too many steps');
  }

  /**
   * A text is looked at from its beginning to its end.
   *
   * @throws TooMuchWork
   */
  read(text: string): void {
    this.spend(1 + text.length / CHARACTERS_OF_A_STEP);
  }

  /** @throws TooMuchWork */
  enter(): void {
    if (++this.depth > MOST_DEPTH) throw new TooMuchWork('too deep');
  }

  leave(): void {
    this.depth--;
  }
}

/** Characters of all messages about one value, and of one of them: both hold texts of clients. */
const MOST_TOLD = 8_000;
const LONGEST_MESSAGE = 1_000;

/** What is found out about one value by one schema. */
export class Report {
  failed = false;
  private room = MOST_TOLD;

  /** @param messages where to tell what is wrong; null where only whether matters, so that one fault is enough */
  constructor(
    readonly work: Work,
    readonly messages: string[] | null = null,
  ) {}

  /** Nothing more has to be looked at. */
  get decided(): boolean {
    return this.failed && this.messages === null;
  }

  /** Notes that the value is not valid. `message` is called where somebody wants to know. */
  fail(message: () => string): void {
    this.failed = true;
    if (this.messages === null || this.room <= 0) return;
    const text = message();
    this.room -= text.length;
    this.messages.push(text.length <= LONGEST_MESSAGE ? text : `${text.slice(0, LONGEST_MESSAGE)}...`);
  }
}
