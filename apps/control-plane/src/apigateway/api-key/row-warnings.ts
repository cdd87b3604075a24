/** Nobody reads more of them. */
const MOST_SHOWN = 100;

/** Why rows of a file were left out. */
export class RowWarnings {
  private readonly first: string[] = [];
  private count = 0;

  /** `line` is counted from 1. */
  add(line: number, reason: string): void {
    if (this.first.length < MOST_SHOWN) this.first.push(`Ignored line ${line}: ${reason}`);
    this.count += 1;
  }

  /** One sentence for each of the first hundred, and how many more there are. */
  list(): string[] {
    const more = this.count - this.first.length;
    return more > 0 ? [...this.first, `Ignored ${more} more lines`] : this.first;
  }
}
