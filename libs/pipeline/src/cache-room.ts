/** What an entry takes beside its key and its value: places in tables, and the objects around them. */
const ENTRY_BYTES = 256;

/** One value in a table. Those of all tables of a room are one list, by their last use. */
class Entry<T> {
  newer: Entry<unknown> | null = null;
  older: Entry<unknown> | null = null;

  constructor(
    readonly table: CacheTable<T>,
    readonly key: string,
    readonly value: T,
    readonly bytes: number,
  ) {}
}

/** So many bytes, for the values of several tables: those that were used last stay. */
export class CacheRoom {
  private newest: Entry<unknown> | null = null;
  private oldest: Entry<unknown> | null = null;
  private bytes = 0;

  constructor(private readonly mostBytes: number) {}

  /** Whether so many bytes are worth their room: not more than a sixteenth of all. */
  takes(bytes: number): boolean {
    return bytes <= this.mostBytes / 16;
  }

  add(entry: Entry<unknown>): void {
    this.bytes += entry.bytes;
    this.link(entry);
    while (this.bytes > this.mostBytes && this.oldest !== null) this.oldest.table.delete(this.oldest.key);
  }

  remove(entry: Entry<unknown>): void {
    this.bytes -= entry.bytes;
    this.unlink(entry);
  }

  use(entry: Entry<unknown>): void {
    if (entry === this.newest) return;
    this.unlink(entry);
    this.link(entry);
  }

  private link(entry: Entry<unknown>): void {
    entry.older = this.newest;
    if (this.newest !== null) this.newest.newer = entry;
    this.newest = entry;
    this.oldest ??= entry;
  }

  private unlink(entry: Entry<unknown>): void {
    const { newer, older } = entry;
    if (newer === null) this.newest = older;
    else newer.older = older;
    if (older === null) this.oldest = newer;
    else older.newer = newer;
    entry.newer = entry.older = null;
  }
}

/** Values by text, for as long as there is room for them. */
export class CacheTable<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(private readonly room: CacheRoom) {}

  get size(): number {
    return this.entries.size;
  }

  get(key: string): T | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.room.use(entry);
    return entry.value;
  }

  /**
   * The key is copied: as a part of a head's text it would keep all of that.
   *
   * @param key one character per byte
   * @param bytes what the value takes, about; one that takes too much is not kept
   */
  set(key: string, value: T, bytes: number): void {
    this.delete(key);
    const all = bytes + key.length + ENTRY_BYTES;
    if (!this.room.takes(all)) return;
    const entry = new Entry(this, Buffer.from(key, 'latin1').toString('latin1'), value, all);
    this.entries.set(entry.key, entry);
    this.room.add(entry);
  }

  delete(key: string): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    this.room.remove(entry);
  }
}
