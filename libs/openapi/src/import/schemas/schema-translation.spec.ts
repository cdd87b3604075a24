import { describe, expect, it } from 'vitest';
import { imported, openApi, refusalOf, schemaOf, swagger } from '../import.fixture.js';

const MODELS = 'https://apigateway.amazonaws.com/restapis/a1b2c3d4e5/models';
const inVersion = {
  '2.0': (A: unknown) => swagger({ definitions: { A } }),
  '3.0': (A: unknown) => openApi({ components: { schemas: { A } } }),
  '3.1': (A: unknown) => openApi({ openapi: '3.1.0', components: { schemas: { A } } }),
};

describe('schemas', () => {
  it.each<[keyof typeof inVersion, unknown, unknown]>([
    ['2.0', { type: 'object' }, { type: 'object' }],
    ['2.0', { type: 'number', minimum: 1, exclusiveMinimum: true }, { type: 'number', minimum: 1, exclusiveMinimum: true }],
    ['2.0', { type: 'number', exclusiveMinimum: true }, { type: 'number' }],
    ['2.0', { type: 'string', 'x-nullable': true, xml: {}, externalDocs: {} }, { type: 'string' }],
    ['2.0', { type: 'file' }, {}],
    ['2.0', { type: 'object', required: [] }, { type: 'object' }],
    ['2.0', { required: ['b', 'a', 'b'] }, { required: ['a', 'b'] }],
    ['2.0', { additionalProperties: false }, { additionalProperties: false }],
    ['2.0', { additionalProperties: { type: 'string', xml: {} } }, { additionalProperties: { type: 'string' } }],
    ['2.0', { nullable: true, type: 'string' }, { type: 'string' }],
    ['3.0', { nullable: true, type: 'string' }, { type: ['string', 'null'] }],
    ['3.0', { nullable: false, type: 'string' }, { type: 'string' }],
    ['3.0', { nullable: true, type: 'string', enum: ['a'] }, { type: ['string', 'null'], enum: ['a', null] }],
    ['3.0', { nullable: true, enum: ['a'] }, { enum: ['a'] }],
    ['3.0', { oneOf: [{ type: 'string', xml: {} }, {}] }, { oneOf: [{ type: 'string' }, {}] }],
    ['3.0', { anyOf: [{}], allOf: [{}], not: {} }, { not: {}, allOf: [{}], anyOf: [{}] }],
    ['3.0', { items: [{ xml: {} }] }, { items: [{}] }],
    ['3.0', { dependencies: { a: ['b'], c: { xml: {} } } }, { dependencies: { a: ['b'], c: {} } }],
    [
      '3.0',
      { properties: { example: { type: 'string' }, $ref: { type: 'string' } } },
      { properties: { example: { type: 'string' }, $ref: { type: 'string' } } },
    ],
    ['3.1', { type: ['string', 'null'] }, { type: ['string', 'null'] }],
    ['3.1', { const: 5 }, { enum: [5] }],
    ['3.1', { const: 5, enum: [5, 6] }, { enum: [5, 6] }],
    ['3.1', { exclusiveMinimum: 3 }, { minimum: 3, exclusiveMinimum: true }],
    ['3.1', { exclusiveMinimum: 3, minimum: 3 }, { minimum: 3, exclusiveMinimum: true }],
    ['3.1', { exclusiveMinimum: 3, minimum: 5 }, { minimum: 5 }],
    ['3.1', { exclusiveMaximum: 3, maximum: 5 }, { maximum: 3, exclusiveMaximum: true }],
    ['3.1', { exclusiveMaximum: 5, maximum: 3 }, { maximum: 3 }],
    ['3.1', { prefixItems: [{ type: 'string' }] }, { items: [{ type: 'string' }] }],
    ['3.1', { prefixItems: [{}], items: false }, { items: [{}], additionalItems: { not: {} } }],
    ['3.1', true, {}],
    ['3.1', false, { not: {} }],
    ['3.1', { properties: { a: true, b: false } }, { properties: { a: {}, b: { not: {} } } }],
    ['3.1', { $schema: 'x', $comment: 'y', examples: [1], $defs: { x: {} } }, {}],
  ])('of %s, %j becomes %j', (version, schema, expected) => {
    const document = inVersion[version](schema);
    expect(schemaOf(document, 'A')).toEqual(expected);
    expect(imported(document).warnings).toEqual([]);
  });

  it.each<[keyof typeof inVersion, object, object, string]>([
    ['2.0', { discriminator: 'a' }, {}, "'discriminator' is not supported. Ignoring."],
    ['2.0', { example: 1 }, {}, "'example' is not supported. Ignoring."],
    ['2.0', { readOnly: true }, {}, "'readOnly' is not supported. Ignoring."],
    ['3.0', { deprecated: true }, {}, "'deprecated' is not supported. Ignoring."],
    ['3.0', { default: 1 }, {}, "'default' is not supported. Ignoring."],
    ['2.0', { oneOf: [{}] }, { oneOf: [{}] }, "'oneOf' is not part of Swagger 2.0"],
    ['2.0', { required: true }, {}, "'required' must be a list. Ignoring."],
    [
      '2.0',
      { type: 'number', format: 'int64' },
      { type: 'number', format: 'int64' },
      "Format 'int64' is not supported for type 'number'",
    ],
    [
      '3.1',
      { if: {}, type: 'object' },
      { type: 'object', if: {} },
      "'if' is not part of JSON schema draft 4 and is not enforced",
    ],
    ['3.1', { $id: 'x' }, {}, "'$id' is not supported. Ignoring."],
  ])('of %s, %j becomes %j with a warning', (version, schema, expected, warning) => {
    const document = inVersion[version](schema);
    expect(schemaOf(document, 'A')).toEqual(expected);
    expect(imported(document).warnings).toEqual([expect.stringMatching(/^Model 'A': .* \[.*\/A\/.* \(line \d+\)\]$/)]);
    expect(imported(document).warnings[0]).toContain(warning);
  });

  it('have their members in the order of AWS, their properties in that of the document', () => {
    const document = inVersion['3.0']({
      description: 'd',
      properties: { b: { format: 'byte', type: 'string' }, a: {} },
      other: 1,
      type: 'object',
      title: 't',
      required: ['b', 'a'],
    });
    expect(imported(document).definition.models[0]?.schema).toBe(
      '{"title":"t","required":["a","b"],"type":"object","properties":{"b":{"type":"string","format":"byte"},"a":{}},"description":"d","other":1}',
    );
  });

  it.each([
    ['x', '/components/schemas/A', 'must be an object'],
    [true, '/components/schemas/A', 'must be an object'],
    [{ properties: { a: 1 } }, '/components/schemas/A/properties/a', 'must be an object'],
    [{ properties: [] }, '/components/schemas/A/properties', 'must be an object'],
    [{ allOf: {} }, '/components/schemas/A/allOf', 'must be a list'],
    [{ items: 'x' }, '/components/schemas/A/items', 'must be an object'],
    [{ required: [1] }, '/components/schemas/A/required/0', 'must be a text'],
  ])('%j is refused at its place', (schema, pointer, reason) => {
    expect(refusalOf(inVersion['3.0'](schema))).toMatch(
      new RegExp(`^Invalid OpenAPI input\\. ${pointer} \\(line \\d+\\): ${reason}$`),
    );
  });
});

describe('references between schemas', () => {
  it('are addresses of models, also in circles', () => {
    const document = openApi({
      components: {
        schemas: {
          Person: { type: 'object', properties: { house: { $ref: '#/components/schemas/House' } } },
          House: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Person' } },
          Same: { $ref: '#/components/schemas/Same' },
        },
      },
    });
    expect(schemaOf(document, 'Person')).toEqual({ type: 'object', properties: { house: { $ref: `${MODELS}/House` } } });
    expect(schemaOf(document, 'House')).toEqual({ minItems: 1, type: 'array', items: { $ref: `${MODELS}/Person` } });
    expect(schemaOf(document, 'Same')).toEqual({ $ref: `${MODELS}/Same` });
    expect(imported(document).warnings).toEqual([]);
  });

  it('drop what stands beside them, but in 3.1', () => {
    const A = { $ref: '#/components/schemas/B', description: 'x', minLength: 1 };
    const schemas = { A, B: {} };
    expect(schemaOf(openApi({ components: { schemas } }), 'A')).toEqual({ $ref: `${MODELS}/B` });
    const described = { openapi: '3.1.0', components: { schemas: { A: { $ref: A.$ref, description: 'x' }, B: {} } } };
    expect(schemaOf(openApi({ openapi: '3.1.0', components: { schemas } }), 'A')).toEqual({
      allOf: [{ $ref: `${MODELS}/B` }, { minLength: 1, description: 'x' }],
    });
    expect(schemaOf(openApi(described), 'A')).toEqual({ $ref: `${MODELS}/B` });
  });

  it('to a part of a schema make a model of that part', () => {
    const document = openApi({
      components: {
        schemas: { A: { $ref: '#/components/schemas/B/properties/x' }, B: { properties: { x: { type: 'string' } } } },
      },
    });
    const { $ref } = schemaOf(document, 'A') as { $ref: string };
    expect($ref).toMatch(new RegExp(`^${MODELS}/MODEL[0-9a-f]{10}$`));
    expect(schemaOf(document, $ref.split('/').at(-1) ?? '')).toEqual({ type: 'string' });
  });

  it('follow names that AWS does not take', () => {
    const schemas = {
      'my.Pet_1': {},
      myPet1: {},
      日本: {},
      A: { allOf: ['my.Pet_1', 'myPet1', '日本'].map((name) => ({ $ref: `#/definitions/${name}` })) },
    };
    const document = swagger({ definitions: schemas });
    const { allOf } = schemaOf(document, 'A') as { allOf: { $ref: string }[] };
    expect(allOf.map(({ $ref }) => $ref.slice(MODELS.length + 1))).toEqual([
      'myPet1',
      'myPet12',
      expect.stringMatching(/^MODEL[0-9a-f]{10}$/),
    ]);
    expect(imported(document).warnings).toEqual([
      "Model name 'myPet1' of schema 'myPet1' is taken. It is named 'myPet12'. [/definitions/myPet1 (line 10)]",
    ]);
  });

  it('may name models of an API by their address', () => {
    const A = { $ref: 'https://apigateway.amazonaws.com/restapis/zzzzzzzzzz/models/Other' };
    expect(schemaOf(swagger({ definitions: { A } }), 'A')).toEqual({ $ref: `${MODELS}/Other` });
  });

  it('to nothing and out of the document are refused at their place', () => {
    expect(refusalOf(swagger({ definitions: { A: { items: { $ref: '#/definitions/None' } } } }))).toBe(
      "Invalid OpenAPI input. /definitions/A/items/$ref (line 11): Unable to create model for 'A': Invalid model specified: Validation Result: warnings : [], errors : [Invalid model reference specified: #/definitions/None]",
    );
    expect(refusalOf(swagger({ definitions: { A: { $ref: 'a.yaml' } } }))).toBe(
      'Invalid OpenAPI input. /definitions/A/$ref (line 10): a.yaml leads out of the document, which is not supported',
    );
  });
});

describe('models', () => {
  it('have the description of their schema', () => {
    const { models } = imported(swagger({ definitions: { A: { description: 'Some' }, B: { description: '' } } })).definition;
    expect(models).toEqual([
      { name: 'A', description: 'Some', contentType: 'application/json', schema: '{"description":"Some"}' },
      { name: 'B', contentType: 'application/json', schema: '{"description":""}' },
    ]);
  });

  it('have __proto__ and constructor as names of properties like others', () => {
    const document = `{"swagger": "2.0", "definitions": {"__proto__": {"properties": {"__proto__": {"type": "string"}, "constructor": {}}}}}`;
    const [model] = imported(document).definition.models;
    expect(model?.name).toBe('proto');
    expect(model?.schema).toBe('{"properties":{"__proto__":{"type":"string"},"constructor":{}}}');
  });
});
