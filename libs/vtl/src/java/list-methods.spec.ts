import { describe, expect, it } from 'vitest';
import { VtlError } from '../index.js';
import { render } from '../rendering.fixture.js';

/** Before each of the templates. */
const SET = '#set($l = ["a","b","c"])';

/** What Velocity 1.7 prints. */
describe('java.util.ArrayList', () => {
  it.each([
    ['$l', '[a, b, c]'],
    ['$l.size()', '3'],
    ['$l.isEmpty()', 'false'],
    ['$l.empty', 'false'],
    ['$l.get(0)', 'a'],
    ['$l.add("d") $l', 'true [a, b, c, d]'],
    ['$l.add(0,"z") $l', ' [z, a, b, c]'],
    ['$l.addAll(["x","y"]) $l', 'true [a, b, c, x, y]'],
    ['$l.addAll(1,["x","y"]) $l', 'true [a, x, y, b, c]'],
    ['$l.addAll([]) $l', 'false [a, b, c]'],
    ['$l.set(1,"B") $l', 'b [a, B, c]'],
    ['$l.remove(0) $l', 'a [b, c]'],
    ['$l.remove("b") $l', 'true [a, c]'],
    ['$l.remove("zz") $l', 'false [a, b, c]'],
    ['$l.contains("b")', 'true'],
    ['$l.contains("zz")', 'false'],
    ['$l.containsAll(["a","b"])', 'true'],
    ['$l.indexOf("c")', '2'],
    ['$l.indexOf("zz")', '-1'],
    ['$l.lastIndexOf("a")', '0'],
    ['$l.subList(1,3)', '[b, c]'],
    ['$l.subList(0,0)', '[]'],
    ['$l.clear()|$l', '|[]'],
    ['$l.toString()', '[a, b, c]'],
    ['$l.equals(["a","b","c"])', 'true'],
    ['$l.equals(["a"])', 'false'],
    ['$l.hashCode()', '126145'],
    ['$l.iterator().next()', 'a'],
    ['$l.iterator().hasNext()', 'true'],
    ['#set($i = $l.iterator())$i.next()$i.next()$i.next()$i.hasNext()', 'abcfalse'],
    ['#set($i = $l.iterator())$i.next()#foreach($x in $i)$x#end$i.hasNext()', 'abcfalse'],
    ['$l.removeAll(["a","c"]) $l', 'true [b]'],
    ['$l.retainAll(["a"]) $l', 'true [a]'],
    ['$l.toArray().size()', '3'],
    ['$l.foo()', '$l.foo()'],
    ['$l.foo', '$l.foo'],
    ['$l.join(",")', '$l.join(",")'],
    ['$l.get("0")', '$l.get("0")'],
    ['$l.get(0.0)', '$l.get(0.0)'],
    ['[1,2,3].size()', '[1,2,3].size()'],
    ['$l.listIterator().next()', 'a'],
    ['$l[0].length()', '1'],
    ['$l.get(0).get(0)', '$l.get(0).get(0)'],
    ['#set($k = [$l,$l])$k', '[[a, b, c], [a, b, c]]'],
    ['#set($k = [1,[2,[3]],{"a":[4]}])$k', '[1, [2, [3]], {a=[4]}]'],
    ['#set($k = [1,"1",1.0,true])$k.contains("1") $k.contains(1) $k.contains(1.0) $k.indexOf(true)', 'true true true 3'],
    ['$l.containsAll([])', 'true'],
    ['$l.size().equals(3)', 'true'],
    ['$l.add($nn) $l', 'true [a, b, c, null]'],
    ['$l.add() $l', '$l.add() [a, b, c]'],
    ['#set($x = $l.add("q"))$l.size()', '4'],
    ['$l.remove($nn) $l', 'false [a, b, c]'],
    ['$l.forEach("x")', '$l.forEach("x")'],
  ])('%j is %j', (template, expected) => {
    expect(render(SET + template)).toBe(expected);
  });

  it.each([
    '$l.get(9)',
    '$l.get(-1)',
    '$l[9]',
    '$l[-9]',
    '$l.add(9,"z") $l',
    '$l.set(9,"B")',
    '$l.remove(9)',
    '$l.subList(2,9)',
    '$l.subList(2,1)',
  ])('%j is refused', (template) => {
    expect(() => render(SET + template)).toThrow(VtlError);
  });
});
