import type { FileHandle } from 'node:fs/promises';

/** An open file that is closed when the last who uses it lets it go: one that was replaced is read on by who began with it. */
export class LogFile {
  private users = 1;

  constructor(readonly handle: FileHandle) {}

  share(): this {
    this.users++;
    return this;
  }

  async release(): Promise<void> {
    if (--this.users === 0) await this.handle.close();
  }
}
