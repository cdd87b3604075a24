import type { PutRestApiRequest, RestApi } from '@gatehouse/admin-contract/apigateway';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { startTestApplication, type TestApplication } from '../../admin-api/admin-api.fixture.js';
import { BODY_LIMIT } from '../../admin-api/body-limits.js';
import { DocumentationPartEntity } from '../documentation-part/documentation-part.entity.js';
import { DocumentationVersionEntity } from '../documentation-version/documentation-version.entity.js';
import { refusal, testCall, writing } from '../rest-api/definition.fixture.js';
import { loadRestApiModel } from '../rest-api/load-rest-api-model.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';
import { RestApiModule } from '../rest-api/rest-api.module.js';
import { Serving } from '../stage/serving.fixture.js';

let server: TestDatabase;
let serving: Serving;
let application: TestApplication;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url, 'deny');
  const { database } = serving.definition;
  application = await startTestApplication([writing(database), RestApiModule], database);
});

afterAll(async () => {
  await application?.app.close();
  await serving?.close();
  await server?.drop();
});

const MOCK = { type: 'mock', requestTemplates: { 'application/json': '{"statusCode": 200}' } };
const mock = (more: object = {}) => ({ 'x-amazon-apigateway-integration': MOCK, ...more });

const bodyOf = (document: unknown) => Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
const document = (paths: object, more: object = {}) => ({
  openapi: '3.0.1',
  info: { title: 'pets', version: '1' },
  paths,
  ...more,
});

const importApi = (given: unknown, parameters?: Record<string, string>, failOnWarnings?: boolean) =>
  serving.definition.restApis.importRestApi(serving.call, { body: bodyOf(given), parameters, failOnWarnings });
const putApi = (restApiId: string, given: unknown, more: Partial<PutRestApiRequest> = {}) =>
  serving.definition.restApis.putRestApi(serving.call, { restApiId, body: bodyOf(given), ...more });
const load = (restApiId: string) => loadRestApiModel(serving.manager, serving.call.scope, restApiId);
const countApis = () => serving.manager.countBy(RestApiEntity, serving.call.scope);

/** `/path VERB VERB`, one for each resource. */
async function outline(restApiId: string): Promise<string[]> {
  const { resources } = await load(restApiId);
  return resources.map(({ path, methods }) => [path, ...methods.map(({ httpMethod }) => httpMethod)].join(' '));
}

describe('ImportRestApi', () => {
  it('makes an API of a document, without default models', async () => {
    const { id, rootResourceId, createdDate, ...rest } = await importApi(
      document({ '/': { get: mock() }, '/pets/{petId}': { get: mock(), 'x-amazon-apigateway-any-method': mock() } }),
    );
    expect(JSON.parse(JSON.stringify(rest))).toEqual({
      name: 'pets',
      version: '1',
      apiKeySource: 'HEADER',
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
      disableExecuteApiEndpoint: false,
    });
    expect(createdDate).toBeInstanceOf(Date);
    const { models, resources } = await load(id!);
    expect(models).toEqual([]);
    expect(resources[0]!.id).toBe(rootResourceId);
    expect(await outline(id!)).toEqual(['/ GET', '/pets', '/pets/{petId} GET ANY']);
    expect(resources[2]!.methods[0]!.requestParameters).toEqual({ 'method.request.path.petId': true });
    expect(resources[2]!.methods[0]!.methodIntegration!.cacheNamespace).toBe(resources[2]!.id);
  });

  it('takes its options from the query', async () => {
    const { id, endpointConfiguration, disableExecuteApiEndpoint } = await importApi(
      { swagger: '2.0', info: { title: 't' }, basePath: '/a/b', paths: { '/c': { get: mock() } } },
      { basepath: 'split', endpointConfigurationTypes: 'REGIONAL', disableExecuteApiEndpoint: 'true', anything: 'else' },
    );
    expect(await outline(id!)).toEqual(['/', '/b', '/b/c GET']);
    expect(endpointConfiguration).toEqual({ types: ['REGIONAL'], ipAddressType: 'ipv4' });
    expect(disableExecuteApiEndpoint).toBe(true);

    const endpoints = { endpointConfigurationTypes: 'PRIVATE', vpcEndpointIds: 'vpce-1, vpce-2' };
    expect((await importApi(document({}), endpoints)).endpointConfiguration).toEqual({
      types: ['PRIVATE'],
      ipAddressType: 'dualstack',
      vpcEndpointIds: ['vpce-1', 'vpce-2'],
    });
    expect(await refusal(importApi(document({}), { basepath: 'x' }))).toMatch(
      /^BadRequestException: Invalid basepath specified: x/,
    );
    expect(await refusal(importApi(document({}), { endpointConfigurationTypes: 'x' }))).toBe(
      'BadRequestException: Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE',
    );
  });

  it('gives the importer’s warnings, and keeps nothing when the client wants to fail for them', async () => {
    const odd = document({
      '/': {
        get: { 'x-amazon-apigateway-integration': { ...MOCK, requestParameters: { 'integration.request.header.a': true } } },
      },
    });
    const { warnings } = await importApi(odd);
    const [warning] = warnings!;
    expect(warnings).toHaveLength(1);
    const before = await countApis();
    expect(await refusal(importApi(odd, {}, true))).toBe(`BadRequestException: Warnings found during import:\n\t${warning}`);
    expect(await countApis()).toBe(before);
  });

  it('reads documentation and makes its version, unless it is to be ignored', async () => {
    const documented = document(
      { '/': { get: mock() } },
      {
        'x-amazon-apigateway-documentation': {
          version: 'v1',
          documentationParts: [{ location: { type: 'METHOD', path: '/', method: 'GET' }, properties: { summary: 's' } }],
        },
      },
    );
    const { id } = await importApi(documented);
    const of = (apiId: string) => ({ ...serving.call.scope, apiId });
    expect(await serving.manager.findBy(DocumentationPartEntity, of(id!))).toMatchObject([
      { location: { type: 'METHOD', path: '/', method: 'GET' }, properties: '{"summary":"s"}' },
    ]);
    expect(await serving.manager.findBy(DocumentationVersionEntity, of(id!))).toMatchObject([{ version: 'v1', parts: [{}] }]);
    const { id: bare } = await importApi(documented, { ignore: 'documentation' });
    expect(await serving.manager.countBy(DocumentationPartEntity, of(bare!))).toBe(0);
  });

  it('tells all errors with their places, and keeps nothing', async () => {
    const before = await countApis();
    const bad = document(
      {
        '/pets': {
          get: { 'x-amazon-apigateway-integration': { type: 'http', httpMethod: 'GET', uri: 'nonsense' } },
          post: {
            responses: { '200': { description: '' } },
            'x-amazon-apigateway-integration': {
              ...MOCK,
              responses: { default: { statusCode: '200', responseParameters: { 'method.response.header.x': "'y'" } } },
            },
          },
          put: {
            'x-amazon-apigateway-integration': {
              type: 'http',
              httpMethod: 'GET',
              uri: 'http://backend',
              requestParameters: { 'integration.request.header.x': 'method.request.header.undeclared' },
            },
          },
        },
      },
      { 'x-amazon-apigateway-gateway-responses': { THROTTLED: { responseParameters: { nonsense: "'x'" } } } },
    );
    const refused = await refusal(importApi(bad));
    expect(refused).toContain('BadRequestException: Errors found during import:\n\t');
    expect(refused).toContain(
      "\n\tUnable to put integration on 'GET' for resource at path '/pets': Invalid HTTP endpoint specified for URI",
    );
    expect(refused).toMatch(
      /\n\tUnable to put integration on 'PUT' .*Invalid mapping expression parameter specified: method\.request/,
    );
    expect(refused).toMatch(
      /\n\tUnable to put integration response on 'POST' .*parameter specified: method\.response\.header\.x/,
    );
    expect(refused).toMatch(/\n\tUnable to put gateway response 'THROTTLED': .*nonsense/);
    expect(await countApis()).toBe(before);
  });

  it('wants VPC links that there are', async () => {
    const linked = { type: 'http', httpMethod: 'GET', uri: 'http://x/', connectionType: 'VPC_LINK', connectionId: 'nope' };
    const api = document({ '/a': { get: mock({ 'x-amazon-apigateway-integration': linked }) } });
    expect(await refusal(importApi(api))).toBe(
      "BadRequestException: Errors found during import:\n\tUnable to put integration on 'GET' for resource at path '/a': Invalid Vpc Link identifier specified [/paths/~1a/get/x-amazon-apigateway-integration (line 1)]",
    );
  });

  it.each([
    ['two variables under one parent', { '/{a}/x': {}, '/{b}': {} }, /at path '\/\{a\}': A sibling \(\{b\}\) of this resource/],
    ['something under a greedy variable', { '/{proxy+}': {}, '/{proxy+}/x': {} }, /greedy path variable: \{proxy\+\}/],
    ['a path twice', { '/a': { get: mock() }, '/a/': { get: mock() } }, /BadRequestException/],
    ['a segment that no resource can be', { '/a b': {} }, /path part only allow/],
  ])('refuses %s, as the single operation does', async (_, paths, message) => {
    expect(await refusal(importApi(document(paths)))).toMatch(message);
  });

  it.each([
    ['', 'Invalid OpenAPI input.'],
    ['{', /^BadRequestException/],
    ['null', /^BadRequestException/],
    ['[]', /^BadRequestException/],
    ['{"info":{}}', /^BadRequestException/],
    [{ openapi: '3.0.1', info: {}, paths: {} }, /^BadRequestException/],
    [{ openapi: '3.0.1', info: { title: 'a\0b' }, paths: {} }, /^BadRequestException/],
    ['{"openapi":"3.0.1","info":{"title":"\\ud800"},"paths":{}}', /^BadRequestException/],
    [Buffer.from([0x7b, 0xff]), /^BadRequestException/],
  ])('refuses the body %j', async (given, message) => {
    const body = Buffer.isBuffer(given) ? given : bodyOf(given);
    expect(await refusal(serving.definition.restApis.importRestApi(serving.call, { body }))).toMatch(message);
  });

  it("keeps tenants' keys that are names of Object's own", async () => {
    const text = JSON.stringify(
      document({
        '/': {
          get: { 'x-amazon-apigateway-integration': { ...MOCK, requestTemplates: { 'a/__proto__': 'x' } } },
        },
        '/__proto__/constructor': { get: mock() },
      }),
    ).replace('"a/__proto__"', '"__proto__/x"');
    const { id } = await importApi(text);
    expect(await outline(id!)).toEqual(['/ GET', '/__proto__', '/__proto__/constructor GET']);
    expect((await load(id!)).resources[0]!.methods[0]!.methodIntegration!.requestTemplates).toEqual({ '__proto__/x': 'x' });
  });
});

describe('PutRestApi', () => {
  const first = document(
    { '/a': { get: mock(), post: mock() }, '/b/c': { get: mock() } },
    {
      info: { title: 'first', version: '1', description: 'd' },
      'x-amazon-apigateway-binary-media-types': ['a/a'],
      'x-amazon-apigateway-minimum-compression-size': 10,
      'x-amazon-apigateway-policy': {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }],
      },
      'x-amazon-apigateway-request-validators': {
        x: { validateRequestBody: true, validateRequestParameters: false },
        y: { validateRequestBody: true, validateRequestParameters: true },
      },
      'x-amazon-apigateway-gateway-responses': { THROTTLED: { statusCode: 420 }, ACCESS_DENIED: { statusCode: 404 } },
      components: { schemas: { One: { type: 'object' }, Two: { type: 'object' } } },
    },
  );
  const second = document(
    { '/a': { get: mock({ operationId: 'second' }) }, '/b/d': { get: mock() } },
    {
      info: { title: 'second', version: '2' },
      'x-amazon-apigateway-binary-media-types': ['b/b', 'a/a'],
      'x-amazon-apigateway-request-validators': { y: { validateRequestBody: false, validateRequestParameters: true } },
      'x-amazon-apigateway-gateway-responses': { THROTTLED: { statusCode: 421 } },
      components: { schemas: { Two: { type: 'array', items: {} } } },
    },
  );

  it('merges: what the document says is put in place, everything else stays', async () => {
    const { id } = await importApi(first);
    const before = await load(id!);
    const answer = await putApi(id!, second);
    const after = await load(id!);
    expect(answer).toMatchObject({
      id,
      name: 'second',
      version: '2',
      description: 'd',
      tags: {},
      binaryMediaTypes: ['a/a', 'b/b'],
    });
    expect(await outline(id!)).toEqual(['/', '/a GET POST', '/b', '/b/c GET', '/b/d GET']);
    expect(after.resources[1]).toMatchObject({ id: before.resources[1]!.id, methods: [{ operationName: 'second' }, {}] });
    expect(after.policy).toBe(before.policy);
    expect(after.minimumCompressionSize).toBe(10);
    expect(after.requestValidators.find(({ name }) => name === 'y')).toEqual({
      ...before.requestValidators.find(({ name }) => name === 'y'),
      validateRequestBody: false,
    });
    expect(after.requestValidators.map(({ name }) => name).sort()).toEqual(['x', 'y']);
    expect(after.gatewayResponses).toMatchObject([
      { responseType: 'ACCESS_DENIED', statusCode: '404' },
      { responseType: 'THROTTLED', statusCode: '421' },
    ]);
    expect(after.models.map(({ name, schema }) => [name, (JSON.parse(schema!) as { type: string }).type])).toEqual([
      ['One', 'object'],
      ['Two', 'array'],
    ]);
  });

  it('overwrites: nothing stays but the API, its stages and its tags, and ids of what is there again', async () => {
    const { id } = await importApi(first);
    await serving.deployments.createDeployment(serving.call, { restApiId: id!, stageName: 'prod' });
    await serving.definition.requestValidators.createRequestValidator(serving.call, { restApiId: id! });
    await serving.manager.update(RestApiEntity, { ...serving.call.scope, apiId: id! }, { tags: { a: 'b' } });
    const before = await load(id!);
    const answer = await putApi(id!, second, { mode: 'overwrite' });
    const after = await load(id!);
    expect(answer).toMatchObject({ id, name: 'second', tags: { a: 'b' }, binaryMediaTypes: ['b/b', 'a/a'] });
    expect(answer.description).toBeUndefined();
    expect(answer.policy).toBeUndefined();
    expect(answer.minimumCompressionSize).toBeUndefined();
    expect(await outline(id!)).toEqual(['/', '/a GET', '/b', '/b/d GET']);
    const idsOf = (api: typeof before) => new Map(api.resources.map((resource) => [resource.path, resource.id]));
    for (const path of ['/', '/a', '/b']) expect(idsOf(after).get(path)).toBe(idsOf(before).get(path));
    expect(after.requestValidators).toMatchObject([
      { name: 'y', id: before.requestValidators.find(({ name }) => name === 'y')!.id },
    ]);
    expect(after.gatewayResponses.map(({ responseType }) => responseType)).toEqual(['THROTTLED']);
    expect(after.models.map(({ name }) => name)).toEqual(['Two']);
    expect((await serving.stages.getStages(serving.call, { restApiId: id! })).item).toMatchObject([{ stageName: 'prod' }]);
  });

  it('may put a variable of another name in place of one, but not beside it', async () => {
    const { id } = await importApi(document({ '/{a}': { get: mock() } }));
    expect(await refusal(putApi(id!, document({ '/{b}': { get: mock() } })))).toMatch(
      /Unable to create resource at path '\/\{b\}': A sibling \(\{a\}\)/,
    );
    await putApi(id!, document({ '/{b}': { get: mock() } }), { mode: 'overwrite' });
    expect(await outline(id!)).toEqual(['/', '/{b} GET']);
  });

  it('keeps nothing of a document with an error', async () => {
    const { id } = await importApi(first);
    const before = await load(id!);
    const bad = { ...second, paths: { ...second.paths, '/z': { get: { 'x-amazon-apigateway-integration': { type: 'http' } } } } };
    for (const mode of ['merge', 'overwrite'] as const) {
      expect(await refusal(putApi(id!, bad, { mode }))).toMatch(/^BadRequestException/);
      expect(await load(id!)).toEqual(before);
    }
  });

  it('refuses to give an authorizer a type that a method outside of the document cannot have', async () => {
    const scheme = (authorizer: object) => ({
      components: {
        securitySchemes: {
          auth: {
            type: 'apiKey',
            name: 'Authorization',
            in: 'header',
            'x-amazon-apigateway-authtype': 'x',
            'x-amazon-apigateway-authorizer': authorizer,
          },
        },
      },
    });
    const token = scheme({
      type: 'token',
      authorizerUri:
        'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations',
    });
    const pool = scheme({ type: 'cognito_user_pools', providerARNs: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/x'] });
    const secured = mock({ security: [{ auth: [] }] });
    const { id } = await importApi(document({ '/a': { get: secured } }, token));
    const [authorizer] = (await load(id!)).authorizers;
    expect(await refusal(putApi(id!, document({}, pool)))).toMatch(
      /method 'GET' on resource at path '\/a': Invalid authorizer ID/,
    );
    await putApi(id!, document({ '/a': { get: secured } }, pool));
    expect((await load(id!)).authorizers).toMatchObject([{ id: authorizer!.id, type: 'COGNITO_USER_POOLS' }]);
  });

  it('can be repeated with documentation that has a version', async () => {
    const documented = {
      ...first,
      'x-amazon-apigateway-documentation': {
        version: 'v1',
        documentationParts: [{ location: { type: 'API' }, properties: { description: 'x' } }],
      },
    };
    const { id } = await importApi(documented);
    const { warnings } = await putApi(id!, documented, { mode: 'overwrite' });
    const warning = "Documentation version 'v1' already exists. Ignoring. [/x-amazon-apigateway-documentation/version (line 1)]";
    expect(warnings).toEqual([warning]);
    const before = await load(id!);
    expect(await refusal(putApi(id!, { ...documented, paths: {} }, { mode: 'overwrite', failOnWarnings: true }))).toBe(
      `BadRequestException: Warnings found during import:\n\t${warning}`,
    );
    expect(await load(id!)).toEqual(before);
  });

  it('moves the API to another endpoint when the query says so, and leaves it where it is otherwise', async () => {
    const { id } = await importApi(first, { endpointConfigurationTypes: 'PRIVATE', vpcEndpointIds: 'vpce-1' });
    const left = await putApi(id!, second, { mode: 'overwrite' });
    expect(left.endpointConfiguration).toEqual({ types: ['PRIVATE'], ipAddressType: 'dualstack', vpcEndpointIds: ['vpce-1'] });
    const moved = await putApi(id!, second, { parameters: { endpointConfigurationTypes: 'REGIONAL' } });
    expect(moved.endpointConfiguration).toEqual({ types: ['REGIONAL'], ipAddressType: 'ipv4' });
  });

  it('404 without the API, before the document is read', async () => {
    expect(await refusal(putApi('nothing', 'nonsense'))).toBe(
      'NotFoundException: Invalid API identifier specified 123456789012:nothing',
    );
    const { id } = await importApi(first);
    const elsewhere = testCall({ accountId: '123456789012', region: 'eu-west-1' });
    const put = serving.definition.restApis.putRestApi(elsewhere, { restApiId: id!, body: bodyOf(second) });
    expect(await refusal(put)).toMatch(/^NotFoundException/);
  });

  it('waits for other edits of the API, and they for it', async () => {
    const { id, rootResourceId } = await importApi(first);
    const outcomes = await Promise.all([
      ...Array.from({ length: 6 }, (_, index) =>
        refusal(putApi(id!, document({ [`/put${index}`]: { get: mock() } }), { mode: index % 3 === 2 ? 'overwrite' : 'merge' })),
      ),
      ...Array.from({ length: 6 }, (_, index) =>
        refusal(serving.definition.newResource(id!, rootResourceId!, `created${index}`)),
      ),
    ]);
    expect(outcomes.filter((outcome) => outcome !== 'no error')).toEqual([]);
    const paths = await outline(id!);
    expect(new Set(paths).size).toBe(paths.length);
  });
});

describe('over the wire', () => {
  const send = (method: 'POST' | 'PUT', url: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
    application.app.inject({ method, url, payload, headers: { authorization: 'me', accept: 'application/json', ...headers } });

  it('takes JSON and YAML under any Content-Type', async () => {
    const json = JSON.stringify(document({ '/': { get: mock() } }));
    const yaml =
      'swagger: "2.0"\ninfo: {title: y}\npaths:\n  /:\n    get:\n      x-amazon-apigateway-integration: {type: mock}\n';
    for (const [body, type] of [
      [json, 'application/octet-stream'],
      [yaml, 'application/x-yaml'],
      [yaml, 'application/json'],
      [json, 'nonsense'],
    ] as const) {
      const answer = await send('POST', '/restapis?mode=import', body, { 'content-type': type });
      expect(answer.statusCode).toBe(201);
      const { id } = answer.json<RestApi>();
      expect(
        (await send('PUT', `/restapis/${id}?mode=overwrite&failonwarnings=true`, body, { 'content-type': type })).statusCode,
      ).toBe(200);
    }
  });

  it('413 above 6 MB', async () => {
    const answer = await send('POST', '/restapis?mode=import', Buffer.alloc(BODY_LIMIT + 1, ' '));
    expect(answer.statusCode).toBe(413);
  });

  it('imports 300 resources of 4 methods within 3 seconds', async () => {
    const given = large(300);
    // Of this process: how long it waits is up to what else runs on the machine.
    const timed = async (method: 'POST' | 'PUT', url: string, body: Buffer) => {
      const [started, busy] = [performance.now(), process.cpuUsage()];
      const answer = await send(method, url, body);
      const { user, system } = process.cpuUsage(busy);
      console.log(`300 x 4: ${method} took ${Math.round(performance.now() - started)} ms`);
      expect(answer.statusCode).toBe(method === 'POST' ? 201 : 200);
      return { ...answer.json<RestApi>(), took: (user + system) / 1000 };
    };
    const { id, took } = await timed('POST', '/restapis?mode=import', bodyOf(given));
    const merge = (await timed('PUT', `/restapis/${id}`, bodyOf(given))).took;
    const overwrite = (await timed('PUT', `/restapis/${id}?mode=overwrite`, bodyOf(given))).took;
    const yaml = (await timed('POST', '/restapis?mode=import', bodyOf(stringify(given, { aliasDuplicateObjects: false })))).took;
    expect(await outline(id!)).toHaveLength(300);
    expect(Math.max(took, merge, overwrite, yaml)).toBeLessThan(3000);
  });
});

/** A document of so many resources, the root among them, of four methods each but for the root. */
function large(resources: number): object {
  const operation = mock({
    parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }],
    responses: {
      '200': { description: 'ok', content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
    },
  });
  const paths = Array.from({ length: resources - 1 }, (_, index) => [
    `/resource-${index}`,
    { get: operation, put: operation, post: operation, delete: operation },
  ]);
  const Pet = { type: 'object', properties: { a: { type: 'string' } } };
  return document(Object.fromEntries(paths) as object, { components: { schemas: { Pet } } });
}

/** What Postgres counted of a table so far, for a client that has a connection of its own. */
async function counted(table: string, figure: string, { manager } = serving): Promise<number> {
  await manager.query('SELECT pg_stat_force_next_flush()');
  const [row] = await manager.query<{ figure: string }[]>(
    `SELECT ${figure} AS figure FROM pg_stat_user_tables WHERE relname = '${table}'`,
  );
  return Number(row!.figure);
}

describe('models that refer to each other in a long row', () => {
  it('are looked up once, however many they are', async () => {
    const length = 2_000;
    const schemas = Object.fromEntries(
      Array.from({ length }, (_, n) => [
        `M${n}`,
        { type: 'object', properties: { next: { $ref: `#/components/schemas/M${(n + 1) % length}` } } },
      ]),
    );
    const lookUps = () => counted('models', 'seq_scan + idx_scan');
    const before = await lookUps();
    const { id } = await importApi(document({}, { components: { schemas } }));
    expect((await lookUps()) - before).toBeLessThan(100);
    expect((await load(id!)).models).toHaveLength(length);
  });
});

describe('as many resources as there may be', () => {
  it('are written without looking through all of them for each', async () => {
    const resources = 5_000;
    const rowsRead = () => counted('resources', 'seq_tup_read + idx_tup_fetch');
    const before = await rowsRead();
    const { id } = await importApi(
      document(Object.fromEntries(Array.from({ length: resources }, (_, n) => [`/r${n}`, {}])) as object),
    );
    expect((await outline(id!)).length).toBe(resources + 1);
    expect((await rowsRead()) - before).toBeLessThan(500 * resources);
  });

  it('are counted while they are made', async () => {
    const paths = Array.from({ length: 20_000 }, (_, index) => [`/r${index}${'/a'.repeat(99)}`, {}]);
    const body = bodyOf(document(Object.fromEntries(paths) as object));
    const busy = process.cpuUsage();
    expect(await refusal(serving.definition.restApis.importRestApi(serving.call, { body }))).toBe(
      'LimitExceededException: Maximum number of resources for this API has been reached.',
    );
    const { user, system } = process.cpuUsage(busy);
    console.log(`${body.length} bytes of deep paths took ${Math.round((user + system) / 1000)} ms`);
    expect((user + system) / 1000).toBeLessThan(15_000);
  });
});

describe("AWS's quotas", () => {
  it('hold for imports, which keep nothing then', async () => {
    const limited = await Serving.open(server.url, 'deny', 'aws');
    try {
      const before = await countApis();
      const imported = (given: object) => limited.definition.restApis.importRestApi(limited.call, { body: bodyOf(given) });
      expect(await refusal(imported(large(301)))).toBe(
        'LimitExceededException: Maximum number of resources for this API has been reached.',
      );
      expect(await countApis()).toBe(before);
      const { id } = await imported(large(300));
      const body = bodyOf(document({ '/more': {} }));
      const put = (mode: 'merge' | 'overwrite') =>
        limited.definition.restApis.putRestApi(limited.call, { restApiId: id!, mode, body });
      expect(await refusal(put('merge'))).toMatch(/^LimitExceededException/);
      await put('overwrite');
      expect(await outline(id!)).toEqual(['/', '/more']);
    } finally {
      await limited.close();
    }
  });

  it('hold for documentation, of which nothing is written when it is too much', async () => {
    const limited = await Serving.open(server.url, 'deny', 'aws');
    try {
      const imported = (parts: number) => {
        const documentationParts = Array.from({ length: parts }, (_, n) => ({
          location: { type: 'MODEL', name: `M${n}` },
          properties: {},
        }));
        const given = document({}, { 'x-amazon-apigateway-documentation': { documentationParts } });
        return limited.definition.restApis.importRestApi(limited.call, { body: bodyOf(given) });
      };
      const written = () => counted('documentation_parts', 'n_tup_ins', limited);
      const before = await written();
      expect(await refusal(imported(2_001))).toBe(
        'LimitExceededException: Maximum number of documentation parts for this API has been reached.',
      );
      expect(await written()).toBe(before);
      await imported(2_000);
    } finally {
      await limited.close();
    }
  });
});
