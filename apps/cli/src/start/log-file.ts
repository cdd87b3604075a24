import { appendFile, rename, stat } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import path from 'node:path';

const LARGEST_BYTES = 10 * 1024 * 1024;

/** The log file of one part, `logs/<name>.log`. One that grew large is put aside as `.1`, which replaces the one put aside before. */
export async function openLogFile(dataDir: string, name: string): Promise<string> {
  const file = path.join(dataDir, 'logs', `${name}.log`);
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LARGEST_BYTES) await rename(file, `${file}.1`);
  await appendFile(file, '', { mode: 0o600 });
  return file;
}

/** A function that appends lines to a log file. */
export function appendLines(file: string): (line: string) => void {
  const stream = createWriteStream(file, { flags: 'a' });
  return (line) => void stream.write(`${line}\n`);
}
