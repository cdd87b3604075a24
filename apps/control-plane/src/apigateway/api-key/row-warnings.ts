/** Nobody reads more of them. */
const MOST_SHOWN = 100;

/** Why rows of a file, or whatever else it lists, were left out. */
export class RowWarnings {
  private readonly first: string[] = [];
  private count = 0;

  /** What one of them is called in the sentences; the plural has an `s`. */
  constructor(private readonly thing = 'line') {}

  /** `line` is counted from 1. */
  add(line: number, reason: string): void {
    if (this.first.length < MOST_SHOWN) this.first.push(`Ignored ${this.thing} ${line}: ${reason}`);
    this.count += 1;
  }

  /** One sentence for each of the first hundred, and how many more there are. */
  list(): string[] {
    const more = this.count - this.first.length;
    return more > 0 ? [...this.first, `Ignored ${more} more ${this.thing}s`] : this.first;
  }
}
