import { write } from 'node:fs';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';

/** Takes batches of lines; rejects when it cannot. Only one batch is on its way at a time. */
export interface LogSink {
  write(batch: Buffer): Promise<void>;
  close(): Promise<void>;
}

const TRY_AGAIN = 50;

/** Standard output, be it a file, a pipe or a terminal: a reader that is slow makes batches wait here, never requests. */
export class StdoutSink implements LogSink {
  private closing = false;

  constructor(private readonly descriptor = 1) {}

  async write(batch: Buffer): Promise<void> {
    for (let done = 0; done < batch.length;) done += await this.writeSome(batch, done);
  }

  private writeSome(batch: Buffer, from: number): Promise<number> {
    return new Promise((resolve, reject) => {
      write(this.descriptor, batch, from, batch.length - from, null, (error, written) => {
        if (error === null) return resolve(written);
        // A full pipe that does not block.
        if (error.code === 'EAGAIN' && !this.closing) setTimeout(() => resolve(0), TRY_AGAIN);
        else reject(error);
      });
    });
  }

  async close(): Promise<void> {
    this.closing = true;
  }
}

/** A file that is put aside as `{path}.1` when it is full; older ones become `.2`, `.3`, ... and the oldest goes. */
export class RotatedFile implements LogSink {
  private handle: FileHandle | null = null;
  private size = 0;

  /** @param files how many files are kept aside */
  constructor(
    private readonly path: string,
    private readonly maxBytes: number,
    private readonly files: number,
  ) {}

  /** Opens the file, so that a wrong path is known at once. */
  async open(): Promise<void> {
    this.handle = await open(this.path, 'a', 0o640);
    this.size = (await stat(this.path)).size;
  }

  async write(batch: Buffer): Promise<void> {
    if (this.size > 0 && this.size + batch.length > this.maxBytes) await this.rotate();
    if (this.handle === null) await this.open();
    const handle = this.handle as FileHandle;
    for (let done = 0; done < batch.length;) {
      const { bytesWritten } = await handle.write(batch, done);
      done += bytesWritten;
      this.size += bytesWritten;
    }
  }

  private async rotate(): Promise<void> {
    await this.close();
    await rm(`${this.path}.${this.files}`, { force: true });
    for (let number = this.files - 1; number >= 1; number--)
      await renameIfThere(`${this.path}.${number}`, `${this.path}.${number + 1}`);
    await renameIfThere(this.path, `${this.path}.1`);
    this.size = 0;
  }

  async close(): Promise<void> {
    const { handle } = this;
    this.handle = null;
    await handle?.close();
  }
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
