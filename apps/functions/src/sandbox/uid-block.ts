import { readFileSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UidRange } from '../config.js';
import { StartupError } from '../startup-error.js';

/** Users that one process takes out of the range at a time. */
const BLOCK = 256;

/** For two processes that take over the same block at once, in milliseconds: the later one has it. */
const SETTLE_MS = 50;

/** Users for sandboxes, which no other functions process of this machine has at the same time: a file for each block of the range says which process has it. */
export class UidBlock {
  private readonly free: number[] = [];
  private readonly held: string[] = [];

  private constructor(private readonly folder: string) {}

  /**
   * Takes as many users as there may be sandboxes, or as many as there are.
   * @param folder of the files, the same for all processes that share the range; made where it is not there. Only this process's user may enter it
   * Throws a `StartupError` when the range holds a user of this machine, or when other processes have all of it.
   */
  static async take(range: UidRange, wanted: number, folder: string): Promise<UidBlock> {
    refuseKnownUsers(range);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const block = new UidBlock(folder);
    for (let first = range.first; first <= range.last && block.free.length < wanted; first += BLOCK) {
      const file = path.join(folder, String(first));
      if (!(await claim(file))) continue;
      block.held.push(file);
      for (let uid = first; uid < first + BLOCK && uid <= range.last; uid++) block.free.push(uid);
    }
    if (block.free.length === 0) {
      throw new StartupError('GATEHOUSE_FUNCTION_UIDS: other functions processes of this machine use all of these user ids');
    }
    return block;
  }

  get available(): number {
    return this.free.length;
  }

  /** All of them: at the start, what runs or lies around with their numbers is a leftover. */
  get all(): readonly number[] {
    return this.free;
  }

  /** The one that was given back longest ago; undefined when all are in use. */
  next(): number | undefined {
    return this.free.shift();
  }

  giveBack(uid: number): void {
    this.free.push(uid);
  }

  /** Users of blocks whose process has ended without a word, and which nobody has taken since: what runs with their numbers is a leftover too. */
  async abandoned(): Promise<number[]> {
    const users: number[] = [];
    for (const name of await readdir(this.folder)) {
      const file = path.join(this.folder, name);
      if (!/^\d+$/.test(name) || this.held.includes(file) || (await isHeld(file))) continue;
      const first = Number(name);
      for (let uid = first; uid < first + BLOCK; uid++) users.push(uid);
    }
    return users;
  }

  async release(): Promise<void> {
    for (const file of this.held.splice(0)) await rm(file, { force: true });
  }
}

function refuseKnownUsers({ first, last }: UidRange): void {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid] = line.split(':');
    if (uid !== undefined && Number(uid) >= first && Number(uid) <= last) {
      throw new StartupError(`GATEHOUSE_FUNCTION_UIDS is ${first}-${last}, which holds ${uid}, the user ${name} of this machine`);
    }
  }
}

/** False when another process has the file. */
async function claim(file: string): Promise<boolean> {
  const me = `${process.pid} ${startOf(process.pid)}`;
  const own = `${file}.${process.pid}`;
  await writeFile(own, me);
  try {
    await link(own, file);
    await rm(own);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (await isHeld(file)) {
    await rm(own);
    return false;
  }
  // Whoever had it has ended without a word.
  await rename(own, file);
  await sleep(SETTLE_MS);
  return (await readFile(file, 'utf8').catch(() => '')) === me;
}

/** Whether the process that the file names still lives. */
async function isHeld(file: string): Promise<boolean> {
  const [pid, start] = (await readFile(file, 'utf8').catch(() => '')).split(' ');
  return pid !== undefined && start !== undefined && startOf(Number(pid)) === start;
}

/** When a process was started (clock ticks since the machine was), which tells it from others that have had its number; null when there is none. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
