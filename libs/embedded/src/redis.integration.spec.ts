import { Redis } from 'ioredis';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { exists } from './postgres-binaries.js';
import { type EmbeddedService } from './postgres.js';
import { startRedis } from './redis.js';

const running: EmbeddedService[] = [];
afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
});

const newDirectory = () => mkdtemp(path.join(os.tmpdir(), 'gatehouse-test-'));
const start = async (dataDir: string, more: { appendonly?: boolean } = {}) => {
  const service = await startRedis({ dataDir, temporary: true, ...more });
  running.push(service);
  return service;
};

async function ask<T>(url: string, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { lazyConnect: true, enableReadyCheck: false, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

describe('startRedis', () => {
  it('keeps data, port and password over a restart when it appends', async () => {
    const dataDir = await newDirectory();
    const first = await startRedis({ dataDir, appendonly: true });
    await ask(first.url, (redis) => redis.set('kept', '7'));
    await first.stop();
    const second = await start(dataDir, { appendonly: true });
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, (redis) => redis.get('kept'))).toBe('7');
  });

  it('wants a password, listens on the loopback address and never evicts', async () => {
    const { url } = await start(await newDirectory());
    await expect(ask(`redis://127.0.0.1:${new URL(url).port}`, (redis) => redis.ping())).rejects.toThrow('NOAUTH');
    expect(await ask(url, (redis) => redis.config('GET', 'bind'))).toEqual(['bind', '127.0.0.1']);
    expect(await ask(url, (redis) => redis.config('GET', 'maxmemory-policy'))).toEqual(['maxmemory-policy', 'noeviction']);
  });

  it('removes what a temporary one leaves', async () => {
    const dataDir = await newDirectory();
    const service = await startRedis({ dataDir, temporary: true });
    await service.stop();
    expect(await exists(dataDir)).toBe(false);
  });
});
