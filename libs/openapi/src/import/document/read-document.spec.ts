import { AwsError } from '@gatehouse/aws-wire';
import { describe, expect, it } from 'vitest';
import { readDocument } from './read-document.js';

const valueOf = (text: string) => readDocument(text).value;

function refusalOf(text: string): string {
  try {
    readDocument(text);
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
  throw new Error('it was read');
}

describe('JSON', () => {
  it('is read as JSON.parse reads it, with a byte order mark or without', () => {
    const text = '{"a": [1, true, null, "\\u00e9"], "b": {"c": -0.5}}';
    expect(valueOf(text)).toEqual(JSON.parse(text));
    expect(valueOf(`\uFEFF${text}`)).toEqual(JSON.parse(text));
  });

  it.each([
    ['{\n "a": 1,\n "a": 2\n}', 3, 'the name occurs twice in one object'],
    ['{\n "a": 1,\n}', 3, 'expected a name in double quotes'],
    ['{\n "a": 1', 2, "expected ',' or '}'"],
    ['[\n\n {"x": ,', 3, 'expected a value'],
    ["{'a': 1}", 1, 'expected a name in double quotes'],
  ])('%j is refused at line %i', (text, line, reason) => {
    expect(refusalOf(text)).toBe(`Invalid OpenAPI input. (line ${line}): ${reason}`);
  });

  it('knows the lines of its values', () => {
    const source = readDocument('{\n "a": {\n  "x": 1\n },\n "b": [\n  1,\n  {"a": {\n   "x": 1.0}}\n ]\n}');
    expect(source.linesOf([[]])).toEqual([1]);
    expect(source.linesOf([['a']])).toEqual([2]);
    expect(source.linesOf([['a', 'x']])).toEqual([3]);
    expect(source.linesOf([['a', 'nothing']])).toEqual([2]);
    expect(source.linesOf([['b', '1']])).toEqual([7]);
    expect(source.linesOf([['b', '1', 'a', 'x']])).toEqual([8]);
    expect(source.linesOf([['nothing', 'x']])).toEqual([1]);
    expect(source.numberText(['b', '1', 'a', 'x'])).toBe('1.0');
    expect(source.numberText(['b', '0'])).toBe('1');
  });
});

describe('YAML', () => {
  it('is read by content', () => {
    expect(valueOf('swagger: "2.0"\npaths:\n  /a: {get: {x: [1, 2.5, yes, true, null, ~]}}\n')).toEqual({
      swagger: '2.0',
      paths: { '/a': { get: { x: [1, 2.5, 'yes', true, null, null] } } },
    });
  });

  it('has names as they are written', () => {
    expect(valueOf('200: a\n1.0: b\ntrue: c\nnull: d\n2016-01-01: e')).toEqual({
      200: 'a',
      '1.0': 'b',
      true: 'c',
      null: 'd',
      '2016-01-01': 'e',
    });
  });

  it('has block texts, comments and anchors', () => {
    expect(valueOf('a: &x |\n  {\n   "b": 1\n  }\n# comment\nb: *x\n')).toEqual({ a: '{\n "b": 1\n}\n', b: '{\n "b": 1\n}\n' });
  });

  it('merges maps: own names win, then the first map', () => {
    const text = 'a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 0}\nd: {<<: *a}\ne: {"<<": text}';
    expect(valueOf(text)).toMatchObject({ c: { x: 0, y: 1, z: 2 }, d: { x: 1, y: 1 }, e: { '<<': 'text' } });
  });

  it('has __proto__ as a name like others', () => {
    const value = valueOf('a:\n  __proto__: {polluted: true}\n  constructor: 1') as { a: object };
    expect(Object.keys(value.a)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value.a)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ['a: 1\nb: 2\na: 3', 3, 'the name a occurs twice in one map'],
    ['a: 1\n"a": 3', 2, 'the name a occurs twice in one map'],
    ['a: b: c', 1, 'Nested mappings are not allowed in compact mappings'],
    ['a:\n\tb: 1', 2, 'Tabs are not allowed as indentation'],
    ['a: [1, 2', 1, 'Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['a: 1\n---\nb: 2', 2, 'there must be one document'],
    ['a: 1\nb: !Sub x', 2, 'Unresolved tag: !Sub'],
    ['a: 1\n? [x]\n: 1', 2, 'a name must be a text'],
    ['a: *x', 1, 'the alias x has no anchor before it, or stands within it'],
    ['a: 1\nb: {<<: 1}', 2, 'a merge key must have a map or a list of maps'],
    ['a: 1\nb: &b [*b]', 2, 'the alias b has no anchor before it, or stands within it'],
  ])('%j is refused at line %i', (text, line, reason) => {
    expect(refusalOf(text)).toContain(`Invalid OpenAPI input. (line ${line}): ${reason}`);
  });

  it('knows the lines of its values', () => {
    const source = readDocument('a:\n  x: 1.0\nb:\n  - 1\n  - a:\n      200: 2\nc: &c\n  d: 1\ne: *c\n');
    expect(source.linesOf([['a']])).toEqual([1]);
    expect(source.linesOf([['a', 'x']])).toEqual([2]);
    expect(source.linesOf([['b', '1', 'a', '200']])).toEqual([6]);
    expect(source.linesOf([['b', '7']])).toEqual([3]);
    expect(source.linesOf([['e', 'd']])).toEqual([9]);
    expect(source.linesOf([[]])).toEqual([1]);
    expect(source.numberText(['a', 'x'])).toBe('1.0');
  });
});

describe('what cannot be kept', () => {
  it.each([
    ['{\n"a": "\\u0000"}', '/a (line 2): the text holds U+0000 or half a surrogate pair'],
    ['{\n"a": ["\\ud800"]}', '/a/0 (line 2): the text holds U+0000 or half a surrogate pair'],
    ['{"a": {"\\udc00x": 1}}', '/a (line 1): a name within it holds U+0000 or half a surrogate pair'],
    ['{"a": 1e999}', '/a (line 1): the number is out of range'],
    ['a: .inf', '/a (line 1): the number is out of range'],
    ['a: .nan', '/a (line 1): the number is out of range'],
    ['x: 1\na: "\\0"', '/a (line 2): the text holds U+0000 or half a surrogate pair'],
  ])('%j is refused', (text, place) => {
    expect(refusalOf(text)).toBe(`Invalid OpenAPI input. ${place}`);
  });

  it.each(['', '  \n ', '\uFEFF'])('%j is no document', (text) => {
    expect(refusalOf(text)).toBe('Invalid OpenAPI input.');
  });
});
