import { issueCertificate, temporaryDirectory } from '@gatehouse/testing';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TlsMaterial } from '../worker/messages.js';
import { TlsKeeper } from './tls-keeper.js';

describe('what workers have in common for TLS', () => {
  const hours = (count: number) => count * 3_600_000;
  let directory: string;
  const keepers: TlsKeeper[] = [];

  beforeEach(async () => {
    directory = await temporaryDirectory('tls-keeper');
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(async () => {
    for (const keeper of keepers.splice(0)) keeper.stop();
    vi.useRealTimers();
    await rm(directory, { recursive: true, force: true });
  });

  /** A keeper, and what it has told. */
  async function keeping(files: { certificateFile: string; keyFile: string } | null) {
    const keeper = new TlsKeeper(files);
    keepers.push(keeper);
    const told: TlsMaterial[] = [];
    const failures: Error[] = [];
    keeper.on('changed', (material) => told.push(material)).on('failed', (error) => failures.push(error));
    await keeper.start();
    return { keeper, told, failures };
  }

  it('are ticket keys, other ones each 8 hours', async () => {
    const { keeper, told } = await keeping(null);
    const first = keeper.material;
    expect(Buffer.from(first.ticketKeys, 'base64')).toHaveLength(48);
    expect(first.defaultCertificate).toBeNull();
    vi.advanceTimersByTime(hours(8) - 1);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(hours(8) + 1);
    expect(new Set([first, ...told].map(({ ticketKeys }) => ticketKeys)).size).toBe(3);
    expect(keeper.material).toEqual(told[1]);
    keeper.stop();
    vi.advanceTimersByTime(hours(24));
    expect(told).toHaveLength(2);
  });

  it('are never the same for two gateways', async () => {
    const [one, two] = [await keeping(null), await keeping(null)];
    expect(one.keeper.material.ticketKeys).not.toBe(two.keeper.material.ticketKeys);
  });

  it('is the default certificate that was good last', async () => {
    const [one, two] = [issueCertificate(), issueCertificate()];
    const files = { certificateFile: path.join(directory, 'tls.crt'), keyFile: path.join(directory, 'tls.key') };
    await writeFile(files.certificateFile, one.certificate);
    await writeFile(files.keyFile, one.privateKey);
    const { keeper, told, failures } = await keeping(files);
    expect(keeper.material.defaultCertificate).toEqual({ cert: one.certificate, key: one.privateKey });

    await writeFile(files.keyFile, two.privateKey);
    await changed(() => failures.length > 0);
    expect(keeper.material.defaultCertificate?.cert).toBe(one.certificate);
    expect(failures[0]?.message).toMatch(/key values mismatch$/);

    await writeFile(files.certificateFile, two.certificate);
    await changed(() => told.length > 1);
    expect(told[1]).toEqual({ ...keeper.material, defaultCertificate: { cert: two.certificate, key: two.privateKey } });
  });

  /** Lets the times to look at the files come, until something was seen. */
  async function changed(seen: () => boolean): Promise<void> {
    while (!seen()) {
      vi.advanceTimersByTime(10_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
});
