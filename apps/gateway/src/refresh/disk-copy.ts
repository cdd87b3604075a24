import { DocumentDigest } from '@gatehouse/publication';
import type { DataPlaneKey } from '@gatehouse/snapshot';
import { mkdir, open, rename, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { readMark, writeMark, type DiskMark } from './disk-mark.js';
import { fingerprintOf } from './followed-documents.js';
import { LineWriter } from './line-writer.js';
import { LogFile } from './log-file.js';
import { nameIn, readHead, type DocumentHead } from './read-document.js';
import { readLines } from './read-lines.js';

/** What a complete configuration consists of, as it was read back and verified. */
export interface SavedConfiguration {
  mark: DiskMark;
  /** All but deployments. */
  documents: SavedDocument[];
}

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

/** What a swap changed, as Redis gave it. */
export interface DiskChange {
  documents: readonly { name: string; revision: number; text: string }[];
  deployments: readonly { name: string; text: string }[];
  /** Deployments that no stage names any more. */
  released: readonly string[];
  mark: Omit<DiskMark, 'digest'>;
}

const FILE_NAME = 'configuration.log';
/** What the line of a document begins with. */
export const DOCUMENT = 'D ';
const MARK = 'M ';
/** A log this much longer than twice what it must hold is written anew. */
const COMPACTION_SLACK_BYTES = 4 << 20;
const LINE_FEED = Buffer.from('\n');

/** What to write, by name; null for what leaves. */
type Pending = Map<string, { text: string; revision: number } | null>;

interface Kept {
  offset: number;
  /** With its line feed. */
  length: number;
  /** -1 for a deployment, which the digest leaves out. */
  revision: number;
}

/**
 * A gateway's configuration on disk: one log of the documents in the order of their changes, with a signed mark after each batch. A change costs what it
 * weighs and not what the whole weighs; when half of the log is outdated it is written anew beside the old one and takes its place.
 * Writing happens in the background, all that has gathered meanwhile at once, flushed to the disk.
 */
export class DiskCopy {
  private file: LogFile | null = null;
  private size = 0;
  private kept = new Map<string, Kept>();
  private keptBytes = 0;
  private digest = new DocumentDigest();

  private tornTail = false;
  private pending: Pending = new Map();
  private pendingMark: DiskChange['mark'] | null = null;
  /** What is being written now. */
  private inWriting: Pending = new Map();
  private writing: Promise<void> | null = null;

  /** `onError` hears of each write that failed; what it should have written is kept and tried with the next change. */
  constructor(
    private readonly folder: string,
    private readonly keys: readonly DataPlaneKey[],
    private readonly onError: (error: Error) => void,
  ) {}

  private get path(): string {
    return path.join(this.folder, FILE_NAME);
  }

  /**
   * Reads and verifies the copy. Answers null when there is none, when it was never complete, or when anything in it was changed or is damaged,
   * which goes to `onError`; the next change then begins a new one. A batch that was cut off at the end is passed over. Throws when the
   * folder cannot be made.
   */
  async load(): Promise<SavedConfiguration | null> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    let file: FileHandle;
    try {
      file = await open(this.path, 'r+');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    try {
      const saved = await this.read(file);
      await file.truncate(this.size);
      this.file = new LogFile(file);
      return saved;
    } catch (error) {
      await file.close();
      this.forget();
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
    const offsets: number[] = [];
    for (const [name, { offset, revision }] of this.kept) {
      if (!newer.has(name)) offsets.push(offset);
      else if (revision >= 0) digest.remove(name, revision);
    }
    for (const [name, item] of newer) if (item && item.revision >= 0) digest.add(name, item.revision);
    const file = this.file?.share();
    return {
      digest: digest.toString(),
      lines: () => linesOf(file, offsets, newer),
      release: async () => file?.release(),
    };
  }

  private async read(file: FileHandle): Promise<SavedConfiguration> {
    const live = new Map<string, SavedDocument>();
    let batch: { document: SavedDocument; kept: Kept }[] = [];
    let mark: DiskMark | null = null;
    let damage: Error | null = null;
    for await (const lines of readLines(file)) {
      for (const { offset, bytes } of lines) {
        const line = bytes.toString('utf8');
        const length = bytes.length + 1;
        if (line.startsWith(MARK)) {
          if (damage) throw damage;
          mark = readMark(this.keys, line.slice(MARK.length));
          if (!mark) throw new Error(`the disk copy has a mark at ${offset} that is not ours`);
          for (const { document, kept } of batch) {
            live.set(document.name, document);
            this.keep(document.name, kept);
          }
          batch = [];
          this.size = offset + length;
        } else {
          try {
            const text = line.slice(DOCUMENT.length);
            const document = { ...readHead(this.keys, nameIn(text), text), fingerprint: fingerprintOf(text) };
            const revision = document.kind === 'deployment' ? -1 : document.revision;
            batch.push({ document, kept: { offset, length, revision } });
          } catch (error) {
            damage = new Error(`the disk copy is damaged at ${offset}: ${(error as Error).message}`);
          }
        }
      }
    }
    if (!mark) throw damage ?? new Error('the disk copy was never complete');
    return this.complete(mark, live);
  }

  /** Throws unless the documents are exactly those that the last mark closed, with the deployments their stages need. */
  private complete(mark: DiskMark, live: Map<string, SavedDocument>): SavedConfiguration {
    const documents: SavedDocument[] = [];
    const needed = new Set<string>();
    for (const document of live.values()) {
      if (document.kind === 'deployment') continue;
      documents.push(document);
      for (const name of document.needs) {
        const deployment = live.get(name);
        if (deployment?.kind !== 'deployment' || deployment.tombstone) throw new Error(`the disk copy lacks ${name}`);
        needed.add(name);
      }
    }
    for (const [name, { kind }] of live) if (kind === 'deployment' && !needed.has(name)) this.drop(name);
    if (this.digest.toString() !== mark.digest) throw new Error('the disk copy lacks documents that were written to it');
    return { mark, documents };
  }

  private forget(): void {
    this.kept = new Map();
    this.keptBytes = 0;
    this.digest = new DocumentDigest();
  }

  private keep(name: string, kept: Kept): void {
    this.drop(name);
    this.kept.set(name, kept);
    this.keptBytes += kept.length;
    if (kept.revision >= 0) this.digest.add(name, kept.revision);
  }

  private drop(name: string): void {
    const kept = this.kept.get(name);
    if (!kept) return;
    this.kept.delete(name);
    this.keptBytes -= kept.length;
    if (kept.revision >= 0) this.digest.remove(name, kept.revision);
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
      const noteAppended = await this.append(new LineWriter(handle, this.size), pending, mark, new Map());
      this.tornTail = false;
      return noteAppended();
    }
    const old = this.file;
    const unfinished = `${this.path}.tmp`;
    const file = await open(unfinished, 'w+', 0o600);
    try {
      const writer = new LineWriter(file, 0);
      const moved = old ? await this.copyKept(old.handle, writer, pending) : new Map<string, Kept>();
      const noteAppended = await this.append(writer, pending, mark, moved);
      await rename(unfinished, this.path);
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

  /** Writes a batch and its mark; `placed` tells what was copied before them. Answers how to note where everything is now. */
  private async append(
    writer: LineWriter,
    pending: Pending,
    mark: DiskChange['mark'],
    placed: Map<string, Kept>,
  ): Promise<() => void> {
    const digest = this.digest.copy();
    for (const [name, item] of pending) {
      const before = this.kept.get(name);
      if (before && before.revision >= 0) digest.remove(name, before.revision);
      if (!item) continue;
      if (item.revision >= 0) digest.add(name, item.revision);
      const line = Buffer.from(`${DOCUMENT}${oneLine(item.text)}\n`);
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

  /** Copies what the old log must still hold and the batch does not replace. */
  private async copyKept(old: FileHandle, writer: LineWriter, pending: Pending): Promise<Map<string, Kept>> {
    const nameAt = new Map<number, string>();
    for (const [name, { offset }] of this.kept) if (!pending.has(name)) nameAt.set(offset, name);
    const moved = new Map<string, Kept>();
    for await (const lines of readLines(old)) {
      for (const { offset, bytes } of lines) {
        const name = nameAt.get(offset);
        if (name === undefined) continue;
        moved.set(name, { ...this.kept.get(name)!, offset: writer.offset });
        await writer.add(Buffer.concat([bytes, LINE_FEED]));
      }
    }
    return moved;
  }
}

/** The lines at `offsets` (ascending) of a file, then those of `newer` documents. */
async function* linesOf(file: LogFile | undefined, offsets: readonly number[], newer: Pending): AsyncGenerator<Buffer> {
  if (file && offsets.length > 0) yield* linesAt(file.handle, offsets);
  for (const item of newer.values()) if (item) yield Buffer.from(`${DOCUMENT}${oneLine(item.text)}\n`);
}

async function* linesAt(file: FileHandle, offsets: readonly number[]): AsyncGenerator<Buffer> {
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

/** Documents are written without line feeds; only what somebody else wrote into Redis may hold some. */
function oneLine(text: string): string {
  return text.includes('\n') ? JSON.stringify(JSON.parse(text)) : text;
}
