import { readdirSync, readFileSync } from 'node:fs';

/** One process as the kernel tells of it. */
export interface ProcessFigures {
  pid: number;
  parent: number;
  /** Id of its session. */
  session: number;
  /** Real user id. */
  uid: number;
  threads: number;
  /** Hundredths of a second that it has used the processor. */
  ticks: number;
  /** Bytes of memory that are its own, or shared without a file: what its files hold can be given back. */
  memory: number;
  /** Bytes of these that are shared. */
  shared: number;
}

/**
 * The processes of users that `wants` accepts. Empty where there is no /proc.
 * @param foreign processes that are not looked at; those of other users are added to it
 */
export function processesOf(wants: (uid: number) => boolean, foreign: Set<number> = new Set()): ProcessFigures[] {
  const found: ProcessFigures[] = [];
  for (const name of processIds()) {
    if (foreign.has(Number(name))) continue;
    const status = read(`/proc/${name}/status`);
    // A process that has ended stays until its parent asks for it, which may be never.
    if (status === null || /^State:\tZ/m.test(status)) continue;
    // Not the owner of the folder in /proc: that is root where a process says that it may not be dumped.
    const uid = Number(/^Uid:\t(\d+)/m.exec(status)?.[1] ?? -1);
    if (!wants(uid)) {
      // A process that this one has just started is not its user's yet.
      if (!status.includes(`\nPPid:\t${process.pid}\n`)) foreign.add(Number(name));
      continue;
    }
    // After the name in parentheses, which may hold anything: state, parent, group, session.
    const stat = read(`/proc/${name}/stat`);
    const fields = (stat?.slice(stat.lastIndexOf(')') + 2) ?? '').split(' ');
    const [, parent, , session] = fields;
    const shared = kilobytes(status, 'RssShmem');
    found.push({
      pid: Number(name),
      parent: Number(parent ?? 0),
      session: Number(session ?? 0),
      uid,
      threads: Number(/^Threads:\t(\d+)/m.exec(status)?.[1] ?? 1),
      ticks: Number(fields[11] ?? 0) + Number(fields[12] ?? 0),
      // Tables of pages can be larger than the pages that they speak of.
      memory: kilobytes(status, 'RssAnon') + kilobytes(status, 'VmPTE') + shared,
      shared,
    });
  }
  return found;
}

/** Bytes of memory of one process and the first children of it and of them, as of `ProcessFigures`; 0 when it has ended. */
export function memoryOf(pid: number): number {
  let memory = 0;
  for (let at: number | null = pid, depth = 0; at !== null && depth < MOST_DEPTH; at = firstChildOf(at), depth++) {
    const status = read(`/proc/${at}/status`) ?? '';
    memory += kilobytes(status, 'RssAnon') + kilobytes(status, 'VmPTE') + kilobytes(status, 'RssShmem');
  }
  return memory;
}

/** Between a sandbox's leader and its runtime there is the first process of its namespace. */
const MOST_DEPTH = 3;

/** The process that another one has started first, of those that are there; null where there is none, or the kernel does not tell. */
export function firstChildOf(pid: number | undefined): number | null {
  const children = read(`/proc/${pid}/task/${pid}/children`)?.trim() ?? '';
  return children === '' ? null : Number(children.split(' ', 1)[0]);
}

/** Threads of all processes of this process's user. */
export function threadsOfOwnUser(): number {
  const own = process.getuid?.();
  return processesOf((uid) => uid === own).reduce((sum, { threads }) => sum + threads, 0);
}

function kilobytes(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
}

function processIds(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Null for a process that has ended meanwhile. */
function read(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return null;
  }
}
