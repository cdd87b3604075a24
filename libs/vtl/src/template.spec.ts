import { describe, expect, it } from 'vitest';
import { Template, TemplateBodyError, TemplateOverrides, TemplateRuntimeError, TemplateSyntaxError } from './index.js';
import { bindingsOf, render } from './rendering.fixture.js';

describe('a template', () => {
  it('is compiled once and rendered with what each request has', () => {
    const template = new Template('#set($pet = $input.path("$.pet"))$pet.name of $stageVariables.shop, $context.requestId');
    const given = { body: '{"pet":{"name":"Rex"}}', stageVariables: { shop: 'Paws' }, context: { requestId: 'r1' } };
    expect(template.render(bindingsOf(given))).toBe('Rex of Paws, r1');
    expect(template.render(bindingsOf({ ...given, context: { requestId: 'r2' } }))).toBe('Rex of Paws, r2');
  });

  it('keeps no variable of a rendering', () => {
    const template = new Template('$x#set($x = 1)');
    expect([template.render(bindingsOf()), template.render(bindingsOf())]).toEqual(['$x', '$x']);
  });

  it('names the place of what is no template', () => {
    const failing = () => new Template('a\nb #if($x)\n');
    expect(failing).toThrow(TemplateSyntaxError);
    expect(failing).toThrow('an #if is not closed at line 2, column 6');
  });

  it.each(['#include("x")', '#parse("x")', '#evaluate("$x")', '#include'])('%s is refused by name', (directive) => {
    const name = /#\w+/.exec(directive)?.[0];
    expect(() => new Template(`a\n${directive}`)).toThrow(`${name} is not available in mapping templates at line 2, column 1`);
  });

  it('names the place in a text in quotes too', () => {
    expect(() => new Template('a\n#set($x = "b $y.z(")')).toThrow(/at line 2, column 1\d$/);
    expect(() => render('a\n#set($s = "b")#set($x = "c $s.substring(5)")')).toThrow(/at line 2, column 3\d$/);
  });

  it('names the place of a method that fails, with what Java says of it', () => {
    const failing = () => render('a\n $context.x.trim() $input.params("q").substring(9)', { querystring: { q: 'abc' } });
    expect(failing).toThrow(TemplateRuntimeError);
    expect(failing).toThrow(
      "Invocation of method 'substring' in class java.lang.String threw exception java.lang.StringIndexOutOfBoundsException: begin 9, end 3, length 3 at line 2, column 38",
    );
  });

  it('tells a body that is no JSON from other failures', () => {
    expect(() => render('$input.json("$")', { body: '{"a":' })).toThrow(TemplateBodyError);
    expect(render('$input.body', { body: '{"a":' })).toBe('{"a":');
  });
});

describe('overrides', () => {
  it('are there for the pipeline after the rendering, and for the template of the response', () => {
    const overrides = new TemplateOverrides();
    const request = `#set($context.requestOverride.header.X-A = "1")#set($context.requestOverride.querystring["a b"] = 2)
#set($name = "id")#set($context.requestOverride.path[$name] = "7")$!context.requestOverride.header.put("X-B", ["1", "2"])
#set($context.responseOverride.status = 418)`;
    expect(render(request, { overrides }).trim()).toBe('');
    expect([...overrides.requestHeaders]).toEqual([
      ['X-A', ['1']],
      ['X-B', ['1', '2']],
    ]);
    expect([...overrides.requestQuery]).toEqual([['a b', ['2']]]);
    expect([...overrides.requestPath]).toEqual([['id', ['7']]]);
    const response = '$context.requestOverride.header.X-A#set($context.responseOverride.header.X-R = "r")';
    expect(render(response, { overrides })).toBe('1');
    expect(overrides.responseStatus).toBe(418);
    expect([...overrides.responseHeaders]).toEqual([['X-R', ['r']]]);
  });

  it.each([
    ['400', 400],
    ['"444"', 444],
    ['99', null],
    ['600', null],
    ['"abc"', null],
    ['404.5', null],
    ['[404]', null],
  ])('takes %s as status: %s', (written, expected) => {
    const overrides = new TemplateOverrides();
    render(`#set($context.responseOverride.status = ${written})`, { overrides });
    expect(overrides.responseStatus).toBe(expected);
  });
});
