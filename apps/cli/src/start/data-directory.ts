import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CliError } from '../cli-error.js';

/** The data directory, held by one `start` at a time. */
export interface DataDirectory {
  path: string;
  /** The run before this one was killed: what it started may still be shutting down. */
  predecessorKilled: boolean;
  /** Lets the next `start` in. */
  release(): Promise<void>;
}

/** A running `start`: its process, and when that began, because process ids are used again. */
interface Holder {
  pid: number;
  began: string;
}

/** Makes the data directory (mode 0700) and takes it. Throws {@link CliError} when another `start` holds it or it cannot be written. */
export async function holdDataDirectory(directory: string): Promise<DataDirectory> {
  const lock = path.join(directory, 'start.lock');
  try {
    await makeDirectory(path.join(directory, 'logs'));
    await chmod(directory, 0o700);
    const predecessorKilled = await takeLock(lock);
    return { path: directory, predecessorKilled, release: () => rm(lock, { force: true }) };
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`the data directory ${directory} cannot be used (GATEHOUSE_DATA_DIR): ${(error as Error).message}`);
  }
}

/** Like mkdir with `recursive`, which never ends below a directory that takes no entries, such as /proc. */
async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    const parent = path.dirname(directory);
    if (code !== 'ENOENT' || (await exists(parent))) throw error;
    await makeDirectory(parent);
    await mkdir(directory, { mode: 0o700 });
  }
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Returns whether a killed run had left the lock. */
async function takeLock(lock: string): Promise<boolean> {
  const me: Holder = { pid: process.pid, began: (await beginOf(process.pid)) ?? '' };
  for (let left = false; ; left = true) {
    try {
      await writeFile(lock, JSON.stringify(me), { flag: 'wx', mode: 0o600 });
      return left;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(lock);
    if (holder && (await beginOf(holder.pid)) === holder.began) {
      throw new CliError(
        `Gatehouse already runs on ${path.dirname(lock)} (process ${holder.pid}); stop it first, or set GATEHOUSE_DATA_DIR`,
      );
    }
    await rm(lock, { force: true });
  }
}

async function readHolder(lock: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(lock, 'utf8')) as Holder;
  } catch {
    return undefined; // gone meanwhile, or cut short by a crash
  }
}

/** Something that stays the same for as long as a process lives and that its successor with the same id does not share. */
async function beginOf(pid: number): Promise<string | undefined> {
  try {
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)!.split(' ');
    return fields[19]; // starttime is field 22 of proc_pid_stat(5); the first two are cut off
  } catch {
    if (await isLinux) return undefined;
  }
  try {
    process.kill(pid, 0);
    return '';
  } catch {
    return undefined;
  }
}

const isLinux = exists('/proc/self/stat');
