import { ArchiveError } from './archive-error.js';
import { PATH_BYTES, SEGMENT_BYTES } from './archive-limits.js';

/**
 * An entry's path below the archive's root, with forward slashes; empty for the root itself. Backslashes separate too, as in archives of old tools for Windows. Throws `ArchiveError`
 * when the path is absolute, goes up, or is none that a file system takes.
 */
export function entryPath(name: string): string {
  const path = name.replaceAll('\\', '/');
  const refuse = (reason: string) => new ArchiveError('path', `${JSON.stringify(name.slice(0, SEGMENT_BYTES))} ${reason}`);
  if (/^([A-Za-z]:)?\//.test(path)) throw refuse('is an absolute path');
  if (path.includes('\0')) throw refuse('is not a path');
  if (Buffer.byteLength(path) > PATH_BYTES) throw refuse(`is a path of more than ${PATH_BYTES} bytes`);
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) throw refuse('leads out of the archive');
  if (segments.some((segment) => Buffer.byteLength(segment) > SEGMENT_BYTES)) {
    throw refuse(`has a name of more than ${SEGMENT_BYTES} bytes`);
  }
  return segments.join('/');
}
