import { Column, DocumentDigest, FolderLock, NameTable, ON_DISK, fingerprintOf, type DocumentHead } from '@gatehouse/publication';
import type { DataPlaneKey } from '@gatehouse/snapshot';
import { mkdir, open, rename, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { readMark, writeMark, type DiskMark } from './disk-mark.js';
import { LineWriter } from './line-writer.js';
import { LogFile } from './log-file.js';
import { DOCUMENT, nameIn, readHead } from './read-document.js';
import { readLines } from './read-lines.js';

/** A document as it was read back and verified. */
export interface SavedDocument extends DocumentHead {
  /** Of its text. */
  fingerprint: number;
}

/** Everything that the copy holds at one moment, or will hold when it has been written. */
export interface WholeConfiguration {
  /** Over the documents, as in the marks. */
  readonly digest: string;
  /** Lines of the form `D {document}`, some at once. Rejects when the file cannot be read. */
  lines(): AsyncGenerator<Buffer>;
  /** To be called when no more lines are wanted. */
  release(): Promise<void>;
}

/** What a swap changed, as Redis gave it and `readHead` took it: each text is one line. */
export interface DiskChange {
  documents: readonly { name: string; revision: number; text: string }[];
  deployments: readonly { name: string; text: string }[];
  /** Deployments that no stage names any more. */
  released: readonly string[];
  mark: Omit<DiskMark, 'digest'>;
}

const FILE_NAME = 'configuration.log';
const MARK = 'M ';
/** A log this much longer than twice what it must hold is written anew. */
const COMPACTION_SLACK_BYTES = 4 << 20;
const LINE_FEED = Buffer.from('\n');
/** For another process that is about to end, to let go of the folder. */
const FOLDER_PATIENCE_MS = 30_000;

/** Something else wrote into the file while it was in use: `beginAnew`, and record everything. */
export class DamagedCopy extends Error {}

/** What to write, by name; null for what leaves. */
type Pending = Map<string, { text: string; revision: number } | null>;

interface Kept {
  offset: number;
  /** With its line feed. */
  length: number;
  /** -1 for a deployment, which the digest leaves out. */
  revision: number;
}

/** Takes the documents of a copy, all but deployments, in the order in which they were written: later ones replace earlier ones. */
export type TakeSaved = (document: SavedDocument) => void;

/**
 * A gateway's configuration on disk: one log of the documents in the order of their changes, with a signed mark after each batch. A change costs what it
 * weighs and not what the whole weighs; when half of the log is outdated it is written anew beside the old one and takes its place.
 * Writing happens in the background, all that has gathered meanwhile at once, flushed to the disk.
 */
export class DiskCopy {
  private lock: FolderLock | null = null;
  private file: LogFile | null = null;
  private size = 0;
  /** Where each document is, by its slot among the names. */
  private readonly offsets = Column.floats();
  private readonly lengths = Column.floats();
  private readonly revisions = Column.floats();
  private keptBytes = 0;
  private digest = new DocumentDigest();

  private tornTail = false;
  private pending: Pending = new Map();
  private pendingMark: DiskChange['mark'] | null = null;
  /** What is being written now. */
  private inWriting: Pending = new Map();
  private writing: Promise<void> | null = null;

  /** `onError` hears of each write that failed; what it should have written is kept and tried with the next change. It hears also of a wait for the folder. */
  constructor(
    private readonly folder: string,
    private readonly keys: readonly DataPlaneKey[],
    private readonly onError: (error: Error) => void,
    private readonly names = new NameTable(),
  ) {}

  private get path(): string {
    return path.join(this.folder, FILE_NAME);
  }

  /**
   * Reads and verifies the copy and answers its last mark; null when there is none, when it was never complete, or when anything in it was changed or
   * is damaged, which goes to `onError`; the next change then begins a new one. `begin` is called for who takes the documents, and again where
   * what was taken so far turns out to be worth nothing: a batch that was cut off at the end is passed over. The folder is this process's until `close`.
   * Throws when it cannot be made, or another process keeps it.
   */
  async load(begin: () => TakeSaved): Promise<DiskMark | null> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    this.lock = await FolderLock.take(this.folder, FOLDER_PATIENCE_MS, () =>
      this.onError(new Error(`another process uses ${this.folder}; waiting for it`)),
    );
    let file: FileHandle;
    try {
      file = await open(this.path, 'r+');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    try {
      let mark = await this.read(file, Infinity, begin());
      if (this.tornTail) {
        this.forget();
        mark = await this.read(file, this.size, begin());
      }
      await file.truncate(this.size);
      this.file = new LogFile(file);
      return mark;
    } catch (error) {
      await file.close();
      this.forget();
      begin();
      this.onError(error as Error);
      return null;
    }
  }

  /** Takes a change; answers before it is written. The first one after a `load` that answered null must hold everything. */
  record(change: DiskChange): void {
    for (const { name, text } of change.deployments) this.pending.set(name, { text, revision: -1 });
    for (const { name, text, revision } of change.documents) this.pending.set(name, { text, revision });
    for (const name of change.released) this.pending.set(name, null);
    this.pendingMark = change.mark;
    this.writing ??= this.writeAll();
  }

  /** Resolves when everything recorded so far was written, or failed to be. */
  async flush(): Promise<void> {
    await this.writing;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.file?.release();
    this.file = null;
    await this.lock?.release();
    this.lock = null;
  }

  /** The next change begins a new copy, and must hold everything. Only while nothing is being written. */
  beginAnew(): void {
    void this.file?.release();
    this.file = null;
    this.forget();
  }

  /** Everything that was recorded so far; what is recorded after this call is not in it. */
  whole(): WholeConfiguration {
    const newer: Pending = new Map([...this.inWriting, ...this.pending]);
    const digest = this.digest.copy();
    const replaced = new Set<number>();
    for (const [name, item] of newer) {
      const before = this.find(name);
      if (before >= 0) replaced.add(before);
      if (before >= 0 && this.revisions.get(before) >= 0) digest.remove(name, this.revisions.get(before));
      if (item && item.revision >= 0) digest.add(name, item.revision);
    }
    const offsets: number[] = [];
    for (const [, slot] of this.names.heldBy(ON_DISK)) if (!replaced.has(slot)) offsets.push(this.offsets.get(slot));
    const file = this.file?.share();
    return {
      digest: digest.toString(),
      lines: () => linesOf(file, Float64Array.from(offsets).sort(), newer),
      release: async () => file?.release(),
    };
  }

  /** Reads the lines before `end`. Answers the last mark; `size` is then where it ends, and `tornTail` tells whether something readable follows. */
  private async read(file: FileHandle, end: number, take: TakeSaved): Promise<DiskMark> {
    const parts = new DependentDocuments();
    let mark: DiskMark | null = null;
    let damage: Error | null = null;
    this.tornTail = false;
    for await (const lines of readLines(file)) {
      for (const { offset, bytes } of lines) {
        if (offset >= end) break;
        const line = bytes.toString('utf8');
        const length = bytes.length + 1;
        if (line.startsWith(MARK)) {
          if (damage) throw damage;
          mark = readMark(this.keys, line.slice(MARK.length));
          if (!mark) throw new Error(`the disk copy has a mark at ${offset} that is not ours`);
          this.size = offset + length;
          this.tornTail = false;
        } else if (!damage) {
          try {
            const text = line.slice(DOCUMENT.length);
            const document = { ...readHead(this.keys, nameIn(text), text), fingerprint: fingerprintOf(text) };
            const isDeployment = document.kind === 'deployment';
            this.keep(document.name, { offset, length, revision: isDeployment ? -1 : document.revision });
            parts.note(document);
            if (!isDeployment) take(document);
            this.tornTail = true;
          } catch (error) {
            damage = new Error(`the disk copy is damaged at ${offset}: ${(error as Error).message}`);
          }
        }
      }
    }
    if (!mark) throw damage ?? new Error('the disk copy was never complete');
    if (!this.tornTail) this.complete(mark, parts);
    return mark;
  }

  /** Throws unless the documents are exactly those that the last mark closed, with the deployments their stages need. */
  private complete(mark: DiskMark, parts: DependentDocuments): void {
    const missing = parts.missing();
    if (missing !== undefined) throw new Error(`the disk copy lacks ${missing}`);
    for (const name of parts.unneeded()) this.drop(name);
    if (this.digest.toString() !== mark.digest) throw new Error('the disk copy lacks documents that were written to it');
  }

  private forget(): void {
    for (const [name] of this.names.heldBy(ON_DISK)) this.names.release(name, ON_DISK);
    this.keptBytes = 0;
    this.digest = new DocumentDigest();
  }

  private find(name: string): number {
    return this.names.find(name, ON_DISK);
  }

  private keep(name: string, { offset, length, revision }: Kept): void {
    this.drop(name);
    const slot = this.names.hold(name, ON_DISK);
    this.offsets.set(slot, offset);
    this.lengths.set(slot, length);
    this.revisions.set(slot, revision);
    this.keptBytes += length;
    if (revision >= 0) this.digest.add(name, revision);
  }

  private drop(name: string): void {
    const slot = this.find(name);
    if (slot < 0) return;
    this.keptBytes -= this.lengths.get(slot);
    if (this.revisions.get(slot) >= 0) this.digest.remove(name, this.revisions.get(slot));
    this.names.release(name, ON_DISK);
  }

  private async writeAll(): Promise<void> {
    while (this.pendingMark) {
      const pending = this.pending;
      const mark = this.pendingMark;
      this.pending = new Map();
      this.pendingMark = null;
      this.inWriting = pending;
      try {
        await this.write(pending, mark);
        this.inWriting = new Map();
      } catch (error) {
        this.inWriting = new Map();
        // Kept for the next change; what came meanwhile is newer.
        for (const [name, text] of pending) if (!this.pending.has(name)) this.pending.set(name, text);
        this.onError(error as Error);
        break;
      }
    }
    this.writing = null;
  }

  /** Appends one batch; or, when there is no log or too much of it is outdated, writes a new one and puts it in the old one's place. */
  private async write(pending: Pending, mark: DiskChange['mark']): Promise<void> {
    if (this.file && this.size <= 2 * this.keptBytes + COMPACTION_SLACK_BYTES) {
      const { handle } = this.file;
      if (this.tornTail) await handle.truncate(this.size);
      this.tornTail = true;
      const noteAppended = await this.append(new LineWriter(handle, this.size), pending, mark);
      this.tornTail = false;
      return noteAppended();
    }
    const old = this.file;
    const unfinished = `${this.path}.tmp`;
    const file = await open(unfinished, 'w+', 0o600);
    try {
      const writer = new LineWriter(file, 0);
      const noteMoved = old ? await this.copyKept(old.handle, writer, pending) : () => undefined;
      const noteAppended = await this.append(writer, pending, mark);
      await rename(unfinished, this.path);
      noteMoved();
      noteAppended();
    } catch (error) {
      await file.close();
      throw error;
    }
    this.file = new LogFile(file);
    this.tornTail = false;
    await old?.release();
    await syncFolder(this.folder);
  }

  /** Writes a batch and its mark. Answers how to note where everything is now. */
  private async append(writer: LineWriter, pending: Pending, mark: DiskChange['mark']): Promise<() => void> {
    const placed = new Map<string, Kept>();
    const digest = this.digest.copy();
    for (const [name, item] of pending) {
      const before = this.find(name);
      if (before >= 0 && this.revisions.get(before) >= 0) digest.remove(name, this.revisions.get(before));
      if (!item) continue;
      if (item.revision >= 0) digest.add(name, item.revision);
      const line = Buffer.from(`${DOCUMENT}${item.text}\n`);
      placed.set(name, { offset: writer.offset, length: line.length, revision: item.revision });
      await writer.add(line);
    }
    await writer.add(Buffer.from(`${MARK}${writeMark(this.keys[0]!, { ...mark, digest: digest.toString() })}\n`));
    await writer.finish();
    return () => {
      for (const [name, kept] of placed) this.keep(name, kept);
      for (const [name, item] of pending) if (!item) this.drop(name);
      this.size = writer.offset;
    };
  }

  /** Copies what the old log must still hold and the batch does not replace. Answers how to note where it is now. */
  private async copyKept(old: FileHandle, writer: LineWriter, pending: Pending): Promise<() => void> {
    const slots: number[] = [];
    for (const [name, slot] of this.names.heldBy(ON_DISK)) if (!pending.has(name)) slots.push(slot);
    slots.sort((a, b) => this.offsets.get(a) - this.offsets.get(b));
    const moved = new Float64Array(slots.length);
    let next = 0;
    for await (const lines of readLines(old)) {
      for (const { offset, bytes } of lines) {
        if (next === slots.length || offset !== this.offsets.get(slots[next] as number)) continue;
        moved[next++] = writer.offset;
        await writer.add(Buffer.concat([bytes, LINE_FEED]));
      }
    }
    if (next < slots.length) throw new DamagedCopy('the disk copy lacks documents that were written to it');
    return () => slots.forEach((slot, index) => this.offsets.set(slot, moved[index] as number));
  }
}

/** Stages, and the deployments that they need: the one may be written before the other. */
class DependentDocuments {
  private readonly needs = new Map<string, readonly string[]>();
  private readonly deployments = new Set<string>();

  note({ kind, name, needs, tombstone }: DocumentHead): void {
    if (kind === 'deployment') {
      if (!tombstone) this.deployments.add(name);
    } else if (needs.length > 0) this.needs.set(name, needs);
    else this.needs.delete(name);
  }

  /** A deployment that is needed and not there. */
  missing(): string | undefined {
    for (const needs of this.needs.values()) for (const name of needs) if (!this.deployments.has(name)) return name;
    return undefined;
  }

  /** The deployments that nothing needs. */
  unneeded(): string[] {
    const needed = new Set([...this.needs.values()].flat());
    return [...this.deployments].filter((name) => !needed.has(name));
  }
}

/** The lines at `offsets` (ascending) of a file, then those of `newer` documents. */
async function* linesOf(file: LogFile | undefined, offsets: Float64Array, newer: Pending): AsyncGenerator<Buffer> {
  if (file && offsets.length > 0) yield* linesAt(file.handle, offsets);
  for (const item of newer.values()) if (item) yield Buffer.from(`${DOCUMENT}${item.text}\n`);
}

async function* linesAt(file: FileHandle, offsets: Float64Array): AsyncGenerator<Buffer> {
  let next = 0;
  for await (const lines of readLines(file)) {
    const parts: Buffer[] = [];
    for (const { offset, bytes } of lines) {
      if (offset !== offsets[next]) continue;
      parts.push(bytes, LINE_FEED);
      next++;
    }
    if (parts.length > 0) yield Buffer.concat(parts);
    if (next === offsets.length) return;
  }
}

/** Makes a rename in a folder last through a loss of power. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
