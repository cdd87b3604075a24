import { describe, expect, it } from 'vitest';
import { VtlError } from '../index.js';
import { render } from '../rendering.fixture.js';

/** What Velocity 1.7 prints. */
describe('#define, #stop, #break and #literal', () => {
  it.each([
    ['#define($d)x#end$d', 'x'],
    ['#define( $d )x#end$d', 'x'],
    ['#define($d)\nx\n#end\n[$d]', '[x\n]'],
    ['#define($d)$v#end#set($v = 1)$d#set($v = 2)$d', '12'],
    ['#define($d)x#end#set($e = $d)$e', 'x'],
    ['#define($d)x#end#set($e = "$d")$e', 'x'],
    ['#define($d)x#end$d.length()', '$d.length()'],
    ['#define($d)x#end$d.toString()', 'x'],
    ['#define($d)x#end#if($d)y#end', 'y'],
    ['#define($d)x#end#if($d == "x")y#end', 'y'],
    ['#define($d)a$d#end$d', 'aa$d'],
    ['#define($d)#if($v)y#{else}n#end#end$d#set($v=true)$d', 'ny'],
    ['#define($d)a#break b#end$d c', 'a c'],
    ['#define($d)a#stop b#end$d c', 'a'],
    ['#define($d)x#end$!d', 'x'],
    ['#define($d)#foreach($i in [1,2])$i#end#end$d$d', '1212'],
    ['#define($d)x#end#macro(m $y)<$y>#end#m($d)', '<x>'],
    ['#stop', ''],
    ['a#stop', 'a'],
    ['a#stop\nb', 'a'],
    ['a#{stop}b', 'a'],
    ['#if(true)a#stop#{end}b', 'a'],
    ['#break', ''],
    ['a#break b', 'a'],
    ['a#{break}b', 'a'],
    ['a#break\nb', 'a'],
    ['#literal()$x#end', '$x'],
    ['#literal()#if(true)$x#end#end y', '#if(true)$x#end y'],
    ['a#literal()\nb\n#end\nc', 'ab\nc'],
    ['#set($x = "#stop")y', ''],
    ['#set($x = "a#break b")$x!', ''],
  ])('%j is %j', (template, expected) => {
    expect(render(template)).toBe(expected);
  });

  it.each(['#define()x#end', '#define($d)x', '#define', '#include("x")', '#parse("x")', '#parse'])(
    '%j is refused',
    (template) => {
      expect(() => render(template)).toThrow(VtlError);
    },
  );
});
