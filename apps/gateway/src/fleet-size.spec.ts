import type { GatewayReport } from '@gatehouse/publication';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FleetSize } from './fleet-size.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('counts what is live, believes a loss when it was heard of twice, and remembers through a restart', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'fleet-size-')), 'gateway', 'fleet-size');
  let live = 3;
  const reports = { live: async () => Array.from({ length: live }, () => ({}) as GatewayReport) };
  const size = new FleetSize(reports, file);
  expect(size.current()).toBe(1);
  await vi.waitFor(() => expect(size.current()).toBe(3));
  const kept = (count: number) => vi.waitFor(() => expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(String(count)));
  await kept(3);

  live = 0;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(size.current()).toBe(3);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(size.current()).toBe(1);
  await kept(1);
  size.stop();

  live = 4;
  const again = new FleetSize(reports, file);
  await vi.waitFor(() => expect(again.current()).toBe(4));
  await kept(4);
  again.stop();

  const away = new FleetSize({ live: () => Promise.reject(new Error('Redis is away')) }, file);
  expect(away.current()).toBe(4);
  away.stop();
});
