import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Cleanup } from './cleanup.js';

/** A new directory that the cleanup removes. */
export async function temporaryDirectory(cleanup: Cleanup): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'gatehouse-bench-'));
  cleanup.defer(() => rm(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}
