import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FunctionsFixture } from './functions.fixture.js';
import { removeTree } from './sandbox/remove-tree.js';

const isRoot = process.getuid?.() === 0;
/** A program below a folder of which sandboxes have another one. */
const elsewhere = mkdtempSync(path.join(tmpdir(), 'program-'));
const node = path.join(elsewhere, 'node');
copyFileSync(process.execPath, node);
chmodSync(elsewhere, 0o755);

const functions = new FunctionsFixture({ GATEHOUSE_NODEJS22: node });
beforeAll(() => functions.start());
afterAll(async () => {
  await functions.stop();
  await removeTree(elsewhere, null);
});

/** Folders in folders, whose path is longer than any call takes. */
const DIG = `const { mkdirSync } = require('node:fs');
  const dig = () => { for (let n = 0; n < 40; n++) { mkdirSync('d'.repeat(250)); process.chdir('d'.repeat(250)); } };`;

describe('what a function leaves', () => {
  it('security class: files of another function: folders too deep for a path are removed as others are', async () => {
    await functions.node(
      'digger',
      `${DIG} exports.handler = async () => { process.chdir(process.env.TMPDIR); dig(); return process.env.TMPDIR; };`,
    );
    const { payload: folder } = await functions.result<string>('digger');
    expect(readdirSync(folder)).toHaveLength(1);
    await functions.node('digger', 'exports.handler = async () => 1;');
    await functions.eventually(() => !existsSync(folder));
  });

  it('beyond a path that can be looked at counts as too much', async () => {
    await functions.node(
      'hider',
      `${DIG} exports.handler = async () => { process.chdir(process.env.TMPDIR); dig(); await new Promise(() => setInterval(() => {}, 1000)); };`,
      { timeout: 20 },
    );
    const { payload } = await functions.result<{ errorMessage: string }>('hider');
    expect(payload.errorMessage).toMatch(/signal: killed$/);
  });

  it.runIf(isRoot)('in folders that everyone may write to goes with its sandbox', async () => {
    await functions.node(
      'litterer',
      `const { mkdtempSync, writeFileSync } = require('node:fs');
       exports.handler = async () => { const folder = mkdtempSync('/var/tmp/litter-'); writeFileSync(folder + '/a', 'b'); return folder; };`,
    );
    const { payload: folder } = await functions.result<string>('litterer');
    // Nobody else sees it at all where the machine allows namespaces.
    const seen = lstatSync(folder, { throwIfNoEntry: false });
    if (seen) expect(seen.uid).toBeGreaterThanOrEqual(functions.firstUid);
    await functions.node('litterer', 'exports.handler = async () => 1;');
    await functions.eventually(() => !existsSync(folder));
  });
});

it.runIf(isRoot)('of a process that was killed is ended by the next one, and nothing of others', async () => {
  const orphan = spawn('/bin/sleep', ['600'], {
    uid: functions.firstUid + 7,
    gid: functions.firstUid + 7,
    stdio: 'ignore',
    cwd: '/',
  });
  const ended = once(orphan, 'exit');
  const stranger = spawn('/bin/sleep', ['600'], {
    uid: functions.lastUid + 1,
    gid: functions.lastUid + 1,
    stdio: 'ignore',
    cwd: '/',
  });
  await functions.stopService();
  await functions.startService();
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  stranger.kill('SIGKILL');
});

it('runs a program that lies in a folder of which sandboxes have another one', async () => {
  await functions.node('elsewhere', 'exports.handler = async () => process.version;', { runtime: 'nodejs22.x' });
  expect((await functions.result<string>('elsewhere')).payload).toBe(process.version);
});

it.runIf(isRoot)('security class: root led astray: nobody leads the removal of what a function left to other files', async () => {
  const uid = functions.firstUid;
  const top = mkdtempSync(path.join(tmpdir(), 'astray-'));
  const target = path.join(top, 'target');
  const left = path.join(top, 'left');
  for (const folder of [target, left]) mkdirSync(folder);
  for (let n = 0; n < 300; n++) writeFileSync(path.join(target, `f${n}`), 'kept');
  chmodSync(target, 0o700);
  for (let n = 0; n < 40; n++) {
    const folder = path.join(left, `d${n}`);
    mkdirSync(folder);
    for (let file = 0; file < 100; file++) writeFileSync(path.join(folder, `f${file}`), 'gone');
    chmodSync(folder, 0o777);
    chownSync(folder, uid, uid);
  }
  chmodSync(left, 0o777);
  chownSync(left, uid, uid);
  chmodSync(top, 0o711);
  // Puts a link to the target in the place of every folder that it can, again and again.
  const swap = `const fs = require('fs'); const [left, target] = process.argv.slice(1);
    for (const until = Date.now() + 3000; Date.now() < until && fs.existsSync(left);)
      for (let n = 39; n >= 0; n--) try { fs.renameSync(left + '/d' + n, left + '/x' + n); fs.symlinkSync(target, left + '/d' + n); } catch {}`;
  const swapper = spawn(process.execPath, ['-e', swap, left, target], { uid: uid + 1, gid: uid + 1, stdio: 'ignore', cwd: '/' });
  const ended = once(swapper, 'exit');
  await removeTree(left, uid);
  await ended;
  expect(readdirSync(target)).toHaveLength(300);
  await removeTree(top, null);
});

it('removeTree follows no link, and is content with what is not there', async () => {
  const top = mkdtempSync(path.join(tmpdir(), 'trees-'));
  const kept = path.join(top, 'kept');
  mkdirSync(path.join(top, 'gone'));
  mkdirSync(kept);
  symlinkSync(kept, path.join(top, 'gone/link'));
  expect(await removeTree(path.join(top, 'gone'), null)).toBe(true);
  expect(existsSync(kept)).toBe(true);
  expect(await removeTree(path.join(top, 'nothing'), null)).toBe(true);
  await removeTree(top, null);
});
