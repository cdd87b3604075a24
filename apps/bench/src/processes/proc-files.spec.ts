import { describe, expect, it } from 'vitest';
import { readCpuList, readKilobytes, readOpenFiles, readStat } from './proc-files.js';

describe('readStat', () => {
  it('reads parent, start and times, whatever the name of the process holds', () => {
    const text =
      '4242 (odd) name (x) S 17 4242 4242 0 -1 4194560 1713 25 0 0 110 20 3 4 20 0 11 0 987654 1125580800 12050 18446744073709551615 1 1 0 0\n';
    expect(readStat(text)).toEqual({ parent: 17, startedAt: 987_654, own: 130, endedChildren: 7 });
  });
});

describe('readKilobytes', () => {
  const status = 'Name:\tnginx\nVmPeak:\t   10200 kB\nVmHWM:\t    4096 kB\nThreads:\t1\n';

  it('answers bytes', () => {
    expect(readKilobytes(status, 'VmHWM')).toBe(4096 * 1024);
  });

  it('answers undefined for what is not there, as in a process that has ended', () => {
    expect(readKilobytes('Name:\tnginx\nState:\tZ (zombie)\n', 'VmHWM')).toBeUndefined();
  });
});

describe('readCpuList', () => {
  it.each([
    ['0\n', [0]],
    ['0-1\n', [0, 1]],
    ['2,4-6,9', [2, 4, 5, 6, 9]],
    ['\n', []],
  ])('reads %j', (text, cpus) => expect(readCpuList(text)).toEqual(cpus));
});

describe('readOpenFiles', () => {
  it('reads the soft limit', () => {
    expect(readOpenFiles('Limit   Soft Limit  Hard Limit  Units\nMax open files            1024       20000      files\n')).toBe(
      1024,
    );
    expect(readOpenFiles('Max open files            unlimited  unlimited  files\n')).toBe(Infinity);
  });
});
