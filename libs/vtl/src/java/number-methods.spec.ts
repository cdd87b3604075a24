import { describe, expect, it } from 'vitest';
import { VtlError } from '../index.js';
import { render } from '../rendering.fixture.js';

const GIVEN = {
  body: '{"s":"Hello, World","e":"","n":5,"big":12345678901,"huge":123456789012345678901234567890,"d":1.10,"x":1e3,"t":true,"f":false,"z":null,"l":[3,1,2],"o":{"a":1,"b":{"c":[1,{"d":"e"}]}},"u":"http://x/y?a=b&c=d","q":"say \\"hi\\" it\'s","nl":"a\\nb","lo":[{"id":1,"n":"x"},{"id":2,"n":"y"}]}',
};

/** What Velocity 1.7 prints. */
describe('numbers and booleans', () => {
  it.each([
    ['$input.path("$.n")', '5'],
    ['$input.path("$.big")', '12345678901'],
    ['$input.path("$.huge")', '123456789012345678901234567890'],
    ['$input.path("$.d")', '1.1'],
    ['$input.path("$.x")', '1000.0'],
    ['$input.path("$.t")', 'true'],
    ['$input.path("$.f")', 'false'],
    ['#set($n = $input.path("$.n"))[$n.intValue()]', '[5]'],
    ['#set($n = $input.path("$.n"))[$n.doubleValue()]', '[5.0]'],
    ['#set($n = $input.path("$.n"))[$n.longValue()]', '[5]'],
    ['#set($n = $input.path("$.n"))[$n.toString()]', '[5]'],
    ['#set($n = $input.path("$.n"))[$n.toString().length()]', '[1]'],
    ['#set($n = $input.path("$.n"))[$n.equals(5)]', '[true]'],
    ['#set($n = $input.path("$.n"))[$n.equals("5")]', '[false]'],
    ['#set($n = $input.path("$.n"))[$n.compareTo(4)]', '[1]'],
    ['#set($n = $input.path("$.n"))[$n.compareTo(6)]', '[-1]'],
    ['#set($n = $input.path("$.n"))[$n.hashCode()]', '[5]'],
    ['#set($n = $input.path("$.n"))[$n.parseInt("42")]', '[42]'],
    ['#set($n = $input.path("$.n"))[$n.parseInt("-7")]', '[-7]'],
    ['#set($n = $input.path("$.n"))[$n.parseInt("ff",16)]', '[255]'],
    ['#set($n = $input.path("$.n"))[$n.valueOf("12")]', '[12]'],
    ['#set($n = $input.path("$.n"))[$n.valueOf(12)]', '[12]'],
    ['#set($n = $input.path("$.n"))[$n.toString(255,16)]', '[ff]'],
    ['#set($n = $input.path("$.n"))[$n.toHexString(255)]', '[ff]'],
    ['#set($n = $input.path("$.n"))[$n.toBinaryString(5)]', '[101]'],
    ['#set($n = $input.path("$.n"))[$n.toOctalString(8)]', '[10]'],
    ['#set($n = $input.path("$.n"))[$n.max(3,9)]', '[9]'],
    ['#set($n = $input.path("$.n"))[$n.min(3,9)]', '[3]'],
    ['#set($n = $input.path("$.n"))[$n.sum(3,9)]', '[12]'],
    ['#set($n = $input.path("$.n"))[$n.floatValue()]', '[5.0]'],
    ['#set($n = $input.path("$.n"))[$n.shortValue()]', '[5]'],
    ['#set($n = $input.path("$.n"))[$n.byteValue()]', '[5]'],
    ['#set($n = $input.path("$.n"))[$n.abs()]', '[$n.abs()]'],
    ['#set($n = $input.path("$.n"))[$n.foo()]', '[$n.foo()]'],
    ['#set($n = $input.path("$.n"))[$n.MAX_VALUE]', '[$n.MAX_VALUE]'],
    ['#set($n = $input.path("$.n"))[$n.isNaN()]', '[$n.isNaN()]'],
    ['#set($n = $input.path("$.big"))[$n.intValue()]', '[-539222987]'],
    ['#set($n = $input.path("$.big"))[$n.longValue()]', '[12345678901]'],
    ['#set($n = $input.path("$.big"))[$n.doubleValue()]', '[1.2345678901E10]'],
    ['#set($n = $input.path("$.big"))[$n.toString()]', '[12345678901]'],
    ['#set($n = $input.path("$.big"))[$n.parseLong("99")]', '[99]'],
    ['#set($n = $input.path("$.big"))[$n.equals(12345678901)]', '[true]'],
    ['#set($n = $input.path("$.big"))[$n.hashCode()]', '[-539222985]'],
    ['#set($n = $input.path("$.big"))[$n + 1]', '[12345678901 + 1]'],
    ['#set($n = $input.path("$.huge"))[$n.toString()]', '[123456789012345678901234567890]'],
    ['#set($n = $input.path("$.huge"))[$n.intValue()]', '[1312754386]'],
    ['#set($n = $input.path("$.huge"))[$n.longValue()]', '[-4362896299872285998]'],
    ['#set($n = $input.path("$.huge"))[$n.doubleValue()]', '[1.2345678901234568E29]'],
    ['#set($n = $input.path("$.d"))[$n.intValue()]', '[1]'],
    ['#set($n = $input.path("$.d"))[$n.doubleValue()]', '[1.1]'],
    ['#set($n = $input.path("$.d"))[$n.toString()]', '[1.1]'],
    ['#set($n = $input.path("$.d"))[$n.isNaN()]', '[false]'],
    ['#set($n = $input.path("$.d"))[$n.isInfinite()]', '[false]'],
    ['#set($n = $input.path("$.d"))[$n.parseDouble("2.50")]', '[2.5]'],
    ['#set($n = $input.path("$.d"))[$n.valueOf("3")]', '[3.0]'],
    ['#set($n = $input.path("$.d"))[$n.equals(1.1)]', '[true]'],
    ['#set($n = $input.path("$.d"))[$n.compareTo(2.0)]', '[-1]'],
    ['#set($n = $input.path("$.d"))[$n.hashCode()]', '[-1503133693]'],
    ['#set($n = $input.path("$.d"))[$n.longValue()]', '[1]'],
    ['#set($n = $input.path("$.d"))[$n.floatValue()]', '[1.1]'],
    ['#set($n = $input.path("$.x"))[$n.intValue()]', '[1000]'],
    ['#set($n = $input.path("$.t"))[$n.toString()]', '[true]'],
    ['#set($n = $input.path("$.t"))[$n.booleanValue()]', '[true]'],
    ['#set($n = $input.path("$.t"))[$n.equals(true)]', '[true]'],
    ['#set($n = $input.path("$.t"))[$n.compareTo(false)]', '[1]'],
    ['#set($n = $input.path("$.t"))[$n.hashCode()]', '[1231]'],
    ['#set($n = $input.path("$.t"))[$n.parseBoolean("TRUE")]', '[true]'],
    ['#set($n = $input.path("$.t"))[$n.valueOf("false")]', '[false]'],
    ['#set($n = $input.path("$.t"))[$n.foo]', '[$n.foo]'],
  ])('%j is %j', (template, expected) => {
    expect(render(template, GIVEN)).toBe(expected);
  });

  it.each([
    '#set($n = $input.path("$.n"))[$n.parseInt("x")]',
    '#set($n = $input.path("$.n"))[$n.parseInt("")]',
    '#set($n = $input.path("$.n"))[$n.parseInt("2147483648")]',
    '#set($n = $input.path("$.d"))[$n.parseDouble("x")]',
  ])('%j is refused', (template) => {
    expect(() => render(template, GIVEN)).toThrow(VtlError);
  });
});
