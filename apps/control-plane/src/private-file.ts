import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartupError } from './startup-error.js';

/** Nobody but the owner may do anything with a file or enter a directory. */
const OTHERS = 0o077;

function writeBeside(path: string, content: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${process.pid}`;
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, content, { mode: 0o600, flag: 'wx' });
  return unfinished;
}

/** Writes a file that only its owner can read (0600, in a directory that is made 0700 when it is missing), all of it or nothing. */
export function writePrivateFile(path: string, content: string): void {
  renameSync(writeBeside(path, content), path);
}

/**
 * Reads a private file that is made on first use. When several processes make it at once, all of them read the same content.
 * Throws a `StartupError` when others than the owner may read or change it.
 */
export function readOrMakePrivateFile(path: string, make: () => string): string {
  if (!statSync(path, { throwIfNoEntry: false })) {
    const unfinished = writeBeside(path, make());
    try {
      // A link, unlike a rename, never replaces what another process made in the meantime.
      linkSync(unfinished, path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    } finally {
      rmSync(unfinished, { force: true });
    }
  }
  if (statSync(path).mode & OTHERS)
    throw new StartupError(`${path} can be used by others than its owner; run: chmod 600 ${path}`);
  return readFileSync(path, 'utf8');
}
