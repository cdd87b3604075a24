import { FolderInUse, FolderLock } from '@gatehouse/publication';
import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { chmod, mkdir, open, readFile, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  TornEvent,
  eventFileName,
  parseEventFileName,
  readEventFile,
  writeEventFile,
  type EventState,
  type QueuedEvent,
} from './event-file.js';

/** An event that is on the disk. */
export interface SpooledEvent extends EventState {
  /** Size of its file. */
  readonly bytes: number;
}

/** Where files go that are no events. */
const SET_ASIDE = 'set-aside';
/** Of those the newest are kept, so that whatever brings them fills no disk. */
const MOST_SET_ASIDE = 100;
/** As long as names of events are. A character has 3 bytes at most, and a name 255, of which what is put before takes 51. */
const NAME_SET_ASIDE = 68;
/** How folders of processes are named. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Of a file that is being written. */
const UNFINISHED = '.new';
/** For another process that looks for what ended ones have left. */
const PATIENCE_MS = 30_000;
const quietly = () => undefined;

/**
 * Accepted events on the disk, a file for each, so that they outlive their process. Each process has a folder of its own below `root`, which is locked while the process lives; what
 * one that has ended left there goes to whoever takes it over first. Only this process's user may enter the folders.
 */
export class EventSpool {
  private constructor(
    private readonly root: string,
    private readonly folder: string,
    private readonly lock: FolderLock,
    private readonly onTrouble: (error: Error) => void,
  ) {}

  /** Makes the folders. `onTrouble` hears of files that are no events, and must not throw. Rejects where the disk does not allow it. */
  static async open(root: string, onTrouble: (error: Error) => void): Promise<EventSpool> {
    await mkdir(root, { recursive: true, mode: 0o700 });
    await chmod(root, 0o700);
    return alone(root, async () => {
      const folder = path.join(root, randomUUID());
      await mkdir(folder, { mode: 0o700 });
      return new EventSpool(root, folder, await FolderLock.take(folder, PATIENCE_MS, quietly), onTrouble);
    });
  }

  /** Writes a new event, flushed to the disk. Rejects, having kept nothing of it, where that fails: the disk is full, for instance. */
  async keep(event: QueuedEvent): Promise<SpooledEvent> {
    const now = Date.now();
    const bytes = writeEventFile(event);
    const kept = { requestId: event.requestId, acceptedAt: now, failures: 0, dueAt: now, bytes: bytes.length };
    const file = this.fileOf(kept);
    try {
      await writeFlushed(`${file}${UNFINISHED}`, bytes);
      await rename(`${file}${UNFINISHED}`, file);
      await flush(this.folder);
      return kept;
    } catch (error) {
      for (const part of [`${file}${UNFINISHED}`, file]) await rm(part, { force: true }).catch(quietly);
      throw error;
    }
  }

  /** Rejects with a `TornEvent` when its file is gone, or holds no event: that is set aside then. */
  async read(event: SpooledEvent): Promise<QueuedEvent> {
    const file = this.fileOf(event);
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new TornEvent(`${file} is gone`) : error;
    });
    try {
      return readEventFile(bytes);
    } catch (error) {
      await this.setAside(file);
      throw error instanceof TornEvent ? error : new TornEvent((error as Error).message);
    }
  }

  /** Notes one more failure: the event is due again at that time (Unix ms). */
  async postpone(event: SpooledEvent, dueAt: number): Promise<SpooledEvent> {
    const postponed = { ...event, failures: event.failures + 1, dueAt };
    await rename(this.fileOf(event), this.fileOf(postponed));
    return postponed;
  }

  async remove(event: SpooledEvent): Promise<void> {
    await rm(this.fileOf(event), { force: true });
  }

  /** Makes the events of processes that have ended this one's, oldest first. */
  async takeOver(): Promise<SpooledEvent[]> {
    return alone(this.root, async () => {
      const taken: SpooledEvent[] = [];
      for (const entry of await readdir(this.root, { withFileTypes: true })) {
        const file = path.join(this.root, entry.name);
        if (file === this.folder || entry.name === SET_ASIDE) continue;
        const work = entry.isDirectory() && UUID.test(entry.name) ? this.empty(file, taken) : this.setAside(file);
        // What was taken is this process's, whatever becomes of the rest.
        await work.catch(this.onTrouble);
      }
      return taken.sort((one, other) => one.acceptedAt - other.acceptedAt);
    });
  }

  /** What is there still stays for the next process. */
  async close(): Promise<void> {
    await rmdir(this.folder).catch(quietly);
    await this.lock.release();
  }

  /** Adds what the folder of a process that has ended holds to `taken`. */
  private async empty(folder: string, taken: SpooledEvent[]): Promise<void> {
    const lock = await FolderLock.take(folder, 0, quietly).catch((error: Error) => {
      if (error instanceof FolderInUse) return null;
      throw error;
    });
    if (!lock) return;
    try {
      for (const entry of await readdir(folder, { withFileTypes: true })) {
        // A file that cannot be moved holds up no other; the folder stays, and is looked at again.
        await this.take(folder, entry, taken).catch(this.onTrouble);
      }
      await rmdir(folder);
    } finally {
      await lock.release();
    }
  }

  private async take(folder: string, entry: Dirent, taken: SpooledEvent[]): Promise<void> {
    const file = path.join(folder, entry.name);
    const state = entry.isFile() ? parseEventFileName(entry.name) : null;
    if (state) {
      const { size } = await stat(file);
      await rename(file, this.fileOf(state));
      taken.push({ ...state, bytes: size });
    } else if (entry.isFile() && entry.name.endsWith(UNFINISHED)) {
      // Nobody was told that an event is accepted that was not written to its end.
      await rm(file);
    } else {
      await this.setAside(file);
    }
  }

  private async setAside(file: string): Promise<void> {
    const folder = path.join(this.root, SET_ASIDE);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const place = path.join(folder, `${Date.now()}-${randomUUID()}-${path.basename(file).slice(0, NAME_SET_ASIDE)}`);
    await rename(file, place);
    this.onTrouble(new Error(`${file} is no event: it was put aside as ${place}`));
    for (const name of (await readdir(folder)).sort().slice(0, -MOST_SET_ASIDE)) {
      await rm(path.join(folder, name), { recursive: true, force: true });
      this.onTrouble(new Error(`${name} was removed from ${folder}, which keeps the newest ${MOST_SET_ASIDE} files`));
    }
  }

  private fileOf(event: EventState): string {
    return path.join(this.folder, eventFileName(event));
  }
}

/** Runs `work` while no other process does so in the same folder. */
async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = await FolderLock.take(folder, PATIENCE_MS, quietly);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** Has the disk know the names in a folder. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeFlushed(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
