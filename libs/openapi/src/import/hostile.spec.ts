import { AwsError } from '@gatehouse/aws-wire';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { importOpenApi } from '../import-openapi.js';
import { imported, openApi, refusalOf, swagger, withGet } from './import.fixture.js';
import { petstoreOpenApi, petstoreSwagger } from './petstore.fixture.js';

const MEGABYTE = 1024 * 1024;
/** Milliseconds, for a machine that has much else to do. */
const PATIENCE = 120_000;

describe('hostile documents', () => {
  it('of aliases of aliases are refused', () => {
    const levels = Array.from({ length: 20 }, (_, level) => {
      const inner = level === 0 ? '"lol"' : Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ');
      return `x-a${level}: &a${level} [${inner}]`;
    });
    expect(refusalOf(`swagger: "2.0"\n${levels.join('\n')}`)).toMatch(/\(line \d+\): aliases stand for too much$/);
  });

  it('of merges of merges are refused', () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const inner = level === 0 ? 'k: 1' : `l${level}: {<<: [*a${level - 1}]}, m: *a${level - 1}, n: *a${level - 1}`;
      return `x-a${level}: &a${level} {${inner}}`;
    });
    expect(refusalOf(`swagger: "2.0"\n${levels.join('\n')}`)).toMatch(/aliases stand for too much|nested too deeply/);
  });

  it.each([
    ['JSON lists', '{"swagger": "2.0", "x": '.concat('['.repeat(100_000), ']'.repeat(100_000), '}')],
    ['JSON objects', '{"a":'.repeat(100_000)],
    ['YAML flow lists', `swagger: "2.0"\nx: ${'['.repeat(100_000)}`],
    ['YAML flow maps', `swagger: "2.0"\nx: ${'{a: '.repeat(20_000)}`],
    ['YAML lists', `swagger: "2.0"\nx:\n ${'- '.repeat(20_000)}1`],
    ['YAML maps', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['YAML explicit keys', `swagger: "2.0"\nx:\n ${'? '.repeat(5_000)}1`],
    [
      'schemas',
      JSON.stringify(swagger({ definitions: { A: {} } })).replace('"A":{}', `"A":${'{"items":'.repeat(300)}{}${'}'.repeat(300)}`),
    ],
  ])('nested deeply as %s are refused', (_, text) => {
    expect(refusalOf(text)).toMatch(/^Invalid OpenAPI input\. \(line \d+\): nested too deeply$/);
  });

  it('with schemas as deep as documents may be are imported', () => {
    const deep = `{"swagger":"2.0","definitions":{"A":${'{"items":'.repeat(190)}{}${'}'.repeat(190)}}}`;
    expect(imported(deep).definition.models).toHaveLength(1);
  });

  it('with names of prototypes change nothing', () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
    const object = (value: unknown) => Object.fromEntries(names.map((name) => [name, value]));
    const document = {
      openapi: '3.0.1',
      ...object({}),
      info: { title: '__proto__', ...object('x') },
      paths: {
        '/__proto__': {
          get: {
            ...object({}),
            parameters: [{ name: '__proto__', in: 'query' }],
            'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: object('t'), requestParameters: object('p') },
          },
        },
        '/constructor': {},
      },
      components: {
        schemas: object({ type: 'object', properties: object({ type: 'string' }) }),
        securitySchemes: object({ type: 'http' }),
      },
      'x-amazon-apigateway-request-validators': object({}),
    };
    for (const text of [JSON.stringify(document), stringify(document)]) {
      const { definition } = imported(text);
      const [method] = definition.resources[0]?.methods ?? [];
      expect(Object.keys(method?.methodIntegration?.requestTemplates ?? {})).toEqual(names);
      expect(method?.requestParameters).toEqual({ 'method.request.querystring.__proto__': false });
      expect(definition.models).toHaveLength(names.length);
      expect(definition.requestValidators.map((each) => each.name)).toEqual(names);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }
  });

  it('with huge names are refused, and huge texts are shown shortened', () => {
    const long = 'x'.repeat(MEGABYTE);
    expect(refusalOf(openApi({ paths: { [`/${long}`]: {} } }))).toBe(
      'Invalid OpenAPI input. /paths (line 7): a name within it has more than 4096 characters',
    );
    expect(refusalOf({ swagger: long }).length).toBeLessThan(1000);
    expect(refusalOf(swagger({ definitions: { A: { $ref: long } } })).length).toBeLessThan(1000);
    expect(refusalOf(swagger({ basePath: `/${long}` }), { basepath: 'prepend' })).toContain('a path has at most 4096 characters');
    const integration = { type: 'mock', requestParameters: { x: [long] } };
    const { warnings } = imported(withGet({ 'x-amazon-apigateway-integration': integration }));
    expect(warnings[0]?.length).toBeLessThan(1000);
  });

  it('of long texts that aliases or references repeat are refused', () => {
    const long = 'x'.repeat(MEGABYTE);
    const lines = Array.from({ length: 20 }, (_, index) => `x-${index}: *long\n`).join('');
    expect(refusalOf(`swagger: "2.0"\nx-long: &long ${long}\n${lines}`)).toContain('aliases stand for too much');
    const responses = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [100 + index, { $ref: '#/x-long' }]));
    expect(refusalOf(withGet({ responses }, { 'x-long': { description: long } }))).toContain('references bring in too much');
  });

  it('of references in a long row are refused', () => {
    const parameters = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`p${index}`, { $ref: `#/components/parameters/p${index + 1}` }]),
    );
    const document = withGet({ parameters: [{ $ref: '#/components/parameters/p0' }] }, { components: { parameters } });
    expect(refusalOf(document)).toContain('too many references lead to one another');
  });

  it('of endless media types are refused', () => {
    const produces = Array.from({ length: 100 }, (_, index) => `a/${index}`);
    expect(refusalOf(withGet({ responses: {} }, { produces }, swagger))).toContain(' /produces (line ');
  });

  it('with control characters in names are shown without them', () => {
    expect(refusalOf(openApi({ paths: { '/a\u001b[31m\n': 1 } }))).toMatch(/^[^\p{Control}]*$/u);
  });

  it('earn no endless warnings', () => {
    const paths = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`/a${index}`, { trace: {} }]));
    expect(imported(openApi({ paths })).warnings).toHaveLength(1000);
  });
});

describe('large documents', () => {
  const operation = (index: number) => ({
    operationId: `operation${index}`,
    parameters: [{ name: 'q', in: 'query', required: false, schema: { type: 'string' }, description: 'What to look for' }],
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: { $ref: `#/components/schemas/M${index}` } } } },
    },
    'x-amazon-apigateway-integration': {
      type: 'http',
      httpMethod: 'GET',
      uri: `http://example.com/${index}`,
      responses: { default: { statusCode: '200' } },
    },
  });
  const count = 8_000;
  const indices = Array.from({ length: count }, (_, index) => index);
  const document = openApi({
    paths: Object.fromEntries(indices.map((index) => [`/r${index}/{id}`, { get: operation(index) }])),
    components: {
      schemas: Object.fromEntries(
        indices.map((index) => [`M${index}`, { type: 'object', properties: { id: { type: 'string' } } }]),
      ),
    },
  });

  it.each([
    ['JSON', JSON.stringify(document, null, 1)],
    ['YAML', stringify(document)],
  ])('of 6 MB in %s are imported', { timeout: PATIENCE }, (kind, text) => {
    const start = performance.now();
    const { definition } = imported(text);
    console.log(`${kind} of ${(text.length / MEGABYTE).toFixed(1)} MB: ${Math.round(performance.now() - start)} ms`);
    expect(definition.resources).toHaveLength(count);
    expect(definition.models).toHaveLength(count);
  });

  it.each([
    ['many names', `swagger: "2.0"\nx-a:\n${Array.from({ length: 50_000 }, (_, index) => `  k${index}: ${index}\n`).join('')}`],
    [
      'many anchors and aliases',
      `swagger: "2.0"\nx-a:\n${Array.from({ length: 20_000 }, (_, index) => `  k${index}: &a${index} 1\n  l${index}: *a${index}\n`).join('')}`,
    ],
    ['one long text', `swagger: "2.0"\nx-a: "${'\\n'.repeat(2 * MEGABYTE)}"`],
    ['a long list', `{"swagger": "2.0", "x-a": [${'0,'.repeat(2 * MEGABYTE)}0]}`],
  ])('of %s take no endless time', { timeout: PATIENCE }, (_, text) => {
    expect(imported(text).warnings.length).toBeLessThan(2);
  });

  it('of more YAML values than fit in memory are refused', { timeout: PATIENCE }, () => {
    expect(refusalOf(`swagger: "2.0"\nx: [${'a,'.repeat(900_000)}]`)).toBe(
      'Invalid OpenAPI input. (line 2): the document has too many values',
    );
  });
});

describe('random changes to a document', () => {
  /** Mulberry32, so that a failure can be repeated. */
  function randomOf(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
    };
  }

  const STRAY: unknown[] = [
    null,
    true,
    0,
    -1.5,
    '',
    'x',
    '$ref',
    [],
    {},
    [[]],
    { $ref: '#' },
    { $ref: '#/paths' },
    '\u0000',
    '\ud800',
    { type: 'x' },
  ];

  /** Puts something else in the place of one value, or under another name. */
  function changed(value: unknown, random: (below: number) => number): unknown {
    if (typeof value !== 'object' || value === null || random(8) === 0) return STRAY[random(STRAY.length)];
    const entries = Object.entries(value);
    if (entries.length === 0) return STRAY[random(STRAY.length)];
    const at = random(entries.length);
    const changes = entries.map(([name, member], index) =>
      index === at ? ([random(6) === 0 ? '$ref' : name, changed(member, random)] as const) : ([name, member] as const),
    );
    return Array.isArray(value) ? changes.map(([, member]) => member) : Object.fromEntries(changes);
  }

  function refusalsOf(texts: Iterable<[number, string]>): number {
    let refused = 0;
    for (const [seed, text] of texts) {
      try {
        importOpenApi(text, { apiId: 'a1b2c3d4e5', basepath: 'prepend' });
      } catch (error) {
        if (!(error instanceof AwsError) || error.type !== 'BadRequestException')
          throw new Error(`seed ${seed}: ${text}`, { cause: error });
        refused++;
      }
    }
    return refused;
  }

  function* mutants(documents: object[], count: number, write: (document: unknown) => string): Generator<[number, string]> {
    for (let seed = 1; seed <= count; seed++) {
      const random = randomOf(seed);
      let document: unknown = documents[random(documents.length)];
      for (let changes = 1 + random(4); changes > 0; changes--) document = changed(document, random);
      yield [seed, write(document) ?? 'null'];
    }
  }

  const documents = [petstoreSwagger, petstoreOpenApi, { ...petstoreOpenApi, openapi: '3.1.0' }];

  it('of values bring no other errors', { timeout: PATIENCE }, () => {
    expect(refusalsOf(mutants(documents, 1_500, (document) => JSON.stringify(document)))).toBeGreaterThan(250);
  });

  it('of YAML values bring no other errors', { timeout: PATIENCE }, () => {
    expect(refusalsOf(mutants(documents, 100, (document) => stringify(document)))).toBeGreaterThan(20);
  });

  function* garbled(text: string, count: number): Generator<[number, string]> {
    for (let seed = 1; seed <= count; seed++) {
      const random = randomOf(seed);
      const at = random(text.length);
      const insertion = [
        '',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '\\',
        '\n',
        ' ',
        '\t',
        '&a ',
        '*a ',
        '!x ',
        '- ',
        '? ',
        '<<: ',
        '|',
        '\u0000',
        '\ud800',
      ][random(21)];
      yield [seed, text.slice(0, at) + insertion + text.slice(at + random(4))];
    }
  }

  it.each([
    ['JSON', JSON.stringify(petstoreSwagger, null, 1), 800],
    ['YAML', stringify(petstoreOpenApi), 150],
  ])('of the text of %s bring no other errors', { timeout: PATIENCE }, (_, text, count) => {
    expect(refusalsOf(garbled(text, count))).toBeGreaterThan(30);
  });
});
