import {
  CreateDeploymentCommand,
  GetAuthorizersCommand,
  GetExportCommand,
  GetModelCommand,
  GetModelsCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStagesCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
  type ImportRestApiCommandInput,
  type PutRestApiCommandInput,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badRequest, ControlPlaneUnderTest, LONG_ID, notFound, unknownApi } from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start({ GATEHOUSE_UNENFORCED: 'deny' });
});
afterAll(() => plane?.stop());

const MOCK = {
  type: 'mock',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  passthroughBehavior: 'when_no_match',
  responses: { default: { statusCode: '200' } },
};
const swagger = (more: object = {}) => ({
  swagger: '2.0',
  info: { title: 'pets', version: '1.0', description: 'of pets' },
  host: 'pets.example',
  basePath: '/v1/store',
  schemes: ['https'],
  paths: {
    '/pets/{petId}': {
      get: {
        operationId: 'GetPet',
        parameters: [
          { name: 'petId', in: 'path', required: true, type: 'string' },
          { name: 'X-Trace', in: 'header', required: false, type: 'string' },
        ],
        responses: { 200: { description: 'a pet', schema: { $ref: '#/definitions/Pet' } } },
        'x-amazon-apigateway-integration': MOCK,
      },
    },
  },
  definitions: { Pet: { type: 'object', properties: { name: { type: 'string' }, age: { type: 'integer' } } } },
  'x-amazon-apigateway-binary-media-types': ['image/png'],
  ...more,
});
const oas30 = (path = '/cats', more: object = {}) => ({
  openapi: '3.0.1',
  info: { title: 'cats', version: '2.0' },
  servers: [{ url: 'https://cats.example/{basePath}', variables: { basePath: { default: '/v1/store' } } }],
  paths: { [path]: { post: { responses: { 200: { description: 'ok' } }, 'x-amazon-apigateway-integration': MOCK } } },
  components: {},
  ...more,
});
const bytes = (document: object | string) => Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
const load = (document: object | string, more: Partial<ImportRestApiCommandInput> = {}) =>
  new ImportRestApiCommand({ body: bytes(document), ...more });
const put = (restApiId: string, document: object | string, more: Partial<PutRestApiCommandInput> = {}) =>
  new PutRestApiCommand({ restApiId, body: bytes(document), ...more });
const resources = async (restApiId?: string) =>
  (await plane.send(new GetResourcesCommand({ restApiId, embed: ['methods'], limit: 500 }))).items!;
const paths = async (restApiId?: string) => (await resources(restApiId)).map(({ path }) => path);

describe('ImportRestApi', () => {
  it('makes an API of a Swagger document', async () => {
    const api = await plane.send(load(swagger()));
    expect(api).toEqual({
      id: expect.stringMatching(LONG_ID),
      name: 'pets',
      description: 'of pets',
      version: '1.0',
      createdDate: expect.any(Date),
      binaryMediaTypes: ['image/png'],
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
      rootResourceId: expect.stringMatching(LONG_ID),
    });
    const all = await resources(api.id);
    expect(all.map(({ path }) => path)).toEqual(['/', '/pets', '/pets/{petId}']);
    expect(all[2]!.resourceMethods!.GET).toMatchObject({
      httpMethod: 'GET',
      authorizationType: 'NONE',
      apiKeyRequired: false,
      operationName: 'GetPet',
      requestParameters: { 'method.request.path.petId': true, 'method.request.header.X-Trace': false },
      methodResponses: { 200: { statusCode: '200', responseModels: { 'application/json': 'Pet' } } },
      methodIntegration: {
        type: 'MOCK',
        requestTemplates: MOCK.requestTemplates,
        passthroughBehavior: 'WHEN_NO_MATCH',
        timeoutInMillis: 29_000,
        integrationResponses: { 200: { statusCode: '200' } },
      },
    });
    // Imports make no default models.
    const { items } = await plane.send(new GetModelsCommand({ restApiId: api.id }));
    expect(items!.map(({ name }) => name)).toEqual(['Pet']);
  });

  it.each([
    ['ignore', ['/', '/cats']],
    ['prepend', ['/', '/v1', '/v1/store', '/v1/store/cats']],
    ['split', ['/', '/store', '/store/cats']],
  ])('with basepath=%s', async (basepath, expected) => {
    expect(await paths((await plane.send(load(oas30(), { parameters: { basepath } }))).id)).toEqual(expected);
    const { id } = await plane.send(
      load({ ...swagger(), paths: { '/cats': swagger().paths['/pets/{petId}'] } }, { parameters: { basepath } }),
    );
    expect(await paths(id)).toEqual(expected);
  });

  it('takes YAML, and options from the query', async () => {
    const yaml =
      'openapi: 3.0.1\ninfo: {title: dogs, version: "1"}\npaths:\n  /dogs:\n    get:\n      responses: {"200": {description: ok}}\n';
    const api = await plane.send(
      load(yaml, { parameters: { endpointConfigurationTypes: 'REGIONAL', disableExecuteApiEndpoint: 'true' } }),
    );
    expect(api).toMatchObject({
      name: 'dogs',
      endpointConfiguration: { types: ['REGIONAL'] },
      disableExecuteApiEndpoint: true,
    });
    expect(await paths(api.id)).toEqual(['/', '/dogs']);
  });

  it('rewrites references between models', async () => {
    const definitions = { ...swagger().definitions, Pets: { type: 'array', items: { $ref: '#/definitions/Pet' } } };
    const { id } = await plane.send(load(swagger({ definitions })));
    const { schema } = await plane.send(new GetModelCommand({ restApiId: id, modelName: 'Pets' }));
    expect(JSON.parse(schema!)).toEqual({
      type: 'array',
      items: { $ref: `https://apigateway.amazonaws.com/restapis/${id}/models/Pet` },
    });
  });

  it('makes authorizers, which root-level security gives to operations without their own', async () => {
    const authorizerUri =
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations';
    const token = {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'custom',
      'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri },
    };
    const document = oas30('/cats', { security: [{ token: [] }], components: { securitySchemes: { token } } });
    const { id } = await plane.send(load(document));
    const { items } = await plane.send(new GetAuthorizersCommand({ restApiId: id }));
    expect(items).toMatchObject([{ name: 'token', type: 'TOKEN', authorizerUri }]);
    expect(items![0]!.authorizerResultTtlInSeconds).toBeUndefined();
    const [, cats] = await resources(id);
    expect(cats!.resourceMethods!.POST).toMatchObject({ authorizationType: 'CUSTOM', authorizerId: items![0]!.id });
  });

  it('warns of what it drops, and keeps nothing where warnings are failures', async () => {
    const integration = { ...MOCK, requestParameters: { 'integration.request.header.nothing': true } };
    const document = oas30('/test', {
      paths: { '/test': { get: { responses: {}, 'x-amazon-apigateway-integration': integration } } },
    });
    const { warnings } = await plane.send(load(document));
    expect(warnings).toEqual([
      "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.nothing' of resource '/test' and method 'GET' but got 'true'",
    ]);
    expect(await plane.refusal(load(document, { failOnWarnings: true }))).toMatch(/^BadRequestException 400: /);
  });

  it.each(['nonsense', '[]', '{}', '', '{"openapi": "9.9", "info": {"title": "x"}, "paths": {}}'])('refuses %j', async (text) => {
    expect(await plane.rawRefusal('POST', '/restapis?mode=import', text)).toMatch(/^BadRequestException 400: /);
  });

  it('says what AWS says of text that is no document', async () => {
    expect(await plane.refusal(load('nonsense'))).toBe(badRequest('Invalid OpenAPI input.'));
  });
});

describe('PutRestApi', () => {
  it('merges by default, and overwrites on request, keeping id and stages', async () => {
    const { id, rootResourceId } = await plane.send(load(swagger()));
    const { id: deploymentId } = await plane.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'prod' }));
    const merged = await plane.send(put(id!, oas30('/cats', { 'x-amazon-apigateway-binary-media-types': ['image/gif'] })));
    expect(merged).toMatchObject({ id, name: 'cats', version: '2.0', binaryMediaTypes: ['image/png', 'image/gif'], tags: {} });
    expect(await paths(id)).toEqual(['/', '/cats', '/pets', '/pets/{petId}']);
    const overwritten = await plane.send(
      put(id!, oas30('/dogs', { 'x-amazon-apigateway-binary-media-types': ['image/gif'] }), { mode: 'overwrite' }),
    );
    expect(overwritten).toMatchObject({ id, binaryMediaTypes: ['image/gif'] });
    expect(await paths(id)).toEqual(['/', '/dogs']);
    expect((await plane.send(new GetRestApiCommand({ restApiId: id }))).rootResourceId).toBe(rootResourceId);
    const { item } = await plane.send(new GetStagesCommand({ restApiId: id }));
    expect(item).toMatchObject([{ stageName: 'prod', deploymentId }]);
  });

  it('refuses what is no document and unknown APIs, and keeps nothing', async () => {
    const { id } = await plane.send(load(swagger()));
    const before = await resources(id);
    expect(await plane.refusal(put(id!, 'nonsense', { mode: 'overwrite' }))).toBe(badRequest('Invalid OpenAPI input.'));
    expect(await resources(id)).toEqual(before);
    expect(await plane.refusal(put('nosuchapi1', swagger()))).toBe(unknownApi('nosuchapi1'));
  });
});

describe('GetExport', () => {
  const get = (restApiId: string, exportType: string, more: object = {}) =>
    new GetExportCommand({ restApiId, stageName: 'prod', exportType, ...more });
  const document = (body?: Uint8Array) => JSON.parse(Buffer.from(body!).toString('utf8')) as Record<string, unknown>;

  it('answers with Swagger or OpenAPI, JSON or YAML, as an attachment', async () => {
    const { id } = await plane.send(load(swagger()));
    await plane.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'prod' }));
    const two = await plane.send(get(id!, 'swagger'));
    expect([two.contentType, two.contentDisposition]).toEqual([
      'application/octet-stream',
      'attachment; filename="swagger_1.0.json"',
    ]);
    expect(document(two.body)).toMatchObject({
      swagger: '2.0',
      info: { title: 'pets', version: '1.0', description: 'of pets' },
      host: `${id}.execute-api.us-east-1.amazonaws.com`,
      basePath: '/prod',
      schemes: ['https'],
      paths: { '/pets/{petId}': { get: { operationId: 'GetPet', responses: { 200: { description: '200 response' } } } } },
      definitions: { Pet: { type: 'object' } },
    });
    expect(Buffer.from(two.body!).toString()).not.toContain('x-amazon-apigateway');
    const three = document((await plane.send(get(id!, 'oas30', { parameters: { extensions: 'integrations' } }))).body);
    expect(three).toMatchObject({
      openapi: '3.0.1',
      servers: [
        {
          url: `https://${id}.execute-api.us-east-1.amazonaws.com/{basePath}`,
          variables: { basePath: { default: 'prod' } },
        },
      ],
      paths: {
        '/pets/{petId}': {
          get: {
            'x-amazon-apigateway-integration': {
              type: 'mock',
              passthroughBehavior: 'when_no_match',
              responses: { default: { statusCode: '200' } },
            },
          },
        },
      },
    });
    const yaml = await plane.send(get(id!, 'oas30', { accepts: 'application/yaml' }));
    expect(Buffer.from(yaml.body!).toString()).toMatch(/^(---\n)?openapi: ("|')?3\.0\.1/);
  });

  it('keeps empty components, and names a version that is none by the date', async () => {
    const { restApiId } = await plane.newStage();
    const { body } = await plane.send(get(restApiId, 'oas30'));
    expect(document(body)).toMatchObject({ components: {}, info: { version: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) } });
  });

  it('comes back as it was', async () => {
    const { id } = await plane.send(load(swagger()));
    await plane.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'prod' }));
    const { body } = await plane.send(get(id!, 'oas30', { parameters: { extensions: 'apigateway' } }));
    const { id: again } = await plane.send(new ImportRestApiCommand({ body: Buffer.from(body!) }));
    const stripped = (list: object[]) => JSON.stringify(list).replace(/"(id|parentId|cacheNamespace)":"[^"]*"/g, '');
    expect(stripped(await resources(again))).toBe(stripped(await resources(id)));
  });

  it('is refused for what is not there', async () => {
    const { restApiId } = await plane.newStage();
    expect(await plane.refusal(get(restApiId, 'oas30', { stageName: 'nosuch' }))).toBe(
      notFound('Invalid Stage identifier specified'),
    );
    expect(await plane.refusal(get('nosuchapi1', 'oas30'))).toMatch(/^NotFoundException 404: /);
    expect(await plane.refusal(get(restApiId, 'raml'))).toMatch(/^BadRequestException 400: /);
    expect(await plane.refusal(get(restApiId, 'oas30', { accepts: 'text/html' }))).toMatch(/^BadRequestException 400: /);
  });
});
