import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const PREFIX = 'gatehouse-test-';

/**
 * Vitest's globalSetup of every project: whatever the run's specs put into the system's temporary directory lies in one directory, which
 * is removed at the end of the run, or by a later run when this one is killed.
 */
export default async function useTemporaryDirectory(): Promise<() => Promise<void>> {
  const system = os.tmpdir();
  await removeAbandoned(system);
  const directory = await mkdtemp(path.join(system, `${PREFIX}${process.pid}-`));
  await chmod(directory, 0o711); // when root runs the specs, Postgres passes through it as another user
  process.env.TMPDIR = directory;
  return async () => {
    process.env.TMPDIR = system;
    await rm(directory, { recursive: true, force: true });
  };
}

async function removeAbandoned(system: string): Promise<void> {
  for (const name of await readdir(system)) {
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) await rm(path.join(system, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
