import { describe, expect, it } from 'vitest';
import { Template, TemplateRuntimeError, TemplateSyntaxError } from './index.js';
import { render } from './rendering.fixture.js';

/** Milliseconds that nothing here may take, on a machine that is busy. */
const LONG = 5000;

function failing(template: string, body = ''): string {
  const start = performance.now();
  let message = 'it did not fail';
  try {
    render(template, { body });
  } catch (error) {
    if (!(error instanceof TemplateRuntimeError)) throw error;
    ({ message } = error);
  }
  expect(performance.now() - start).toBeLessThan(LONG);
  return message;
}

const DOUBLE = '#set($s = "$s$s")';

describe('security class: templates (1,000 iterations, 300 KB output, a CPU budget)', () => {
  it('a loop ends after 1,000 rounds, without an error', () => {
    expect(render('#foreach($i in [1..5000])x#end')).toBe('x'.repeat(1000));
    expect(
      render('#foreach($i in $input.path("$"))#if($foreach.last)$i#end#end', {
        body: JSON.stringify(Array.from({ length: 1000 }, (_, n) => n)),
      }),
    ).toBe('999');
  });

  it('a body of any size is passed on', () => {
    const body = JSON.stringify({ l: Array.from({ length: 20_000 }, (_, n) => ({ id: n, text: `item "${n}"` })) });
    expect(body.length).toBeGreaterThan(600_000);
    expect(render('$input.body', { body })).toBe(body);
    expect(render('{"data": $input.json("$")}', { body })).toBe(`{"data": ${body}}`);
    expect(render('$util.base64Encode($input.body)', { body })).toHaveLength(Math.ceil(body.length / 3) * 4);
    expect(render('"$util.escapeJavaScript($input.json("$"))"', { body }).length).toBeGreaterThan(body.length);
    expect(() => render('$input.body$input.body$input.body$input.body', { body })).toThrow(TemplateRuntimeError);
  });

  it('all loops together end with one', () => {
    expect(failing('#foreach($i in [1..1000])#foreach($j in [1..1000])#end#end')).toBe(
      'The template runs its loops more than 50000 times',
    );
  });

  it.each([
    ['written', '#foreach($i in [1..1000])#foreach($j in [1..40])0123456789#end#end'],
    ['of an interpolated text', `#set($s = "0123456789")${DOUBLE.repeat(40)}`],
    ['of a sum', `#set($s = "0123456789")${'#set($s = $s + $s)'.repeat(40)}`],
    ['of concat', `#set($s = "0123456789")${'#set($s = $s.concat($s))'.repeat(40)}`],
    ['of replace', `#set($s = "aaaaaaaaaa")${'#set($s = $s.replace("a", "aaaaaaaaaa"))'.repeat(40)}`],
    ['of replace of nothing', `#set($s = "aaaaaaaaaa")${'#set($s = $s.replace("", "aaaaaaaaaa"))'.repeat(40)}`],
    ['of replaceAll', `#set($s = "aaaaaaaaaa")${'#set($s = $s.replaceAll(".", "$0$0$0$0$0"))'.repeat(40)}`],
    ['of format', `#set($f = '%1$9999s')${'#set($f = "$f$f$f$f")'.repeat(3)}$f.format($f, 1)`],
    ['of escapes', `#set($s = "''''''''''")${DOUBLE.repeat(14)}${'#set($s = $util.escapeJavaScript($s))'.repeat(9)}`],
    ['of base64', `#set($s = "0123456789")${DOUBLE.repeat(14)}${'#set($s = $util.base64Encode($s))'.repeat(9)}`],
    ['of a list of lists', `#set($l = [1,2,3])${'#set($l = [$l,$l,$l,$l])'.repeat(20)}$l`],
    ['of a map of maps', `#set($m = {"a":1})${'#set($m = {"a":$m,"b":$m,"c":$m})'.repeat(20)}$m`],
    [
      'of JSON of JSON',
      `#set($l = $input.path("$"))#foreach($i in [1..20])#set($x = $l.add($util.parseJson($l.toString())))#end$l`,
      '[1,2,3]',
    ],
  ])('a text that is too long ends it: %s', (_name, template, body?: string) => {
    expect(failing(template, body)).toMatch(/^The template makes a text of more than 3072\d\d characters$/);
  });

  it.each([
    ['addAll', `#set($l = [1..1000])${'#set($x = $l.addAll($l))'.repeat(20)}`],
    ['a range', '#set($l = [1..2000000000])'],
    ['toCharArray', `#set($s = "0123456789")${DOUBLE.repeat(14)}#set($l = $s.toCharArray())`],
    ['split', `#set($s = "0123456789")${DOUBLE.repeat(14)}#set($l = $s.split(""))`],
  ])('a list that is too long ends it: %s', (_name, template) => {
    expect(failing(template)).toBe('The template makes a list or map of more than 100000 elements');
  });

  it.each([
    ['a list that holds itself', '#set($l = [1])#set($x = $l.add($l))$l', /too deeply/],
    [
      'a list that is compared with one like it',
      '#set($l = [1])#set($x = $l.add($l))#set($k = [1])#set($x = $k.add($k))#if($l == $k)y#end',
      /too deeply|more steps/,
    ],
    ['the hash of a map that holds itself', '#set($m = {})#set($m.a = $m)$m.hashCode()', /too deeply/],
    ['JSON that holds itself', '#set($l = $input.path("$"))#set($x = $l.add($l))$l', /too deeply/],
    ['an entry of itself', '#set($m = {})#set($m.a = $m.entrySet())$m', undefined],
    [
      'maps as keys of maps',
      '#set($m = {})#foreach($i in [1..1000])#foreach($j in [1..40])#set($x = $m.put([$i,$j], 1))#end#end',
      /more steps|more time/,
    ],
    [
      'hashes of a tree of lists',
      `#set($l = [1,2,3])${'#set($l = [$l,$l,$l,$l])'.repeat(30)}$l.hashCode()`,
      /more steps|more time/,
    ],
    ['macros without end', '#macro(a)#a()#end#a()', 'Macros call one another deeper than 20 at line 1, column 10'],
    [
      'macros that branch',
      '#macro(a)#a()#a()#end#macro(b)#foreach($i in [1..1000])#foreach($j in [1..1000])#b()#end#end#end#b()',
      /deeper than 20/,
    ],
    ['numbers that grow', `#set($n = 9)${'#set($n = $n * $n)'.repeat(40)}$n`, undefined],
    [
      'contains over and over',
      `#set($s = "0123456789")${DOUBLE.repeat(14)}#foreach($i in [1..1000])#foreach($j in [1..49])#if($s.contains("zz"))#end#end#end`,
      /more steps|more time/,
    ],
    ['path over and over', '#foreach($i in [1..1000])#foreach($j in [1..49])$!input.path("$..x")#end#end', undefined],
  ])('it ends: %s', (_name, template, expected) => {
    if (expected === undefined) {
      const start = performance.now();
      try {
        render(template, { body: '[1]' });
      } catch (error) {
        expect(error).toBeInstanceOf(TemplateRuntimeError);
      }
      expect(performance.now() - start).toBeLessThan(LONG);
    } else expect(failing(template, '[1]')).toMatch(expected);
  });

  describe('of a body of 5 MB, over and over', () => {
    const text = JSON.stringify({
      t: 'x'.repeat(2_000_000),
      l: Array(300_000).fill(''),
      m: Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n])),
    });
    it.each([
      ['contains', '#if($s.contains("zz"))#end'],
      ['indexOf', '#if($s.indexOf("zz") == 1)#end'],
      ['equality', '#if($s.concat("a") == $s.concat("b"))#end'],
      ['equals', '#if($s.concat("a").equals($s.concat("b")))#end'],
      ['compareTo', '#if($s.compareTo($s) == 0)#end'],
      ['equalsIgnoreCase', '#if($s.equalsIgnoreCase($s))#end'],
      ['hashCode', '#if($s.hashCode() == 0)#end'],
      ['matches', '#if($s.matches("y*"))#end'],
      ['replace', '#set($x = $s.replace("x", "y"))'],
      ['trim', '#set($x = $s.trim())'],
      ['toUpperCase', '#set($x = $s.toUpperCase())'],
      ['split', '#set($x = $s.split(","))'],
      ['escapes', '#set($x = $util.escapeJavaScript($s))'],
      ['JSON', '#set($x = $input.json("$"))'],
      ['a path that looks at all', '#set($x = $input.path("$..k1"))'],
      ['join', '#set($x = $s.join("", $l))'],
      ['a copy of a list', '#set($x = $l.iterator())'],
      ['an element of a list', '#if($l.contains("y"))#end'],
      ['keys', '#set($x = $m.keySet())'],
      ['values', '#if($m.containsValue("y"))#end'],
      ['a loop over a list', '#foreach($x in $l)#break#end'],
      ['a loop over a map', '#foreach($x in $m)#break#end'],
      ['hashes of a map', '#if($m.hashCode() == 0)#end'],
      ['texts of a map', '#set($x = $m.toString())'],
      ['a list into a list', '#set($x = [])#set($y = $x.addAll($l))'],
    ])('%s ends, or is done', (_name, work) => {
      const template = `#set($b = $input.path("$"))#set($s = $b.t)#set($l = $b.l)#set($m = $b.m)#foreach($i in [1..1000])#foreach($j in [1..40])${work}#end#end`;
      const start = performance.now();
      try {
        render(template, { body: text });
      } catch (error) {
        expect(error).toBeInstanceOf(TemplateRuntimeError);
      }
      expect(performance.now() - start).toBeLessThan(LONG);
    });
  });

  it('time ends it, whatever the steps', () => {
    expect(() => render('#foreach($i in [1..1000])#foreach($j in [1..49])$!x#end#end', {}, { time: 0 })).toThrow(
      'The template takes more time than it may',
    );
    expect(() => render('#foreach($i in [1..100])$!x#end', {}, { steps: 50 })).toThrow(
      'The template takes more steps than it may',
    );
  });
});

describe('security class: regular expressions that explode', () => {
  it.each([
    ['(a+)+b', 'a'.repeat(40)],
    ['(a|a)*b', 'a'.repeat(60)],
    ['(a|aa)+$', `${'a'.repeat(60)}!`],
    ['(.*)*x', 'a'.repeat(60)],
    ['(.*)(.*)(.*)(.*)(.*)(.*)x', 'a'.repeat(2000)],
    ['(?=(a+)+b)a', 'a'.repeat(40)],
    ['(?<=(a+)+b)a', 'a'.repeat(40)],
    ['(x+x+)+y', 'x'.repeat(60)],
    ['((a{0,50}){0,50}){0,50}b', 'a'.repeat(60)],
    ['([a-zA-Z]+)*1', 'a'.repeat(60)],
    ['(\\w*\\d*)*=', 'a'.repeat(60)],
    ['(a*)\\1\\1\\1b', 'a'.repeat(4000)],
  ])('%s ends', (pattern, text) => {
    for (const call of ['matches($p)', "replaceAll($p, 'x')", 'split($p)']) {
      const template = `#set($s = $input.path("$.s"))#set($p = $input.path("$.p"))#set($r = $s.${call})`;
      expect(failing(template, JSON.stringify({ s: text, p: pattern }))).toMatch(/more steps|more time|too large/);
    }
  });

  it('one that is simple goes through a long text', () => {
    const text = 'key=value; '.repeat(20_000);
    expect(render('$input.body.replaceAll("[a-z]+=([a-z]+); ", \'$1,\').length()', { body: text })).toBe(
      String('value,'.length * 20_000),
    );
    expect(render('$input.body.split("; ").size()', { body: text })).toBe('20000');
    expect(render('$input.body.matches("(?s).*=value; ")', { body: text })).toBe('true');
  });
});

describe('hostile templates are read in time', () => {
  it.each([
    ['brackets', (depth: number) => `#set($x = ${'('.repeat(depth)}1${')'.repeat(depth)})`],
    ['lists', (depth: number) => `#set($x = ${'['.repeat(depth)}1${']'.repeat(depth)})`],
    ['blocks', (depth: number) => `${'#if(true)'.repeat(depth)}x${'#end'.repeat(depth)}`],
    ['methods', (depth: number) => `${'$a.b('.repeat(depth)}1${')'.repeat(depth)}`],
  ])('%s are 40 deep, and not 120', (_name, nested) => {
    expect(() => render(nested(40))).not.toThrow();
    expect(() => render(nested(120))).toThrow(/^the template is nested too deeply at line 1, column [1-9]\d+$/);
  });

  it.each([
    ['brackets', `#set($x = ${'('.repeat(100_000)}`],
    ['lists', `#set($x = ${'['.repeat(100_000)}`],
    ['maps', `#set($x = ${'{"a":'.repeat(50_000)}`],
    ['blocks', '#if(true)'.repeat(30_000)],
    ['loops', '#foreach($x in $y)'.repeat(15_000)],
    ['methods', `$a${'.b($a'.repeat(50_000)}`],
    ['indices', `$a${'[$a'.repeat(90_000)}`],
    ['macros', '#m($a '.repeat(40_000)],
    ['texts in texts', `#set($x = ${'"$x'.repeat(80_000)}`],
    ['sums', `#set($x = 1${' + 1'.repeat(70_000)})`],
    ['conditions', `#if(true${' && true'.repeat(30_000)})x#end`],
    ['quotes', `#set($x = ${'"'.repeat(200_000)}`],
    ['texts that are not closed', '#set($x = "'.repeat(20_000)],
    ['comments that are not closed', '#* '.repeat(90_000)],
    ['blocks of text that are not closed', '#[[ '.repeat(70_000)],
    ['one that is too long', 'x'.repeat(307_201)],
  ])('%s are refused', (_name, template) => {
    const start = performance.now();
    expect(() => new Template(template)).toThrow(TemplateSyntaxError);
    expect(performance.now() - start).toBeLessThan(LONG);
  });

  it.each([
    ['negations', `#if(${'!'.repeat(100_000)}true)x#end`],
    ['references', '$a'.repeat(150_000)],
    ['dollars', '$'.repeat(300_000)],
    ['hashes and blanks', '# '.repeat(150_000)],
    ['backslashes', '\\'.repeat(300_000)],
    ['blanks before nothing', `${' '.repeat(300_000)}x`],
    ['backslashes and dollars', '\\$'.repeat(150_000)],
    ['steps', `$a${'.b'.repeat(150_000)}`],
    ['calls of macros that are none', '#a()'.repeat(70_000)],
    ['interpolated texts', '#set($x = "$y")'.repeat(20_000)],
    ['a chain of sums', `#set($x = 1${' + 1'.repeat(1_000)})`],
    ['line ends', '\n'.repeat(300_000)],
    ['words that are almost directives', '#iff#endd#elsee'.repeat(20_000)],
  ])('%s are read, and rendered', (_name, template) => {
    const start = performance.now();
    try {
      render(template);
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateRuntimeError);
    }
    expect(performance.now() - start).toBeLessThan(LONG);
  });
});
