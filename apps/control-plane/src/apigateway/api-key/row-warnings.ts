/** Nobody reads more of them. */
const MOST_SHOWN = 100;

/** Why rows of a file, or whatever else it lists, were left out. */
export class RowWarnings {
  private readonly told: { line: number; sentence: string }[] = [];
  private untold = 0;

  /** What one of them is called in the sentences; the plural has an `s`. */
  constructor(private readonly thing = 'line') {}

  /** `line` is counted from 1. */
  add(line: number, reason: string): void {
    if (!this.tell(line, `Ignored ${this.thing} ${line}: ${reason}`)) this.untold += 1;
  }

  /** Tells something else about a line. Answers false when too much was told already. */
  tell(line: number, sentence: string): boolean {
    if (this.told.length >= MOST_SHOWN) return false;
    this.told.push({ line, sentence });
    return true;
  }

  /** The lines that the sentences of `list` are about, one for each but that which counts the others. */
  lines(): number[] {
    return this.told.map(({ line }) => line);
  }

  /** The first hundred sentences, and how many more rows were left out. */
  list(): string[] {
    const sentences = this.told.map(({ sentence }) => sentence);
    return this.untold > 0 ? [...sentences, `Ignored ${this.untold} more ${this.thing}s`] : sentences;
  }
}
