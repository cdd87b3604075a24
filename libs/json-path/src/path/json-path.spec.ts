import { describe, expect, it } from 'vitest';
import { compileJsonPath, JsonPathEvaluationError, JsonPathSyntaxError, parseJson, writeJson } from '../index.js';

const DOCUMENT = parseJson(
  '{"store":{"book":[{"c":"ref","a":"N","t":"S","price":8.95,"isbn":null},{"c":"fic","a":"E","t":"H","price":12.99},{"c":"fic","a":"M","t":"MD","isbn":"0-553","price":8.99},{"c":"fic","a":"T","t":"L","isbn":"0-395","price":22.99,"tags":["x","y"]}],"bicycle":{"color":"red","price":19.95}},"expensive":10,"nums":[1,2,3,4,5],"e":[],"o":{},"s":"text","k y":1,"deep":[[1,2],[3,[4]]],"d.e":5,"q\'r":6}',
);

/** What Jayway's JsonPath gives. */
describe('a path', () => {
  it.each([
    ['$.store.book[0].t', '"S"'],
    ["$['store']['book'][0]['t']", '"S"'],
    ['$.store.book[*].a', '["N","E","M","T"]'],
    ['$..a', '["N","E","M","T"]'],
    [
      '$.store.*',
      '[[{"c":"ref","a":"N","t":"S","price":8.95,"isbn":null},{"c":"fic","a":"E","t":"H","price":12.99},{"c":"fic","a":"M","t":"MD","isbn":"0-553","price":8.99},{"c":"fic","a":"T","t":"L","isbn":"0-395","price":22.99,"tags":["x","y"]}],{"color":"red","price":19.95}]',
    ],
    ['$.store..price', '[8.95,12.99,8.99,22.99,19.95]'],
    ['$..book[2]', '[{"c":"fic","a":"M","t":"MD","isbn":"0-553","price":8.99}]'],
    ['$..book[2].t', '["MD"]'],
    ['$..book[-1:]', '[{"c":"fic","a":"T","t":"L","isbn":"0-395","price":22.99,"tags":["x","y"]}]'],
    ['$..book[0,1]', '[{"c":"ref","a":"N","t":"S","price":8.95,"isbn":null},{"c":"fic","a":"E","t":"H","price":12.99}]'],
    ['$..book[:2]', '[{"c":"ref","a":"N","t":"S","price":8.95,"isbn":null},{"c":"fic","a":"E","t":"H","price":12.99}]'],
    ['$..book[1:2]', '[{"c":"fic","a":"E","t":"H","price":12.99}]'],
    [
      '$..book[-2:]',
      '[{"c":"fic","a":"M","t":"MD","isbn":"0-553","price":8.99},{"c":"fic","a":"T","t":"L","isbn":"0-395","price":22.99,"tags":["x","y"]}]',
    ],
    [
      '$..book[2:]',
      '[{"c":"fic","a":"M","t":"MD","isbn":"0-553","price":8.99},{"c":"fic","a":"T","t":"L","isbn":"0-395","price":22.99,"tags":["x","y"]}]',
    ],
    [
      '$..book[?(@.isbn)]',
      '[{"c":"ref","a":"N","t":"S","price":8.95,"isbn":null},{"c":"fic","a":"M","t":"MD","isbn":"0-553","price":8.99},{"c":"fic","a":"T","t":"L","isbn":"0-395","price":22.99,"tags":["x","y"]}]',
    ],
    ['$..book[?(@.price < 10)].t', '["S","MD"]'],
    ['$..book[?(@.price <= $.expensive)].t', '["S","MD"]'],
    ['$..book[?(@.a =~ /.*m/i)].t', '["MD"]'],
    [
      '$..*',
      '[{"book":[{"c":"ref","a":"N","t":"S","price":8.95,"isbn":null},{"c":"fic","a":"E","t":"H","price":12.99},{"c":"fic","a":"M","t":"MD","isbn":"0-553","price":8.99},{"c":"fic","a":"T","t":"L","isbn":"0-395","price":22.99,"tags":["x","y"]}],"bicycle":{"color":"red","price":19.95}},10,[1,2,3,4,5],[],{},"text",1,[[1,2],[3,[4]]],5,6,[{"c":"ref","a":"N","t":"S","price":8.95,"isbn":null},{"c":"fic","a":"E","t":"H","price":12.99},{"c":"fic","a":"M","t":"MD","isbn":"0-553","price":8.99},{"c":"fic","a":"T","t":"L","isbn":"0-395","price":22.99,"tags":["x","y"]}],{"color":"red","price":19.95},{"c":"ref","a":"N","t":"S","price":8.95,"isbn":null},{"c":"fic","a":"E","t":"H","price":12.99},{"c":"fic","a":"M","t":"MD","isbn":"0-553","price":8.99},{"c":"fic","a":"T","t":"L","isbn":"0-395","price":22.99,"tags":["x","y"]},"ref","N","S",8.95,null,"fic","E","H",12.99,"fic","M","MD","0-553",8.99,"fic","T","L","0-395",22.99,["x","y"],"x","y","red",19.95,1,2,3,4,5,[1,2],[3,[4]],1,2,3,[4],4]',
    ],
    ['$..book.length()', '1'],
    ['$.nums.length()', '5'],
    ['$.nums.min()', '1.0'],
    ['$.nums.max()', '5.0'],
    ['$.nums.avg()', '3.0'],
    ['$.nums.stddev()', '1.4142135623730951'],
    ['$.nums.sum()', '15.0'],
    ['$.store.keys()', '["book","bicycle"]'],
    ['$.s.length()', '4'],
    ['$.o.length()', '0'],
    ['$.nums[-1]', '5'],
    ['$.nums[1:3]', '[2,3]'],
    ['$.nums[-3:-1]', '[3,4]'],
    ['$.nums[:-1]', '[1,2,3,4]'],
    ['$.nums[-2:2]', '[4,5,1,2]'],
    ['$.nums[0,2]', '[1,3]'],
    ['$.nums[0,9]', '[1]'],
    ["$['s','expensive']", '{"s":"text","expensive":10}'],
    ["$['s','zz']", '{"s":"text"}'],
    ["$.store.book[0]['a','t']", '{"a":"N","t":"S"}'],
    ["$.store.book[*]['a','t']", '[{"a":"N","t":"S"},{"a":"E","t":"H"},{"a":"M","t":"MD"},{"a":"T","t":"L"}]'],
    ["$.store['book','bicycle'].price", '[19.95]'],
    ['$.zz[*]', '[]'],
    ['$.zz..a', '[]'],
    ['$.e[*]', '[]'],
    ['$.o.*', '[]'],
    ['$.nums[?(@ > 2)]', '[3,4,5]'],
    ['$.nums[?(@ > 2 && @ < 5)]', '[3,4]'],
    ["$..book[?(@.c == 'fic' && @.price > 10)].t", '["H","L"]'],
    ["$..book[?(@.c in ['ref','x'])].t", '["S"]'],
    ["$..book[?(@.c nin ['ref','x'])].t", '["H","MD","L"]'],
    ['$..book[?(@.tags size 2)].t', '["L"]'],
    ['$..book[?(@.tags empty false)].t', '["L"]'],
    ["$..book[?(@.tags contains 'x')].t", '["L"]'],
    ['$..book[?(!(@.isbn))].t', '["H"]'],
    ['$..book[?(!@.isbn)].t', '["H"]'],
    ['$..book[?(@.isbn == null)].t', '["S"]'],
    ['$..book[?(@.isbn != null)].t', '["H","MD","L"]'],
    ['$..book[?(@[\'c\'] == "ref")].t', '["S"]'],
    ['$..[0]', '[{"c":"ref","a":"N","t":"S","price":8.95,"isbn":null},"x",1,[1,2],1,3,4]'],
    ['$..[0].t', '["S"]'],
    ['$..[?(@.price > 20)].t', '["L"]'],
    ['$.store.bicycle[?(@.color)]', '[{"color":"red","price":19.95}]'],
    ["$['k y']", '1'],
    ["$['d.e']", '5'],
    ["$['q\\'r']", '6'],
    ['$["s"]', '"text"'],
    ['store.bicycle.color', '"red"'],
    ['$.store.book[0:3:2].t', '["S","H","MD"]'],
    ['$.deep[*][*]', '[1,2,3,[4]]'],
    ['$.deep..[0]', '[[1,2],1,3,4]'],
    ['$.deep[1][1][0]', '4'],
    ['$.store.book[*].tags[0]', '["x"]'],
    ['$.s ', '"text"'],
    ['@.s', '"text"'],
    ['$.store.book[?(@.price == 8.95)].t', '["S"]'],
    ["$.store.book[?(@.price == '8.95')].t", '["S"]'],
    ['$.store.book[?(@.price)].t', '["S","H","MD","L"]'],
    ['$.nums[*].x', '[]'],
    ['$.store.book[?(@.tags[0] == "x")].t', '["L"]'],
    ['$.nums[?(@ == 2)]', '[2]'],
    ['$["store"].bicycle["color"]', '"red"'],
    ['$.nums[ 0 ]', '1'],
    ["$[ 's' ]", '"text"'],
    ['$.store.book[?(@.price > 8 || @.c == "ref" && @.a == "zz")].t', '["S","H","MD","L"]'],
    ['$..t..x', '[]'],
    ['$.store.book[?(@.t =~ /^S$/)].a', '["N"]'],
    ['$.store.book[?(@.a == $.store.book[0].a)].t', '["S"]'],
    ['$..[?(@.color)].color', '["red"]'],
    ["$.store.book[?('fic' == @.c)].a", '["E","M","T"]'],
    ['$.nums.size()', '5'],
    ['$..price.max()', '22.99'],
    ['$.store.book[*].t.length()', '[1,1,2,1]'],
    ['$.nums.first()', '1'],
    ['$.nums.last()', '5'],
    ['$.nums.index(1)', '2'],
    ['$.nums.index(-1)', '5'],
    ['$.nums.append(6)', '[1,2,3,4,5,6]'],
    ['$.nums.concat("a")', '"a"'],
    ['$.nums.sum($.expensive)', '25.0'],
    ['$.s.concat("x","y")', '"xy"'],
    ['$.store.book[?(@.tags.length() == 2)].t', '["L"]'],
    ['$.store.book[?(@.t.length() > 1)].t', '["MD"]'],
    ['$.store.book[?(@.price > $.store.bicycle.price)].t', '["L"]'],
    ['$.store.book[?(@.isbn && !(@.tags))].t', '["S","MD"]'],
    ['$.store.book[?(!@.isbn || @.price > 20)].t', '["H","L"]'],
    ["$.store.book[?(@.c == 'ref' || (@.price > 10 && @.price < 20))].t", '["S","H"]'],
    ['$.nums[?(@ >= 2 && @ <= 4)]', '[2,3,4]'],
    ['$.nums[?(@ in [1,5])]', '[1,5]'],
    ['$.nums[?(@ nin [1,5])]', '[2,3,4]'],
    ['$.nums[?(@ != 3)]', '[1,2,4,5]'],
    ["$.store.book[?(@.tags anyof ['x','q'])].t", '["L"]'],
    ["$.store.book[?(@.tags noneof ['x','q'])].t", '[]'],
    ["$.store.book[?(@.tags subsetof ['x','y','z'])].t", '["L"]'],
    ["$.store.book[?(@.t contains 'M')].t", '["MD"]'],
    ["$.store.book[?(@.tags == ['x','y'])].t", '["L"]'],
    ['$.store[?(@.color == "red")]', '[]'],
    ['$.store.book[?(@.a =~ /[EM]/)].t', '["H","MD"]'],
    ['$.store.book[?(@.t =~ /s/i)].a', '["N"]'],
    ['$.store.book[?(@.price =~ /8\\..*/)].t', '["S","MD"]'],
    ['$.nums[-5]', '1'],
    ['$.nums[2:]', '[3,4,5]'],
    ['$.nums[-2:]', '[4,5]'],
    ['$.nums[:2]', '[1,2]'],
    ['$.nums[:-3]', '[1,2]'],
    ['$.nums[3:1]', '[]'],
    ['$.nums[0:99]', '[1,2,3,4,5]'],
    ['$.nums[0:3:2]', '[1,2,3]'],
    ['$.nums[0,9,1]', '[1,2]'],
    ['$.store["book","bicycle"].price', '[19.95]'],
    ["$.store.book[0]['t','zz']", '{"t":"S"}'],
    ['$["d.e"]', '5'],
    ['$.store.book[?(@.price == "8.95")].t', '["S"]'],
    ['$.store.book[?("8.95" == @.price)].t', '["S"]'],
    ['$.store.book[?(@.isbn == null)].t', '["S"]'],
    ['$.store.book[?(@.zz == null)].t', '[]'],
    ['$..tags[0]', '["x"]'],
    ['$..[?(@.tags)].t', '["L"]'],
    ['$.store..t', '["S","H","MD","L"]'],
    ['$..deep[1]', '[[3,[4]]]'],
    ['$.*.bicycle', '[{"color":"red","price":19.95}]'],
    ['$[*]..color', '["red"]'],
    [
      '$.store.book..*',
      '[{"c":"ref","a":"N","t":"S","price":8.95,"isbn":null},{"c":"fic","a":"E","t":"H","price":12.99},{"c":"fic","a":"M","t":"MD","isbn":"0-553","price":8.99},{"c":"fic","a":"T","t":"L","isbn":"0-395","price":22.99,"tags":["x","y"]},"ref","N","S",8.95,null,"fic","E","H",12.99,"fic","M","MD","0-553",8.99,"fic","T","L","0-395",22.99,["x","y"],"x","y"]',
    ],
    ['$..nothing', '[]'],
    ['$..book[?(@.price > 100)]', '[]'],
    ['nums[1]', '2'],
    ['$..__proto__', '[]'],
    ['$.store.book[?(@.constructor)]', '[]'],
  ])('%s leads to %s', (path, expected) => {
    const found = compileJsonPath(path).read(DOCUMENT);
    expect(found === undefined ? undefined : writeJson(found)).toBe(expected);
  });

  it.each([
    '$.nums[9]',
    '$.zz',
    '$.zz.y',
    '$.s.x',
    '$.s[0]',
    '$.nums.x',
    '$.store.book.length',
    '$.$',
    '$.a-b',
    '$.nums[-6]',
    '$.constructor',
    '$.__proto__',
    '$.s.length',
    '$.nums.length',
    '$.toString',
  ])('%s leads nowhere', (path) => {
    expect(compileJsonPath(path).read(DOCUMENT)).toBeUndefined();
  });

  it.each([
    '$.',
    '$..',
    '$[',
    '$.a[',
    '$[?(',
    '$..book[(@.length-1)]',
    '$ .s',
    '$. s',
    '',
    '$x',
    '$.nums.nothing()',
    '$.nums.sum().x',
    '$.nums[?(@.sum().x)]',
    '$[?(@.a == )]',
    '$[?(@.a === 1)]',
    '$[?(@.a like 1)]',
    '$[?(@.a =~ /(?=x)/)]',
    '$[?(@.a =~ /x/g)]',
    '$[?(@.a =~ /x)]',
    '$[?(1)]',
    "$['a",
    "$['a'",
    '$[1,]',
    '$[:]',
    '$[?(@.a in [1)]',
    '$[1][',
    '$ $',
  ])('%j is none', (path) => {
    expect(() => compileJsonPath(path)).toThrow(JsonPathSyntaxError);
  });

  it('names the place of what is wrong', () => {
    expect(() => compileJsonPath('$.a[?(@.b ~ 1)]')).toThrow('at position 11');
  });

  it('leads a definite path to its value, and others to a list of its own', () => {
    expect(compileJsonPath('$.nums[0]').isDefinite).toBe(true);
    const all = compileJsonPath('$.nums[*]');
    expect(all.isDefinite).toBe(false);
    expect(all.read(DOCUMENT)).not.toBe(all.read(DOCUMENT));
  });

  it.each(['$.e.sum()', '$..nothing.max()'])('%s has no result', (path) => {
    expect(() => compileJsonPath(path).read(DOCUMENT)).toThrow(JsonPathEvaluationError);
  });
});

describe('what a path may cost', () => {
  it.each([
    ['scans within scans', `$${'..*'.repeat(30)}`, `${'['.repeat(300)}${']'.repeat(300)}`],
    ['a filter that scans for each value', '$..[?(@..[?(@..x)])]', `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`],
    ['unions of a wide array', `$${'[0,0,0,0,0,0,0,0]'.repeat(20)}`, `${'['.repeat(100)}${']'.repeat(100)}`],
  ])('ends: %s', (_name, path, text) => {
    const start = performance.now();
    expect(() => compileJsonPath(path).read(parseJson(text))).toThrow(JsonPathEvaluationError);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it.each([
    ['of many brackets', `$[?${'('.repeat(2000)}`],
    ['of many negations', `$[?(${'!'.repeat(2000)}@.a)]`],
    ['of filters within filters', `$${'[?(@'.repeat(300)}`],
    ['of functions within functions', `$.sum(${'$.sum('.repeat(300)}`],
    ['that is long', `$${'.a'.repeat(5000)}`],
  ])('a path %s is refused', (_name, path) => {
    expect(() => compileJsonPath(path)).toThrow(JsonPathSyntaxError);
  });

  it('security class: regular expressions that explode (those of filters are machines)', () => {
    const document = parseJson(`[{"a":"${'a'.repeat(20_000)}b"}]`);
    const start = performance.now();
    expect(compileJsonPath('$[?(@.a =~ /(a+)+/)]').read(document)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
