import { describe, expect, it } from 'vitest';
import { render } from '../rendering.fixture.js';

const GIVEN = {
  body: '{"s":"Hello, World","e":"","n":5,"big":12345678901,"huge":123456789012345678901234567890,"d":1.10,"x":1e3,"t":true,"f":false,"z":null,"l":[3,1,2],"o":{"a":1,"b":{"c":[1,{"d":"e"}]}},"u":"http://x/y?a=b&c=d","q":"say \\"hi\\" it\'s","nl":"a\\nb","lo":[{"id":1,"n":"x"},{"id":2,"n":"y"}]}',
};

/** What Velocity 1.7 prints. */
describe('values of JSON', () => {
  it.each([
    ['$input.path("$.l")', '[3,1,2]'],
    ['$input.path("$.o")', '{a=1, b={c=[1,{"d":"e"}]}}'],
    ['$input.path("$.lo")', '[{"id":1,"n":"x"},{"id":2,"n":"y"}]'],
    ['$input.path("$.lo[0]")', '{id=1, n=x}'],
    ['$input.path("$.o.b")', '{c=[1,{"d":"e"}]}'],
    ['$input.path("$.o.b.c")', '[1,{"d":"e"}]'],
    ['$input.path("$.l").size()', '3'],
    ['$input.path("$.l")[0]', '3'],
    ['$input.path("$.l").get(1)', '1'],
    ['$input.path("$.l").contains(3)', 'true'],
    ['$input.path("$.l").contains("3")', 'false'],
    ['$input.path("$.l").isEmpty()', 'false'],
    ['$input.path("$.l").toString()', '[3,1,2]'],
    ['$input.path("$.l").toJSONString()', '[3,1,2]'],
    ['$input.path("$.l").subList(0,2)', '[3, 1]'],
    ['$input.path("$.lo")[1].n', 'y'],
    ['$input.path("$.lo").get(0).get("id")', '1'],
    ['#foreach($x in $input.path("$.lo"))$x.id:$x.n,#end', '1:x,2:y,'],
    ['#foreach($x in $input.path("$.l"))$x#if($foreach.hasNext),#end#end', '3,1,2'],
    ['#foreach($k in $input.path("$.o").keySet())$k #end', 'a b '],
    ['#foreach($v in $input.path("$.o"))$v #end', '1 {c=[1,{"d":"e"}]} '],
    ['#set($r = $input.path("$"))$r.s $r.n $r.o.a $r.l[0] $r.lo[0].n', 'Hello, World 5 1 3 x'],
    ['#set($r = $input.path("$"))$r.keySet()', '[s, e, n, big, huge, d, x, t, f, z, l, o, u, q, nl, lo]'],
    ['#set($r = $input.path("$"))$r.zz $!r.zz $r.z $!r.z', '$r.zz  $r.z '],
    [
      '#set($r = $input.path("$"))#if($r.zz)y#{else}n#end#if($r.z)y#{else}n#end#if($r.f)y#{else}n#end#if($r.e)y#{else}n#end',
      'nnny',
    ],
    [
      '#set($r = $input.path("$"))#if($r.n == 5)y#end#if($r.d == 1.1)y#end#if($r.big > 5)y#end#if($r.s == "Hello, World")y#end',
      'yyyy',
    ],
    ['#set($r = $input.path("$.o"))#set($r.new = [1,{"k":"v"}])$r', '{a=1, b={c=[1,{"d":"e"}]}, new=[1, {k=v}]}'],
    ['#set($x = $input.path("$.l"))#set($y=$x.add({"m":1}))$x', '[3,1,2,{"m":1}]'],
    ['#set($x = $input.path("$.l"))#set($y=$x.add(["p","q"]))$x', '[3,1,2,["p","q"]]'],
    ['#set($x = [$input.path("$.l")])$x', '[[3,1,2]]'],
    ['#set($x = {"l":$input.path("$.l")})$x', '{l=[3,1,2]}'],
    ['$input.path("$.lo[*].n")', '["x","y"]'],
    ['$input.path("$..id")', '[1,2]'],
    ['$input.path("$.lo[?(@.id == 2)].n")', '["y"]'],
    ['$input.path("$.lo[?(@.id == 2)]")[0].n', 'y'],
    ['$input.json("$.o")', '{"a":1,"b":{"c":[1,{"d":"e"}]}}'],
    ['$input.json("$.l")', '[3,1,2]'],
    ['$input.json("$.lo")', '[{"id":1,"n":"x"},{"id":2,"n":"y"}]'],
    [
      '$input.json("$")',
      '{"s":"Hello, World","e":"","n":5,"big":12345678901,"huge":123456789012345678901234567890,"d":1.1,"x":1000.0,"t":true,"f":false,"z":null,"l":[3,1,2],"o":{"a":1,"b":{"c":[1,{"d":"e"}]}},"u":"http://x/y?a=b&c=d","q":"say \\"hi\\" it\'s","nl":"a\\nb","lo":[{"id":1,"n":"x"},{"id":2,"n":"y"}]}',
    ],
    ['$util.parseJson("[1,{\'a\':2}]")[1].a', '2'],
    ['$util.parseJson("{a:b}").a', 'b'],
    ['#set($j = $util.parseJson(\'{"k":[1,2.50,"x"]}\'))$j $j.k $j.k[1]', '{k=[1,2.5,"x"]} [1,2.5,"x"] 2.5'],
    ['#if($input.path("$.l") == [3,1,2])y#{else}n#end', 'y'],
    ['#if($input.path("$.o.b.c").size() == 2)y#end', 'y'],
    [
      '#set($a = $input.path("$.n") + 1)$a #set($a = $input.path("$.d") * 2)$a #set($a = $input.path("$.big") + $input.path("$.n"))$a #set($a = $input.path("$.huge") + 1)$a',
      '62.212345678906123456789012345678901234567891',
    ],
    ['#set($a = $input.path("$.x") / 3)$a', '333.3333333333333'],
    ['#set($a = $input.path("$.n") / 2)$a', '2'],
    ['#set($a = $input.path("$.s") + $input.path("$.n"))$a', 'Hello, World5'],
    [
      '[#foreach($x in $input.path("$.lo"))\n  {"id": "$x.id"}#if($foreach.hasNext),#end\n#end\n]',
      '[  {"id": "1"},  {"id": "2"}]',
    ],
  ])('%j is %j', (template, expected) => {
    expect(render(template, GIVEN)).toBe(expected);
  });

  it('a list escapes slashes and what lies beyond Latin, as json-smart does; $input.json leaves slashes', () => {
    const given = { body: '{"l":["a/b","€"],"m":{"k/k":["c/d"]},"s":"e/f"}' };
    expect(render('$input.path("$.l") $input.path("$.m") $input.path("$.s")', given)).toBe(
      '["a\\/b","\\u20AC"] {k/k=["c\\/d"]} e/f',
    );
    expect(render('$input.json("$")', given)).toBe('{"l":["a/b","\\u20AC"],"m":{"k/k":["c/d"]},"s":"e/f"}');
  });
});
