import { opendir, lstat } from 'node:fs/promises';
import path from 'node:path';
import { heldBytes } from './open-files.js';
import { processesOf, type ProcessFigures } from './process-table.js';

/** Of all processes of a sandbox. */
export interface UsedResources {
  /** Bytes of memory. */
  memory: number;
  /** Bytes of these that are shared. */
  shared: number;
  /** Hundredths of a second that they have used the processor. */
  ticks: number;
  pids: number[];
}

/** A sandbox as the watch sees it. */
export interface Watched {
  /** User of its processes; null where they are this process's own. */
  readonly uid: number | null;
  readonly pid: number | undefined;
  readonly memoryLimit: number;
  readonly temporary: string;
  readonly isBusy: boolean;
  /** What its processes use now. */
  uses(figures: UsedResources): void;
  /** One of its limits is passed. */
  exceeded(what: string): void;
}

/** Milliseconds between two looks while something runs, and while everything waits. */
const LOOK_MS = 200;
const LOOK_IDLE_MS = 2_000;
/** Milliseconds between two looks at temporary folders, and at what is held by descriptors. */
const LOOK_AT_FILES_MS = 2_000;
/** Milliseconds for which a process of somebody else is not looked at again. */
const FOREIGN_MS = 10_000;
/** Bytes of a temporary folder: AWS's default for /tmp. */
const MOST_TEMPORARY_BYTES = 512 * 1024 * 1024;
const MOST_TEMPORARY_FILES = 100_000;

/** Looks at what sandboxes use: memory of all processes of each (not address space, of which V8 reserves far more than it uses), what they hold by descriptors, and its temporary files. */
export class ResourceWatch {
  private timer: NodeJS.Timeout | null = null;
  /** When it looks next, on the monotonic clock (ms). */
  private due = 0;
  private foreign = new Set<number>();
  private foreignSince = 0;
  /** As they were seen last. */
  private used = new Map<Watched, UsedResources>();
  /** Bytes of disks that are held by descriptors alone. */
  private readonly removed = new WeakMap<Watched, number>();
  /** When it last had looked at temporary folders, on the monotonic clock (ms); never while it looks. */
  private filesLookedAt = 0;
  /** As well, at descriptors: a folder of many files does not hold that up. */
  private heldLookedAt = 0;

  constructor(private readonly sandboxes: ReadonlySet<Watched>) {}

  /** Looks from now on, and soon. */
  wake(): void {
    const due = performance.now() + LOOK_MS;
    if (this.timer && this.due <= due) return;
    this.lookAfter(LOOK_MS);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  private lookAfter(ms: number): void {
    if (this.timer) clearTimeout(this.timer);
    this.due = performance.now() + ms;
    this.timer = setTimeout(() => this.look(), ms).unref();
  }

  private look(): void {
    this.timer = null;
    this.lookAtMemory();
    const before = performance.now() - LOOK_AT_FILES_MS;
    if (this.heldLookedAt <= before) void this.lookAtHeld();
    if (this.filesLookedAt <= before) void this.lookAtFiles();
    if (this.sandboxes.size === 0) return;
    const isAnyBusy = [...this.sandboxes].some(({ isBusy }) => isBusy);
    this.lookAfter(isAnyBusy ? LOOK_MS : LOOK_IDLE_MS);
  }

  private lookAtMemory(): void {
    const now = performance.now();
    if (now - this.foreignSince > FOREIGN_MS) {
      this.foreign = new Set();
      this.foreignSince = now;
    }
    const owners = new Map<number, Watched>();
    const leaders = new Map<number, Watched>();
    for (const sandbox of this.sandboxes) {
      if (sandbox.uid !== null) owners.set(sandbox.uid, sandbox);
      else if (sandbox.pid !== undefined) leaders.set(sandbox.pid, sandbox);
    }
    const own = process.getuid?.();
    const isOurs = (uid: number) => owners.has(uid) || (leaders.size > 0 && uid === own);
    const processes = processesOf(isOurs, this.foreign);
    const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
    const used = new Map<Watched, UsedResources>();
    for (const figures of processes) {
      const sandbox = owners.get(figures.uid) ?? leaderOf(figures, leaders, parents);
      if (!sandbox) continue;
      const sum = used.get(sandbox) ?? { memory: 0, shared: 0, ticks: 0, pids: [] };
      sum.memory += figures.memory;
      sum.shared += figures.shared;
      sum.ticks += figures.ticks;
      sum.pids.push(figures.pid);
      used.set(sandbox, sum);
    }
    this.used = used;
    for (const [sandbox, figures] of used) {
      sandbox.uses(figures);
      if (figures.memory > sandbox.memoryLimit) sandbox.exceeded('memory');
    }
  }

  private async lookAtHeld(): Promise<void> {
    this.heldLookedAt = Infinity;
    for (const [sandbox, { pids }] of this.used) {
      const held = await heldBytes(pids);
      const figures = this.used.get(sandbox);
      if (held === null) sandbox.exceeded('file descriptors');
      if (held === null || !figures) continue;
      this.removed.set(sandbox, held.disk);
      // What processes have mapped of it is counted with their memory.
      const unmapped = Math.max(0, held.memory - figures.shared);
      if (figures.memory + unmapped > sandbox.memoryLimit) sandbox.exceeded('memory');
    }
    this.heldLookedAt = performance.now();
  }

  private async lookAtFiles(): Promise<void> {
    this.filesLookedAt = Infinity;
    for (const sandbox of [...this.sandboxes]) {
      const left = { bytes: MOST_TEMPORARY_BYTES - (this.removed.get(sandbox) ?? 0), files: MOST_TEMPORARY_FILES };
      await count(sandbox.temporary, left);
      if (left.bytes < 0 || left.files < 0) sandbox.exceeded('temporary files');
    }
    this.filesLookedAt = performance.now();
  }
}

/** The sandbox whose session the process is in, or whose process has started it, however far back. */
function leaderOf(
  { pid, session, parent }: ProcessFigures,
  leaders: ReadonlyMap<number, Watched>,
  parents: ReadonlyMap<number, number>,
): Watched | undefined {
  const direct = leaders.get(session) ?? leaders.get(pid);
  if (direct) return direct;
  const seen = new Set<number>();
  for (let at: number | undefined = parent; at !== undefined && !seen.has(at); at = parents.get(at)) {
    const found = leaders.get(at);
    if (found) return found;
    seen.add(at);
  }
  return undefined;
}

/** Takes what lies in a folder from what is left. One folder is open at a time, however deep they lie in one another. */
async function count(top: string, left: { bytes: number; files: number }): Promise<void> {
  const folders = [top];
  for (const folder of folders) {
    try {
      for await (const entry of await opendir(folder)) {
        if (left.bytes < 0 || --left.files < 0) return;
        const file = path.join(folder, entry.name);
        if (entry.isDirectory()) folders.push(file);
        else left.bytes -= ((await lstat(file).catch(() => null))?.blocks ?? 0) * 512;
      }
    } catch (error) {
      // Folders come and go, which hides nothing of the others; a path that is too long to look at hides any number of files.
      if ((error as NodeJS.ErrnoException).code === 'ENAMETOOLONG') left.files = -1;
    }
  }
}
