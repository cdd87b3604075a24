import { expect, it } from 'vitest';
import type { ChangedDocument, ChangesPage, SnapshotReader } from '../snapshot-reader.js';
import type { Position } from './change-pages.js';
import { collectChanges } from './collect-changes.js';

const document = (name: string, sequence: number): ChangedDocument => ({ name, sequence, revision: sequence, text: '{}' });

/** A change log in memory; `between` changes it after each page that was read. */
function log(epoch: string | null, documents: ChangedDocument[], between: (page: number) => void = () => {}) {
  const state = { epoch, complete: epoch !== null, documents, asked: [] as [string | null, number][] };
  const reader: Pick<SnapshotReader, 'changesAfter'> = {
    async changesAfter(asked, after, limit): Promise<ChangesPage> {
      state.asked.push([asked, after]);
      const shown = state.complete && asked === state.epoch ? state.documents : [];
      const page = shown.filter(({ sequence }) => sequence > after).sort((a, b) => a.sequence - b.sequence);
      const answer = {
        epoch: state.epoch,
        complete: state.complete,
        sequence: Math.max(0, ...state.documents.map(({ sequence }) => sequence)),
        digest: '0',
        documents: page.slice(0, limit),
      };
      between(state.asked.length);
      return answer;
    },
  };
  return { state, reader: reader as SnapshotReader };
}

const nothingKnown = () => false;
const collect = (reader: SnapshotReader, from: Position | null) => collectChanges(reader, from, nothingKnown);
const many = (count: number) => Array.from({ length: count }, (_, n) => document(`d${n}`, n + 1));

it('lists everything page by page when cold', async () => {
  const { reader } = log('e', many(1234));
  const changes = await collect(reader, null);
  expect(changes?.position).toEqual({ epoch: 'e', sequence: 1234 });
  expect(changes?.documents.size).toBe(1234);
  expect(changes?.listed?.size).toBe(1234);
});

it('takes the end of a full last page for the end only when nothing follows', async () => {
  const { reader, state } = log('e', many(500));
  expect((await collect(reader, { epoch: 'e', sequence: 0 }))?.documents.size).toBe(500);
  expect(state.asked).toEqual([
    ['e', 0],
    ['e', 500],
  ]);
});

it('asks for what came after its position only', async () => {
  const { reader } = log('e', many(10));
  const changes = await collect(reader, { epoch: 'e', sequence: 8 });
  expect([...changes!.documents.keys()]).toEqual(['d8', 'd9']);
  expect(changes!.listed).toBeNull();
});

it('lists everything in a new epoch, and starts over when it changes on the way', async () => {
  const { reader, state } = log('two', many(700), (page) => {
    if (page === 2) Object.assign(state, { epoch: 'three', documents: many(3) });
  });
  const changes = await collect(reader, { epoch: 'one', sequence: 900 });
  expect(changes?.position).toEqual({ epoch: 'three', sequence: 3 });
  expect([...changes!.listed!]).toEqual(['d0', 'd1', 'd2']);
  expect(changes!.documents.size).toBe(3);
});

it('gives nothing while an epoch is being filled', async () => {
  const { reader, state } = log('e', many(3));
  state.complete = false;
  expect(await collect(reader, null)).toBeNull();
  expect(await collect(log(null, []).reader, { epoch: 'e', sequence: 1 })).toBeNull();
});

it('waits for a new epoch when Redis came back without its last writes', async () => {
  const { reader } = log('e', many(8));
  expect(await collect(reader, { epoch: 'e', sequence: 10 })).toBeNull();
  expect((await collect(reader, { epoch: 'e', sequence: 8 }))?.documents.size).toBe(0);
});

it('holds the newest of a document that changes while it reads, and all of that publication', async () => {
  const { reader, state } = log('e', many(600), (page) => {
    if (page === 1) state.documents = [...many(600).slice(1), document('d0', 601), document('new', 602)];
  });
  const changes = await collect(reader, { epoch: 'e', sequence: 0 });
  expect(changes?.documents.get('d0')?.sequence).toBe(601);
  expect(changes?.documents.has('new')).toBe(true);
  expect(changes?.position.sequence).toBe(602);
});

it('leaves out what is known', async () => {
  const { reader } = log('e', many(3));
  const changes = await collectChanges(reader, null, ({ name }) => name === 'd1');
  expect([...changes!.documents.keys()]).toEqual(['d0', 'd2']);
  expect(changes!.listed!.size).toBe(3);
});
