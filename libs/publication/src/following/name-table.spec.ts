import { describe, expect, it } from 'vitest';
import { Column, FOLLOWED, NameTable, ON_DISK } from './name-table.js';

describe('NameTable', () => {
  it('gives a name one slot, whoever holds it, and forgets it when the last lets it go', () => {
    const names = new NameTable();
    const slot = names.hold('a', FOLLOWED);
    expect(names.find('a', ON_DISK)).toBe(-1);
    expect(names.hold('a', ON_DISK)).toBe(slot);
    names.release('a', FOLLOWED);
    expect([names.find('a', FOLLOWED), names.find('a', ON_DISK)]).toEqual([-1, slot]);
    names.release('a', ON_DISK);
    names.release('a', ON_DISK);
    names.release('never there', FOLLOWED);
    expect(names.find('a', ON_DISK)).toBe(-1);
  });

  it('never gives two names one slot, and uses slots again', () => {
    const names = new NameTable();
    for (let n = 0; n < 3000; n++) names.hold(`first ${n}`, FOLLOWED);
    for (let n = 0; n < 3000; n += 2) names.release(`first ${n}`, FOLLOWED);
    for (let n = 0; n < 2000; n++) names.hold(`second ${n}`, ON_DISK);
    const slots = [...names.heldBy(FOLLOWED), ...names.heldBy(ON_DISK)].map(([, slot]) => slot);
    expect(slots).toHaveLength(3500);
    expect(new Set(slots).size).toBe(3500);
    expect(Math.max(...slots)).toBe(3499);
  });

  it('can be walked through while names are let go', () => {
    const names = new NameTable();
    for (const name of ['a', 'b', 'c']) names.hold(name, FOLLOWED);
    for (const [name] of names.heldBy(FOLLOWED)) names.release(name, FOLLOWED);
    expect([...names.heldBy(FOLLOWED)]).toEqual([]);
  });
});

describe('Column', () => {
  it('is 0 where nothing was set, grows, and forgets', () => {
    const column = Column.floats();
    column.set(100_000, 2 ** 48);
    expect([column.get(7), column.get(100_000), column.get(9_999_999)]).toEqual([0, 2 ** 48, 0]);
    column.clear();
    expect(column.get(100_000)).toBe(0);
  });
});
