import { dataPlaneKey } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { openAnswer, sealAnswer } from './sealed-answer.js';

const OLD = dataPlaneKey(Buffer.alloc(32, 1));
const NEW = dataPlaneKey(Buffer.alloc(32, 2));
const answer = { status: 203, headers: ['X-A', 'ü', 'X-B', ''], body: Buffer.from([0, 255, 10]) };

const UNTIL = Date.now() + 3_600_000;

describe('a sealed answer', () => {
  it('opens as it was, with whichever key sealed it', () => {
    expect(openAnswer([NEW, OLD], 'k', sealAnswer(OLD, 'k', answer, UNTIL))).toEqual(answer);
    const empty = { status: 204, headers: [], body: Buffer.alloc(0) };
    expect(openAnswer([NEW], 'k', sealAnswer(NEW, 'k', empty, UNTIL))).toEqual(empty);
  });

  it('tells nothing of itself, and is another each time', () => {
    const sealed = sealAnswer(NEW, 'k', { ...answer, body: Buffer.from('a secret') }, UNTIL);
    expect(sealed.includes('secret')).toBe(false);
    expect(sealAnswer(NEW, 'k', answer, UNTIL).equals(sealAnswer(NEW, 'k', answer, UNTIL))).toBe(false);
  });

  it('does not open under another key, without its data-plane key, or changed in any byte', () => {
    const sealed = sealAnswer(NEW, 'k', answer, UNTIL);
    expect(openAnswer([NEW], 'l', sealed)).toBeUndefined();
    expect(openAnswer([OLD], 'k', sealed)).toBeUndefined();
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(openAnswer([NEW], 'k', changed)).toBeUndefined();
      expect(openAnswer([NEW], 'k', sealed.subarray(0, at))).toBeUndefined();
    }
  });

  it('opens no more when its time is over', () => {
    expect(openAnswer([NEW], 'k', sealAnswer(NEW, 'k', answer, Date.now() - 1))).toBeUndefined();
  });
});
