type Numbers = Float64Array | Uint8Array;

/** Numbers by slot; those that were never set are 0. */
export class Column<T extends Numbers = Float64Array> {
  private numbers: T;

  constructor(private readonly ofLength: (length: number) => T) {
    this.numbers = ofLength(1024);
  }

  static floats(): Column {
    return new Column((length) => new Float64Array(length));
  }

  static bytes(): Column<Uint8Array> {
    return new Column((length) => new Uint8Array(length));
  }

  get(slot: number): number {
    return this.numbers[slot] ?? 0;
  }

  set(slot: number, number: number): void {
    if (slot >= this.numbers.length) {
      const grown = this.ofLength(Math.max(slot + 1, this.numbers.length * 2));
      grown.set(this.numbers);
      this.numbers = grown;
    }
    this.numbers[slot] = number;
  }

  /** Zeros for all. */
  clear(): void {
    this.numbers.fill(0);
  }
}

/** Who keeps numbers by the slots of a table. */
export const FOLLOWED = 1;
export const ON_DISK = 2;
type Holder = typeof FOLLOWED | typeof ON_DISK;

/**
 * Gives each document's name a slot: what is known of a million documents lies in columns of numbers, and each name is there once, whoever knows
 * something of it.
 */
export class NameTable {
  private readonly slots = new Map<string, number>();
  private readonly holders = Column.bytes();
  private readonly free: number[] = [];

  /** The slot in which `holder` keeps what it knows of `name`; -1 when there is none. */
  find(name: string, holder: Holder): number {
    const slot = this.slots.get(name);
    return slot === undefined || (this.holders.get(slot) & holder) === 0 ? -1 : slot;
  }

  /** The slot for `name`, a new one where it has none. */
  hold(name: string, holder: Holder): number {
    let slot = this.slots.get(name);
    if (slot === undefined) {
      slot = this.free.pop() ?? this.slots.size;
      this.slots.set(ownText(name), slot);
    }
    this.holders.set(slot, this.holders.get(slot) | holder);
    return slot;
  }

  /** `holder` knows nothing of `name` any more. */
  release(name: string, holder: Holder): void {
    const slot = this.slots.get(name);
    if (slot === undefined) return;
    const others = this.holders.get(slot) & ~holder;
    this.holders.set(slot, others);
    if (others !== 0) return;
    this.slots.delete(name);
    this.free.push(slot);
  }

  /** All names of which `holder` knows something, with their slots. Names may be released meanwhile. */
  *heldBy(holder: Holder): Generator<[name: string, slot: number], undefined> {
    for (const entry of this.slots) if ((this.holders.get(entry[1]) & holder) !== 0) yield entry;
  }
}

/** The same text, which keeps no other one in memory, as one that was cut out of a document does. */
function ownText(text: string): string {
  return Buffer.from(text).toString();
}
