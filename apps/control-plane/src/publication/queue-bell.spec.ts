import type { DocumentRef } from '@gatehouse/snapshot';
import { expect, it } from 'vitest';
import { QueueBell } from './queue-bell.js';

const ref = (key: string): DocumentRef => ({ kind: 'api-key', accountId: '1', region: 'r', key });

it('gathers rings while it adds, one for each document', async () => {
  const added: string[][] = [];
  const ends: (() => void)[] = [];
  const bell = new QueueBell({
    add: (changed) => {
      added.push(changed.map(({ key }) => key));
      return new Promise((resolve) => ends.push(resolve));
    },
  });
  bell.ring(ref('a'));
  for (const key of ['a', 'b', 'a', 'b']) bell.ring(ref(key));
  expect(added).toEqual([['a']]);
  ends[0]!();
  await new Promise(setImmediate);
  expect(added).toEqual([['a'], ['a', 'b']]);
  ends[1]!();
  await new Promise(setImmediate);
  bell.ring(ref('c'));
  expect(added.at(-1)).toEqual(['c']);
});

it('neither throws nor stops ringing when Redis is away', async () => {
  let calls = 0;
  const bell = new QueueBell({
    add: async () => {
      calls++;
      throw new Error('Redis is away');
    },
  });
  bell.ring(ref('a'));
  await new Promise(setImmediate);
  bell.ring(ref('b'));
  await new Promise(setImmediate);
  expect(calls).toBe(2);
});
