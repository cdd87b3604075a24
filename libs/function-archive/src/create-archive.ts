import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** One file of an archive. */
export interface ArchivedFile {
  /** Path in the archive, with forward slashes. */
  path: string;
  content: string | Buffer;
  /** Whether everyone may execute it. */
  executable?: boolean;
}

/** Always the same bytes for the same files: DOS time knows nothing before it. */
const MADE_AT = new Date(1980, 0, 1);

/** A zip archive of some files, as functions are uploaded. */
export async function createArchive(files: readonly ArchivedFile[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { path, content, executable } of files) {
    zip.addBuffer(Buffer.from(content), path, { mtime: MADE_AT, mode: executable ? 0o100755 : 0o100644 });
  }
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream);
}
