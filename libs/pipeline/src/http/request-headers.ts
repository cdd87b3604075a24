import { headerInfo, KNOWN_HEADER_COUNT, type HeaderInfo, type KnownHeader } from './header-info.js';

const NOWHERE = Array.from({ length: KNOWN_HEADER_COUNT }, () => 0);

/** A client's headers, with those that the pipeline reads itself found in one pass. */
export class RequestHeaders {
  /** The rules for each header, in the order of `raw`. */
  readonly infos: readonly HeaderInfo[];
  /** For each known header the place of its first value in `raw`; 0 where it did not come. */
  private readonly places = NOWHERE.slice();
  private repeated = false;

  constructor(readonly raw: readonly string[]) {
    const infos = new Array<HeaderInfo>(raw.length >> 1);
    for (let i = 0; i < raw.length; i += 2) {
      const info = headerInfo(raw[i] as string);
      infos[i >> 1] = info;
      const { known } = info;
      if (known < 0) continue;
      if (this.places[known] === 0) this.places[known] = i + 1;
      else this.repeated = true;
    }
    this.infos = infos;
  }

  /** The first value of a header that the pipeline reads. */
  first(header: KnownHeader): string | undefined {
    const place = this.places[header] as number;
    return place === 0 ? undefined : this.raw[place];
  }

  /** The same without one of them. */
  without(header: KnownHeader): RequestHeaders {
    const { raw, infos } = this;
    return new RequestHeaders(raw.filter((_, at) => infos[at >> 1]?.known !== header));
  }

  /** Whether a known header came more than once with different values. */
  contradictory(header: KnownHeader): boolean {
    if (!this.repeated) return false;
    const first = this.first(header);
    return this.infos.some((info, at) => info.known === header && this.raw[2 * at + 1] !== first);
  }

  /** Every value of the header spelled exactly `name`, in order; for mappings, which AWS compares by case. */
  values(name: string): string[] {
    const values: string[] = [];
    for (let i = 0; i < this.raw.length; i += 2) if (this.raw[i] === name) values.push(this.raw[i + 1] as string);
    return values;
  }
}
