import { describe, expect, it } from 'vitest';
import { compileEcmaPattern } from './ecma-pattern.js';
import { PatternSearch } from './pattern-search.js';
import { sizeOf } from './program-writer.js';
import { UndecidedMatch } from './pattern-matcher.js';
import { UnsupportedPattern } from './unsupported-pattern.js';

const TEXTS = [
  '',
  'a',
  'b',
  'ab',
  'ba',
  'aab',
  'abab',
  'A',
  'Ab1',
  'abc',
  'a1',
  '1',
  '12',
  '2026-11-23',
  'a b',
  ' a',
  'a ',
  'a\n',
  '\n',
  'a\nb',
  'a-b',
  '-',
  ']',
  '[',
  '{',
  'a{',
  'a{1',
  '}',
  '\\',
  '/',
  '.',
  'é',
  '😀',
  'a😀b',
  '\u2028',
  '\ufeff',
  '\u00a0',
  'foo bar',
  'foobar',
  'Passw0rd',
  'password',
  'x@y.zz',
  '\b',
  '\0',
  '\x1b',
  '$',
  '^',
  'a$',
  '^a',
  'aaa',
  'aaaa',
  'aaaaa',
  'pet-1',
  'PET_1',
];
const PATTERNS = [
  '',
  'a',
  '^a',
  'a$',
  '^a$',
  '^$',
  '^',
  '$',
  'a|b',
  '^(a|b)$',
  '(?:ab)+',
  '^(?:ab)*$',
  'a*',
  'a+b',
  'a?b',
  'a{2}',
  '^a{2,3}$',
  '^a{2,}$',
  'a{0}',
  '^a{0,2}$',
  'a*?b',
  '.',
  '^.$',
  '^..$',
  '[ab]',
  '[^ab]',
  '^[^a]*$',
  '[a-c]+',
  '[]',
  '[^]',
  '^[^]$',
  '[a-]',
  '[-a]',
  '[\\d-x]',
  '[a\\]]',
  '[\\b]',
  '\\d',
  '\\D',
  '\\w',
  '\\W',
  '\\s',
  '\\S',
  '^\\s*$',
  '\\bfoo\\b',
  'foo\\b',
  '\\Bbar',
  '\\b',
  '\\B',
  '\\.',
  '\\-',
  '\\/',
  '\\x61',
  '\\u0061',
  '\\cA',
  '\\0',
  '\\t|\\n',
  '{',
  'a{',
  'a{1',
  '}',
  ']',
  '^(?=.*[A-Z])(?=.*[a-z])(?=.*\\d).{8,}$',
  '^(?!.*\\s).+$',
  '(?=a)ab',
  'a(?=b)',
  'a(?!b)',
  '^(?!(?:a|b)$).*$',
  '(?=(?=a)a)a',
  '(?!$)',
  'a(?=\\b)',
  '(?=^)a',
  '^\\d{4}-\\d{2}-\\d{2}$',
  '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}$',
  '^[a-z][a-z0-9-]{0,62}$',
  '(a|b|)',
  '(|a)+b',
  '(a*)*b',
  '(?:a|ab)(?:c|bcd)?$',
  '^(a{1,2}){2}$',
  'a||b',
  '()',
];

describe('patterns of ECMA-262', () => {
  it.each(PATTERNS)('%j finds what JavaScript finds', (pattern) => {
    const search = new PatternSearch(compileEcmaPattern(pattern));
    const expression = new RegExp(pattern);
    for (const text of TEXTS) expect([text, search.isFoundIn(text)]).toEqual([text, expression.test(text)]);
  });

  it('finds what JavaScript finds, at random', () => {
    const rest = numbers(4711);
    const pick = (of: readonly string[]) => of[rest() % of.length] as string;
    const part = (depth: number): string => {
      const kind = rest() % (depth > 3 ? 4 : 9);
      if (kind < 3) return pick(['a', 'b', '.', '[ab]', '[^a]', '\\w', '\\d', ' ']);
      if (kind === 3) return pick(['^', '$', '\\b', '\\B']);
      if (kind === 4) return `(?:${part(depth + 1)}|${part(depth + 1)})`;
      if (kind === 5) return `(${pick(['?=', '?!'])}${part(depth + 1)}${part(depth + 1)})`;
      if (kind === 6) return `(${part(depth + 1)})${pick(['*', '+', '?', '{2}', '{1,2}', '{1,}', '*?'])}`;
      return part(depth + 1) + part(depth + 1);
    };
    for (let n = 0; n < 3000; n++) {
      const pattern = part(0);
      const search = new PatternSearch(compileEcmaPattern(pattern));
      const expression = new RegExp(pattern);
      for (let m = 0; m < 8; m++) {
        const text = Array.from({ length: rest() % 7 }, () => pick(['a', 'b', ' ', '1', '\n', '-'])).join('');
        expect([pattern, text, search.isFoundIn(text)]).toEqual([pattern, text, expression.test(text)]);
      }
    }
  });

  it.each([
    ['(a)\\1', 'a back reference'],
    ['(?<=a)b', 'a look-behind or a named group'],
    ['(?<n>a)', 'a look-behind or a named group'],
    ['(?i)a', 'a group of an unknown kind'],
    ['\\p{L}', 'the escape p'],
    ['\\Aa', 'the escape A'],
    ['(', 'a bracket that is not closed'],
    [')', 'a bracket that closes nothing'],
    ['[a', 'an end in the middle'],
    ['[b-a]', 'a range that is none'],
    ['*', 'a quantifier of nothing'],
    ['^*', 'a quantifier of nothing'],
    ['(?=a)*', 'a quantifier of nothing'],
    ['a**', 'a quantifier of a quantifier'],
    ['a{2,1}', 'a quantifier that ends before it begins'],
    ['\\', 'an end in the middle'],
    ['\\x4', 'an escape without its digits'],
    ['(a{100}){100}', 'too many instructions'],
    ['(((){9999}){9999}){9999}', 'too many parts'],
    ['a'.repeat(4001), 'more than 4000 characters'],
  ])('refuses %j: %s', (pattern, reason) => {
    expect(() => compileEcmaPattern(pattern)).toThrow(new UnsupportedPattern(reason));
  });

  it('counts what is looked ahead for, again where it is repeated', () => {
    for (const pattern of [
      '(?:(?=a{2000})b){1,2500}',
      '(?=a{3000})(?=a{3000})',
      '(?=(?=a{3000})a{3000})',
      `[${'a-bd-e'.repeat(500)}]{4999}c`,
    ]) {
      const began = performance.now();
      expect(() => compileEcmaPattern(pattern)).toThrow('too many instructions');
      expect(performance.now() - began).toBeLessThan(5000);
    }
    expect(sizeOf(compileEcmaPattern('(?=ab)c'))).toBe(8);
  });

  it('takes a length that schemas have', () => {
    const search = new PatternSearch(compileEcmaPattern('^[a-z ]{1,2000}$'));
    expect(['', 'a', 'a'.repeat(2000), 'a'.repeat(2001)].map((text) => search.isFoundIn(text))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('goes on when more states come up than are remembered', () => {
    const pattern = '^(?:[ab]*a)[ab]{9}$';
    const search = new PatternSearch(compileEcmaPattern(pattern));
    const rest = numbers(3);
    for (let n = 0; n < 300; n++) {
      const text = Array.from({ length: 30 }, () => 'ab'[rest() % 2]).join('');
      expect(search.isFoundIn(text)).toBe(new RegExp(pattern).test(text));
    }
  });
});

describe('security class: regular expressions that explode', () => {
  it.each(['^(a+)+$', '^(a|a)*$', '(a*)*b', '^(?=(a+)+b)', '^([a-z]+)*\\b!', '(.*)(.*)(.*)x'])(
    '%s over a long text takes linear time',
    (pattern) => {
      const search = new PatternSearch(compileEcmaPattern(pattern));
      const began = performance.now();
      expect(search.isFoundIn('a'.repeat(20_000) + '-')).toBe(false);
      expect(performance.now() - began).toBeLessThan(5000);
    },
  );

  it('gives up where a text is too long for a pattern', () => {
    const search = new PatternSearch(compileEcmaPattern('\\b(?:[ab]{1,1000}){1,2}!'));
    const began = performance.now();
    expect(() => search.isFoundIn('ab'.repeat(100_000))).toThrow(UndecidedMatch);
    expect(performance.now() - began).toBeLessThan(6000);
  });
});

/** Numbers that look random, the same each time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state >> 8;
  };
}
