/** What an entry takes beside its key and its value: places in tables, and the objects around them. */
const ENTRY_BYTES = 256;

interface Entry<T> {
  readonly value: T;
  readonly bytes: number;
}

/** Keeps values by text, those that were used last, up to so many bytes of all together. */
export class BoundedCache<T> {
  /** In the order of their last use. */
  private readonly entries = new Map<string, Entry<T>>();
  private bytes = 0;

  constructor(private readonly mostBytes: number) {}

  get size(): number {
    return this.entries.size;
  }

  get(key: string): T | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  /** @param bytes what the value takes, about. One that takes more than a sixteenth of all there is, is not kept */
  set(key: string, value: T, bytes: number): void {
    this.delete(key);
    const all = bytes + 2 * key.length + ENTRY_BYTES;
    if (all > this.mostBytes / 16) return;
    this.entries.set(key, { value, bytes: all });
    this.bytes += all;
    for (const oldest of this.entries.keys()) {
      if (this.bytes <= this.mostBytes) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    this.bytes -= entry.bytes;
  }
}
