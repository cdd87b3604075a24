import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'inherited-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Beyond those that Node.js itself uses. */
const INHERITED = 60;
const MODULE = new URL('./inherited-files.ts', import.meta.url).href;

/** Descriptors that a program has which another one starts that was started with one more. */
async function inherited(closes: boolean): Promise<string[]> {
  const file = openSync(path.join(folder, 'open'), 'w');
  const list = `process.stdout.write(require('node:child_process').execFileSync('/bin/sh', ['-c', 'ls /proc/self/fd']))`;
  const source = closes
    ? `import(${JSON.stringify(MODULE)}).then(({ closeInheritedFiles }) => { closeInheritedFiles(); ${list} })`
    : list;
  const child = spawn(process.execPath, ['--no-warnings', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit', ...new Array<'ignore'>(INHERITED - 3).fill('ignore'), file],
  });
  let said = '';
  child.stdout!.on('data', (text: Buffer) => (said += text.toString()));
  await once(child, 'close');
  closeSync(file);
  return said.split('\n');
}

describe('what a process has inherited', () => {
  it('is closed, so that nothing which it starts has it', async () => {
    expect(await inherited(false)).toContain(String(INHERITED));
    const left = await inherited(true);
    expect(left).toContain('1');
    expect(left).not.toContain(String(INHERITED));
  });
});
