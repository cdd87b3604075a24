import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A new directory under the system's temporary directory; `name` says in listings what it is for. */
export function temporaryDirectory(name: string): Promise<string> {
  return mkdtemp(path.join(os.tmpdir(), `gatehouse-test-${name}-`));
}
