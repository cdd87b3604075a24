import { AwsError } from '@gatehouse/aws-wire';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { imported, openApi, swagger } from './import.fixture.js';
import { keysOfFragment } from './document/place.js';

const X = 'x-amazon-apigateway-';
const operation = {
  operationId: 'a',
  description: 'said',
  responses: { 200: { description: 'ok' } },
  [`${X}integration`]: { type: 'mock', responses: { default: { statusCode: '200' } } },
};
const common = {
  info: { title: 'Pets', version: '1.0', description: 'd' },
  paths: { '/': {}, '/a/b': { get: operation } },
  [`${X}policy`]: { Statement: [] },
  [`${X}minimum-compression-size`]: 1,
  [`${X}request-validators`]: { v: { validateRequestBody: true } },
  [`${X}gateway-responses`]: { THROTTLED: { statusCode: 429 } },
};
const schemas = { Pet: { type: 'object' } };
const schemes = {
  key: { type: 'apiKey', name: 'Authorization', in: 'header', [`${X}authorizer`]: { type: 'token', authorizerUri: 'arn:x' } },
};
const dialects: [string, object][] = [
  ['Swagger 2.0', swagger({ ...common, definitions: schemas, securityDefinitions: schemes })],
  ['OpenAPI 3.0', openApi({ ...common, components: { schemas, securitySchemes: schemes } })],
];
const formats: [string, (document: object) => string][] = [
  ['JSON', (document) => JSON.stringify(document, null, 2)],
  ['YAML', (document) => stringify(document, { aliasDuplicateObjects: false })],
];
const written = dialects.flatMap(([dialect, document]) =>
  formats.map(([format, write]) => [`${dialect} as ${format}`, document, write(document)] as const),
);

/** What a JSON pointer leads to. */
const valueAt = (document: unknown, pointer: string) =>
  keysOfFragment(`#${pointer}`)!.reduce((value, key) => (value as Record<string, unknown>)[key], document);

describe.each(written)('the places of a definition in %s', (_, document, text) => {
  const { definition, places } = imported(text);
  const [root, resource] = definition.resources;
  const [method] = resource!.methods;
  const scheme = 'swagger' in document ? '/securityDefinitions/key' : '/components/securitySchemes/key';
  const schema = 'swagger' in document ? '/definitions/Pet' : '/components/schemas/Pet';
  const get = '/paths/~1a~1b/get';

  it.each([
    [root!, '/paths/~1'],
    [resource!, '/paths/~1a~1b'],
    [method!, get],
    [method!.methodResponses[0]!, `${get}/responses/200`],
    [method!.methodIntegration!, `${get}/${X}integration`],
    [method!.methodIntegration!.integrationResponses[0]!, `${get}/${X}integration/responses/default`],
    [definition.models[0]!, schema],
    [definition.authorizers[0]!, `${scheme}/${X}authorizer`],
    [definition.requestValidators[0]!, `/${X}request-validators/v`],
    [definition.gatewayResponses[0]!, `/${X}gateway-responses/THROTTLED`],
    [definition.documentationParts[0]!, '/info'],
    ['name' as const, '/info/title'],
    ['description' as const, '/info/description'],
    ['policy' as const, `/${X}policy`],
    ['minimumCompressionSize' as const, `/${X}minimum-compression-size`],
  ])('has that of %j at %s', (defined, pointer) => {
    const place = places.get(defined)!;
    expect(place.pointer).toBe(pointer);
    expect(valueAt(document, pointer)).toBeDefined();
    const key = keysOfFragment(`#${pointer}`)!.at(-1)!;
    expect(text.split('\n')[place.line - 1]!.trim()).toMatch(new RegExp(`^["']?${key.replaceAll('/', '\\/')}["']?:`));
  });

  it('knows where each object of the definition stands', () => {
    const { resources, models, authorizers, requestValidators, gatewayResponses, documentationParts } = definition;
    for (const each of [
      ...resources,
      ...models,
      ...authorizers,
      ...requestValidators,
      ...gatewayResponses,
      ...documentationParts,
    ]) {
      expect(places.has(each)).toBe(true);
    }
  });

  it('keeps the places of what is cloned with it', () => {
    const clone = structuredClone({ definition, places });
    expect(clone.places.get(clone.definition.models[0]!)).toEqual(places.get(definition.models[0]!));
  });
});

it('warnings name where they come from, each place once', () => {
  const paths = { '/a': { parameters: [{ name: 'c', in: 'cookie' }], get: {}, post: {} }, '/b': { trace: {} } };
  for (const [, write] of formats) {
    const text = write(openApi({ paths }));
    const lines = text.split('\n');
    const lineOf = (part: string) => lines.findIndex((line) => line.includes(part)) + 1;
    const item = text.startsWith('{') ? lineOf('"parameters"') + 1 : lineOf('- name: c');
    expect(imported(text).warnings).toEqual([
      `Unsupported parameter location 'cookie' of 'c' for method 'GET' on resource '/a'. Ignoring. [/paths/~1a/parameters/0 (line ${item})]`,
      `Unsupported parameter location 'cookie' of 'c' for method 'POST' on resource '/a'. Ignoring. [/paths/~1a/parameters/0 (line ${item})]`,
      `Unsupported method 'TRACE' on resource '/b'. Ignoring. [/paths/~1b/trace (line ${lineOf('trace')})]`,
    ]);
  }
});

it('places of many things cost one look through the document', () => {
  const paths = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`/a${index}`, { trace: {}, get: operation }]));
  const busy = process.cpuUsage();
  try {
    expect(imported(openApi({ paths })).warnings).toHaveLength(1000);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
  const { user, system } = process.cpuUsage(busy);
  expect((user + system) / 1000).toBeLessThan(10_000);
});
