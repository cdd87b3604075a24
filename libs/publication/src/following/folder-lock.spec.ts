import { temporaryDirectory } from '@gatehouse/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { expect, it, vi } from 'vitest';
import { FolderLock } from './folder-lock.js';

const unexpected = () => expect.unreachable('nobody has it');

it.runIf(process.platform === 'linux')('keeps a folder for one until it lets it go, and others for others', async () => {
  const [folder, other] = [await temporaryDirectory('lock'), await temporaryDirectory('lock')];
  const first = await FolderLock.take(folder, 0, unexpected);
  await (await FolderLock.take(other, 0, unexpected)).release();
  await expect(FolderLock.take(folder, 0, () => undefined)).rejects.toThrow(`another process uses ${folder}`);
  let waiting = (): void => undefined;
  const waits = new Promise<void>((resolve) => (waiting = resolve));
  const second = FolderLock.take(`${folder}/.`, Infinity, waiting);
  await waits;
  await first.release();
  await (await second).release();
});

it.runIf(process.platform === 'linux')('is let go with the process that has it, also one that is killed', async () => {
  const folder = await temporaryDirectory('lock');
  const { dev, ino } = await stat(folder, { bigint: true });
  const name = `gatehouse folder ${dev} ${ino}`;
  const program = `require('net').createServer().listen('\\0${name}', () => console.log('has it'))`;
  const owner = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(owner.stdout, 'data');
  expect(await readFile('/proc/net/unix', 'utf8')).toContain(`@${name}`);
  const onWait = vi.fn(() => void owner.kill('SIGKILL'));
  await (await FolderLock.take(folder, Infinity, onWait)).release();
  expect(onWait).toHaveBeenCalledOnce();
});
