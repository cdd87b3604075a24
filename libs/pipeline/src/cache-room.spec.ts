import { describe, expect, it } from 'vitest';
import { CacheRoom, CacheTable } from './cache-room.js';

/** Takes 1,000 bytes under a key of one letter. */
const BYTES = 743;

describe('tables that share a room', () => {
  it('keep what was used last', () => {
    const room = new CacheRoom(20_000);
    const [one, other] = [new CacheTable<string>(room), new CacheTable<string>(room)];
    const put = (table: CacheTable<string>, keys: string) => {
      for (const key of keys) table.set(key, key, BYTES);
    };
    put(one, 'abcdefgh');
    put(other, 'abcdefgh');
    expect([one.size, other.size]).toEqual([8, 8]);
    for (const key of 'abc') expect(one.get(key)).toBe(key);
    // There is room for four more; of what was there, what was not used for the longest time goes, whose ever it is.
    put(other, 'ijklmnopqrs');
    expect([...'abcdefgh'].filter((key) => one.get(key) !== undefined)).toEqual(['a', 'b', 'c']);
    expect([...'abcdefgh'].filter((key) => other.get(key) !== undefined)).toEqual(['c', 'd', 'e', 'f', 'g', 'h']);
    expect(one.size + other.size).toBe(20);
  });

  it('hold one value under a key, and give its room back', () => {
    const table = new CacheTable<string>(new CacheRoom(20_000));
    for (let n = 0; n < 1000; n++) table.set('k', String(n), 1);
    expect([table.size, table.get('k')]).toEqual([1, '999']);
    for (let n = 0; n < 1000; n++) {
      table.set(`key${n}`, 'x', 1);
      table.delete(`key${n}`);
    }
    expect(table.get('k')).toBe('999');
  });

  it('do not give everything up for one', () => {
    const table = new CacheTable<string>(new CacheRoom(16_000));
    table.set('small', 'x', 1);
    table.set('large', 'x', 1_000);
    expect([table.get('small'), table.get('large')]).toEqual(['x', undefined]);
    table.set('small', 'x', 1_000);
    expect(table.get('small')).toBeUndefined();
  });

  it('keep nothing in no room', () => {
    const table = new CacheTable<string>(new CacheRoom(0));
    table.set('a', 'x', 1);
    expect(table.size).toBe(0);
  });
});
