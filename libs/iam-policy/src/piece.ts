/** Up to this length a piece is looked for place by place: the time for one character of a text is bounded by it. */
const SHORT = 32;
const WORD = 32;

/** What stands between two asterisks of a pattern: characters, some of which may be any. */
export class Piece {
  readonly length: number;
  private automaton: ShiftAnd | null = null;

  constructor(
    private readonly text: string,
    /** Places at which any character fits, ascending. */
    private readonly holes: readonly number[],
  ) {
    this.length = text.length;
  }

  /** Whether it stands in `text` at `at`. */
  isAt(text: string, at: number): boolean {
    if (at + this.length > text.length) return false;
    if (this.holes.length === 0) return text.startsWith(this.text, at);
    let from = 0;
    for (const hole of this.holes) {
      if (!this.agrees(text, at, from, hole)) return false;
      from = hole + 1;
    }
    return this.agrees(text, at, from, this.length);
  }

  /** The first place from `from` at which it stands in `text` and ends at `end` at the latest; -1 where there is none. Takes time linear in the text. */
  find(text: string, from: number, end: number): number {
    const last = end - this.length;
    if (from > last) return -1;
    if (this.length > SHORT) {
      this.automaton ??= new ShiftAnd(this.text, new Set(this.holes));
      return this.automaton.find(text, from, end);
    }
    if (this.holes.length === 0) {
      const at = text.indexOf(this.text, from);
      return at <= last ? at : -1;
    }
    for (let at = from; at <= last; at++) if (this.isAt(text, at)) return at;
    return -1;
  }

  private agrees(text: string, at: number, from: number, to: number): boolean {
    for (let place = from; place < to; place++) {
      if (text.charCodeAt(at + place) !== this.text.charCodeAt(place)) return false;
    }
    return true;
  }
}

/**
 * Looks for a long piece: one bit for each of its places says whether the text read so far ends with that much of it. A character of the text costs one
 * operation for each 32 places, whatever stands there.
 */
class ShiftAnd {
  private readonly words: number;
  private readonly holes: Uint32Array;
  /** Character -> the places at which it fits. */
  private readonly places = new Map<number, Uint32Array>();
  private readonly finalBit: number;

  constructor(
    private readonly text: string,
    holes: ReadonlySet<number>,
  ) {
    this.words = Math.ceil(text.length / WORD);
    this.finalBit = 1 << ((text.length - 1) % WORD);
    this.holes = new Uint32Array(this.words);
    for (const hole of holes) setBit(this.holes, hole);
    for (let place = 0; place < text.length; place++) {
      if (holes.has(place)) continue;
      const character = text.charCodeAt(place);
      let places = this.places.get(character);
      if (!places) this.places.set(character, (places = this.holes.slice()));
      setBit(places, place);
    }
  }

  find(text: string, from: number, end: number): number {
    const state = new Uint32Array(this.words);
    const final = this.words - 1;
    for (let at = from; at < end; at++) {
      const fitting = this.places.get(text.charCodeAt(at)) ?? this.holes;
      let carried = 1;
      for (let word = 0; word < this.words; word++) {
        const before = state[word] as number;
        state[word] = ((before << 1) | carried) & (fitting[word] as number);
        carried = before >>> (WORD - 1);
      }
      if (((state[final] as number) & this.finalBit) !== 0) return at - this.text.length + 1;
    }
    return -1;
  }
}

function setBit(words: Uint32Array, bit: number): void {
  const word = Math.floor(bit / WORD);
  words[word] = (words[word] as number) | (1 << (bit % WORD));
}
