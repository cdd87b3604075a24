import path from 'node:path';
import { LogFile } from '../access-log/log-file.js';
import { report } from '../report.js';
import { isLogGroupFile } from './log-group-file.js';

/** The logs of stages as their owner, the supervisor, sees them: full ones are put aside, and so many of each are kept. */
export class FullStageLogs {
  private readonly puttingAside = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly maxBytes: number,
    private readonly files: number,
  ) {}

  /** Puts a file aside if it is full; one of several calls at once does. */
  async putAside(file: string): Promise<void> {
    if (!isLogGroupFile(file) || this.puttingAside.has(file)) return;
    this.puttingAside.add(file);
    try {
      await new LogFile(path.join(this.folder, file), this.maxBytes, this.files).putAside();
    } catch (error) {
      report("a stage's log", error as Error);
    } finally {
      this.puttingAside.delete(file);
    }
  }
}
