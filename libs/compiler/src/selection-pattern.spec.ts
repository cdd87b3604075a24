import { describe, expect, it } from 'vitest';
import { SelectionPatterns } from './selection-pattern.js';

const statusesOf = (pattern: string) => new SelectionPatterns().statusesOf(pattern);

describe('SelectionPatterns', () => {
  it('decides which codes a pattern matches as a whole', () => {
    expect(statusesOf('4\\d{2}')).toEqual([[400, 499]]);
    expect(statusesOf('200|5..|20[13]')).toEqual([
      [200, 201],
      [203, 203],
      [500, 599],
    ]);
    expect(statusesOf('.*')).toEqual([[100, 599]]);
    expect(statusesOf('50')).toEqual([]);
    expect(statusesOf('\\Q200\\E')).toEqual([[200, 200]]);
  });

  it('decides look-around, too', () =>
    expect(statusesOf('(?!404)4..')).toEqual([
      [400, 403],
      [405, 499],
    ]));

  it('decides in linear time what it can, so that no clock refuses it', () => {
    expect(statusesOf(`${'\\d?'.repeat(240)}x`)).toEqual([]);
    expect(statusesOf(`${'\\d?'.repeat(200)}5`)).toHaveLength(50);
  });

  it('answers the same again, refusals too', () => {
    for (const pattern of ['3\\d1', '(']) expect(statusesOf(pattern)).toEqual(statusesOf(pattern));
  });

  it.each(['(', '\\G200', '[2-5&&[^3]]00', '[[2]]00'])('refuses %s', (pattern) => expect(statusesOf(pattern)).toBeUndefined());

  it('security class: regular expressions that explode: a pattern that takes too long is refused', () => {
    const began = performance.now();
    for (const pattern of [`(?=.)${'\\d?'.repeat(240)}x`, 'x'.repeat(100_000)]) {
      expect(statusesOf(pattern)).toBeUndefined();
    }
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('security class: regular expressions that explode: the patterns of one deployment have a limit together', () => {
    const patterns = new SelectionPatterns();
    const began = performance.now();
    for (let n = 0; n < 1000; n++) expect(patterns.statusesOf(`(?=.)${'\\d?'.repeat(240)}${n}`)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('security class: regular expressions that explode: a pattern reaches nothing but the codes', () => {
    expect(statusesOf(")$'); process.exit(1); ('")).toBeUndefined();
    expect(statusesOf('200')).toEqual([[200, 200]]);
  });
});
