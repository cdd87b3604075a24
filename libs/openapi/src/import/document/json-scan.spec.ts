import { describe, expect, it } from 'vitest';
import { scanJson, TextFault } from './json-scan.js';

const visits = (text: string) => {
  const seen: [string, number, number][] = [];
  scanJson(text, 10, (key, offset, depth) => seen.push([key, offset, depth]));
  return seen;
};

function faultOf(text: string, depth = 10): [number, string] {
  try {
    scanJson(text, depth, () => {});
  } catch (error) {
    if (error instanceof TextFault) return [error.offset, error.message];
    throw error;
  }
  throw new Error('no fault');
}

describe('scanJson', () => {
  it('tells each member and item with its place', () => {
    expect(visits('{"a": [1, {"b": 2}], "c": {}}')).toEqual([
      ['a', 1, 1],
      ['0', 7, 2],
      ['1', 10, 2],
      ['b', 11, 3],
      ['c', 21, 1],
    ]);
  });

  it.each([
    'null',
    ' true ',
    '-0.5e+10',
    '"\\u00e9\\n\\"x"',
    '[]',
    '{}',
    '[[],[{}],{"":[]}]',
    '{"a":"b\\\\","c":1}',
    '\t\r\n[ 1 , 2 ]\n',
  ])('accepts %j as JSON.parse does', (text) => {
    expect(() => scanJson(text, 10, () => {})).not.toThrow();
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  it.each([
    ['', 0, 'the text ends too early'],
    ['[1', 2, "expected ',' or ']'"],
    ['{"a":1', 6, "expected ',' or '}'"],
    ['{"a" 1}', 5, "expected ':'"],
    ['{a: 1}', 1, 'expected a name in double quotes'],
    ['{"a":1,}', 7, 'expected a name in double quotes'],
    ['[1,]', 3, 'expected a value'],
    ['[1 2]', 3, "expected ',' or ']'"],
    ['[1}', 2, "expected ',' or ']'"],
    ['{"a":1]', 6, "expected ',' or '}'"],
    ['nul', 0, 'expected a value'],
    ['{"a":1}x', 7, 'unexpected text after the document'],
    ['1 2', 2, 'unexpected text after the document'],
    ['"a', 0, 'the string does not end'],
    ['"a\nb"', 2, 'control character in a string'],
    ['"\\x"', 1, 'unknown escape in a string'],
    ['"\\u12G4"', 1, 'unknown escape in a string'],
    ['// a\n{}', 0, 'expected a value'],
    ["['a']", 1, 'expected a value'],
    ['{"a":1,"a":2}', 7, 'the name occurs twice in one object'],
    ['{"a":1,"\\u0061":2}', 7, 'the name occurs twice in one object'],
  ])('refuses %j at offset %i: %s', (text, offset, reason) => {
    expect(faultOf(text)).toEqual([offset, reason]);
  });

  it('refuses what is nested too deeply, however deep it is', () => {
    expect(() => scanJson('[[]]', 2, () => {})).not.toThrow();
    expect(faultOf('[[[]]]', 2)).toEqual([2, 'nested too deeply']);
    expect(faultOf('['.repeat(1_000_000), 200)).toEqual([200, 'nested too deeply']);
  });

  it('refuses numbers that nobody means', () => {
    expect(faultOf(`[${'1'.repeat(1000)}]`)[1]).toBe("expected ',' or ']'");
  });
});
