import { write } from 'node:fs';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { PartlyWritten, type LogSink } from './log-sink.js';

/** Who may read the log beside its owner: his group. */
const MODE = 0o640;

/** Milliseconds from one look at the file to the next. */
const LOOK_AGAIN = 500;

const LINE_FEED = 10;

/**
 * The access log's file as one worker writes it. Several append to the same file, each batch in one write, which the kernel does not mix with
 * another's; whoever finds the file full says so, and goes on with it until its owner has put it aside.
 */
export class SharedLogFile implements LogSink {
  private handle: FileHandle | null = null;
  /** Which file that is. */
  private inode = 0;
  /** Milliseconds on the monotonic clock; when it was last seen that the file has its name and room. */
  private lookedAt = -Infinity;
  /** The last batch failed: the file may end within a line, of this process or of another one that fails too. */
  private failed = false;

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
    const { fd } = await this.current();
    let done = 0;
    try {
      if (this.failed && !(await endsWithLine(this.path))) await append(fd, Buffer.of(LINE_FEED), 0);
      this.failed = false;
      while (done < batch.length) done += await append(fd, batch, done);
    } catch (error) {
      this.failed = true;
      throw new PartlyWritten(done, error as Error);
    }
  }

  /** The file that has the log's name: an open one may have been put aside since the last look. */
  private async current(): Promise<FileHandle> {
    const now = performance.now();
    if (this.handle !== null && now - this.lookedAt < LOOK_AGAIN) return this.handle;
    const found = await stat(this.path).catch(() => null);
    const isFull = found !== null && found.size >= this.maxBytes;
    if (isFull) this.full();
    this.lookedAt = isFull ? -Infinity : now;
    if (this.handle !== null && found?.ino === this.inode) return this.handle;
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

/** Answers how many bytes were written: all from `done` on, where the disk has room. */
function append(fd: number, batch: Buffer, done: number): Promise<number> {
  // By callback: a handle's own `write` costs several times as much.
  return new Promise((resolve, reject) => {
    write(fd, batch, done, batch.length - done, null, (error, written) => (error === null ? resolve(written) : reject(error)));
  });
}

/** Whether a file has no line that is only begun. */
export async function endsWithLine(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    if (size === 0) return true;
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === LINE_FEED;
  } finally {
    await handle.close();
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

  /** Makes the file, so that a wrong path is known at once. What is no file is refused: it cannot be put aside, and may be another thing to a worker. */
  async create(): Promise<void> {
    const found = await stat(this.path).catch(() => null);
    if (found !== null && !found.isFile()) throw new Error(`${this.path} is no regular file`);
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
