import { describe, expect, it } from 'vitest';
import { Wildcards, WildcardsBuilder } from './wildcards.js';

const matches = (pattern: string, text: string) => Wildcards.of(pattern).matches(text);

describe('Wildcards', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['a', 'a', true],
    ['a', 'A', false],
    ['a*', 'a', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*a', 'bcaa', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['?', '', false],
    ['*?', '', false],
    ['*?*', 'x', true],
    ['a**b', 'axxb', true],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXcYbZ', false],
    ['*ab?d*', 'ababcdx', true],
    ['*ab?d*', 'ababc', false],
    ['arn:aws:execute-api:*:*:api/*/GET/pets/*', 'arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/pets/1', true],
    ['arn:aws:execute-api:*:*:api/*/GET/pets/*', 'arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/pets', false],
    ['a.c', 'abc', false],
    ['[a-c]', 'b', false],
  ])('%j over %j: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('decides as the rule read word by word does, whatever the pattern', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      // Its low digits repeat soon.
      return Math.floor(seed / 65536) % below;
    };
    const draw = (alphabet: string, length: number) => Array.from({ length }, () => alphabet[random(alphabet.length)]).join('');
    for (let round = 0; round < 20_000; round++) {
      const pattern = draw('ab*?', random(9));
      const text = draw('ab', random(12));
      const asExpression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      expect([pattern, text, matches(pattern, text)]).toEqual([pattern, text, asExpression.test(text)]);
    }
  });

  it('finds long pieces, with and without places for any character', () => {
    const piece = 'ab'.repeat(50);
    expect(matches(`*${piece}c*`, `x${'ab'.repeat(60)}cz`)).toBe(true);
    expect(matches(`*${piece}c*`, `x${'ab'.repeat(49)}cz`)).toBe(false);
    const holed = `${'ab'.repeat(20)}?${'cd'.repeat(20)}`;
    expect(matches(`*${holed}*`, `abab${'ab'.repeat(20)}x${'cd'.repeat(20)}ef`)).toBe(true);
    expect(matches(`*${holed}*`, `abab${'ab'.repeat(20)}${'cd'.repeat(20)}ef`)).toBe(false);
    expect(matches(`x*${piece}`, `x${piece}`)).toBe(true);
  });

  it('takes what is put in literally as it is', () => {
    const pattern = new WildcardsBuilder().pattern('user/').literal('*').pattern('/*').build();
    expect(pattern.matches('user/*/x')).toBe(true);
    expect(pattern.matches('user/ann/x')).toBe(false);
  });
});

describe('security class: regular expressions that explode', () => {
  it.each([
    ['many asterisks', `${'a*'.repeat(4000)}b`],
    ['one long piece', `*b${'a'.repeat(8000)}*`],
    ['a long piece with any characters', `*b?${'a?'.repeat(4000)}*`],
    ['many short pieces with any characters', `${'*?a?'.repeat(2000)}*b`],
  ])('patterns take time linear in the text: %s', (_name, pattern) => {
    const compiled = Wildcards.of(pattern);
    const text = 'a'.repeat(16_000);
    compiled.matches(text);
    const startedAt = performance.now();
    expect(compiled.matches(text)).toBe(false);
    // Comparing each place with each takes 128 million steps; this is for what takes them, not for a slow machine.
    expect(performance.now() - startedAt).toBeLessThan(60);
  });
});
