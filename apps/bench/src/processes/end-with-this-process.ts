import type { ChildProcess } from 'node:child_process';

const children = new Set<ChildProcess>();
process.once('exit', () => {
  // Not SIGKILL: the workers of a C server outlive a master that is killed.
  for (const child of children) child.kill('SIGTERM');
});

/** Asks a child to end when this process ends, for systems where the kernel does not. */
export function endWithThisProcess(child: ChildProcess): void {
  children.add(child);
  child.once('exit', () => children.delete(child));
}
