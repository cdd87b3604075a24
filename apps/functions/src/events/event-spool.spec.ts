import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TornEvent } from './event-file.js';
import { openSpool, queuedEvent, spoolRoot } from './events.fixture.js';

const isLinux = process.platform === 'linux';

/** Files of events below a place. */
function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** The folder of the only process. */
function onlyFolder(root: string): string {
  const names = readdirSync(root).filter((name) => name !== 'set-aside');
  expect(names).toHaveLength(1);
  return path.join(root, names[0]!);
}

describe('a spool', () => {
  it('gives back what it keeps, until that is removed', async () => {
    const { spool } = await openSpool(await spoolRoot());
    const event = queuedEvent({ clientContext: '{"a":1}', name: { ...queuedEvent().name, qualifier: 'live' } });
    const kept = await spool.keep(event);
    expect(kept).toMatchObject({ requestId: event.requestId, failures: 0 });
    expect(await spool.read(kept)).toEqual(event);
    await spool.remove(kept);
    await expect(spool.read(kept)).rejects.toThrow(TornEvent);
    await spool.close();
  });

  it('security class: secrets at rest: only the user of its process may read it', async () => {
    const root = await spoolRoot();
    const { spool } = await openSpool(root);
    await spool.keep(queuedEvent());
    const modes = [root, onlyFolder(root), ...filesBelow(root)].map((file) => statSync(file).mode & 0o777);
    expect(modes).toEqual([0o700, 0o700, 0o600]);
    // A folder that was there before is closed too.
    chmodSync(root, 0o755);
    await openSpool(root);
    expect(statSync(root).mode & 0o777).toBe(0o700);
  });

  it('leaves no folder where nothing is left', async () => {
    const root = await spoolRoot();
    const { spool } = await openSpool(root);
    await spool.remove(await spool.keep(queuedEvent()));
    await spool.close();
    expect(readdirSync(root)).toEqual([]);
  });

  it.runIf(isLinux)(
    'hands what it holds on to the next process, with failures, age and time, and nothing while it is open',
    async () => {
      const root = await spoolRoot();
      const first = await openSpool(root);
      const [old, failed] = [queuedEvent(), queuedEvent({ event: Buffer.alloc(1024 * 1024, 'x') })];
      const keptOld = await first.spool.keep(old);
      const postponed = await first.spool.postpone(await first.spool.keep(failed), 4_000_000_000_000);
      const second = await openSpool(root);
      expect(await second.spool.takeOver()).toEqual([]);
      await first.spool.close();
      const taken = await second.spool.takeOver();
      expect(new Set(taken)).toEqual(new Set([keptOld, postponed]));
      expect(postponed).toMatchObject({ failures: 1, dueAt: 4_000_000_000_000 });
      for (const event of taken) expect([old, failed]).toContainEqual(await second.spool.read(event));
      expect(await second.spool.takeOver()).toEqual([]);
      onlyFolder(root);
    },
  );

  it.runIf(isLinux)('hands on the oldest first', async () => {
    const root = await spoolRoot();
    const dead = await Promise.all(Array.from({ length: 4 }, () => openSpool(root)));
    const ids: string[] = [];
    for (let n = 0; n < 12; n++) {
      ids.push((await dead[n % 4]!.spool.keep(queuedEvent())).requestId);
      await sleep(2);
    }
    for (const { spool } of dead) await spool.close();
    const { spool } = await openSpool(root);
    expect((await spool.takeOver()).map(({ requestId }) => requestId)).toEqual(ids);
  });

  it.runIf(isLinux)('takes no folder for left that its process is about to lock', async () => {
    const root = await spoolRoot();
    const { spool, troubles } = await openSpool(root);
    let isOver = false;
    const taking = (async () => {
      while (!isOver) await spool.takeOver();
    })();
    for (let n = 0; n < 30; n++) {
      const other = await openSpool(root);
      await other.spool.keep(queuedEvent());
    }
    isOver = true;
    await taking;
    expect(troubles).toEqual([]);
  });

  it.runIf(isLinux)('hands each event to one process only, whoever asks at the same time', async () => {
    const root = await spoolRoot();
    const dead = await openSpool(root);
    for (let n = 0; n < 50; n++) await dead.spool.keep(queuedEvent());
    await dead.spool.close();
    const others = await Promise.all(Array.from({ length: 4 }, () => openSpool(root)));
    const taken = await Promise.all(others.map(({ spool }) => spool.takeOver()));
    const ids = taken.flat().map(({ requestId }) => requestId);
    expect([ids.length, new Set(ids).size]).toEqual([50, 50]);
  });

  it('sets aside what is no event, tells so, and goes on', async () => {
    const root = await spoolRoot();
    const dead = await openSpool(root);
    const folder = onlyFolder(root);
    const torn = await dead.spool.keep(queuedEvent());
    truncateSync(filesBelow(root)[0]!, torn.bytes - 1);
    const whole = await dead.spool.keep(queuedEvent());
    writeFileSync(path.join(folder, `${Date.now()}-0-${Date.now()}-${randomUUID()}.new`), 'of nobody');
    writeFileSync(path.join(folder, 'notes.txt'), 'x');
    symlinkSync('/etc/passwd', path.join(folder, 'link'));
    execFileSync('mkfifo', [path.join(folder, `${Date.now()}-0-${Date.now()}-${randomUUID()}`)]);
    mkdirSync(path.join(root, 'lost+found'));
    writeFileSync(path.join(root, 'readme'), 'x');
    await dead.spool.close();

    const { spool, troubles } = await openSpool(root);
    const taken = await spool.takeOver();
    expect(taken.map(({ requestId }) => requestId).sort()).toEqual([torn.requestId, whole.requestId].sort());
    expect(troubles).toHaveLength(5);
    await expect(spool.read(taken.find(({ requestId }) => requestId === torn.requestId)!)).rejects.toThrow(TornEvent);
    expect(troubles).toHaveLength(6);
    expect(readdirSync(path.join(root, 'set-aside'))).toHaveLength(6);
    await spool.read(taken.find(({ requestId }) => requestId === whole.requestId)!);
    expect(readFileSync('/etc/passwd', 'utf8')).not.toBe('');
  });

  it('keeps the newest hundred of what it sets aside, and tells what it removes', async () => {
    const root = await spoolRoot();
    const { spool, troubles } = await openSpool(root);
    const setAside = path.join(root, 'set-aside');
    const isThere = (name: string) => readdirSync(setAside).some((kept) => kept.endsWith(`-${name}`));
    mkdirSync(path.join(root, 'oldest'));
    writeFileSync(path.join(root, 'oldest', 'in it'), 'x');
    await spool.takeOver();
    await sleep(2);
    for (let n = 0; n < 99; n++) writeFileSync(path.join(root, `file ${n}`), 'x');
    await spool.takeOver();
    expect([isThere('oldest'), troubles.length]).toEqual([true, 100]);
    await sleep(2);
    writeFileSync(path.join(root, 'newest'), 'x');
    await spool.takeOver();
    expect([isThere('oldest'), isThere('newest'), readdirSync(setAside).length]).toEqual([false, true, 100]);
    expect(troubles.at(-1)).toMatch(/-oldest was removed from .*set-aside, which keeps the newest 100 files$/);
    expect(troubles).toHaveLength(102);
  });

  it('sets aside what has the longest of names', async () => {
    const root = await spoolRoot();
    const { spool, troubles } = await openSpool(root);
    writeFileSync(path.join(root, '語'.repeat(85)), 'x');
    await spool.takeOver();
    expect(troubles.join()).toContain('it was put aside as');
  });

  it.runIf(isLinux)('takes over what lies beside a file that cannot be moved', async () => {
    const root = await spoolRoot();
    const dead = await openSpool(root);
    const folder = onlyFolder(root);
    for (let n = 0; n < 20; n++) await dead.spool.keep(queuedEvent());
    // Names that are no UTF-8 cannot be spoken of. Of so many, one comes before some event, in whichever order a folder is read.
    for (let n = 0; n < 20; n++) writeFileSync(Buffer.concat([Buffer.from(`${folder}/${n}`), Buffer.from([0xff])]), 'x');
    await dead.spool.close();
    const { spool, troubles } = await openSpool(root);
    expect(await spool.takeOver()).toHaveLength(20);
    expect(troubles.join()).toContain('ENOENT');
  });

  it('takes a file whose bytes were changed for no event', async () => {
    const root = await spoolRoot();
    const { spool } = await openSpool(root);
    const kept = await spool.keep(queuedEvent());
    await appendFile(filesBelow(root)[0]!, ' ');
    await expect(spool.read(kept)).rejects.toThrow('no whole event');
  });

  it('keeps nothing of what the disk does not take', async (context) => {
    const root = await spoolRoot();
    mkdirSync(root);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', root], { stdio: 'ignore' });
    } catch {
      return context.skip('this process may not mount a small disk');
    }
    try {
      const { spool } = await openSpool(root);
      const kept = await spool.keep(queuedEvent());
      const large = queuedEvent({ event: Buffer.alloc(1024 * 1024) });
      await expect(spool.keep(large)).rejects.toThrow('ENOSPC');
      expect(filesBelow(root)).toHaveLength(1);
      await spool.read(kept);
      await spool.keep(queuedEvent());
      await spool.close();
    } finally {
      execFileSync('umount', [root]);
    }
    expect(existsSync(root)).toBe(true);
  });
});
