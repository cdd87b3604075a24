import { DocumentDigest } from '@gatehouse/publication';
import { refName, writeDocument, type AnyDocument } from '@gatehouse/snapshot';
import { mkdtempSync } from 'node:fs';
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DamagedCopy, DiskCopy, type DiskChange, type SavedDocument } from './disk-copy.js';
import { apiKey, contentOf, deployment, key, stage, tombstone } from './follower.fixture.js';

let folder: string;
const failures: Error[] = [];
const copies: DiskCopy[] = [];

beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'disk-copy-')), 'gateways', 'g');
  failures.length = 0;
});
afterEach(async () => {
  await Promise.all(copies.splice(0).map((copy) => copy.close()));
  await rm(folder, { recursive: true, force: true });
});

function newCopy(): DiskCopy {
  const copy = new DiskCopy(folder, [key], (error) => failures.push(error));
  copies.push(copy);
  return copy;
}

const file = () => path.join(folder, 'configuration.log');
const size = async () => (await stat(file())).size;

let sequence = 0;
function change(documents: AnyDocument[], apiIds: string[] = [], released: string[] = []): DiskChange {
  return {
    documents: documents.map((document) => ({
      name: refName(document),
      revision: document.revision,
      text: writeDocument(key, document),
    })),
    deployments: apiIds.map((apiId) => ({ name: refName(deployment(apiId)), text: writeDocument(key, deployment(apiId)) })),
    released,
    mark: { epoch: 'e', sequence: ++sequence, confirmedAt: 1 },
  };
}

/** What a copy that starts anew finds, and what it would give to others: the same, and the deployments for it. */
async function loaded(): Promise<Record<string, number> | null> {
  const copy = newCopy();
  const { mark, documents } = await load(copy);
  if (!mark) return null;
  const given = await contentOf(copy.whole());
  for (const { name, revision, needs } of documents.values()) {
    expect(given[name]).toBe(revision);
    for (const deployment of needs) expect(given[deployment]).toBe(0);
  }
  expect(Object.keys(given).filter((name) => !name.startsWith('deployment ')).length).toBe(documents.size);
  return Object.fromEntries([...documents.values()].map(({ name, revision }) => [name, revision]));
}

async function load(copy: DiskCopy) {
  const documents = new Map<string, SavedDocument>();
  const mark = await copy.load(() => {
    documents.clear();
    return (document) => void documents.set(document.name, document);
  });
  return { mark, documents };
}

it('gives back what was recorded, newest last, and goes on from there', async () => {
  const copy = newCopy();
  expect((await load(copy)).mark).toBeNull();
  copy.record(change([stage('a', 1, 'one'), apiKey('k', 2)], ['one']));
  copy.record(change([stage('a', 3, 'two')], ['two'], [refName(deployment('one'))]));
  await copy.close();
  const { mark, documents } = await load(newCopy());
  expect(mark).toMatchObject({ epoch: 'e', sequence, confirmedAt: 1 });
  expect([...documents.values()].flatMap(({ needs }) => needs)).toEqual([refName(deployment('two'))]);
  copies.at(-1)!.record(change([tombstone(apiKey('k', 2), 4)]));
  await copies.at(-1)!.close();
  expect(await loaded()).toEqual({ [refName(stage('a', 3, 'two'))]: 3, [refName(apiKey('k', 4))]: 4 });
  expect(failures).toEqual([]);
});

it('writes a change, not the whole', async () => {
  const copy = newCopy();
  await load(copy);
  copy.record(change(Array.from({ length: 2000 }, (_, n) => apiKey(`k${n}`, n + 1))));
  await copy.flush();
  const before = await size();
  copy.record(change([apiKey('k7', 9000)]));
  await copy.flush();
  expect((await size()) - before).toBeLessThan(1000);
});

it('stays small through many changes, and loses nothing when it is written anew', async () => {
  const copy = newCopy();
  await load(copy);
  copy.record(change([stage('kept', 1, 'one'), apiKey('kept', 2)], ['one']));
  const big = 'x'.repeat(40_000);
  let revision = 2;
  for (let n = 0; n < 300; n++) {
    const document = apiKey('changing', ++revision);
    document.body!.usagePlanIds = [big];
    copy.record(change([document]));
    await copy.flush();
  }
  await copy.flush();
  expect(await size()).toBeLessThan(5_000_000);
  copy.record(change([apiKey('last', ++revision)]));
  await copy.close();
  expect(await loaded()).toEqual({
    [refName(stage('kept', 1, 'one'))]: 1,
    [refName(apiKey('kept', 2))]: 2,
    [refName(apiKey('changing', 2))]: revision - 1,
    [refName(apiKey('last', revision))]: revision,
  });
});

it('keeps what it could not write and writes it with the next change', async () => {
  await mkdir(folder, { recursive: true });
  await mkdir(`${file()}.tmp`);
  const copy = newCopy();
  expect((await load(copy)).mark).toBeNull();
  copy.record(change([apiKey('a', 1), apiKey('b', 2)]));
  await copy.flush();
  expect(failures).toHaveLength(1);
  await rm(`${file()}.tmp`, { recursive: true });
  copy.record(change([apiKey('a', 3)]));
  await copy.close();
  expect(await loaded()).toEqual({ [refName(apiKey('a', 3))]: 3, [refName(apiKey('b', 2))]: 2 });
});

it('writes over what a write that broke off left at the end', async () => {
  const copy = newCopy();
  await load(copy);
  copy.record(change([apiKey('a', 1)]));
  await copy.close();
  await writeFile(file(), `D ${writeDocument(key, apiKey('a', 2))}\nD {"half`, { flag: 'a' });
  const second = newCopy();
  await load(second);
  second.record(change([apiKey('b', 3)]));
  await second.close();
  expect(await loaded()).toEqual({ [refName(apiKey('a', 1))]: 1, [refName(apiKey('b', 3))]: 3 });
  expect(await readFile(file(), 'utf8')).not.toContain('half');
});

it('gives out what is written, what is being written and what could not be written yet, as of one moment', async () => {
  const copy = newCopy();
  await load(copy);
  copy.record(change([stage('a', 1, 'one'), apiKey('k', 2), apiKey('stays', 3)], ['one']));
  await copy.flush();
  copy.record(change([stage('a', 4, 'two'), apiKey('new', 5)], ['two'], [refName(deployment('one'))]));
  copy.record(change([tombstone(apiKey('k', 2), 6)]));
  const whole = copy.whole();
  copy.record(change([apiKey('later', 7)]));
  await copy.flush();
  const documents = {
    [refName(apiKey('stays', 3))]: 3,
    [refName(stage('a', 4, 'two'))]: 4,
    [refName(apiKey('new', 5))]: 5,
    [refName(apiKey('k', 6))]: 6,
  };
  expect(await contentOf(whole)).toEqual({ ...documents, [refName(deployment('two'))]: 0 });
  const digest = new DocumentDigest();
  for (const [name, revision] of Object.entries(documents)) digest.add(name, revision);
  expect(whole.digest).toBe(digest.toString());
});

it('gives out the old file to who began to read it, though a new one took its place', async () => {
  const copy = newCopy();
  await load(copy);
  const big = apiKey('big', 1);
  big.body!.usagePlanIds = ['x'.repeat(3_000_000)];
  copy.record(change([big, apiKey('kept', 2)]));
  await copy.flush();
  const whole = copy.whole();
  for (let revision = 3; revision < 7; revision++) {
    copy.record(change([{ ...big, revision }]));
    await copy.flush();
  }
  expect(await size()).toBeLessThan(12_000_000);
  expect(await contentOf(whole)).toEqual({ [refName(big)]: 1, [refName(apiKey('kept', 2))]: 2 });
  expect(await contentOf(copy.whole())).toEqual({ [refName(big)]: 6, [refName(apiKey('kept', 2))]: 2 });
});

it('begins anew when it is told to, and reads nothing of the old file again', async () => {
  const copy = newCopy();
  await load(copy);
  copy.record(change([apiKey('a', 1), apiKey('b', 2)]));
  await copy.flush();
  await writeFile(file(), 'x'.repeat(await size()));
  await expect(contentOf(copy.whole())).resolves.toEqual({});
  const big = apiKey('big', 3);
  big.body!.usagePlanIds = ['x'.repeat(5_000_000)];
  for (let revision = 3; revision < 7; revision++) {
    copy.record(change([{ ...big, revision }]));
    await copy.flush();
  }
  expect(failures).toEqual([new DamagedCopy('the disk copy lacks documents that were written to it')]);
  failures.length = 0;
  copy.beginAnew();
  copy.record(change([apiKey('a', 1)]));
  await copy.close();
  expect(await loaded()).toEqual({ [refName(big)]: 6, [refName(apiKey('a', 1))]: 1 });
});

it('answers null for a copy that was never complete', async () => {
  await mkdir(folder, { recursive: true });
  const handle = await open(file(), 'w');
  await handle.write(`D ${writeDocument(key, apiKey('a', 1))}\n`);
  await handle.close();
  expect(await loaded()).toBeNull();
  expect(failures[0]?.message).toBe('the disk copy was never complete');
});

it.runIf(process.platform === 'linux')(
  'is one process’s at a time: another one waits for it, and finds all that it wrote',
  async () => {
    const copy = newCopy();
    await load(copy);
    const waiting = loaded();
    await vi.waitFor(() => expect(failures.map(String)).toEqual([`Error: another process uses ${folder}; waiting for it`]));
    copy.record(change([apiKey('a', 1)]));
    copy.record(change([apiKey('b', 2)]));
    await copy.close();
    expect(await waiting).toEqual({ [refName(apiKey('a', 1))]: 1, [refName(apiKey('b', 2))]: 2 });
  },
);
