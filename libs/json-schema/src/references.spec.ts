import { describe, expect, it } from 'vitest';
import { faultsOf, validatorOf } from './schema.fixture.js';
import { readJson } from './read-json.js';

const WRONG = expect.arrayContaining([expect.any(String)]);

describe('references', () => {
  it('lead into the schema itself, by JSON pointers with their escapes', () => {
    const definitions = {
      'a/b': { type: 'integer' },
      'c~d': { type: 'integer' },
      'e f': { type: 'integer' },
      'g%h': { type: 'integer' },
    };
    for (const place of ['a~1b', 'c~0d', 'e%20f', 'g%25h']) {
      const schema = { definitions, properties: { x: { $ref: `#/definitions/${place}` } } };
      expect(faultsOf(schema, '{"x":1}')).toBeNull();
      expect(faultsOf(schema, '{"x":"1"}')).toEqual(WRONG);
    }
    expect(faultsOf({ items: [{ type: 'null' }, { $ref: '#/items/0' }] }, '[null,1]')).toEqual(WRONG);
  });

  it('lead to other documents, and from there on within those', () => {
    const others = {
      Pet: {
        definitions: { Name: { type: 'string' } },
        required: ['name'],
        properties: { name: { $ref: '#/definitions/Name' }, owner: { $ref: 'models/Owner' } },
      },
      Owner: { type: 'object', properties: { pets: { type: 'array', items: { $ref: 'models/Pet' } } } },
    };
    const schema = { $ref: 'models/Pet' };
    expect(faultsOf(schema, '{"name":"a","owner":{"pets":[{"name":"b"}]}}', others)).toBeNull();
    expect(faultsOf(schema, '{"name":"a","owner":{"pets":[{"name":1}]}}', others)).toEqual(WRONG);
    expect(faultsOf(schema, '{"name":"a","owner":{"pets":[{}]}}', others)).toEqual([
      'object has missing required properties (["name"])',
    ]);
    expect(faultsOf({ properties: { n: { $ref: 'models/Pet#/definitions/Name' } } }, '{"n":1}', others)).toEqual(WRONG);
  });

  it('may come back to themselves further down', () => {
    const tree = { type: 'object', properties: { value: { type: 'integer' }, next: { $ref: '#' } }, additionalProperties: false };
    const validator = validatorOf(tree);
    const chain = (levels: number, value: string) =>
      '{"value":1,"next":'.repeat(levels) + `{"value":${value}}` + '}'.repeat(levels);
    for (const levels of [0, 5, 900]) {
      const texts = [chain(levels, '1'), chain(levels, '"x"')];
      expect(texts.map((text) => validator.faultsOf(readJson(text), text.length) === null)).toEqual([true, false]);
    }
  });

  it('leave nothing else of a schema, and are properties of that name, too', () => {
    expect(faultsOf({ definitions: { A: {} }, $ref: '#/definitions/A', type: 'null' }, '1')).toBeNull();
    expect(faultsOf({ properties: { $ref: { type: 'integer' } } }, '{"$ref":"x"}')).toEqual(WRONG);
  });

  it.each([
    [{ $ref: '#' }, 'Main#: a schema that refers to itself without end'],
    [{ allOf: [{ $ref: '#' }] }, 'Main#: a schema that refers to itself without end'],
    [
      {
        definitions: { A: { $ref: '#/definitions/B' }, B: { not: { $ref: '#/definitions/A' } } },
        properties: { a: { $ref: '#/definitions/A' } },
      },
      '/definitions/A: a schema that refers to itself without end',
    ],
    [{ dependencies: { a: { $ref: '#' } } }, 'Main#: a schema that refers to itself without end'],
    [{ $ref: '#/definitions/No' }, '/$ref: "#/definitions/No" leads to no schema'],
    [{ $ref: '#name' }, '/$ref: "#name" leads to no schema'],
    [{ $ref: '#/%zz' }, '/$ref: "#/%zz" leads to no schema'],
    [{ enum: [1], $ref: '#/enum' }, '/$ref: "#/enum" leads to no schema'],
    [
      { properties: { a: { $ref: 'http://127.0.0.1/schema' } } },
      '/properties/a/$ref: "http://127.0.0.1/schema" is not a model of this API',
    ],
    [{ $ref: 'file:///etc/passwd' }, '/$ref: "file:///etc/passwd" is not a model of this API'],
    [{ $ref: 'models/No' }, '/$ref: "models/No" leads to no schema'],
  ])('%j is refused', (schema, message) => {
    expect(() => validatorOf(schema)).toThrow(message);
  });
});

describe('schemas that are refused', () => {
  it.each([
    ['[]', 'Main#: is not a JSON object'],
    ['{', 'Main#: is not a JSON object'],
    [{ type: 'any' }, '/type: is no type'],
    [{ type: [] }, '/type: is no type'],
    [{ type: 1 }, '/type: is not a list'],
    [{ minLength: -1 }, '/minLength: is no whole number'],
    [{ minLength: 1.5 }, '/minLength: is no whole number'],
    [{ maxItems: 'a' }, '/maxItems: is no whole number'],
    [{ minimum: '1' }, '/minimum: is not a number'],
    [{ exclusiveMinimum: 5 }, '/exclusiveMinimum: is not a boolean'],
    [{ exclusiveMaximum: true }, '/exclusiveMaximum: needs maximum'],
    [{ multipleOf: 0 }, '/multipleOf: is not greater than 0'],
    [{ required: true }, '/required: is not a list'],
    [{ required: [1] }, '/required: is not a list of strings'],
    [{ enum: 'a' }, '/enum: is not a list'],
    [{ properties: [] }, '/properties: is not an object'],
    [{ properties: { 'a/b': true } }, '/properties/a~1b: is not a schema'],
    [{ items: 'a' }, '/items: is not a list'],
    [{ items: [1] }, '/items/0: is not a schema'],
    [{ additionalProperties: 'a' }, '/additionalProperties: is not a schema'],
    [{ allOf: [] }, '/allOf: is empty'],
    [{ not: 1 }, '/not: is not a schema'],
    [{ dependencies: { a: 'b' } }, '/dependencies: has what is neither'],
    [{ pattern: 1 }, '/pattern: is not a string'],
    [
      { properties: { a: { pattern: '(?<=a)b' } } },
      '/properties/a/pattern: the pattern "(?<=a)b" cannot be matched: a look-behind or a named group',
    ],
    [{ patternProperties: { '(a)\\1': {} } }, '/patternProperties: the pattern "(a)\\\\1" cannot be matched: a back reference'],
  ])('%j', (schema, message) => {
    expect(() => validatorOf(schema)).toThrow(message);
  });

  it('patterns that are too large together, each once', () => {
    const schema = (patterns: string[]) => ({ items: patterns.map((pattern) => ({ pattern })) });
    const began = performance.now();
    expect(() => validatorOf(schema(Array.from({ length: 5000 }, () => 'a{4000}')))).not.toThrow();
    const different = Array.from({ length: 5000 }, (_, n) => `${n}a{4000}`);
    expect(() => validatorOf(schema(different))).toThrow(
      'cannot be matched: too many instructions, together with other patterns',
    );
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('chains of schemas that are longer than the stack', () => {
    const chain = (length: number) => {
      const links = Array.from({ length }, (_, n) => [`L${n}`, { properties: { a: { $ref: `#/definitions/L${n + 1}` } } }]);
      return { definitions: { ...Object.fromEntries(links), [`L${length}`]: {} }, $ref: '#/definitions/L0' };
    };
    expect(() => validatorOf(chain(480))).not.toThrow();
    expect(() => validatorOf(chain(20_000))).toThrow('schemas that are nested too deep');
  });
});

describe('security class: validations that explode', () => {
  it('a schema that looks at everything twice for each level gives up, and refuses', () => {
    const twice = { properties: { a: { anyOf: [{ $ref: '#' }, { $ref: '#' }] }, end: { type: 'null' } } };
    const text = '{"a":'.repeat(200) + '{"end":1}' + '}'.repeat(200);
    const began = performance.now();
    expect(faultsOf(twice, text)).toEqual(['instance takes too long to validate: too many steps']);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('unique elements of a long list', () => {
    const objects = Array.from({ length: 50_000 }, (_, n) => ({ n, s: 'x' }));
    const began = performance.now();
    expect(faultsOf({ uniqueItems: true }, JSON.stringify(objects))).toBeNull();
    expect(faultsOf({ uniqueItems: true }, JSON.stringify([...objects, { s: 'x', n: 7 }]))).toEqual(WRONG);
    expect(performance.now() - began).toBeLessThan(6000);
  });

  it.each([
    ['patterns', { allOf: Array.from({ length: 900 }, (_, n) => ({ pattern: `^a*${n}` })) }],
    ['lengths', { allOf: Array.from({ length: 900 }, () => ({ not: { maxLength: 999_999 } })) }],
    ['formats', { allOf: Array.from({ length: 900 }, () => ({ anyOf: [{ format: 'uri' }, { format: 'email' }] })) }],
  ])('many %s over one long text', (_, schema) => {
    const began = performance.now();
    expect(faultsOf(schema, JSON.stringify('a'.repeat(1_000_000)))).toEqual(WRONG);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it.each([
    ['patterns of names', { patternProperties: Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`^a*${n}`, {}])) }],
    [
      'refusals of names',
      {
        patternProperties: Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`^a*${n}`, {}])),
        additionalProperties: false,
      },
    ],
    ['equal values', { allOf: Array.from({ length: 900 }, () => ({ not: { enum: [[1]] } })) }],
  ])('many %s over one long name or value', (_, schema) => {
    const began = performance.now();
    expect(faultsOf(schema, JSON.stringify({ ['a'.repeat(1_000_000)]: 1 }))).toEqual(WRONG);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('a pattern over a long text', () => {
    const began = performance.now();
    expect(faultsOf({ pattern: '^(a+)+$' }, JSON.stringify(`${'a'.repeat(1_000_000)}!`))).toEqual(WRONG);
    expect(performance.now() - began).toBeLessThan(6000);
  });

  it('the stack holds what is nested deepest', () => {
    let schema: unknown = { $ref: '#' };
    for (let n = 0; n < 100; n++) schema = { allOf: [schema] };
    const text = '{"a":'.repeat(990) + '1' + '}'.repeat(990);
    expect(faultsOf({ additionalProperties: schema }, text)).toEqual(['instance takes too long to validate: too deep']);
  });
});
