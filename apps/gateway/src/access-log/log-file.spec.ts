import { temporaryDirectory } from '@gatehouse/testing';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LogFile, SharedLogFile } from './log-file.js';

let directory: string;
beforeEach(async () => {
  directory = await temporaryDirectory('log');
});
afterEach(async () => {
  vi.useRealTimers();
  disk.room = null;
  await rm(directory, { recursive: true, force: true });
});

/** Bytes for which the disk has room; null for any number. */
const disk = vi.hoisted(() => ({ room: null as number | null }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const write = (fd: number, batch: Buffer, from: number, length: number, at: null, done: (...result: unknown[]) => void) => {
    if (disk.room === null) return fs.write(fd, batch, from, length, at, done);
    if (disk.room === 0) return setImmediate(done, new Error('ENOSPC'));
    const most = Math.min(length, disk.room);
    disk.room -= most;
    fs.write(fd, batch, from, most, at, done);
  };
  return { ...fs, write };
});

const text = (name: string) => readFile(path.join(directory, name), 'utf8');
const never = () => {
  throw new Error('it is not full');
};

describe('SharedLogFile', () => {
  it('appends to what others append to', async () => {
    const files = [1, 2, 3].map(() => new SharedLogFile(path.join(directory, 'log'), 1e9, never));
    const line = (n: number) => `${String(n).repeat(5000)}\n`;
    for (let round = 0; round < 20; round++) await Promise.all(files.map((file, n) => file.write(Buffer.from(line(n)))));
    for (const file of files) await file.close();
    const lines = (await text('log')).split('\n');
    expect(lines.pop()).toBe('');
    for (const n of [0, 1, 2]) expect(lines.filter((one) => `${one}\n` === line(n))).toHaveLength(20);
    expect(lines).toHaveLength(60);
  });

  it('goes on with the file of its name when another one was put aside', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const place = path.join(directory, 'log');
    const owner = new LogFile(place, 10, 2);
    let told = 0;
    const files = [1, 2].map(() => new SharedLogFile(place, 10, () => void told++));
    const [one, two] = files as [SharedLogFile, SharedLogFile];
    await one.write(Buffer.from('first----\n'));
    expect(told).toBe(0);
    await two.write(Buffer.from('still the first\n'));
    expect(told).toBe(1);
    await Promise.all([owner.putAside(), owner.putAside()]);
    vi.advanceTimersByTime(500);
    await one.write(Buffer.from('second\n'));
    await two.write(Buffer.from('second too\n'));
    for (const file of files) await file.close();
    expect(await text('log.1')).toBe('first----\nstill the first\n');
    expect(await text('log')).toBe('second\nsecond too\n');
    expect(told).toBe(1);
  });

  it('keeps lines apart where the disk was full within one, whoever writes next of those that found it so', async () => {
    const files = [1, 2].map(() => new SharedLogFile(path.join(directory, 'log'), 1e9, never));
    const [one, two] = files as [SharedLogFile, SharedLogFile];
    disk.room = 'whole\nto'.length;
    await expect(one.write(Buffer.from('whole\ntorn\n'))).rejects.toMatchObject({ bytes: 8, message: 'ENOSPC' });
    await expect(two.write(Buffer.from('nothing of it\n'))).rejects.toMatchObject({ bytes: 0 });
    disk.room = null;
    await two.write(Buffer.from('second\n'));
    await one.write(Buffer.from('third\n'));
    for (const file of files) await file.close();
    expect(await text('log')).toBe('whole\nto\nsecond\nthird\n');
  });

  it('fails where it cannot write, and recovers', async () => {
    const place = path.join(directory, 'missing');
    const file = new SharedLogFile(path.join(place, 'log'), 100, never);
    await expect(file.write(Buffer.from('lost\n'))).rejects.toThrow('ENOENT');
    await mkdir(place);
    await file.write(Buffer.from('kept\n'));
    await file.close();
    expect(await readFile(path.join(place, 'log'), 'utf8')).toBe('kept\n');
  });
});

describe('LogFile', () => {
  it('puts full files aside and keeps so many', async () => {
    const place = path.join(directory, 'log');
    const owner = new LogFile(place, 9, 2);
    await owner.create();
    for (const line of ['one-----\n', 'two-----\n', 'three---\n', 'four----\n']) {
      await owner.putAside();
      const file = new SharedLogFile(place, 9, never);
      await file.write(Buffer.from(line));
      await file.close();
    }
    expect((await readdir(directory)).sort()).toEqual(['log', 'log.1', 'log.2']);
    expect([await text('log'), await text('log.1'), await text('log.2')]).toEqual(['four----\n', 'three---\n', 'two-----\n']);
  });

  it('leaves one that is not full', async () => {
    const owner = new LogFile(path.join(directory, 'log'), 100, 1);
    await owner.create();
    await owner.putAside();
    expect(await readdir(directory)).toEqual(['log']);
  });

  it('refuses what is no file', async () => {
    await expect(new LogFile(directory, 100, 1).create()).rejects.toThrow(`${directory} is no regular file`);
    await expect(new LogFile('/dev/null', 100, 1).create()).rejects.toThrow('/dev/null is no regular file');
  });

  it('says that its folder is not there', async () => {
    await expect(new LogFile(path.join(directory, 'missing/log'), 100, 1).create()).rejects.toThrow('ENOENT');
  });
});
