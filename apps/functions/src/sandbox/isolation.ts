import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { chmod, chown, copyFile, link, lstat, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { UidRange } from '../config.js';
import { report } from '../report.js';
import { StartupError } from '../startup-error.js';
import { endMarked, endUser, signal } from './end-processes.js';
import type { Connection } from './network/function-network.js';
import { OwnMounts } from './own-mounts.js';
import { processesOf, threadsOfOwnUser } from './process-table.js';
import { findProgram } from './programs.js';
import { removeTree } from './remove-tree.js';
import type { RuntimeProgram } from './runtimes.js';
import { UidBlock } from './uid-block.js';

export interface IsolationOptions {
  uids: UidRange;
  /** Most sandboxes at a time. */
  sandboxes: number;
  /** Absolute path of Gatehouse's data directory. */
  dataDirectory: string;
  /** The bootstraps, as they are shipped. */
  bootstraps: string;
}

/** What a sandbox has for itself. */
export interface Place {
  /** User and group of its processes; null where they are this process's own. */
  uid: number | null;
  /** Its temporary folder, which is its home too. */
  temporary: string;
  /** Stands in the environment of its processes, and nowhere else. */
  marker: string;
}

/** Processes and threads of a sandbox. */
const MOST_PROCESSES = 256;
/** Without root the kernel counts all processes and threads of this process's user: so many may be added to those that there are when a sandbox is started. */
const MOST_ADDED_THREADS = 1_024;
/** Source: AWS Lambda quotas. */
const MOST_OPEN_FILES = 1_024;
/** Bytes of one file: AWS's size of /tmp. */
const MOST_FILE_BYTES = 512 * 1024 * 1024;
/** Where functions find what they run when this process is root: they cannot enter the data folder, and cannot make anything beside this one. */
const WORKING_FOLDER = '/var/lib/gatehouse-functions';

/**
 * Keeps the processes of sandboxes apart, from one another and from everything else.
 *
 * As root, each sandbox has a user and a group of its own, no further groups, no way to more rights (`no_new_privs`), limits of the kernel for processes, open files and file size, and
 * a folder that only it can enter; when it ends, so does everything of its user. Without root, processes are this process's user's: only limits and folders remain.
 */
export class Isolation {
  private unrooted = 0;

  private constructor(
    private readonly users: UidBlock | null,
    private readonly prlimit: string | null,
    private readonly setpriv: string | null,
    /** Null where sandboxes have no mount namespaces of their own. */
    private readonly mounts: OwnMounts | null,
    /** What functions run lies here: code, runtimes, temporary folders. */
    readonly folder: string,
  ) {}

  /** Throws a `StartupError` where this machine lacks what isolation takes. */
  static async prepare({ uids, sandboxes, dataDirectory, bootstraps }: IsolationOptions): Promise<Isolation> {
    const isRoot = process.getuid?.() === 0;
    const [prlimit, setpriv] = [findProgram('prlimit'), findProgram('setpriv')];
    if (isRoot && (!prlimit || !setpriv)) {
      throw new StartupError(
        'prlimit and setpriv (package util-linux) are needed to run functions apart from one another as root',
      );
    }
    const users = isRoot ? await takeUsers(uids, sandboxes) : null;
    const folder = users ? `${WORKING_FOLDER}-${users.all[0]}` : path.join(dataDirectory, 'functions');
    const isolation = new Isolation(users, prlimit, setpriv, users ? await OwnMounts.find() : null, folder);
    await isolation.clean(bootstraps);
    return isolation;
  }

  /** One line for whoever starts this process. */
  get description(): string {
    if (this.users) {
      const users = `each sandbox runs as a user of its own (${this.users.available} of GATEHOUSE_FUNCTION_UIDS), with limits on processes, memory and files`;
      if (this.mounts) return `${users}, and with processes, a /tmp, /dev/shm, /proc and IPC of its own`;
      return `${users}; this process may not make mount namespaces: sandboxes share /tmp, and see which processes run`;
    }
    return 'NOT running as root: functions run as the user of this process and are not isolated from it or from one another; only memory, time and files are limited';
  }

  /** Sandboxes have mount namespaces of their own. */
  get hasMounts(): boolean {
    return this.mounts !== null;
  }

  /** How many sandboxes may be added. */
  get room(): number {
    return this.users?.available ?? Infinity;
  }

  /** Groups of which each may stand for one tree of code; null where code is not kept from other functions. */
  get groups(): readonly number[] | null {
    return this.users?.all ?? null;
  }

  get runtimeDir(): string {
    return path.join(this.folder, 'runtime');
  }

  /** A program's path for functions: its own, or that of a copy where their users cannot reach it. */
  async reachable(program: string): Promise<string> {
    if (!this.users || (!(await this.mounts?.covers(program)) && (await everyoneReaches(program)))) return program;
    const { dev, ino, size, mode } = await stat(program);
    const folder = path.join(this.folder, 'programs');
    const copy = path.join(folder, `${path.basename(program)}-${dev}-${ino}-${size}`);
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o755);
    // Another name of the same file, where that may be run by everyone and lies on the same disk.
    if (
      (mode & 0o005) !== 0o005 ||
      !(await link(program, copy).then(
        () => true,
        () => false,
      ))
    ) {
      await copyFile(program, copy);
      await chmod(copy, 0o755);
    }
    return copy;
  }

  /** Null when there is no room. */
  async open(): Promise<Place | null> {
    const uid = this.users ? this.users.next() : null;
    if (uid === undefined) return null;
    const temporary = path.join(this.folder, 'sandboxes', String(uid ?? `${process.pid}-${++this.unrooted}`));
    await mkdir(temporary, { recursive: true, mode: 0o700 });
    await chmod(temporary, 0o700);
    if (uid !== null) await chown(temporary, uid, uid);
    return { uid, temporary, marker: randomUUID().replaceAll('-', '') };
  }

  /**
   * Starts a program in a place and its network; it leads a session of its own. Its standard input is empty.
   * @param gid group of its code; null where that has none
   */
  spawn(
    place: Place,
    network: Connection,
    program: RuntimeProgram,
    env: Record<string, string>,
    cwd: string,
    gid: number | null,
  ): ChildProcess {
    const { names, values } = hidden(env);
    // Variables get their names after the limits hold: some (LD_PRELOAD) would have the programs that set these run the function's code.
    const script = `umask 077; ${names.map((name, at) => `export ${name}="$_${at}"; unset _${at}; `).join('')}exec "$@"`;
    const runtime = ['/bin/sh', '-c', script, 'sh', program.command, ...program.args];
    const [command, ...args] = [...this.surroundings(place, network), ...this.limits(place, gid), ...runtime] as [string];
    const child = spawn(command, args, {
      cwd,
      env: values,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) endFirst(child.pid);
    return child;
  }

  /** Ends what was started in a place at once, so that it tells of having been killed. */
  kill(leader: ChildProcess): void {
    if (this.mounts) this.mounts.kill(leader);
    // Not by its number, which may be another process's once it has ended.
    else leader.kill('SIGKILL');
  }

  /** How what was started in a place has ended, from how its leader has. */
  endOf(code: number | null, name: NodeJS.Signals | null): [code: number | null, signal: NodeJS.Signals | null] {
    return this.mounts ? OwnMounts.endOf(code, name) : [code, name];
  }

  /** Ends everything that runs in a place, and removes what it wrote; only then somebody else may have it. `leader` is the process that was started there. */
  async close(place: Place, leader: ChildProcess | null): Promise<void> {
    if (leader?.pid !== undefined) {
      await this.mounts?.end(leader);
      signal(-leader.pid, 'SIGKILL');
    }
    if (place.uid === null) await endMarked(place.marker);
    else if (!(await endUser(place.uid))) {
      report('sandbox', new Error(`processes of user ${place.uid} could not be ended; its number is not used again`));
      return;
    }
    const isGone = await removeTree(place.temporary, place.uid);
    if (place.uid === null) return;
    await this.removeLeftovers(place.uid);
    if (isGone) this.users?.giveBack(place.uid);
    else report('sandbox', new Error(`${place.temporary} could not be removed; the number of its user is not used again`));
  }

  /** What a user has left in folders that everyone may write to would be the next one's. */
  private async removeLeftovers(uid: number): Promise<void> {
    if (this.mounts) return;
    for (const folder of ['/var/tmp', '/tmp', '/dev/shm']) {
      for (const name of await readdir(folder).catch(() => [])) {
        const file = path.join(folder, name);
        const owner = await lstat(file).catch(() => null);
        if (owner?.uid === uid && !(await removeTree(file, uid))) report('sandbox', new Error(`${file} could not be removed`));
      }
    }
  }

  async release(): Promise<void> {
    await this.users?.release();
  }

  private surroundings({ temporary }: Place, { enter, resolver }: Connection): string[] {
    return [...enter, ...(this.mounts?.enter(temporary, resolver) ?? [])];
  }

  private limits({ uid }: Place, gid: number | null): string[] {
    const prefix: string[] = [];
    if (this.prlimit) {
      prefix.push(this.prlimit, '--core=0', `--nofile=${MOST_OPEN_FILES}`, `--fsize=${MOST_FILE_BYTES}`);
      prefix.push(`--nproc=${uid === null ? threadsOfOwnUser() + MOST_ADDED_THREADS : MOST_PROCESSES}`, '--');
    }
    if (this.setpriv) {
      prefix.push(this.setpriv, '--no-new-privs');
      if (uid !== null) prefix.push(`--reuid=${uid}`, `--regid=${gid ?? uid}`, '--clear-groups');
      prefix.push('--');
    }
    return prefix;
  }

  /** Makes the folder, without what an earlier process left there and what still runs of it. */
  private async clean(bootstraps: string): Promise<void> {
    if (this.users) {
      const { users } = this;
      const leftovers = new Set(processesOf((uid) => users.wasTaken(uid)).map(({ uid }) => uid));
      for (const uid of leftovers) {
        await users.unlessOfAnother(uid, async () => {
          if (await endUser(uid)) return;
          throw new StartupError(`GATEHOUSE_FUNCTION_UIDS: processes of user ${uid} run and cannot be ended`);
        });
      }
    }
    await makeFolder(this.folder);
    for (const name of ['sandboxes', 'runtime', 'programs']) {
      const folder = path.join(this.folder, name);
      if (!(await removeTree(folder, null)))
        throw new StartupError(`${folder}, of an earlier functions process, cannot be removed`);
    }
    await mkdir(path.join(this.folder, 'sandboxes'), { mode: 0o711 });
    await mkdir(this.runtimeDir, { mode: 0o755 });
    for (const name of await readdir(bootstraps)) {
      await copyFile(path.join(bootstraps, name), path.join(this.runtimeDir, name));
      await chmod(path.join(this.runtimeDir, name), 0o644);
    }
    // Whose folders there are is nobody's business.
    await chmod(path.join(this.folder, 'sandboxes'), 0o711);
    await chmod(this.runtimeDir, 0o755);
  }
}

/** Throws a `StartupError`. */
async function takeUsers(range: UidRange, wanted: number): Promise<UidBlock> {
  await makeFolder(WORKING_FOLDER);
  return UidBlock.take(range, wanted, path.join(WORKING_FOLDER, 'uids'));
}

/** Makes a folder that everyone may enter and only this process's user may change. Throws a `StartupError` when it is somebody else's. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid) || (found.mode & 0o022) !== 0) {
    throw new StartupError(`${folder} is not a folder that only this process's user may change; remove it`);
  }
  await chmod(folder, 0o755);
}

/** Variables under names that mean nothing to anyone, and their own names in the same order. */
function hidden(env: Record<string, string>): { names: string[]; values: Record<string, string> } {
  const names = Object.keys(env).filter((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  return { names, values: Object.fromEntries(names.map((name, at) => [`_${at}`, env[name]!])) };
}

/** Where the machine has no memory left, the kernel ends functions before anything else. Under a service with CAP_SYS_RESOURCE they cannot take that back. */
function endFirst(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, '1000');
  } catch {
    // It has ended, or this is not Linux.
  }
}

/** Any user may execute the file. */
async function everyoneReaches(file: string): Promise<boolean> {
  for (let at = file; ; at = path.dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}
