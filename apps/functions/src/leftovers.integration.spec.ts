import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FunctionsFixture } from './functions.fixture.js';
import { removeTree } from './sandbox/remove-tree.js';

const functions = new FunctionsFixture();
beforeAll(() => functions.start());
afterAll(() => functions.stop());

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

  it.runIf(process.getuid?.() === 0)('in folders that everyone may write to goes with its sandbox', async () => {
    await functions.node(
      'litterer',
      `const { mkdtempSync, writeFileSync } = require('node:fs');
       exports.handler = async () => { const folder = mkdtempSync('/var/tmp/litter-'); writeFileSync(folder + '/a', 'b'); return folder; };`,
    );
    const { payload: folder } = await functions.result<string>('litterer');
    expect(lstatSync(folder).uid).toBeGreaterThanOrEqual(701000);
    await functions.node('litterer', 'exports.handler = async () => 1;');
    await functions.eventually(() => !existsSync(folder));
  });
});

it('removeTree follows no link, and is content with what is not there', async () => {
  const top = mkdtempSync(path.join(tmpdir(), 'trees-'));
  const kept = path.join(top, 'kept');
  mkdirSync(path.join(top, 'gone'));
  mkdirSync(kept);
  symlinkSync(kept, path.join(top, 'gone/link'));
  expect(await removeTree(path.join(top, 'gone'))).toBe(true);
  expect(existsSync(kept)).toBe(true);
  expect(await removeTree(path.join(top, 'nothing'))).toBe(true);
  await removeTree(top);
});
