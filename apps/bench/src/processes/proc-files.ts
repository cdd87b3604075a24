/** What `/proc/{pid}/stat` says of a process, times in clock ticks. */
export interface ProcessStat {
  parent: number;
  startedAt: number;
  /** User and system time of the process itself. */
  own: number;
  /** User and system time of its children that ended and were waited for, and of theirs. */
  endedChildren: number;
}

/** Reads `/proc/{pid}/stat` (proc(5)). The name of the process, in brackets, may hold blanks and brackets itself. */
export function readStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // The first field after the name is number 3 of proc(5).
  const field = (number: number) => Number(fields[number - 3]);
  return {
    parent: field(4),
    startedAt: field(22),
    own: field(14) + field(15),
    endedChildren: field(16) + field(17),
  };
}

/** Reads a line `{name}: {number} kB`, as `/proc/{pid}/status` and `smaps_rollup` have them, in bytes. Undefined when it is not there. */
export function readKilobytes(text: string, name: string): number | undefined {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text);
  return found ? Number(found[1]) * 1024 : undefined;
}

/** Reads a list of processors such as `0-3,8` (cpuset(7)). */
export function readCpuList(text: string): number[] {
  return text
    .trim()
    .split(',')
    .filter((range) => range !== '')
    .flatMap((range) => {
      const [first, last = first] = range.split('-').map(Number) as [number, number?];
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
}

/** Reads the soft limit of open files from `/proc/{pid}/limits`. */
export function readOpenFiles(text: string): number {
  const found = /^Max open files\s+(\d+|unlimited)/m.exec(text);
  return found && found[1] !== 'unlimited' ? Number(found[1]) : Number.POSITIVE_INFINITY;
}
