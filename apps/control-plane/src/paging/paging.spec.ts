import { describe, expect, it } from 'vitest';
import { pageLimit, pageOf } from './page.js';
import { decodePosition, encodePosition } from './position.js';

describe('pageLimit', () => {
  it('is 25 by default, at most 500, and 500 for limits out of range', () => {
    expect([undefined, 1, 500, 0, -1, 501].map(pageLimit)).toEqual([25, 1, 500, 500, 500, 500]);
  });
});

describe('pageOf', () => {
  const key = (row: string) => [row];

  it('has a position while rows follow', () => {
    const page = pageOf(['a', 'b', 'c'], 2, key);
    expect(page.items).toEqual(['a', 'b']);
    expect(decodePosition(page.position, ['text'])).toEqual(['b']);
  });

  it('has none at the end', () => {
    expect(pageOf(['a', 'b'], 2, key)).toEqual({ items: ['a', 'b'] });
    expect(pageOf([], 2, key)).toEqual({ items: [] });
  });
});

describe('decodePosition', () => {
  it('gives back the key', () => {
    const key = ['2026-03-01T10:00:00.123Z', 'käse/{proxy+}'];
    expect(decodePosition(encodePosition(key), ['timestamp', 'text'])).toEqual(key);
  });

  it('takes no position for the beginning', () => {
    expect(decodePosition(undefined, ['text'])).toBeUndefined();
    expect(decodePosition('', ['text'])).toBeUndefined();
  });

  it('refuses positions that no answer gave out', () => {
    const forged = [
      'p2',
      '%%%',
      encodePosition([]),
      encodePosition(['a', 'b', 'c']),
      Buffer.from('{"0":"a","length":2}').toString('base64url'),
      Buffer.from('[1,2]').toString('base64url'),
      Buffer.from('null').toString('base64url'),
      encodePosition(['yesterday', 'a']),
      encodePosition(['-271821-04-20T00:00:00.000Z', 'a']),
      encodePosition(['2026-03-01T10:00:00.123Z', 'a\0b']),
      encodePosition(['2026-03-01T10:00:00.123Z', '\ud800']),
    ];
    for (const position of forged) {
      expect(() => decodePosition(position, ['timestamp', 'text'])).toThrow('Invalid position parameter');
    }
  });
});
