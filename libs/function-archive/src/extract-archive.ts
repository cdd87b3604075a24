import { chmod, mkdir, open, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readArchive, type FileEntry, type OpenArchive } from './read-archive.js';

/** Files that are written at a time. */
const WRITERS = 8;

/**
 * Unpacks an archive (its bytes, or the path of a file) into `folder`, which it makes; nothing may be there yet. Everyone may read everything, and execute what the archive says is
 * executable; nobody but the owner may write. Gives the bytes of all files together. Throws `ArchiveError`, or what the file system throws; then `folder` is gone again.
 */
export async function extractArchive(source: Buffer | string, folder: string): Promise<{ unzippedBytes: number }> {
  const archive = await readArchive(typeof source === 'string' ? await readFile(source) : source);
  await mkdir(folder);
  try {
    await fill(folder, archive);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return { unzippedBytes: archive.unzippedBytes };
}

async function fill(root: string, { folders, files, links }: OpenArchive): Promise<void> {
  // The process's umask takes from what `mkdir` and `open` are told, not from `chmod`.
  await chmod(root, 0o755);
  for (const path of folders) {
    await mkdir(join(root, path));
    await chmod(join(root, path), 0o755);
  }
  // Several at a time, as most of it is waiting; all of them end before anything else happens to the folder.
  const queue = files.values();
  const writers = Array.from({ length: WRITERS }, async () => {
    for (const file of queue) await writeFile(file, join(root, file.path));
  });
  const failed = (await Promise.allSettled(writers)).find((writer) => writer.status === 'rejected');
  if (failed) throw failed.reason;
  // At last, so that no file is written through one of them.
  for (const [path, target] of links) await symlink(target, join(root, path));
}

async function writeFile({ content, executable }: FileEntry, path: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.chmod(executable ? 0o755 : 0o644);
    for await (const part of content()) await file.writeFile(part);
  } finally {
    await file.close();
  }
}
