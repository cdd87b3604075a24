import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import type { LogSink } from './log-sink.js';

/** Who may read the log beside its owner: his group. */
const MODE = 0o640;

/**
 * The access log's file as one worker writes it. Several append to the same file, each batch in one write, which the kernel does not mix with
 * another's; whoever finds the file full says so, and goes on with it until its owner has put it aside.
 */
export class SharedLogFile implements LogSink {
  private handle: FileHandle | null = null;
  /** Which file that is. */
  private inode = 0;

  /**
   * @param maxBytes size at which the file is full
   * @param full tells the file's owner; called again with each batch until the file is another one
   */
  constructor(
    private readonly path: string,
    private readonly maxBytes: number,
    private readonly full: () => void,
  ) {}

  async write(batch: Buffer): Promise<void> {
    const handle = await this.current();
    for (let done = 0; done < batch.length;) done += (await handle.write(batch, done)).bytesWritten;
  }

  /** The file that has the log's name now: an open one may have been put aside. */
  private async current(): Promise<FileHandle> {
    const found = await stat(this.path).catch(() => null);
    if (found && found.size >= this.maxBytes) this.full();
    if (this.handle && found?.ino === this.inode) return this.handle;
    await this.close();
    const handle = (this.handle = await open(this.path, 'a', MODE));
    this.inode = (await handle.stat()).ino;
    return handle;
  }

  async close(): Promise<void> {
    const { handle } = this;
    this.handle = null;
    await handle?.close();
  }
}

/** The access log's file as its owner, the supervisor, sees it: a full one becomes `{path}.1`, older ones `.2`, `.3`, ... and the oldest goes. */
export class LogFile {
  private puttingAside: Promise<void> | null = null;

  /** @param files how many files are kept aside */
  constructor(
    private readonly path: string,
    private readonly maxBytes: number,
    private readonly files: number,
  ) {}

  /** Makes the file, so that a wrong path is known at once. */
  async create(): Promise<void> {
    await (await open(this.path, 'a', MODE)).close();
  }

  /** Puts the file aside if it is full; one of several calls at once does. */
  putAside(): Promise<void> {
    return (this.puttingAside ??= this.moveIfFull().finally(() => (this.puttingAside = null)));
  }

  private async moveIfFull(): Promise<void> {
    const found = await stat(this.path).catch(() => null);
    if (!found || found.size < this.maxBytes) return;
    await rm(`${this.path}.${this.files}`, { force: true });
    for (let number = this.files - 1; number >= 1; number--)
      await renameIfThere(`${this.path}.${number}`, `${this.path}.${number + 1}`);
    await renameIfThere(this.path, `${this.path}.1`);
  }
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
