import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readKilobytes, readStat, type ProcessStat } from './proc-files.js';

/** Clock ticks of a second in `/proc`: the same on all platforms of Linux that Node.js runs on. */
const TICKS = 100;

/** A process and all that descend from it, as `/proc` shows them. Linux only. */
export class ProcessTree {
  constructor(readonly root: number) {}

  /** Seconds of user and system time that the tree has used, those of members that ended included. Never goes down while the root lives. */
  cpuSeconds(): number {
    let ticks = 0;
    for (const { own, endedChildren } of this.members().values()) ticks += own + endedChildren;
    return ticks / TICKS;
  }

  /** Bytes of memory, pages that several processes share counted once in all (PSS). */
  memory(): number {
    return this.sum('smaps_rollup', 'Pss');
  }

  /** The sum of what each process had in memory at its own peak since `forgetPeak`, in bytes. Shared pages count in each. */
  peakMemory(): number {
    return this.sum('status', 'VmHWM');
  }

  /** Lets `peakMemory` begin anew (proc(5), clear_refs). */
  forgetPeak(): void {
    for (const pid of this.members().keys()) {
      try {
        writeFileSync(`/proc/${pid}/clear_refs`, '5');
      } catch {
        // It has ended, or belongs to somebody else: then its peak stays what it was.
      }
    }
  }

  /** Kills all members at once. */
  kill(): void {
    for (const pid of this.members().keys()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    }
  }

  private sum(file: string, line: string): number {
    let bytes = 0;
    for (const pid of this.members().keys()) bytes += readKilobytes(read(`/proc/${pid}/${file}`), line) ?? 0;
    return bytes;
  }

  private members(): Map<number, ProcessStat> {
    const all = new Map<number, ProcessStat>();
    for (const name of readdirSync('/proc')) {
      const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : '';
      if (stat !== '') all.set(Number(name), readStat(stat));
    }
    const members = new Map<number, ProcessStat>();
    const add = (pid: number, stat: ProcessStat) => {
      members.set(pid, stat);
      for (const [child, of] of all) if (of.parent === pid && !members.has(child)) add(child, of);
    };
    const root = all.get(this.root);
    if (!root) throw new Error(`process ${this.root} has ended`);
    add(this.root, root);
    return members;
  }
}

/** Empty when the process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
