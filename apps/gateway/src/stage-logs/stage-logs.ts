import type { Scope } from '@gatehouse/snapshot';
import { write } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { endsWithLine } from '../access-log/log-file.js';
import { linesLost, PartlyWritten } from '../access-log/log-sink.js';
import { report } from '../report.js';
import { logGroupFile } from './log-group-file.js';

/** Bytes that may wait for the disk, of all log groups together, and of one: what is beyond is dropped and counted. */
const MOST_WAITING = 8 * 1024 * 1024;
const MOST_WAITING_OF_ONE = 1024 * 1024;
/** Milliseconds for which lines are gathered before they are written. */
const GATHER_MS = 100;

const MODE = 0o640;
const FOLDER_MODE = 0o700;
const LINE_FEED = 10;

/** Lines of one log group that wait. */
interface Waiting {
  readonly file: string;
  readonly lines: string[];
  bytes: number;
}

/**
 * The logs of stages as one worker writes them: a file for each log group, gathered lines in one write, which the kernel does not mix with those of other workers. A file
 * is open for that write only, so that any number of stages may have logs, and one that was put aside is not written to for long. `write` never waits and never throws.
 */
export class StageLogs {
  /** Lines that were dropped since the start. */
  dropped = 0;
  /** By scope and log group. */
  private waiting = new Map<string, Waiting>();
  private waitingBytes = 0;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> | null = null;
  /** Files that may end within a line: a write to them failed. */
  private readonly torn = new Set<string>();

  /**
   * @param folder what the files lie below
   * @param maxBytes size at which a file is full
   * @param full tells the files' owner, with each write until the file is another one
   */
  constructor(
    private readonly folder: string,
    private readonly maxBytes: number,
    private readonly full: (file: string) => void,
  ) {}

  /** Takes a line without its end, of one character a byte. */
  write(scope: Scope, logGroup: string, line: string): void {
    const key = `${scope.accountId}/${scope.region}/${logGroup}`;
    const bytes = line.length + 1;
    let waiting = this.waiting.get(key);
    if (this.waitingBytes + bytes > MOST_WAITING || (waiting?.bytes ?? 0) + bytes > MOST_WAITING_OF_ONE) {
      this.dropped++;
      return;
    }
    if (waiting === undefined) this.waiting.set(key, (waiting = { file: logGroupFile(scope, logGroup), lines: [], bytes: 0 }));
    waiting.lines.push(line);
    waiting.bytes += bytes;
    this.waitingBytes += bytes;
    if (this.writing === null) this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  private flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.writing ??= this.writeAll().finally(() => {
      this.writing = null;
      if (this.waiting.size > 0) this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
    });
  }

  /** What comes meanwhile waits for the next round. */
  private async writeAll(): Promise<void> {
    const round = this.waiting;
    this.waiting = new Map();
    for (const { file, lines, bytes } of round.values()) {
      const batch = Buffer.from(`${lines.join('\n')}\n`, 'latin1');
      try {
        await this.append(file, batch);
      } catch (error) {
        this.dropped += linesLost(batch, error);
        report("a stage's log", error as Error);
      }
      this.waitingBytes -= bytes;
    }
  }

  private async append(file: string, bytes: Buffer): Promise<void> {
    const place = path.join(this.folder, file);
    const handle = await this.open(place);
    try {
      if (this.torn.has(file) && !(await endsWithLine(place))) await append(handle, Buffer.of(LINE_FEED));
      this.torn.add(file);
      await append(handle, bytes);
      this.torn.delete(file);
      if ((await handle.stat()).size >= this.maxBytes) this.full(file);
    } finally {
      await handle.close();
    }
  }

  private async open(place: string): Promise<FileHandle> {
    try {
      return await open(place, 'a', MODE);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await mkdir(path.dirname(place), { recursive: true, mode: FOLDER_MODE });
      return open(place, 'a', MODE);
    }
  }

  /** Writes what waits, as far as the disk takes it within `milliseconds`. */
  async close(milliseconds: number): Promise<void> {
    const late = new Promise<'late'>((resolve) => setTimeout(resolve, milliseconds, 'late').unref());
    while (this.writing !== null || this.waiting.size > 0) {
      this.flush();
      if ((await Promise.race([this.writing, late])) === 'late') return;
    }
  }
}

/** All of it in one write, where the disk has room. */
async function append({ fd }: FileHandle, bytes: Buffer): Promise<void> {
  let done = 0;
  try {
    while (done < bytes.length) done += await writeSome(fd, bytes, done);
  } catch (error) {
    throw new PartlyWritten(done, error as Error);
  }
}

function writeSome(fd: number, bytes: Buffer, from: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, from, bytes.length - from, null, (error, written) => (error === null ? resolve(written) : reject(error)));
  });
}
