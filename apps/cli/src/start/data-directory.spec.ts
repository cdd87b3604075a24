import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdDataDirectory } from './data-directory.js';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'gatehouse-test-'));
});
afterEach(() => rm(parent, { recursive: true }));

describe('holdDataDirectory', () => {
  it('makes the directory for its owner alone, and one run holds it at a time', async () => {
    const directory = path.join(parent, 'deep', 'data');
    const held = await holdDataDirectory(directory);
    expect(held.predecessorKilled).toBe(false);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    await expect(holdDataDirectory(directory)).rejects.toThrow(`already runs on ${directory} (process ${process.pid})`);
    await held.release();
    await (await holdDataDirectory(directory)).release();
  });

  it.each([
    ['a process that is gone', JSON.stringify({ pid: 999_999_999, began: '1' })],
    ['a process id that is in use again', JSON.stringify({ pid: process.pid, began: '1' })],
    ['a file cut short', '{"pid":'],
  ])('takes the lock over from %s', async (_, content) => {
    await writeFile(path.join(parent, 'start.lock'), content);
    const held = await holdDataDirectory(parent);
    expect(held.predecessorKilled).toBe(true);
    await held.release();
  });

  it('says which directory cannot be used', async () => {
    await writeFile(path.join(parent, 'file'), '');
    for (const directory of [path.join(parent, 'file'), path.join(parent, 'file', 'below'), '/proc/gatehouse/data']) {
      await expect(holdDataDirectory(directory)).rejects.toThrow(`${directory} cannot be used`);
    }
  });
});
