import { headerInfo, KNOWN_HEADERS, type KnownHeader } from './header-info.js';

const ABSENT = KNOWN_HEADERS.map(() => -1);
const INDEX = new Map<string, number>(KNOWN_HEADERS.map((name, index) => [name, index]));

/** A client's headers, with those that the pipeline reads itself found in one pass. */
export class RequestHeaders {
  /** For each known header the place of its first value in `raw`, or -1. */
  private readonly places: number[] = ABSENT.slice();
  private repeated = false;

  constructor(readonly raw: readonly string[]) {
    for (let i = 0; i < raw.length; i += 2) {
      const { known } = headerInfo(raw[i] as string);
      if (known < 0) continue;
      if ((this.places[known] as number) < 0) this.places[known] = i + 1;
      else this.repeated = true;
    }
  }

  /** The first value of a header that the pipeline reads. */
  first(name: KnownHeader): string | undefined {
    const place = this.places[INDEX.get(name) as number] as number;
    return place < 0 ? undefined : this.raw[place];
  }

  /** Whether a known header came more than once with different values. */
  contradictory(name: KnownHeader): boolean {
    if (!this.repeated) return false;
    const first = this.first(name);
    for (let i = 0; i < this.raw.length; i += 2) {
      if (headerInfo(this.raw[i] as string).lower === name && this.raw[i + 1] !== first) return true;
    }
    return false;
  }

  /** Every value of the header spelled exactly `name`, in order; for mappings, which AWS compares by case. */
  values(name: string): string[] {
    const values: string[] = [];
    for (let i = 0; i < this.raw.length; i += 2) if (this.raw[i] === name) values.push(this.raw[i + 1] as string);
    return values;
  }
}
