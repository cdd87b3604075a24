import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesOf } from './process-table.js';

const KILL_TRIES = 50;
const KILL_EVERY_MS = 20;

/**
 * Ends this user's processes that have a marker in their environment. One that replaced its environment is not found. They are all stopped before the first is ended: who forks
 * without end would take its place.
 */
export async function endMarked(marker: string): Promise<void> {
  const stopped = new Set<number>();
  for (let tries = 0; tries < KILL_TRIES; tries++) {
    const found = markedProcesses(marker).filter((pid) => !stopped.has(pid));
    if (found.length === 0) break;
    for (const pid of found) {
      signal(pid, 'SIGSTOP');
      stopped.add(pid);
    }
    await sleep(1);
  }
  for (const pid of stopped) signal(pid, 'SIGKILL');
}

function markedProcesses(marker: string): number[] {
  const own = process.getuid?.();
  const pids = processesOf((uid) => uid === own).map(({ pid }) => pid);
  return pids.filter((pid) => {
    try {
      return pid !== process.pid && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(marker);
    } catch {
      return false;
    }
  });
}

/** Signals a process, or a group where the number is negative, if it is still there. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

/** One look may miss who forks and ends faster than the table is read: so many in a row do not. */
const EMPTY_LOOKS = 3;

/** Ends every process of a user. False when that cannot be done. */
export async function endUser(uid: number): Promise<boolean> {
  let empty = 0;
  for (let tries = 0; tries < KILL_TRIES; tries++) {
    const left = processesOf((owner) => owner === uid);
    empty = left.length === 0 ? empty + 1 : 0;
    if (empty === EMPTY_LOOKS) return true;
    for (const { pid } of left) signal(pid, 'SIGKILL');
    // Who forks faster than it is looked at is met by the kernel in one step.
    if (tries > 0 && left.length > 0) await killAll(uid);
    await sleep(empty > 0 ? 1 : KILL_EVERY_MS);
  }
  return false;
}

/** `kill -9 -1` as a user: everything that the user has, in one system call. */
async function killAll(uid: number): Promise<void> {
  await runAs(uid, '/bin/sh', ['-c', 'kill -9 -1'], KILL_MS);
}

const KILL_MS = 2_000;
/** A group that no function is in: only who has both, user and group, may look into a process (ptrace(2)). */
const NOBODYS_GROUP = 65_534;

/** Runs a program with a user's rights until it has ended, or for so many milliseconds: what else that user runs may stop it, but not end the wait. */
export async function runAs(uid: number, program: string, args: readonly string[], timeoutMs: number): Promise<void> {
  const child = spawn(program, args, { uid, gid: NOBODYS_GROUP, env: {}, stdio: 'ignore', cwd: '/' });
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  clearTimeout(timer);
}
