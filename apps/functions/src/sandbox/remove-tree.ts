import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat } from 'node:fs/promises';
import { runAs } from './end-processes.js';

/**
 * Removes a folder or file and everything below it. False when something is left.
 *
 * `rm` goes from one open folder to the next, so that neither a link that somebody puts in a folder's place meanwhile leads it astray nor a path that is longer than any call
 * takes stops it. Node.js goes by paths: as root it could be led anywhere.
 * @param uid who filled it: it is removed with his rights, and with this process's own only what he cannot remove; null for this process's user
 */
export async function removeTree(file: string, uid: number | null): Promise<boolean> {
  if (uid !== null) await runAs(uid, REMOVER, ['-rf', '--', file], REMOVE_MS);
  if (await isThere(file)) await remove(file);
  return !(await isThere(file));
}

const REMOVER = '/bin/rm';
/** For the folders of one sandbox, which may hold a hundred thousand files. */
const REMOVE_MS = 60_000;

async function remove(file: string): Promise<void> {
  const remover = spawn(REMOVER, ['-rf', '--', file], { stdio: 'ignore', cwd: '/' });
  await once(remover, 'exit').catch(() => undefined);
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
}
