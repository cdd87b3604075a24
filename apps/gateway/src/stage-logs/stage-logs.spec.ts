import { temporaryDirectory } from '@gatehouse/testing';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FullStageLogs } from './full-stage-logs.js';
import { isLogGroupFile, logGroupFile, stageLogFolder } from './log-group-file.js';
import { StageLogs } from './stage-logs.js';

/** Bytes that the disk has room for; null for any number. */
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

const SCOPE = { accountId: '123456789012', region: 'us-east-1' };
let folder: string;
beforeEach(async () => {
  folder = await temporaryDirectory('stage-logs');
});

const never = () => {
  throw new Error('it is not full');
};
const logsOf = (maxBytes = 1e9, full: (file: string) => void = never) => new StageLogs(folder, maxBytes, full);
const read = (logGroup: string, aside = '') => readFile(path.join(folder, logGroupFile(SCOPE, logGroup) + aside), 'utf8');

describe('the file of a log group', () => {
  it.each([
    ['access', '123456789012/us-east-1/access.log'],
    ['/aws/apigateway/x#1', '123456789012/us-east-1/%2Faws%2Fapigateway%2Fx%231.log'],
    ['API-Gateway-Execution-Logs_abc/prod', '123456789012/us-east-1/API-Gateway-Execution-Logs_abc%2Fprod.log'],
    ['..', '123456789012/us-east-1/...log'],
    ['../../etc/x', '123456789012/us-east-1/..%2F..%2Fetc%2Fx.log'],
  ])('%s', (logGroup, file) => {
    expect(logGroupFile(SCOPE, logGroup)).toBe(file);
    expect(isLogGroupFile(file)).toBe(true);
    expect(path.relative(folder, path.join(folder, file)).startsWith('..')).toBe(false);
  });

  it('is another one for each name, also of long ones', () => {
    const long = 'x'.repeat(500);
    const names = ['a/b', 'a%2Fb', 'a_b', 'a~b', long, `${long}y`].map((name) => logGroupFile(SCOPE, name));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(path.basename(name).length).toBeLessThan(240);
  });

  it.each([
    '',
    'x.log',
    '../x.log',
    '123456789012/us-east-1/../x.log',
    '123456789012/us-east-1/x',
    '123456789012/us-east-1/a/b.log',
  ])('is not called %s', (file) => expect(isLogGroupFile(file)).toBe(false));

  it('lies in the folder of its gateway', () => expect(stageLogFolder('/data', 'g')).toBe('/data/gateways/g/logs'));
});

describe('StageLogs', () => {
  it('writes the lines of each log group to its file', async () => {
    const logs = logsOf();
    logs.write(SCOPE, 'a', 'one');
    logs.write(SCOPE, 'b', 'two \u00c3\u00a9');
    logs.write({ ...SCOPE, region: 'eu-west-1' }, 'a', 'elsewhere');
    logs.write(SCOPE, 'a', 'three');
    await logs.close(10_000);
    expect([await read('a'), await read('b')]).toEqual(['one\nthree\n', 'two é\n']);
    expect(await readFile(path.join(folder, '123456789012/eu-west-1/a.log'), 'utf8')).toBe('elsewhere\n');
  });

  it('writes by itself, after a moment', async () => {
    logsOf().write(SCOPE, 'a', 'one');
    await vi.waitFor(async () => expect(await read('a')).toBe('one\n'));
  });

  it('loses nothing of what comes while it writes', async () => {
    const logs = logsOf();
    for (let n = 0; n < 200; n++) {
      logs.write(SCOPE, `group-${n % 7}`, `line ${n}`);
      if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await logs.close(10_000);
    const texts = await Promise.all([0, 1, 2, 3, 4, 5, 6].map((n) => read(`group-${n}`)));
    expect(texts.join('').split('\n').length - 1).toBe(200);
    expect(logs.dropped).toBe(0);
  });

  it('appends to what other workers append to, whole lines', async () => {
    const workers = [logsOf(), logsOf(), logsOf()];
    for (let round = 0; round < 50; round++)
      for (const [n, logs] of workers.entries()) logs.write(SCOPE, 'a', String(n).repeat(3000));
    await Promise.all(workers.map((logs) => logs.close(10_000)));
    const lines = (await read('a')).split('\n').slice(0, -1);
    for (const n of [0, 1, 2]) expect(lines.filter((line) => line === String(n).repeat(3000))).toHaveLength(50);
    expect(lines).toHaveLength(150);
  });

  it('drops and counts what is too much, of one log group before it concerns others', async () => {
    const logs = logsOf();
    const long = 'x'.repeat(100_000);
    for (let n = 0; n < 20; n++) logs.write(SCOPE, 'a', long);
    expect(logs.dropped).toBe(10);
    logs.write(SCOPE, 'b', 'small');
    for (let group = 0; group < 20; group++) for (let n = 0; n < 10; n++) logs.write(SCOPE, `g${group}`, long);
    expect(logs.dropped).toBeGreaterThan(100);
    await logs.close(10_000);
    expect(await read('b')).toBe('small\n');
    logs.write(SCOPE, 'a', 'again');
    await logs.close(10_000);
    expect((await read('a')).endsWith('\nagain\n')).toBe(true);
  });

  it('never throws and goes on where the disk refuses', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    await writeFile(path.join(folder, '123456789012'), 'no folder');
    const logs = logsOf();
    logs.write(SCOPE, 'a', 'lost');
    await logs.close(10_000);
    expect(logs.dropped).toBe(1);
    expect(console.error).toHaveBeenCalledWith(expect.stringContaining("gateway: a stage's log: "));
    vi.restoreAllMocks();
  });

  it('keeps lines apart where the disk was full within one, and counts those of which something is missing', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const logs = logsOf();
    disk.room = 'whole\nto'.length;
    for (const line of ['whole', 'torn', 'missing']) logs.write(SCOPE, 'a', line);
    await logs.close(10_000);
    expect(logs.dropped).toBe(2);
    disk.room = null;
    logs.write(SCOPE, 'a', 'next');
    await logs.close(10_000);
    logs.write(SCOPE, 'a', 'last');
    await logs.close(10_000);
    expect(await read('a')).toBe('whole\nto\nnext\nlast\n');
    vi.restoreAllMocks();
  });

  it('does not wait for ever', async () => {
    const logs = logsOf();
    logs.write(SCOPE, 'a', 'x');
    await logs.close(0);
  });

  it('tells when a file is full, and goes on in a new one when it was put aside', async () => {
    const full: string[] = [];
    const logs = logsOf(20, (file) => full.push(file));
    const owner = new FullStageLogs(folder, 20, 2);
    logs.write(SCOPE, 'a', 'short');
    await logs.close(10_000);
    expect(full).toEqual([]);
    for (const line of ['first full file', 'second full file', 'third full file', 'fourth full file']) {
      logs.write(SCOPE, 'a', line);
      await logs.close(10_000);
      await Promise.all(full.splice(0).flatMap((file) => [owner.putAside(file), owner.putAside(file)]));
      logs.write(SCOPE, 'a', 'next');
      await logs.close(10_000);
    }
    expect(await readdir(path.join(folder, '123456789012/us-east-1'))).toEqual(['a.log', 'a.log.1', 'a.log.2']);
    expect([await read('a'), await read('a', '.1'), await read('a', '.2')]).toEqual([
      'next\n',
      'next\nfourth full file\n',
      'next\nthird full file\n',
    ]);
  });
});

describe('FullStageLogs', () => {
  it('touches nothing but logs of stages', async () => {
    await mkdir(path.join(folder, 'other'));
    await writeFile(path.join(folder, 'other/x.log'), 'x'.repeat(100));
    await new FullStageLogs(folder, 10, 1).putAside('other/x.log');
    await new FullStageLogs(path.join(folder, 'other'), 10, 1).putAside('123456789012/us-east-1/../../x.log');
    expect(await readdir(path.join(folder, 'other'))).toEqual(['x.log']);
  });
});
