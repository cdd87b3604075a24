import { temporaryDirectory } from '@gatehouse/testing';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RotatedFile } from './log-sink.js';

let directory: string;
beforeEach(async () => {
  directory = await temporaryDirectory('log');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('RotatedFile', () => {
  const text = (name: string) => readFile(path.join(directory, name), 'utf8');

  it('puts full files aside and keeps so many', async () => {
    const file = new RotatedFile(path.join(directory, 'log'), 10, 2);
    for (const line of ['one-----\n', 'two-----\n', 'three---\n', 'four----\n']) await file.write(Buffer.from(line));
    await file.close();
    expect((await readdir(directory)).sort()).toEqual(['log', 'log.1', 'log.2']);
    expect([await text('log'), await text('log.1'), await text('log.2')]).toEqual(['four----\n', 'three---\n', 'two-----\n']);
  });

  it('goes on with the file that is there', async () => {
    for (const line of ['one\n', 'two\n']) {
      const file = new RotatedFile(path.join(directory, 'log'), 100, 1);
      await file.open();
      await file.write(Buffer.from(line));
      await file.close();
    }
    expect(await text('log')).toBe('one\ntwo\n');
  });

  it('takes a batch that is larger than a file may be', async () => {
    const file = new RotatedFile(path.join(directory, 'log'), 10, 1);
    await file.write(Buffer.from('a line that is longer than that\n'));
    await file.close();
    expect(await text('log')).toBe('a line that is longer than that\n');
  });

  it('fails where it cannot write, and recovers', async () => {
    const place = path.join(directory, 'missing');
    const file = new RotatedFile(path.join(place, 'log'), 100, 1);
    await expect(file.write(Buffer.from('lost\n'))).rejects.toThrow('ENOENT');
    await mkdir(place);
    await file.write(Buffer.from('kept\n'));
    await file.close();
    expect(await readFile(path.join(place, 'log'), 'utf8')).toBe('kept\n');
  });
});
