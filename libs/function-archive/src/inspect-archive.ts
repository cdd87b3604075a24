import { readArchive } from './read-archive.js';

/**
 * Reads an archive to its end without keeping anything of it, as it will be read when it is unpacked: whatever passes here can be unpacked. Gives the bytes of all files together.
 * Throws `ArchiveError`.
 */
export async function inspectArchive(archive: Buffer): Promise<{ unzippedBytes: number }> {
  const { files, unzippedBytes } = await readArchive(archive);
  for (const file of files) for await (const _ of file.content());
  return { unzippedBytes };
}
