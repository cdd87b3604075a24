import { describe, expect, it } from 'vitest';
import { modelTemplate } from './model-template.js';

const HEAD = "#set($inputRoot = $input.path('$'))\n";
const template = (schema: unknown) => modelTemplate(JSON.stringify(schema));

describe('modelTemplate', () => {
  it('of a schema without content is an empty object', () => {
    expect(template({ type: 'object' })).toBe(`${HEAD}{ }`);
    expect(modelTemplate('<xs:schema/>')).toBe(`${HEAD}{ }`);
    expect(modelTemplate(null)).toBe(`${HEAD}{ }`);
  });

  it('writes out objects and arrays, strings quoted', () => {
    const photo = { properties: { id: { type: 'string' }, size: { type: 'integer' }, tags: { items: { type: 'string' } } } };
    const schema = {
      properties: { photos: { type: 'array', items: photo }, 'is-new': { type: ['null', 'boolean'] }, 'a b': {} },
    };
    expect(template(schema)).toBe(
      `${HEAD}{
  "photos": [
#foreach($elem in $inputRoot.photos)
    {
      "id": "$elem.id",
      "size": $elem.size,
      "tags": [
#foreach($elem2 in $elem.tags)
        "$elem2"#if($foreach.hasNext),#end

#end
      ]
    }#if($foreach.hasNext),#end

#end
  ],
  "is-new": $inputRoot.is-new,
  "a b": $inputRoot.get('a b')
}`,
    );
  });

  it('stops where a schema contains itself', () => {
    const tree = { properties: { name: { type: 'string' }, parent: { $ref: '#' }, loop: { $ref: '#/properties/loop' } } };
    expect(template(tree)).toBe(`${HEAD}{\n  "name": "$inputRoot.name",\n  "parent": { },\n  "loop": $inputRoot.loop\n}`);
  });

  it('ends where references nest schemas deeper than a stack', () => {
    const definitions = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, i) => [`d${i}`, { properties: { p: { $ref: `#/definitions/d${i + 1}` } } }]),
    );
    const written = template({ properties: { p: { $ref: '#/definitions/d0' } }, definitions });
    // The line before, and the member within 200 levels.
    expect(written.split('\n')).toHaveLength(1 + 200 + 1 + 200);
    expect(written).toContain(`${'  '.repeat(200)}"p": { }\n`);
  });

  it('ends where references lead to references on and on', () => {
    const definitions = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, i) => [`d${i}`, { $ref: `#/definitions/d${i + 1}` }]),
    );
    expect(template({ properties: { p: { $ref: '#/definitions/d0' } }, definitions })).toContain('"p": $inputRoot.p\n');
  });

  it.each([
    ['long names', (i: number) => `p${i}`.padEnd(1_000, 'x')],
    ['names that grow when they are quoted', (i: number) => `p${i}`.padEnd(1_000, "'")],
    ['many names', (i: number) => `p${i}`],
  ])('has no more characters than AWS allows, with %s', (_, nameOf) => {
    const properties = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [nameOf(i), { type: 'string' }]));
    const written = template({ properties: { a: { properties }, b: { properties } } });
    expect(written.length).toBeGreaterThan(50_000);
    expect(written.length).toBeLessThan(400_000);
  });

  it('stays small where schemas refer to each other very often', () => {
    const level = (next: number) =>
      Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`p${i}`, { $ref: `#/definitions/d${next}` }]));
    const definitions = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`d${i}`, { properties: level(i + 1) }]));
    expect(template({ properties: level(0), definitions }).length).toBeLessThan(500_000);
  });
});
