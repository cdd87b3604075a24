import { describe, expect, it } from 'vitest';
import { compileJavaPattern } from './java-pattern.js';

// What patterns match is told by the pipeline's `aws-lambda.spec.ts`, which runs them.

describe('compileJavaPattern', () => {
  it('makes one set of what is one set', () => {
    expect(compileJavaPattern('aa')).toEqual({
      sets: [[[0x61, 0x61]]],
      code: [
        ['fork', 3, 3],
        ['match', 0, 0],
        ['take', 0, 1],
        ['take', 0, 2],
      ],
    });
  });

  it.each([
    ['(', 'a bracket that is not closed'],
    [')', 'one that closes nothing'],
    ['[a', 'a class without its end'],
    ['[]a]', 'an empty class'],
    ['[a[b]]', 'a class within a class'],
    ['[a-z&&[^b]]', 'an intersection'],
    ['[z-a]', 'a range that is none'],
    ['[a-\\d]', 'a range to a set'],
    ['*', 'a quantifier of nothing'],
    ['a**', 'a quantifier of a quantifier'],
    ['a*+', 'a possessive quantifier'],
    ['a{2,1}', 'a quantifier that ends before it begins'],
    ['a{', 'a brace that is no quantifier'],
    ['a{,2}', 'another'],
    ['{', 'a third'],
    ['(?=a)', 'a look ahead'],
    ['(?!a)', 'a negative one'],
    ['(?<=a)', 'a look behind'],
    ['(?>a)', 'an atomic group'],
    ['(?i:a)', 'flags in the middle'],
    ['a(?i)b', 'flags in the middle'],
    ['(?u)a', 'a flag that is not known'],
    ['(a)\\1', 'a back reference'],
    ['\\bword\\b', 'a word boundary'],
    ['\\p{Alpha}', 'a property'],
    ['\\ud83d', 'half a character'],
    ['\\x4', 'an escape without its digits'],
    ['\\', 'an escape of nothing'],
    ['(a{100}){100}', 'too many instructions'],
    ['(((){9999}){9999}){9999}', 'too many parts'],
    ['a'.repeat(1001), 'too long'],
  ])('refuses %j: %s', (pattern) => {
    const began = performance.now();
    expect(compileJavaPattern(pattern)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
