import { describe, expect, it } from 'vitest';
import { render } from './rendering.fixture.js';

/** What a template may have in its hands. */
const VALUES = {
  text: '"text"',
  Integer: '1',
  Double: '1.5',
  Boolean: 'true',
  list: '[1, 2]',
  range: '[1..2]',
  map: '{"a": 1}',
  'array of JSON': '$input.path("$.l")',
  'object of JSON': '$input.path("$.o")',
  Long: '$input.path("$.long")',
  BigDecimal: '$input.path("$.decimal")',
  absent: '$input.path("$.none")',
  $input: '$input',
  $context: '$context',
  'group of $context': '$context.identity',
  $stageVariables: '$stageVariables',
  $util: '$util',
  keySet: '$context.get("identity").keySet()',
  entry: '$input.path("$.o").entrySet().iterator().next()',
  iterator: '$input.path("$.l").iterator()',
  params: '$input.params()',
};
const GIVEN = {
  body: '{"l":[1],"o":{"k":"v"},"long":12345678901,"decimal":0.12345678901234567890}',
  context: { 'identity.sourceIp': '::1' },
};

const NAMES = [
  'constructor',
  'prototype',
  '__proto__',
  '__defineGetter__',
  'hasOwnProperty',
  'valueOf',
  'toLocaleString',
  'isPrototypeOf',
];
const REFLECTION = [
  'class',
  'getClass',
  'forName',
  'getClassLoader',
  'invoke',
  'newInstance',
  'getRuntime',
  'exec',
  'notify',
  'wait',
  'clone',
  'finalize',
];
/** Of this program's own classes. */
const OWN = [
  'items',
  'javaClass',
  'print',
  'isTrue',
  'isNull',
  'assign',
  'bindings',
  'source',
  'overrides',
  'map',
  'document',
  'push',
  'splice',
  'body_',
];

describe('security class: templates (nothing but the classes that are offered is reached)', () => {
  const members = [...NAMES, ...REFLECTION, ...OWN].filter((name) => name !== 'valueOf' && !name.startsWith('_'));
  it.each(Object.entries(VALUES))('from: %s', (_kind, value) => {
    for (const name of members) {
      for (const member of [
        `$v.${name}`,
        `$v.${name}()`,
        `$v.${name}("x")`,
        `$v.${name}("x", "y")`,
        `$v["${name}"]`,
        `$v.${name}.${name}`,
      ]) {
        const printed = render(`#set($v = ${value})#set($got = ${member})$!got`, GIVEN);
        expect(printed, member).toBe('');
      }
    }
  });

  it.each(NAMES.filter((name) => !name.startsWith('_')))('no variable is there that nobody made: $%s', (name) => {
    expect(render(`$${name}`)).toBe(`$${name}`);
    expect(render(`#set($x = $${name})$!x`)).toBe('');
  });

  it.each(NAMES)('no macro is there that nobody made: #%s()', (name) => {
    expect(render(`#${name}()`)).toBe(`#${name}()`);
    expect(render(`\\#${name}`)).toBe(`\\#${name}`);
  });

  it('objects of this program are not printed', () => {
    for (const value of Object.values(VALUES))
      expect(render(`${value} #set($v = ${value})$v`, GIVEN)).not.toMatch(/\[object|function|=>/);
  });
});

describe("security class: tenants' names as object keys", () => {
  it.each(NAMES)('%s is a key like any other in maps, bodies, overrides and variables', (name) => {
    expect(render(`#set($m = {})#set($m["${name}"] = 1)$m $m.size() $m.containsKey("${name}")`)).toBe(`{${name}=1} 1 true`);
    expect(render(`$input.path("$['${name}']") $input.json("$")`, { body: `{"${name}":"v"}` })).toBe(`v {"${name}":"v"}`);
    expect(render(`#set($m = {})$!m["${name}"]$!m.get("${name}")$m.containsKey("${name}")`)).toBe('false');
    expect(render(`#set($context.requestOverride.header["${name}"] = "v")$context.requestOverride.header`)).toBe(`{${name}=v}`);
    expect(render(`#set($o = $input.path("$"))#set($o["${name}"] = {"polluted": 1})$!o.get("x")`, { body: '{}' })).toBe('');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('as variables and arguments of macros', () => {
    expect(render('#set($constructor = 1)#set($prototype = 2)$constructor$prototype')).toBe('12');
    expect(render('#macro(constructor $prototype)<$prototype>#end#constructor("x")')).toBe('<x>');
  });
});
