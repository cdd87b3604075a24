import { closeSync, readdirSync, readFileSync } from 'node:fs';

/** O_CLOEXEC as the kernel writes it (octal): a descriptor with it goes to no program that this process starts. */
const CLOSE_ON_EXEC = 0o2000000;

/**
 * Closes what whoever started this process has left open, beside the three that every process has: sandboxes would inherit it. Descriptors of Node.js's own go
 * to nobody.
 */
export function closeInheritedFiles(): void {
  const channel = Number(process.env['NODE_CHANNEL_FD'] ?? -1);
  for (const fd of openFiles()) {
    if (fd <= 2 || fd === channel || (flagsOf(fd) & CLOSE_ON_EXEC) !== 0) continue;
    try {
      closeSync(fd);
    } catch {
      // That which the list was read from.
    }
  }
}

/** None where there is no /proc. */
function openFiles(): number[] {
  try {
    return readdirSync('/proc/self/fd').map(Number);
  } catch {
    return [];
  }
}

/** All, for one that is gone meanwhile. */
function flagsOf(fd: number): number {
  try {
    return parseInt(/^flags:\s+([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1] ?? '0', 8);
  } catch {
    return CLOSE_ON_EXEC;
  }
}
