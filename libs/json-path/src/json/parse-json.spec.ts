import { describe, expect, it } from 'vitest';
import { JsonSyntaxError, JavaDouble, parseJson, writeJson } from '../index.js';

/** What json-smart 2.2 makes of it, and writes again. */
describe('JSON as it is read and written', () => {
  it.each([
    ["{a:1,b:foo bar,c:'x\"y'}", '{"a":1,"b":"foo bar","c":"x\\"y"}'],
    ['{"a":1,}', '{"a":1}'],
    ['[1,,2]', '[1,2]'],
    ['[1,2,]', '[1,2]'],
    ['{"a":1}x', '{"a":1}'],
    ['{"a":1} ', '{"a":1}'],
    ['[a b,c]', '["a b","c"]'],
    ['{"a":"x\ny"}', '{"a":"x\\ny"}'],
    ['["a" "b"]', '["a","b"]'],
    ['{,}', '{}'],
    ['{"a":1,"a":2}', '{"a":2}'],
    ['{"__proto__":1}', '{"__proto__":1}'],
    ['{a:b:c}', '{"a":"b:c"}'],
    ['[1 2]', '["1 2"]'],
    ['{"a":1 "b":2}', '{"a":"1 \\"b\\":2"}'],
    ['{"a":tru}', '{"a":"tru"}'],
    ['[true false]', '["true false"]'],
    ['{a:[b,{c:d}]}', '{"a":["b",{"c":"d"}]}'],
    ['{"k with space" : 1 }', '{"k with space":1}'],
    ['{a b : c d , e:f}', '{"a b":"c d","e":"f"}'],
    ['[ x y ]', '["x y"]'],
    ['{statusCode: 200}', '{"statusCode":200}'],
    ["{'statusCode': 200}", '{"statusCode":200}'],
    ['{"statusCode": 200,}', '{"statusCode":200}'],
    ['{"a":{"b":[1,[2,{"c":[]}]]}}', '{"a":{"b":[1,[2,{"c":[]}]]}}'],
    ['[]', '[]'],
    ['{}', '{}'],
    ['[[[]]]', '[[[]]]'],
    ['{"a":"\\u00e9\\n\\t\\"\\\\\\/"}', '{"a":"é\\n\\t\\"\\\\/"}'],
    ['{"a":"é"}', '{"a":"é"}'],
    ['{"a":"€“"}', '{"a":"\\u20AC\\u201C"}'],
    [
      '{"a":1.10,"b":1e3,"c":1E-7,"d":123456789.0,"e":-0.0,"f":100}',
      '{"a":1.1,"b":1000.0,"c":1.0E-7,"d":1.23456789E8,"e":-0.0,"f":100}',
    ],
    [
      '{"a":2147483647,"b":2147483648,"c":9223372036854775808,"d":-2147483649}',
      '{"a":2147483647,"b":2147483648,"c":9223372036854775808,"d":-2147483649}',
    ],
    ['{"a":0.12345678901234567890}', '{"a":0.12345678901234567890}'],
    ['{"a":true,"b":false,"c":null,"d":True,"e":nil}', '{"a":true,"b":false,"c":null,"d":"True","e":"nil"}'],
    ['{"1":"x","0":"y","b":1}', '{"1":"x","0":"y","b":1}'],
    ['{"":1}', '{"":1}'],
    ['{" a ":1}', '{" a ":1}'],
    ['[ 1 , 2 ]', '[1,2]'],
    ['[1,"a",{"b":[2]},[3]]', '[1,"a",{"b":[2]},[3]]'],
    ['{"a" : "b" , "c" : [ true ] }', '{"a":"b","c":[true]}'],
    ['{"a":"x\\ty"}', '{"a":"x\\ty"}'],
    ['{"a":"\ttab"}', '{"a":"\\ttab"}'],
    ['[1\n,2\n]', '[1,2]'],
    ['{a:1}', '{"a":1}'],
    ['{a-b:1,c.d:2}', '{"a-b":1,"c.d":2}'],
    ['[-5,-5.5,-.5,007]', '[-5,-5.5,-0.5,7]'],
    ['{"constructor":1,"prototype":2}', '{"constructor":1,"prototype":2}'],
    ['[a,b c,"d e"]', '["a","b c","d e"]'],
    ['{"a":"\\ud83d\\ude00"}', '{"a":"😀"}'],
    ['[1e5,1E+5,1e-5]', '[100000.0,100000.0,1.0E-5]'],
    ['{"a":[1,2],}', '{"a":[1,2]}'],
    ['["\\q"]', '[""]'],
    ['[NaN]', '[NaN]'],
    ["['it\"s']", '["it\\"s"]'],
  ])('%j is %j', (text, expected) => {
    expect(writeJson(parseJson(text))).toBe(expected);
  });

  it.each([
    '"x',
    '{"a":1',
    '{"a" 1}',
    '{"a":"\\u00e9\\x\\/\\n"}',
    '{"a"}',
    '{"a":}',
    '{a}',
    '[}',
    '{"a":[1,2}',
    '{"a":"b}',
    '}',
    ']',
    ':1',
    `${'['.repeat(401)}${']'.repeat(401)}`,
  ])('%j is none', (text) => {
    expect(() => parseJson(text)).toThrow(JsonSyntaxError);
  });

  it.each([
    ['hello', 'hello'],
    ['a=1&b=2', 'a=1&b=2'],
    ['<xml/>', '<xml/>'],
    [' text with blanks ', 'text with blanks'],
    ['true', true],
    ['null', null],
    ['42', 42],
    ['-0', 0],
    ['007', 7],
    ['2147483648', 2147483648n],
    ['12345678901234567890', 12345678901234567890n],
    ['1.5', new JavaDouble(1.5)],
    ['1e400', new JavaDouble(Infinity)],
    ["'x'", 'x'],
    ['"x" y', 'x'],
    ['1.5.2', '1.5.2'],
    ['+5', '+5'],
    ['0x1F', '0x1F'],
  ])('a text that is no object or array is what it looks like: %j', (text, expected) => {
    expect(parseJson(text)).toEqual(expected);
  });

  it('takes time as long as the text, whatever it is', () => {
    for (const piece of ['[', '{"a":', '[,', '"\\u00e9', '{a', ',,', '1 ', "'"]) {
      const text = piece.repeat(200_000 / piece.length);
      const start = performance.now();
      try {
        parseJson(text);
      } catch (error) {
        expect(error).toBeInstanceOf(JsonSyntaxError);
      }
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });

  it("security class: tenants' names as object keys (__proto__ is a member like any other)", () => {
    const value = parseJson('{"__proto__":{"polluted":1},"constructor":2}') as Map<string, unknown>;
    expect([...value.keys()]).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
