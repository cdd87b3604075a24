import type { PatternProgram } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { PatternMatcher, UndecidedMatch } from './pattern-matcher.js';

// What `compileJavaPattern` makes of patterns is told by the pipeline's `aws-lambda.spec.ts`.

const LETTERS: PatternProgram['sets'][number] = [
  [0x41, 0x5a],
  [0x61, 0x7a],
];

/** One letter or more. */
const words: PatternProgram = {
  sets: [LETTERS],
  code: [
    ['take', 0, 1],
    ['fork', 0, 2],
    ['match', 0, 0],
  ],
};

describe('PatternMatcher', () => {
  it('decides whether all of a text matches, each time anew', () => {
    const matcher = new PatternMatcher(words);
    expect(['abc', '', 'ab1', 'Z', '1'].map((text) => matcher.matches(text))).toEqual([true, false, false, true, false]);
  });

  it('a circle that takes nothing ends', () => {
    const matcher = new PatternMatcher({
      sets: [],
      code: [
        ['fork', 1, 2],
        ['fork', 0, 2],
        ['match', 0, 0],
      ],
    });
    expect([matcher.matches(''), matcher.matches('a')]).toEqual([true, false]);
  });

  it('gives up where a text is too long, and goes on with the next', () => {
    const matcher = new PatternMatcher(words);
    expect(() => matcher.matches('a'.repeat(3_000_000))).toThrow(UndecidedMatch);
    expect(matcher.matches('abc')).toBe(true);
  });

  it.each<[string, PatternProgram]>([
    ['no instructions', { sets: [], code: [] }],
    ['a set that is not there', { sets: [], code: [['take', 0, 0]] }],
    ['a place that is not there', { sets: [LETTERS], code: [['take', 0, 1]] }],
    ['a place before the first', { sets: [], code: [['fork', -1, 0]] }],
    ['half a place', { sets: [], code: [['fork', 0, 0.5]] }],
    ['an anchor that leads nowhere', { sets: [], code: [['begin', 7, 0]] }],
  ])('refuses a program with %s', (_, program) => {
    expect(() => new PatternMatcher(program)).toThrow(TypeError);
  });
});
