import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UidRange } from '../config.js';
import { StartupError } from '../startup-error.js';

/** Users that one process takes at a time: those of a multiple of it and of the numbers up to the next, so that ranges which overlap have the same blocks. */
const BLOCK = 256;

/** For blocks that other processes have only while they end what was left of their users, in milliseconds. */
const PATIENCE_MS = 1_000;

/** Users for sandboxes, which no other functions process of this machine has at the same time: whoever holds the lock of a block's file has the block. */
export class UidBlock {
  private readonly free: number[] = [];
  /** Descriptors of the files whose locks are held, by the numbers of their blocks. */
  private readonly locks = new Map<number, number>();

  private constructor(private readonly folder: string) {}

  /**
   * Takes as many users as there may be sandboxes, or as many as there are.
   * @param folder of the files, the same for all processes of this machine; made where it is not there. Only this process's user may enter it
   * Throws a `StartupError` when the range holds a user of this machine, or when other processes have all of it.
   */
  static async take(range: UidRange, wanted: number, folder: string): Promise<UidBlock> {
    refuseKnownUsers(range);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const block = new UidBlock(folder);
    for (const deadline = performance.now() + PATIENCE_MS; block.free.length === 0; await sleep(50)) {
      await block.takeFree(range, wanted);
      if (block.free.length === 0 && performance.now() > deadline) {
        throw new StartupError('GATEHOUSE_FUNCTION_UIDS: other functions processes of this machine use all of these user ids');
      }
    }
    return block;
  }

  private async takeFree({ first, last }: UidRange, wanted: number): Promise<void> {
    for (let number = blockOf(first); number <= blockOf(last) && this.free.length < wanted; number++) {
      const lock = await lockOf(this.fileOf(number));
      if (lock === null) continue;
      this.locks.set(number, lock);
      const end = Math.min(last, number * BLOCK + BLOCK - 1);
      for (let uid = Math.max(first, number * BLOCK); uid <= end; uid++) this.free.push(uid);
    }
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

  /** Whether a functions process of this machine has the user, or had it and has ended without a word. */
  wasTaken(uid: number): boolean {
    return existsSync(this.fileOf(blockOf(uid)));
  }

  /** Does something about a user that no other process has, nor gets before it is done. Where another one has it, nothing is done. */
  async unlessOfAnother(uid: number, work: () => Promise<void>): Promise<void> {
    const number = blockOf(uid);
    if (this.locks.has(number)) return work();
    const file = this.fileOf(number);
    const lock = await lockOf(file);
    if (lock === null) return;
    try {
      await work();
      await rm(file, { force: true });
    } finally {
      closeSync(lock);
    }
  }

  async release(): Promise<void> {
    for (const [number, lock] of this.locks) {
      await rm(this.fileOf(number), { force: true });
      closeSync(lock);
    }
    this.locks.clear();
  }

  private fileOf(number: number): string {
    return path.join(this.folder, String(number * BLOCK));
  }
}

function blockOf(uid: number): number {
  return Math.floor(uid / BLOCK);
}

function refuseKnownUsers({ first, last }: UidRange): void {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid] = line.split(':');
    if (uid !== undefined && Number(uid) >= first && Number(uid) <= last) {
      throw new StartupError(`GATEHOUSE_FUNCTION_UIDS is ${first}-${last}, which holds ${uid}, the user ${name} of this machine`);
    }
  }
}

/**
 * A descriptor of the file, made where it is not there, whose lock is this process's: until it is closed, at the latest by the end of the process. Null when another
 * one has the lock.
 */
async function lockOf(file: string): Promise<number | null> {
  for (;;) {
    const descriptor = openSync(file, 'a', 0o600);
    if (!(await locks(descriptor))) {
      closeSync(descriptor);
      return null;
    }
    // Whoever had it may have removed it before its lock was free.
    if (statSync(file, { throwIfNoEntry: false })?.ino === fstatSync(descriptor).ino) return descriptor;
    closeSync(descriptor);
  }
}

/** Takes the lock of an open file, which all its descriptors share, so that it stays when the program ends. False when it is taken. Throws a `StartupError`. */
async function locks(descriptor: number): Promise<boolean> {
  const flock = spawn('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', descriptor] });
  const [code] = (await once(flock, 'exit').catch((error: Error) => {
    throw new StartupError(
      `flock (package util-linux) is needed to run functions apart from one another as root: ${error.message}`,
    );
  })) as [number | null];
  if (code !== 0 && code !== 1)
    throw new StartupError(`flock, which is to lock a block of GATEHOUSE_FUNCTION_UIDS, ended with ${code}`);
  return code === 0;
}
