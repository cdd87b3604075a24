import type { FileHandle } from 'node:fs/promises';

const WRITE_BYTES = 1 << 20;

/** Writes lines to a file from a place on, gathered into big writes. */
export class LineWriter {
  private lines: Buffer[] = [];
  private gathered = 0;

  constructor(
    private readonly file: FileHandle,
    private written: number,
  ) {}

  /** Where the next line will begin. */
  get offset(): number {
    return this.written + this.gathered;
  }

  async add(line: Buffer): Promise<void> {
    this.lines.push(line);
    this.gathered += line.length;
    if (this.gathered >= WRITE_BYTES) await this.writeOut();
  }

  /** Writes what was gathered and flushes it to the disk. */
  async finish(): Promise<void> {
    await this.writeOut();
    await this.file.datasync();
  }

  private async writeOut(): Promise<void> {
    const bytes = Buffer.concat(this.lines);
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, this.written + done);
      done += bytesWritten;
    }
    this.written += bytes.length;
    this.lines = [];
    this.gathered = 0;
  }
}
