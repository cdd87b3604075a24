import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat, rm } from 'node:fs/promises';

/** Removes a folder or file and everything below it, and follows no link. False when something is left. */
export async function removeTree(file: string): Promise<boolean> {
  try {
    await rm(file, { recursive: true, force: true });
  } catch {
    // Whoever made folders in folders made paths that are too long for Node.js; rm goes from one folder to the next.
    const remover = spawn('rm', ['-rf', '--', file], { stdio: 'ignore' });
    await once(remover, 'exit').catch(() => undefined);
  }
  return lstat(file).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}
