import { describe, expect, it } from 'vitest';
import { VtlError } from '../index.js';
import { render } from '../rendering.fixture.js';

/** Before each of the templates. */
const SET = '#set($l = ["a","b","c"])#set($m = {"k":"v","n":"w"})';

/** What Velocity 1.7 prints. */
describe('#foreach', () => {
  it.each([
    ['#foreach($x in $l)$x#end', 'abc'],
    ['#foreach( $x in $l )$x#end', 'abc'],
    ['#foreach ($x in $l)$x#end', 'abc'],
    ['#foreach($x in ["p","q"])$x#end', 'pq'],
    ['#foreach($x in [1..3])$x#end', '123'],
    ['#foreach($x in [3..1])$x#end', '321'],
    ['#foreach($x in $m)$x#end', 'vw'],
    ['#foreach($x in $m.keySet())$x#end', 'kn'],
    ['#foreach($x in $m.values())$x#end', 'vw'],
    ['#foreach($x in $m.entrySet())$x.key=$x.value;#end', 'k=v;n=w;'],
    ['#foreach($x in $m.entrySet())$x.getKey()=$x.getValue();#end', 'k=v;n=w;'],
    ['#foreach($x in $nn)$x#end!', '!'],
    ['#foreach($x in "abc")$x#end!', '!'],
    ['#foreach($x in 5)$x#end!', '!'],
    ['#foreach($x in [])$x#end!', '!'],
    ['#foreach($x in {})$x#end!', '!'],
    ['#foreach($x in $l.iterator())$x#end', 'abc'],
    [
      '#foreach($x in $l)$foreach.index $foreach.count $foreach.hasNext $foreach.first $foreach.last;#end',
      '0 1 true true false;1 2 true false false;2 3 false false true;',
    ],
    ['#foreach($x in $l)$velocityCount#end', '123'],
    ['#foreach($x in $l)$x#if($foreach.hasNext),#end#end', 'a,b,c'],
    ['#foreach($x in $l)#foreach($y in [1,2])$foreach.parent.index.$foreach.index #end#end', '0.0 0.1 1.0 1.1 2.0 2.1 '],
    ['#foreach($x in $l)#foreach($y in [1,2])$x$y$foreach.topmost.count #end#end', 'a11 a21 b12 b22 c13 c23 '],
    ['#foreach($x in $l)#if($x == "b")#break#end$x#end!', 'a!'],
    ['#foreach($x in $l)#foreach($y in [1,2])#if($y == 2)#break#end$x$y#end#end!', 'a1b1c1!'],
    ['#foreach($x in $l)#foreach($y in [1,2])#break($foreach.parent)$x$y#end#end!', '!'],
    ['#foreach($x in $l)$x#stop#end!', 'a'],
    ['#foreach($x in $l)$foreach.stop()$x#end!', '$foreach.stop()a$foreach.stop()b$foreach.stop()c!'],
    ['#set($x = "before")#foreach($x in $l)$x#end$x', 'abcbefore'],
    ['#foreach($x in $l)$x#end$x', 'abc$x'],
    ['#foreach($x in $l)#end$foreach.index', '$foreach.index'],
    ['#set($velocityCount = "v")#foreach($x in $l)$velocityCount#end$velocityCount', '123v'],
    ['#foreach($x in $l)\n$x\n#end\n!', 'a\nb\nc\n!'],
    ['#foreach($x in $l)  \n  $x\n  #end  \n!', '  a\n    b\n    c\n  !'],
    ['#foreach($x in $l)#set($y = $x)#end$y', 'c'],
    ['#foreach($x in [1,$nn,3])[$x]#end', '[1][$x][3]'],
    ['#foreach($x in $l)$foreach.hasNext()#end', 'truetruefalse'],
    ['#foreach($x in $l)#set($foreach.index = 5)$foreach.index#end', '012'],
    ['#foreach($x in $l)$foreach.isFirst()$foreach.isLast()#end', 'truefalsefalsefalsefalsetrue'],
    ['#{foreach}($x in $l)$x#{end}', 'abc'],
    ['#foreach($x in $l.subList(1, 3))$x#end', 'bc'],
    ['#foreach($x in $l)#set($l2 = [$x])#foreach($z in $l2)$z$foreach.index#end#end', 'a0b0c0'],
    ['#foreach($x in [1..2])#foreach($x in [3..4])$x#end$x#end', '341342'],
    ['#foreach($x in [[1,2],[3]])$x#foreach($y in $x)$y#end;#end', '[1, 2]12;[3]3;'],
    ['#foreach($x in [{"a":1},{"a":2}])$x.a#end', '12'],
    ['#foreach($x in $l)$x $velocityHasNext,#end', 'a true,b true,c false,'],
    ['#foreach($x of $l)a#end', 'aaa'],
    ['#foreach($x.y in $l)$x#end', 'abc'],
    ['#foreach($x in true)a#end!', '!'],
    ['#foreach($x in $l)#if($foreach.count > 1)-#end$x#end', 'a-b-c'],
    ['#foreach($x in $l)$!foreach.parent|#end', '|||'],
    ['#foreach(${x} in $l)$x#end', 'abc'],
    ['#foreach($!x in $l)$x#end', 'abc'],
    ['#foreach($x in $l)x#end#foreach($y in $l)y#end', 'xxxyyy'],
  ])('%j is %j', (template, expected) => {
    expect(render(SET + template)).toBe(expected);
  });

  it.each([
    '#foreach($x in "a,b".split(","))$x#end',
    '#foreach($x in $l',
    '#foreach(x in $l)a#end',
    '#foreach($x in $l)a',
    '#foreach()a#end',
    '#foreach',
  ])('%j is refused', (template) => {
    expect(() => render(SET + template)).toThrow(VtlError);
  });
});
