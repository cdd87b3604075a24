import type { DocumentationPartLocation, PatchOperation } from '@gatehouse/admin-contract/apigateway';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ModelEntity } from '../model/model.entity.js';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';
import { DocumentationPartsService } from './documentation-part.service.js';

let server: TestDatabase;
let serving: Serving;
let parts: DocumentationPartsService;
let restApiId: string;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
  parts = new DocumentationPartsService(serving.definition.database, serving.unitOfWork, serving.definition.documentReader);
});

beforeEach(async () => {
  restApiId = (await serving.definition.newApi()).id;
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const call = testCall();
const create = (location: DocumentationPartLocation, properties = '{"description":"d"}') =>
  parts.createDocumentationPart(call, { restApiId, location, properties });
const update = (documentationPartId: string, ...patchOperations: PatchOperation[]) =>
  parts.updateDocumentationPart(call, { restApiId, documentationPartId, patchOperations });
const list = async (filter: object = {}) => (await parts.getDocumentationParts(call, { restApiId, ...filter })).item!;
const load = (body: string, more: object = {}) =>
  parts.importDocumentationParts(call, { restApiId, body: Buffer.from(body), ...more });
const document = (documentationParts: unknown, version = '1') =>
  JSON.stringify({ swagger: '2.0', 'x-amazon-apigateway-documentation': { version, documentationParts } });

describe('CreateDocumentationPart', () => {
  it.each<[DocumentationPartLocation, object]>([
    [{ type: 'API' }, {}],
    [{ type: 'API', path: '', method: '', name: '', statusCode: '' }, {}],
    [{ type: 'MODEL', name: 'Pet' }, { name: 'Pet' }],
    [{ type: 'RESOURCE' }, { path: '/' }],
    [
      { type: 'METHOD', path: '/pets' },
      { path: '/pets', method: '*' },
    ],
    [
      { type: 'QUERY_PARAMETER', method: 'GET', name: 'q' },
      { path: '/', method: 'GET', name: 'q' },
    ],
    [{ type: 'REQUEST_BODY' }, { path: '/', method: '*' }],
    [{ type: 'RESPONSE' }, { path: '/', method: '*', statusCode: '*' }],
    [
      { type: 'RESPONSE_HEADER', statusCode: '200', name: 'h' },
      { path: '/', method: '*', statusCode: '200', name: 'h' },
    ],
  ])('completes %o', async (given, members) => {
    const made = await create(given);
    expect(made).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{6}$/),
      location: { type: given.type, ...members },
      properties: '{"description":"d"}',
    });
    expect(await parts.getDocumentationPart(call, { restApiId, documentationPartId: made.id! })).toEqual(made);
  });

  it.each<[DocumentationPartLocation, string]>([
    [{ type: 'API', method: 'GET' }, "Invalid documentation part location: 'method' is not a valid field for type 'API'"],
    [
      { type: 'METHOD', statusCode: '200' },
      "Invalid documentation part location: 'statusCode' is not a valid field for type 'METHOD'",
    ],
    [{ type: 'MODEL' }, "Invalid documentation part location: 'name' is required for type 'MODEL'"],
    [{ type: 'RESOURCE', path: `/${'ä'.repeat(1000)}` }, 'Invalid documentation part location: can have at most 2000 bytes'],
  ])('refuses %o', async (location, message) => {
    expect(await refusal(create(location))).toBe(`BadRequestException: ${message}`);
  });

  it('takes the text of an object for properties, and nothing else', async () => {
    expect(await refusal(create({ type: 'API' }, ''))).toBe(
      'BadRequestException: Documentation part properties must be non-empty',
    );
    for (const properties of ['{broken', '[]', '1', 'null']) {
      expect(await refusal(create({ type: 'API' }, properties))).toBe(
        'BadRequestException: Documentation part properties must be a JSON object',
      );
    }
  });

  it('lets one of many parallel callers document a location', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => refusal(create({ type: 'METHOD', path: '/a', method: '*' }))));
    const taken =
      "ConflictException: Documentation part already exists for the specified location: type 'METHOD', path '/a', method '*'";
    expect(made.sort()).toEqual([...Array<string>(4).fill(taken), 'no error']);
    expect(await refusal(create({ type: 'METHOD', path: '/a' }))).toBe(taken);
  });

  it('knows no API of another account', async () => {
    const other = testCall({ accountId: '210987654321', region: 'us-east-1' });
    const input = { restApiId, location: { type: 'API' as const }, properties: '{}' };
    expect(await refusal(parts.createDocumentationPart(other, input))).toBe(
      `NotFoundException: Invalid API identifier specified 210987654321:${restApiId}`,
    );
  });
});

describe('UpdateDocumentationPart', () => {
  it('replaces the properties and nothing else', async () => {
    const { id } = await create({ type: 'API' });
    expect(await update(id!, { op: 'replace', path: '/properties', value: '{"a":1}' })).toMatchObject({ properties: '{"a":1}' });
    expect(await update(id!)).toMatchObject({ properties: '{"a":1}' });
    expect(await refusal(update(id!, { op: 'replace', path: '/properties', value: '' }))).toBe(
      'BadRequestException: Documentation part properties must be non-empty',
    );
    expect(await refusal(update(id!, { op: 'add', path: '/properties', value: '{}' }))).toBe(
      "BadRequestException: Invalid patch path  '/properties' specified for op 'add'. Please choose supported operations",
    );
    expect(await refusal(update(id!, { op: 'replace', path: '/invalidPath', value: '{}' }))).toBe(
      "BadRequestException: Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/properties]",
    );
  });
});

describe('DeleteDocumentationPart', () => {
  it('removes the part', async () => {
    const { id } = await create({ type: 'API' });
    const unknown = 'NotFoundException: Invalid Documentation part identifier specified';
    await parts.deleteDocumentationPart(call, { restApiId, documentationPartId: id! });
    expect(await refusal(parts.getDocumentationPart(call, { restApiId, documentationPartId: id! }))).toBe(unknown);
    expect(await refusal(parts.deleteDocumentationPart(call, { restApiId, documentationPartId: id! }))).toBe(unknown);
    expect(await refusal(update(id!))).toBe(unknown);
  });
});

describe('GetDocumentationParts', () => {
  it('filters by type, path and name, by page', async () => {
    await create({ type: 'API' });
    await create({ type: 'METHOD', path: '/a' });
    await create({ type: 'METHOD', path: '/b' });
    await create({ type: 'QUERY_PARAMETER', path: '/a', name: 'q' });
    const types = async (filter: object) =>
      (await list(filter)).map(({ location }) => `${location!.type} ${location!.path}`).sort();
    expect(await types({ type: 'METHOD' })).toEqual(['METHOD /a', 'METHOD /b']);
    expect(await types({ path: '/a' })).toEqual(['METHOD /a', 'QUERY_PARAMETER /a']);
    expect(await types({ nameQuery: 'q', locationStatus: 'DOCUMENTED' })).toEqual(['QUERY_PARAMETER /a']);
    const first = await parts.getDocumentationParts(call, { restApiId, limit: 3 });
    const second = await parts.getDocumentationParts(call, { restApiId, limit: 3, position: first.position });
    expect([first.item!.length, second.item!.length, second.position]).toEqual([3, 1, undefined]);
  });

  it('lists what nobody has described', async () => {
    const method = await serving.definition.newMethod();
    restApiId = method.restApiId;
    await serving.definition.methods.updateMethod(call, {
      ...method,
      patchOperations: [{ op: 'add', path: '/requestParameters/method.request.querystring.q', value: 'true' }],
    });
    const model = { ...call.scope, apiId: restApiId, name: 'Thing', modelId: 'm00001', contentType: 'application/json' };
    await serving.manager.insert(ModelEntity, model);
    await serving.definition.methodResponses.putMethodResponse(call, {
      ...method,
      statusCode: '200',
      responseParameters: { 'method.response.header.X-A': false },
      responseModels: { 'application/json': 'Thing' },
    });
    await create({ type: 'METHOD', path: '/', method: 'GET' });
    const undocumented = { locationStatus: 'UNDOCUMENTED' };
    const get = { path: '/', method: 'GET' };
    expect((await list({ ...undocumented, path: '/' })).map(({ location }) => location)).toEqual([
      { type: 'QUERY_PARAMETER', ...get, name: 'q' },
      { type: 'RESOURCE', path: '/' },
      { type: 'RESPONSE', ...get, statusCode: '200' },
      { type: 'RESPONSE_BODY', ...get, statusCode: '200' },
      { type: 'RESPONSE_HEADER', ...get, statusCode: '200', name: 'X-A' },
    ]);
    expect((await list({ ...undocumented, type: 'API' }))[0]).toEqual({ location: { type: 'API' } });
    const seen: unknown[] = [];
    let position: string | undefined;
    do {
      const page = await parts.getDocumentationParts(call, { restApiId, locationStatus: 'UNDOCUMENTED', limit: 2, position });
      seen.push(...page.item!);
      position = page.position;
    } while (position);
    expect(seen).toEqual(await list(undocumented));
  });
});

describe('ImportDocumentationParts', () => {
  const api = { location: { type: 'API' }, properties: { info: { description: 'a' } } };

  it('merges by default: what is there keeps its id', async () => {
    const there = await create({ type: 'API' });
    const other = await create({ type: 'RESOURCE', path: '/kept' });
    const { ids, warnings } = await load(
      document([{ location: { type: 'METHOD', method: 'GET' }, properties: '{"summary":"s"}' }, api]),
    );
    expect([ids!.length, ids![1], warnings]).toEqual([2, there.id, undefined]);
    expect((await list()).map(({ location, properties }) => [location!.type, properties]).sort()).toEqual([
      ['API', '{"info":{"description":"a"}}'],
      ['METHOD', '{"summary":"s"}'],
      ['RESOURCE', other.properties],
    ]);
  });

  it('overwrites when told to', async () => {
    await create({ type: 'RESOURCE', path: '/gone' });
    const { ids } = await load(document([api]), { mode: 'overwrite' });
    expect(await list()).toEqual([{ id: ids![0], location: { type: 'API' }, properties: '{"info":{"description":"a"}}' }]);
  });

  it('reads YAML', async () => {
    const yaml = `openapi: "3.0.1"
x-amazon-apigateway-documentation:
  documentationParts:
    - location: {type: MODEL, name: Pet}
      properties: {description: a pet}
    - location: {type: response, statusCode: 200}
      properties: {description: fine}
`;
    const { ids } = await load(yaml);
    const made = await Promise.all(
      ids!.map((documentationPartId) => parts.getDocumentationPart(call, { restApiId, documentationPartId })),
    );
    expect(made).toMatchObject([
      { location: { type: 'MODEL', name: 'Pet' }, properties: '{"description":"a pet"}' },
      { location: { type: 'RESPONSE', path: '/', method: '*', statusCode: '200' }, properties: '{"description":"fine"}' },
    ]);
  });

  it('leaves out with a warning what cannot be, or refuses everything', async () => {
    const body = document([
      api,
      { location: { type: 'API' }, properties: {} },
      { location: { type: 'MODEL' }, properties: {} },
      { location: { type: 'NOTHING' }, properties: {} },
      { location: { type: 'MODEL', name: [1] }, properties: {} },
      { location: { type: 'MODEL', name: 'a' } },
      'text',
      { location: { type: 'RESPONSE', statusCode: 'abc' }, properties: {} },
    ]);
    const sentences = [
      "Ignored documentation part 2: there is another part for the location: type 'API'",
      "Ignored documentation part 3: Invalid documentation part location: 'name' is required for type 'MODEL'",
      'Ignored documentation part 4: Invalid documentation part location type specified: NOTHING',
      "Ignored documentation part 5: 'name' of its location is not a text",
      'Ignored documentation part 6: Documentation part properties must be a JSON object',
      'Ignored documentation part 7: it has no location',
      "Ignored documentation part 8: Invalid documentation part location: 'statusCode' must be a status code or '*'",
    ];
    const warnings = sentences.map(
      (sentence, index) => `${sentence} [/x-amazon-apigateway-documentation/documentationParts/${index + 1} (line 1)]`,
    );
    expect(await refusal(load(body, { failOnWarnings: true, mode: 'overwrite' }))).toBe(
      `BadRequestException: Warnings found during import:\n${warnings.map((text) => `\t${text}`).join('\n')}`,
    );
    expect(await list()).toEqual([]);
    expect(await load(body)).toEqual({ ids: [expect.any(String)], warnings });
  });

  it.each(['', 'text', '[]', '{}', 'a: b'])('refuses %j', async (body) => {
    expect(await refusal(load(body))).toBe('BadRequestException: Unable to build importer with provided input.');
  });

  it.each([
    ['{"swagger":\n', '(line 2): '],
    ['openapi: 3\n\tx', '(line 2): '],
    ['{"swagger":"2.0",\n"a":["\\u0000"]}', '/a/0 (line 2): '],
    ['openapi: 3\nx-amazon-apigateway-documentation: 1', '/x-amazon-apigateway-documentation (line 2): must be an object'],
    [
      '{"openapi":"3.0.1",\n"x-amazon-apigateway-documentation":\n{"documentationParts":{}}}',
      '/x-amazon-apigateway-documentation/documentationParts (line 3): must be a list',
    ],
    [`openapi: 3\nx: ${'&a [*a'.repeat(3)}`, '(line 2): '],
  ])('refuses %j at its place', async (body, place) => {
    const refused = await refusal(load(body));
    expect(refused).toContain(`BadRequestException: Unable to build importer with provided input. ${place}`);
  });

  it('takes parts whose locations have members that their types cannot have, without those', async () => {
    const given = document([
      { location: { type: 'RESOURCE', path: '/foreign', method: 'GET', name: ' ' }, properties: {} },
      { location: { type: 'API', method: 'GET', statusCode: 'x' } },
    ]);
    const { ids, warnings } = await load(given);
    expect(ids).toHaveLength(1);
    const at = '/x-amazon-apigateway-documentation/documentationParts';
    expect(warnings).toEqual([
      `Documentation part 1: 'method' is not a valid field for type 'RESOURCE'. Ignoring. [${at}/0 (line 1)]`,
      `Ignored documentation part 2: Documentation part properties must be a JSON object [${at}/1 (line 1)]`,
    ]);
    expect((await list()).map(({ location }) => location)).toContainEqual({ type: 'RESOURCE', path: '/foreign' });
  });

  it('takes a document without documentation', async () => {
    const nothing = { ids: [], warnings: undefined };
    expect(await load('{"swagger":"2.0"}')).toEqual(nothing);
    expect(await load('{"swagger":"2.0","x-amazon-apigateway-documentation":null}')).toEqual(nothing);
    expect(await load('{"swagger":"2.0","x-amazon-apigateway-documentation":{"version":"1"}}')).toEqual(nothing);
  });

  it('takes 2,000 parts at once', async () => {
    const many = Array.from({ length: 2000 }, (_, i) => ({ location: { type: 'RESOURCE', path: `/r${i}` }, properties: { i } }));
    const { ids } = await load(document(many));
    expect(new Set(ids).size).toBe(2000);
  });

  it('tells of the first hundred parts that it leaves out, and counts the others', async () => {
    const { ids, warnings } = await load(document([...Array<number>(150).fill(0), api]));
    expect(ids).toHaveLength(1);
    expect(warnings).toHaveLength(101);
    expect(warnings![99]).toMatch(/^Ignored documentation part 100: it has no location \[/);
    expect(warnings![100]).toBe('Ignored 50 more documentation parts');
  });

  it('refuses more parts than any API may have without a look at them', async () => {
    expect(await refusal(load(document(Array<number>(100_001).fill(0))))).toBe(
      'LimitExceededException: Maximum number of documentation parts for this API has been reached.',
    );
  });

  it('reads the document while nobody waits, and of an API that there is', async () => {
    const holder = serving.definition.database.createQueryRunner();
    await holder.startTransaction();
    try {
      await holder.query('SELECT 1 FROM rest_apis WHERE api_id = $1 FOR UPDATE', [restApiId]);
      expect(await refusal(load('text'))).toBe('BadRequestException: Unable to build importer with provided input.');
    } finally {
      await holder.rollbackTransaction();
      await holder.release();
    }
    expect(await refusal(parts.importDocumentationParts(call, { restApiId: 'nope000000', body: Buffer.from('text') }))).toBe(
      `NotFoundException: Invalid API identifier specified ${call.scope.accountId}:nope000000`,
    );
  });
});
