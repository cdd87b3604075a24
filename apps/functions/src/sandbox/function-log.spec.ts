import { temporaryDirectory } from '@gatehouse/testing';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FunctionLogs } from './function-log.js';

let folder: string;
beforeAll(async () => void (folder = await temporaryDirectory('logs')));
afterEach(() => void vi.useRealTimers());
afterAll(() => rm(folder, { recursive: true }));

describe('logs of functions', () => {
  it('are closed and forgotten when nothing was printed for a while, and go on where they ended', async () => {
    vi.useFakeTimers();
    const logs = new FunctionLogs(folder, 1_000_000, 2);
    const write = async (line: string) => {
      logs.write('123456789012', 'us-east-1', 'f', Buffer.from(line));
      expect(logs.size).toBe(1);
      await vi.waitFor(async () => {
        await vi.advanceTimersByTimeAsync(12_000);
        expect(logs.size).toBe(0);
      });
    };
    await write('one\n');
    await write('two\n');
    expect(readFileSync(path.join(folder, '123456789012/us-east-1/f.log'), 'utf8')).toBe('one\ntwo\n');
    await logs.close();
  });

  it('keep as many files aside as they may, where there were more before', async () => {
    const place = path.join(folder, '123456789012/eu-west-1');
    mkdirSync(place, { recursive: true });
    for (const name of ['g.log', 'g.log.1', 'g.log.2', 'g.log.3', 'g.log.4', 'g.log.5', 'gg.log.5']) {
      writeFileSync(path.join(place, name), `${name} before`.padEnd(100));
    }
    const logs = new FunctionLogs(folder, 100, 2);
    for (const line of ['one\n', 'two\n']) {
      logs.write('123456789012', 'eu-west-1', 'g', Buffer.from(line));
      await vi.waitFor(() => expect(readFileSync(path.join(place, 'g.log'), 'utf8')).toMatch(new RegExp(`${line}$`)));
    }
    await logs.close();
    expect(readdirSync(place).sort()).toEqual(['g.log', 'g.log.1', 'g.log.2', 'gg.log.5']);
    expect(readFileSync(path.join(place, 'g.log.2'), 'utf8')).toMatch(/^g.log.1 before/);
  });
});
