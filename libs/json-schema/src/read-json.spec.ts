import { describe, expect, it } from 'vitest';
import { ExactNumber, memberOf, printJson, type JsonObject } from './json-value.js';
import { InvalidJson, readJson } from './read-json.js';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('readJson', () => {
  it.each([
    '',
    ' ',
    '\ufeff{}',
    '{',
    '{}}',
    '{} {}',
    '[1,]',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    'NaN',
    '[NaN]',
    '[Infinity]',
    '01',
    '+1',
    '1.',
    '.5',
    '0x1',
    '// c\n1',
    '"\t"',
    '"a',
    'tru',
    'undefined',
  ])('refuses %j', (text) => {
    expect(() => readJson(text)).toThrow(InvalidJson);
  });

  it.each([
    '{}',
    ' [1, 2.5, "a"]\n',
    'null',
    '0',
    '-0',
    '"\\ud83d"',
    '{"a":{"b":[true,false,null]}}',
    '19.99',
    '{"price":19.99}',
  ])('reads %j as JSON.parse does', (text) => {
    expect(readJson(text)).toEqual(JSON.parse(text));
  });

  it.each(['1.0', '1.50', '1e2', '1E-2', '-0.0', '12345678901234567890', '0.1234567890123456', '-1.10e+5', '9007199254740993'])(
    'keeps %s as it is written',
    (literal) => {
      expect(printJson(readJson(literal))).toBe(literal);
      const value = readJson(`{"a": [ ${literal},"1.0"]}`) as JsonObject;
      expect(printJson(value)).toBe(`{"a":[${literal},"1.0"]}`);
      expect((value.a as ExactNumber[])[0]).toBeInstanceOf(ExactNumber);
    },
  );

  it('takes the last of several members with one name, as Jackson does', () => {
    expect(readJson('{"a":1,"a":"x"}')).toEqual({ a: 'x' });
    expect(printJson(readJson('{"a":1.0,"a":2.0}'))).toBe('{"a":2.0}');
  });

  it('security class: names as object keys: they are members like others', () => {
    for (const text of ['{"__proto__":{"a":1},"constructor":2}', '{"__proto__":{"a":1.0},"constructor":2}']) {
      const value = readJson(text) as JsonObject;
      expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
      expect(memberOf(value, 'a')).toBeUndefined();
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }
    expect(memberOf(readJson('{}') as JsonObject, 'constructor')).toBeUndefined();
  });

  it('reads 1000 levels and refuses more, but for brackets within texts', () => {
    expect(() => readJson(nested(1000))).not.toThrow();
    expect(() => readJson(nested(1001))).toThrow(InvalidJson);
    expect(() => readJson(`{"a":1.0,"b":${nested(999)}}`)).not.toThrow();
    expect(() => readJson(`{"a":1.0,"b":${nested(1000)}}`)).toThrow(InvalidJson);
    expect(readJson(JSON.stringify('["\\"'.repeat(2000)))).toBe('["\\"'.repeat(2000));
    expect(() => readJson('['.repeat(5_000_000))).toThrow(InvalidJson);
  });

  it('security class: numbers that cost more than they look', () => {
    expect(() => readJson('1'.repeat(1001))).toThrow(InvalidJson);
    expect(() => readJson('1e1001')).toThrow(InvalidJson);
    expect(() => readJson('[1e-99999999999]')).toThrow(InvalidJson);
    const began = performance.now();
    for (const text of [
      `"${' 1'.repeat(500_000)}"`,
      `"${' 1.'.repeat(300_000)}"`,
      `"${`,${'1'.repeat(1_000_000)}`}"`,
      `" ${'1.0'.repeat(300_000)}e"`,
    ])
      readJson(text);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
