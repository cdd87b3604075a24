import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { report } from '../report.js';

/** Bytes that wait for the disk, of one function; what is beyond is dropped and counted. */
const MOST_WAITING = 1_048_576;
/** Milliseconds for which lines are collected before they are written. */
const COLLECT_MS = 50;
/** A file without lines for so many milliseconds is closed. */
const CLOSE_AFTER_MS = 10_000;

/** The log file of one function; a full one becomes `{file}.1`, older ones `.2`, `.3`, ... and the oldest goes. */
class FunctionLog {
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private dropped = 0;
  private writing: Promise<void> | null = null;
  private handle: FileHandle | null = null;
  private size = 0;
  private idle: NodeJS.Timeout | null = null;

  constructor(
    private readonly file: string,
    private readonly maxBytes: number,
    private readonly files: number,
    /** Called when nothing of it waits and its file is closed. */
    private readonly rested: () => void,
  ) {}

  write(lines: Buffer): void {
    if (this.waitingBytes + lines.length > MOST_WAITING) {
      this.dropped += lines.length;
      return;
    }
    this.waiting.push(lines);
    this.waitingBytes += lines.length;
    this.writing ??= this.drain();
  }

  /** Writes what waits, and closes the file. */
  async close(): Promise<void> {
    await this.writing;
    await this.closeFile();
  }

  private async drain(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, COLLECT_MS));
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      this.waitingBytes = 0;
      if (this.dropped > 0)
        batch.push(Buffer.from(`${this.dropped} bytes of output were dropped: the function prints faster than the disk takes\n`));
      this.dropped = 0;
      try {
        await this.append(Buffer.concat(batch));
      } catch (error) {
        report("a function's log", error as Error);
        await this.closeFile();
      }
    }
    this.writing = null;
    if (this.idle) clearTimeout(this.idle);
    this.idle = setTimeout(() => this.rest(), CLOSE_AFTER_MS).unref();
  }

  private rest(): void {
    this.writing ??= this.closeFile().then(() => {
      this.writing = this.waiting.length > 0 ? this.drain() : null;
      if (!this.writing) this.rested();
    });
  }

  private async append(bytes: Buffer): Promise<void> {
    if (this.handle && this.size >= this.maxBytes) await this.putAside();
    if (!this.handle) {
      await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
      this.handle = await open(this.file, 'a', 0o640);
      this.size = (await this.handle.stat()).size;
    }
    await this.handle.appendFile(bytes);
    this.size += bytes.length;
  }

  private async putAside(): Promise<void> {
    await this.closeFile();
    // More than the last one where fewer are kept than an earlier process kept.
    for (let number = this.files; await removeIfThere(`${this.file}.${number}`); number++);
    for (let number = this.files - 1; number >= 1; number--)
      await renameIfThere(`${this.file}.${number}`, `${this.file}.${number + 1}`);
    await renameIfThere(this.file, `${this.file}.1`);
  }

  private async closeFile(): Promise<void> {
    const { handle } = this;
    this.handle = null;
    await handle?.close().catch(() => {});
  }
}

async function removeIfThere(file: string): Promise<boolean> {
  return rm(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

async function renameIfThere(from: string, to: string): Promise<void> {
  if (await stat(from).catch(() => null)) await rename(from, to);
}

/**
 * The logs of all functions: `{folder}/{account}/{region}/{name}.log`. Those of deleted functions stay, as log groups do on AWS; nothing of a function that prints nothing is in
 * memory, whether it was deleted or not.
 */
export class FunctionLogs {
  /** Of functions that have printed lately. */
  private readonly logs = new Map<string, FunctionLog>();

  /**
   * @param maxBytes size at which a file is put aside
   * @param files how many are kept aside, of each function
   */
  constructor(
    private readonly folder: string,
    private readonly maxBytes: number,
    private readonly files: number,
  ) {}

  /** Takes whole lines of a function. */
  write(accountId: string, region: string, functionName: string, lines: Buffer): void {
    const file = path.join(this.folder, accountId, region, `${functionName}.log`);
    let log = this.logs.get(file);
    if (!log) {
      log = new FunctionLog(file, this.maxBytes, this.files, () => this.logs.delete(file));
      this.logs.set(file, log);
    }
    log.write(lines);
  }

  /** Logs that are held in memory. */
  get size(): number {
    return this.logs.size;
  }

  async close(): Promise<void> {
    await Promise.all([...this.logs.values()].map((log) => log.close()));
  }
}
