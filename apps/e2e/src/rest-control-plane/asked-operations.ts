import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

type Outcome = 'answered' | 'refused';

const NAME = /^asked-operations-\d+\.txt$/;

/** Notes how the SDK was answered, in a file of this process in the run's temporary directory. A fault of the server (5xx) proves nothing. */
export function noteAsked(operation: string, status: number): void {
  if (status >= 500) return;
  const outcome: Outcome = status < 400 ? 'answered' : 'refused';
  appendFileSync(path.join(os.tmpdir(), `asked-operations-${process.pid}.txt`), `${operation} ${outcome}\n`);
}

/** What all processes of the run have noted: `CreateApiKey answered`. */
export function readAsked(): Set<string> {
  const files = readdirSync(os.tmpdir()).filter((name) => NAME.test(name));
  return new Set(files.flatMap((name) => readFileSync(path.join(os.tmpdir(), name), 'utf8').split('\n')));
}
