import { describe, expect, it } from 'vitest';
import { checkPathPart, isGreedy, isVariable } from './path-part.js';

describe('checkPathPart', () => {
  it('takes names, variables and greedy variables', () => {
    for (const part of ['pets', 'v1.0', 'a_b-c', 'a:b', 'a,b', '{id}', '{proxy+}', '{a-b}', 'constructor', '__proto__']) {
      expect(checkPathPart(part)).toBe(part);
    }
  });

  it('refuses everything else', () => {
    for (const part of [
      undefined,
      '',
      'a/b',
      '{id',
      'id}',
      'x{id}',
      '{id}x',
      '{}',
      '{+}',
      '{a+b}',
      'a+',
      'a b',
      'ä',
      'a%2fb',
      '{{id}}',
      'a\n',
    ]) {
      expect(() => checkPathPart(part)).toThrow(
        "Resource's path part only allow a-zA-Z0-9._- and curly braces at the beginning and the end and an optional plus sign before the closing brace.",
      );
    }
  });
});

describe('isVariable, isGreedy', () => {
  it('tell variables and greedy variables from names', () => {
    expect(['a', '{a}', '{a+}', null].map(isVariable)).toEqual([false, true, true, false]);
    expect(['a', '{a}', '{a+}', null].map(isGreedy)).toEqual([false, false, true, false]);
  });
});
