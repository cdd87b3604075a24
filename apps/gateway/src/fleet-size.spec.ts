import type { GatewayReport } from '@gatehouse/publication';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FleetSize } from './fleet-size.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('counts the workers of all that live, believes a loss when it was heard of twice, and remembers through a restart', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'fleet-size-')), 'gateway', 'fleet-size');
  const gateway = (gatewayId: string, workers: number) => ({ gatewayId, workers: new Array(workers) }) as GatewayReport;
  let others = [gateway('old', 0), gateway('b', 2)];
  const reports = { live: async () => [gateway('own', 3), ...others] };
  const heard: number[] = [];
  const options = { reports, gatewayId: 'own', own: 3, file, onChange: (size: number) => void heard.push(size) };
  const size = new FleetSize(options);
  expect(size.current()).toBe(3);
  await vi.waitFor(() => expect(size.current()).toBe(6));
  const kept = (count: number) => vi.waitFor(() => expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(String(count)));
  await kept(6);

  others = [];
  await vi.advanceTimersByTimeAsync(5_000);
  expect(size.current()).toBe(6);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(size.current()).toBe(3);
  await kept(3);
  expect(heard).toEqual([6, 3]);
  size.stop();

  others = [gateway('c', 4)];
  const again = new FleetSize(options);
  await vi.waitFor(() => expect(again.current()).toBe(7));
  await kept(7);
  again.stop();

  const away = { ...options, reports: { live: () => Promise.reject(new Error('Redis is away')) } };
  const alone = new FleetSize(away);
  expect(alone.current()).toBe(7);
  alone.stop();
  const grown = new FleetSize({ ...away, own: 9 });
  expect(grown.current()).toBe(9);
  grown.stop();
});
