import { describe, expect, it } from 'vitest';
import { dataPlaneKey } from './keys.js';
import { UnsealError, seal, unseal } from './seal.js';

const key = dataPlaneKey(Buffer.alloc(32, 3));
const next = dataPlaneKey(Buffer.alloc(32, 4));

describe('seal', () => {
  it('opens with any key at hand that sealed it', () => {
    expect(unseal([next, key], 'a', seal(key, 'a', 'geheim ☃'))).toBe('geheim ☃');
    expect(unseal([key], 'a', seal(key, 'a', ''))).toBe('');
  });

  it('is deterministic, and differs by name and by key', () => {
    expect(seal(key, 'a', 'x')).toBe(seal(key, 'a', 'x'));
    expect(new Set([seal(key, 'a', 'x'), seal(key, 'b', 'x'), seal(next, 'a', 'x'), seal(key, 'a', 'y')]).size).toBe(4);
  });

  it('security class: a sealed secret that was moved, changed or made by another key does not open', () => {
    const sealed = seal(key, 'a', 'x');
    expect(() => unseal([key], 'b', sealed)).toThrow(UnsealError);
    expect(() => unseal([next], 'a', sealed)).toThrow(UnsealError);
    const at = sealed.length - 3;
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    expect(() => unseal([key], 'a', changed)).toThrow(UnsealError);
    expect(() => unseal([key], 'a', `${key.id}.AA`)).toThrow(UnsealError);
  });
});
