import { createArchive } from '@gatehouse/function-archive';
import { readCodeLocation } from '@gatehouse/lambda-contract';
import { dataPlaneKey } from '@gatehouse/snapshot';
import { temporaryDirectory } from '@gatehouse/testing';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodeCache, type CodeOf } from './code-cache.js';

const key = dataPlaneKey(Buffer.alloc(32, 1));
const scope = { accountId: '123456789012', region: 'us-east-1' };
let server: Server;
let folder: string;
let downloads: number;
const archives = new Map<string, Buffer>();

beforeEach(async () => {
  downloads = 0;
  folder = path.join(await temporaryDirectory('code'), 'code');
  server = createServer((request, response) => {
    const name = readCodeLocation([key], request.url ?? '', Date.now());
    downloads++;
    const archive = name && archives.get(name.sha256);
    response.writeHead(archive ? 200 : 404).end(archive || '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.close();
  await rm(path.dirname(folder), { recursive: true, force: true });
});

async function archived(content: string, sent?: (archive: Buffer) => Buffer): Promise<CodeOf> {
  const archive = await createArchive([{ path: 'index.js', content }]);
  const codeSha256 = createHash('sha256').update(archive).digest('hex');
  archives.set(codeSha256, sent?.(archive) ?? archive);
  return { ...scope, codeSha256, codeSize: archive.length };
}

async function opened(keepBytes = 1_000_000, groups: number[] | null = null): Promise<CodeCache> {
  const { port } = server.address() as AddressInfo;
  const cache = new CodeCache({ controlPlaneUrl: new URL(`http://127.0.0.1:${port}`), keys: [key], folder, keepBytes, groups });
  await cache.open();
  return cache;
}

describe('a code cache', () => {
  it('fetches an archive once, whoever asks at the same time, and keeps it over restarts', async () => {
    const code = await archived('one');
    const cache = await opened();
    const held = await Promise.all(Array.from({ length: 5 }, () => cache.hold(code)));
    expect(new Set(held.map((one) => one.folder)).size).toBe(1);
    expect(await readFile(path.join(held[0]!.folder, 'index.js'), 'utf8')).toBe('one');
    expect((await stat(path.join(held[0]!.folder, 'index.js'))).mode & 0o777).toBe(0o644);
    const again = await opened();
    await again.hold(code);
    expect(downloads).toBe(1);
  });

  it.each<[string, (archive: Buffer) => Buffer, string]>([
    ['is another one', (archive) => Buffer.from(archive).fill(0, 0, 1), 'is not what its document says'],
    ['is longer', (archive) => Buffer.concat([archive, archive]), 'is longer than its document says'],
    ['is shorter', (archive) => archive.subarray(1), 'is not what its document says'],
  ])('refuses an archive that %s than the document names, and leaves nothing of it', async (_, sent, message) => {
    const code = await archived('true', sent);
    const cache = await opened();
    await expect(cache.hold(code)).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual([]);
    // It is asked for again: what was wrong may have been put right.
    archives.delete(code.codeSha256);
    await expect(cache.hold(code)).rejects.toThrow('the control plane answers 404 to a request for code');
  });

  it('removes what was not used for longest, never what is held, and half of a tree at the start', async () => {
    const codes = await Promise.all(['a', 'b', 'c', 'd'].map((letter) => archived(letter.repeat(400))));
    const cache = await opened(1_000);
    const [first] = [await cache.hold(codes[0]!)];
    for (const code of codes.slice(1)) (await cache.hold(code)).release();
    const names = await readdir(folder);
    expect(names.sort()).toEqual([codes[0]!.codeSha256, codes[3]!.codeSha256].sort());
    first.release();
    await mkdir(path.join(folder, '.partial-x'));
    await opened(1_000);
    expect(await readdir(folder)).not.toContain('.partial-x');
  });

  it.runIf(process.getuid?.() === 0)(
    'lets each tree be entered by its group only, and has no more trees than groups',
    async () => {
      const cache = await opened(1_000_000, [710_000, 710_001]);
      const codes = await Promise.all(['a', 'b', 'c'].map((letter) => archived(letter)));
      const one = await cache.hold(codes[0]!);
      const { gid, mode } = await stat(one.folder);
      expect([gid, mode & 0o777]).toEqual([one.gid, 0o750]);
      const two = await cache.hold(codes[1]!);
      expect([one.gid, two.gid].sort()).toEqual([710_000, 710_001]);
      await expect(cache.hold(codes[2]!)).rejects.toThrow('there is no group for one more tree of code');
      two.release();
      expect((await cache.hold(codes[2]!)).gid).toBe(two.gid);
      expect((await readdir(folder)).sort()).toEqual([codes[0]!.codeSha256, codes[2]!.codeSha256].sort());
    },
  );
});
