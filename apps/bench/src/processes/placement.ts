import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readCpuList, readOpenFiles } from './proc-files.js';

/** Where processes of a benchmark run. */
export interface Placement {
  /** The system under test has this core for itself; null when nothing is pinned. */
  readonly tested: number | null;
  /** Load, backend, log readers, Redis and the benchmark itself share this one. */
  readonly rest: number | null;
  /** One line that says so. */
  readonly description: string;
}

/** Places the system under test and the rest on two cores, and moves this process to the second. Unpinned with one core or without taskset. */
export function place(): Placement {
  const unpinned = (why: string): Placement => ({ tested: null, rest: null, description: `not pinned: ${why}` });
  const allowed = /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const [tested, rest] = readCpuList(allowed);
  if (tested === undefined || rest === undefined) return unpinned('this machine has one core, shared by all');
  const moved = spawnSync('taskset', ['-a', '-p', '-c', String(rest), String(process.pid)], { stdio: 'ignore' });
  if (moved.status !== 0) return unpinned('taskset (util-linux) is missing');
  return {
    tested,
    rest,
    description: `system under test on core ${tested}; load, backend, log readers and Redis on core ${rest}`,
  };
}

/** `command` run on a core: [command, args]. */
export function onCore(core: number | null, command: string, args: readonly string[]): [string, string[]] {
  return core === null ? [command, [...args]] : ['taskset', ['-c', String(core), command, ...args]];
}

/** How many files a process may open that is started from here. */
export function openFilesLimit(): number {
  return readOpenFiles(readFileSync('/proc/self/limits', 'utf8'));
}
