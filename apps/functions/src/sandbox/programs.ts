import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** A program of the machine did not do what it was started for; the message is the last line that it said. */
export class ProgramFailed extends Error {}

/** Where the machine has a program; null where it does not. */
export function findProgram(name: string): string | null {
  for (const folder of ['/usr/bin', '/bin', '/usr/sbin', '/sbin']) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Elsewhere.
    }
  }
  return null;
}

/** Runs a program of the machine to its end, with `input` for it to read, and answers what it prints. Throws `ProgramFailed` when it ends with anything but success. */
export async function runProgram([command, ...args]: readonly [string, ...string[]], input = ''): Promise<string> {
  const program = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], cwd: '/' });
  let [printed, said] = ['', ''];
  program.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
  program.stderr.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-1_000)));
  program.stdin.on('error', () => undefined);
  program.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => {
    program.once('error', (error) => {
      said = error.message;
      resolve(null);
    });
    program.once('close', resolve);
  });
  if (code !== 0) throw new ProgramFailed(lastLine(said) || `${path.basename(command)} ended with ${code}`);
  return printed;
}

/** What a program has said last. */
export function lastLine(said: string): string {
  return said.trim().split('\n').at(-1)!;
}
