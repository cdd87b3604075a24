import { RefusedDocument } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { applyToAll, type Applier } from './apply-to-all.js';

const batch = { documents: [], deployments: new Map<string, string>(), revision: 1 };
const refusal = new RefusedDocument('stage a/b/c', 'cannot be built');

/** Answers what it is given to answer, and notes what it tells on its own. */
function worker(decides: boolean, answer: Promise<RefusedDocument[] | null>): Applier & { told: unknown[] } {
  const told: unknown[] = [];
  return { decides, apply: () => answer, emit: (_, refused) => told.push(refused), told };
}
const never = new Promise<null>(() => undefined);
const ended = Promise.resolve(null);
const built = Promise.resolve([]);
const refused = Promise.resolve([refusal]);

describe('a batch for all workers', () => {
  it('is taken when those that decide have answered; the others tell on their own what they could not build', async () => {
    const [late, other] = [worker(false, never), worker(false, refused)];
    expect(await applyToAll([worker(true, built), late, other, worker(false, ended)], batch)).toEqual([]);
    expect([late.told, other.told]).toEqual([[], [[refusal]]]);
  });

  it('is refused by one of those that decide, also where another one has ended', async () => {
    expect(await applyToAll([worker(true, refused), worker(true, built), worker(true, ended)], batch)).toEqual([refusal]);
  });

  it('waits for those that start where nobody serves', async () => {
    const starting = worker(false, refused);
    expect(await applyToAll([starting, worker(false, ended)], batch)).toEqual([refusal]);
    expect(starting.told).toEqual([]);
  });

  it.each([
    ['all have ended', [worker(true, ended), worker(false, ended)]],
    ['there is none', []],
    ['one starts, and all that decided have ended', [worker(true, ended), worker(false, built)]],
  ])('is not taken where %s', async (_, workers) => {
    await expect(applyToAll(workers, batch)).rejects.toThrow('no worker was there to build what was published');
  });
});
