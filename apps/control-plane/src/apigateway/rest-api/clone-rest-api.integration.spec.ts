import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentationPartEntity } from '../documentation-part/documentation-part.entity.js';
import { Definition, refusal, testCall } from './definition.fixture.js';
import { loadRestApiModel } from './load-rest-api-model.js';

let server: TestDatabase;
let api: Definition;

beforeAll(async () => {
  server = await createDatabase();
  api = await Definition.open(server.url);
});

afterAll(async () => {
  await api?.close();
  await server?.drop();
});

const SETTINGS = {
  description: 'd',
  version: 'v1',
  apiKeySource: 'AUTHORIZER',
  binaryMediaTypes: ['image/png'],
  minimumCompressionSize: 7,
  endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
  disableExecuteApiEndpoint: true,
  policy:
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"*"}]}',
  securityPolicy: 'TLS_1_2',
} as const;

const url = (apiId: string, name: string) => `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;

/** An API with one of everything that defines it. */
async function sourceApi() {
  const { call } = api;
  const given = structuredClone(SETTINGS) as object;
  const created = await api.restApis.createRestApi(call, { name: 'source', tags: { a: 'b' }, ...given });
  const restApiId = created.id!;
  const pets = await api.newResource(restApiId, created.rootResourceId!, 'pets');
  const pet = await api.newResource(restApiId, pets.id, '{id}');
  const schema = `{"items":{"$ref":"${url(restApiId, 'Empty')}"},"title":"${restApiId}","not":{"$ref":"${url(restApiId, 'Error').replaceAll('/', '\\/')}"}}`;
  await api.models.createModel(call, { restApiId, name: 'Pets', contentType: 'application/json', schema });
  const { id: authorizerId } = await api.authorizers.createAuthorizer(call, {
    restApiId,
    name: 'auth',
    type: 'COGNITO_USER_POOLS',
    providerARNs: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a'],
    identitySource: 'method.request.header.Authorization',
  });
  const { id: requestValidatorId } = await api.requestValidators.createRequestValidator(call, { restApiId, name: 'all' });
  await api.gatewayResponses.putGatewayResponse(call, { restApiId, responseType: 'THROTTLED', statusCode: '430' });
  const key = { restApiId, resourceId: pet.id, httpMethod: 'GET' };
  await api.methods.putMethod(call, {
    ...key,
    authorizationType: 'COGNITO_USER_POOLS',
    authorizerId,
    authorizationScopes: ['s'],
    requestValidatorId,
    requestModels: { 'application/json': 'Pets' },
  });
  await api.methodResponses.putMethodResponse(call, {
    ...key,
    statusCode: '200',
    responseModels: { 'application/json': 'Pets' },
  });
  await api.integrations.putIntegration(call, { ...key, type: 'MOCK' });
  await api.integrationResponses.putIntegrationResponse(call, { ...key, statusCode: '200' });
  await api.methods.putMethod(call, { ...key, resourceId: pets.id, authorizationType: 'NONE' });
  await api.integrations.putIntegration(call, { ...key, resourceId: pets.id, type: 'MOCK', cacheNamespace: 'mine' });
  await api.database.manager.insert(DocumentationPartEntity, {
    ...call.scope,
    apiId: restApiId,
    documentationPartId: 'part01',
    location: { type: 'API' },
    properties: '{}',
  });
  return created;
}

describe('cloneFrom', () => {
  it('copies the settings but the tags, except for what is given', async () => {
    const { id } = await sourceApi();
    const like = await api.restApis.createRestApi(api.call, { name: 'clone', cloneFrom: id });
    expect(like).toMatchObject({ ...SETTINGS, policy: JSON.stringify(SETTINGS.policy).slice(1, -1), name: 'clone' });
    expect(like.tags).toBeUndefined();
    expect(like.id).not.toBe(id);
    const other = await api.restApis.createRestApi(api.call, {
      name: 'other',
      cloneFrom: id,
      version: 'v2',
      minimumCompressionSize: 0,
      disableExecuteApiEndpoint: false,
      tags: { c: 'd' },
    });
    expect(other).toMatchObject({
      description: 'd',
      version: 'v2',
      minimumCompressionSize: 0,
      disableExecuteApiEndpoint: false,
      tags: { c: 'd' },
    });
  });

  it('copies everything below under new ids, with all references following', async () => {
    const source = await sourceApi();
    const { manager } = api.database;
    const { scope } = api.call;
    const before = await loadRestApiModel(manager, scope, source.id!);
    const clone = await api.restApis.createRestApi(api.call, { name: 'clone', cloneFrom: source.id });
    const after = await loadRestApiModel(manager, scope, clone.id!);

    // Every id of the source put in place of the clone's makes them equal.
    const ids = new Map([[clone.id!, source.id!]]);
    before.resources.forEach(({ id }, index) => ids.set(after.resources[index]!.id, id));
    ids.set(after.authorizers[0]!.id, before.authorizers[0]!.id);
    ids.set(after.requestValidators[0]!.id, before.requestValidators[0]!.id);
    expect(ids.get(clone.rootResourceId!)).toBe(source.rootResourceId);
    for (const [copied, original] of ids) expect(copied).not.toBe(original);
    const text = [...ids].reduce((all, [copied, original]) => all.replaceAll(copied, original), JSON.stringify(after));
    const mine = { name: 'clone', createdDate: after.createdDate };
    // The title of a schema is the tenant's text, whatever it looks like.
    expect(after.models.find(({ name }) => name === 'Pets')!.schema).toContain(`"title":"${source.id}"`);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ ...before, ...mine })));
    expect(JSON.stringify(after)).not.toContain(`restapis/${source.id}`);
    expect(JSON.stringify(after)).not.toContain(before.authorizers[0]!.id);

    const parts = await manager.findBy(DocumentationPartEntity, { ...scope, apiId: clone.id! });
    expect(parts).toMatchObject([{ location: { type: 'API' }, properties: '{}' }]);
    expect(parts[0]!.documentationPartId).not.toBe('part01');
    const models = await api.models.getModels(api.call, { restApiId: clone.id! });
    const originals = await api.models.getModels(api.call, { restApiId: source.id! });
    expect(models.item!.map(({ name }) => name)).toEqual(originals.item!.map(({ name }) => name));
    for (const model of models.item!) expect(originals.item!.map(({ id }) => id)).not.toContain(model.id);
  });

  it('leaves the source and the clone independent of each other', async () => {
    const source = await sourceApi();
    const clone = await api.restApis.createRestApi(api.call, { name: 'clone', cloneFrom: source.id });
    await api.restApis.deleteRestApi(api.call, { restApiId: source.id! });
    const { item } = await api.resources.getResources(api.call, { restApiId: clone.id!, embed: ['methods'] });
    expect(item!.map(({ path, resourceMethods }) => [path, Object.keys(resourceMethods ?? {})])).toEqual([
      ['/', []],
      ['/pets', ['GET']],
      ['/pets/{id}', ['GET']],
    ]);
  });

  it('copies a model that was deleted as little as one that was made', async () => {
    const { id } = await api.newApi();
    await api.models.deleteModel(api.call, { restApiId: id, modelName: 'Error' });
    const clone = await api.restApis.createRestApi(api.call, { name: 'clone', cloneFrom: id });
    const { item } = await api.models.getModels(api.call, { restApiId: clone.id! });
    expect(item!.map(({ name }) => name)).toEqual(['Empty']);
  });

  it('knows only APIs of the caller’s account and region', async () => {
    const { id } = await api.newApi();
    const create = (cloneFrom: string, call = api.call) => refusal(api.restApis.createRestApi(call, { name: 'x', cloneFrom }));
    expect(await create('fake')).toBe('NotFoundException: Invalid API identifier specified 123456789012:fake');
    expect(await create(id, testCall({ accountId: '210987654321', region: 'us-east-1' }))).toBe(
      `NotFoundException: Invalid API identifier specified 210987654321:${id}`,
    );
  });
});
