import { dieWithParent } from '@gatehouse/embedded';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endWithThisProcess } from './end-with-this-process.js';

/**
 * Runs a program, with more variables in its environment than this process has, and answers what it printed on standard output. Throws, with all
 * that it printed, when it fails.
 */
export async function runToEnd(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const [file, words] = dieWithParent(command, [...args], 'SIGTERM');
  const child = spawn(file, words, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  endWithThisProcess(child);
  let printed = '';
  let complained = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${printed}${complained}`);
  return printed;
}
