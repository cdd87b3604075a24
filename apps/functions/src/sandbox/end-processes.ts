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

/** Ends every process of a user. False when that cannot be done. */
export async function endUser(uid: number): Promise<boolean> {
  for (let tries = 0; tries < KILL_TRIES; tries++) {
    const left = processesOf((owner) => owner === uid);
    if (left.length === 0) return true;
    for (const { pid } of left) signal(pid, 'SIGKILL');
    // Who forks faster than it is looked at is met by the kernel in one step.
    if (tries > 0) await killAll(uid);
    await sleep(KILL_EVERY_MS);
  }
  return false;
}

/** `kill -9 -1` as a user: everything that the user has, in one system call. */
async function killAll(uid: number): Promise<void> {
  const killer = spawn('/bin/sh', ['-c', 'kill -9 -1'], { uid, gid: uid, env: {}, stdio: 'ignore', cwd: '/' });
  await new Promise<void>((resolve) => {
    killer.once('exit', () => resolve());
    killer.once('error', () => resolve());
  });
}
