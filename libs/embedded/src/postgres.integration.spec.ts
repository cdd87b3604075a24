import { mkdtemp, readFile, realpath, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { exists } from './postgres-binaries.js';
import { startPostgres, type EmbeddedService } from './postgres.js';

const running: EmbeddedService[] = [];
afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
});

const newDirectory = () => mkdtemp(path.join(os.tmpdir(), 'gatehouse-test-'));
const start = async (dataDir: string, more: { port?: number } = {}) => {
  const service = await startPostgres({ dataDir, temporary: true, ...more });
  running.push(service);
  return service;
};

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

describe('startPostgres', () => {
  it('keeps data, port and password when its process is killed and started again', async () => {
    const dataDir = await newDirectory();
    const first = await start(dataDir);
    await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7); CHECKPOINT');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await start(dataDir);
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('listens on the loopback address with SCRAM and keeps its password to itself', async () => {
    const dataDir = await newDirectory();
    const { url } = await start(dataDir);
    expect(await query(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(url, 'SELECT rolpassword FROM pg_authid WHERE rolname = current_user')).toEqual([
      { rolpassword: expect.stringMatching(/^SCRAM-SHA-256\$/) },
    ]);
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(dataDir, 'settings.json'))).mode & 0o777).toBe(0o600);
  });

  it('refuses to start beside another Postgres on the same data', async () => {
    const dataDir = await newDirectory();
    const first = await start(dataDir);
    await expect(startPostgres({ dataDir, temporary: true })).rejects.toThrow(`(process ${first.pid})`);
  });

  it('says that its port is in use', async () => {
    const first = await start(await newDirectory());
    const port = Number(new URL(first.url).port);
    await expect(startPostgres({ dataDir: await newDirectory(), temporary: true, port })).rejects.toThrow(
      'Address already in use',
    );
  });

  it.runIf(process.getuid?.() === 0)('as root, removes the cluster of a temporary data directory that is gone', async () => {
    const dataDir = await newDirectory();
    const service = await startPostgres({ dataDir });
    const cluster = await realpath(path.join(dataDir, 'cluster'));
    expect(cluster.startsWith(dataDir)).toBe(false);
    expect((await stat(path.join(cluster, 'data'))).uid).toBe(65534);
    await service.stop();
    await rm(dataDir, { recursive: true });
    const next = await newDirectory();
    await (await startPostgres({ dataDir: next })).stop();
    expect(await exists(cluster)).toBe(false);
    await rm(await realpath(path.join(next, 'cluster')), { recursive: true });
    await rm(next, { recursive: true });
  });

  it('removes what a temporary one leaves', async () => {
    const dataDir = await newDirectory();
    const service = await startPostgres({ dataDir, temporary: true });
    const settings = await readFile(path.join(dataDir, 'settings.json'), 'utf8');
    expect(JSON.parse(settings)).toMatchObject({ port: Number(new URL(service.url).port) });
    await service.stop();
    expect(await exists(dataDir)).toBe(false);
    await expect(service.exited).resolves.toBe('exit code 0');
  });
});
