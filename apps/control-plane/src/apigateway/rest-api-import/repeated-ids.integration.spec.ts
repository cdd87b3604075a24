import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DocumentationPartsService } from '../documentation-part/documentation-part.service.js';
import { loadRestApiModel } from '../rest-api/load-rest-api-model.js';
import { Serving } from '../stage/serving.fixture.js';

/** Ids come in pairs: each is drawn again right after it was drawn. */
let drawn = 0;
vi.mock('@gatehouse/aws-wire', async (original) => ({
  ...(await original<typeof import('@gatehouse/aws-wire')>()),
  shortId: () => `id${String(Math.floor(drawn++ / 2)).padStart(4, '0')}`,
}));

let server: TestDatabase;
let serving: Serving;
let documentationParts: DocumentationPartsService;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url, 'deny');
  documentationParts = new DocumentationPartsService(
    serving.definition.database,
    serving.unitOfWork,
    serving.definition.documentReader,
  );
});

beforeEach(() => {
  drawn = 0;
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const names = ['a', 'b', 'c'];
const each = <T>(valueOf: (name: string) => T) => Object.fromEntries(names.map((name) => [name, valueOf(name)]));
const document = Buffer.from(
  JSON.stringify({
    openapi: '3.0.1',
    info: { title: 'pets', version: '1' },
    paths: Object.fromEntries(
      names.map((name) => [
        `/${name}`,
        { get: { 'x-amazon-apigateway-integration': { type: 'mock' }, security: [{ [name]: [] }] } },
      ]),
    ),
    components: {
      securitySchemes: each((name) => ({
        type: 'apiKey',
        in: 'header',
        name,
        'x-amazon-apigateway-authorizer': {
          type: 'token',
          authorizerUri:
            'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations',
        },
      })),
    },
    'x-amazon-apigateway-request-validators': each(() => ({ validateRequestBody: true })),
    'x-amazon-apigateway-documentation': {
      documentationParts: names.map((name) => ({ location: { type: 'MODEL', name }, properties: { name } })),
    },
  }),
);

async function contents(restApiId: string) {
  const api = await loadRestApiModel(serving.manager, serving.call.scope, restApiId);
  const authorizers = new Map(api.authorizers.map(({ id, name }) => [id, name]));
  const parts = await documentationParts.getDocumentationParts(serving.call, { restApiId });
  return {
    paths: api.resources.map(({ path, methods }) => [path, ...methods.map(({ authorizerId }) => authorizers.get(authorizerId!))]),
    authorizers: [...authorizers.values()].sort(),
    validators: api.requestValidators.map(({ name }) => name).sort(),
    parts: parts.item!.map(({ location }) => location!.name).sort(),
  };
}

const all = {
  paths: [['/'], ['/a', 'a'], ['/b', 'b'], ['/c', 'c']],
  authorizers: names,
  validators: names,
  parts: names,
};

describe('an id that is drawn twice', () => {
  it('is given once by an import, and by a copy', async () => {
    const { id } = await serving.definition.restApis.importRestApi(serving.call, { body: document });
    expect(await contents(id!)).toEqual(all);
    drawn = 0;
    const { id: copy } = await serving.definition.restApis.createRestApi(serving.call, { name: 'copy', cloneFrom: id });
    expect(await contents(copy!)).toEqual(all);
  });

  it('is not taken from what a merge keeps', async () => {
    const { definition, call } = serving;
    const { id, rootResourceId } = await definition.newApi();
    const kept = await definition.newResource(id, rootResourceId, 'kept');
    drawn = 0;
    await definition.restApis.putRestApi(call, { restApiId: id, body: document });
    const found = await contents(id);
    expect(found.paths).toEqual([...all.paths, ['/kept']]);
    expect((await definition.resources.getResource(call, { restApiId: id, resourceId: kept.id! })).path).toBe('/kept');
  });

  it('is not given to what is created', async () => {
    const { definition, call } = serving;
    const { id: restApiId, rootResourceId } = await definition.newApi();
    drawn = 0;
    const first = await definition.newResource(restApiId, rootResourceId, 'a');
    const second = await definition.newResource(restApiId, rootResourceId, 'b');
    expect(first.id).not.toBe(second.id);
    drawn = 0;
    const validator = () => definition.requestValidators.createRequestValidator(call, { restApiId });
    expect((await validator()).id).not.toBe((await validator()).id);
    drawn = 0;
    const part = (name: string) =>
      documentationParts.createDocumentationPart(call, { restApiId, location: { type: 'MODEL', name }, properties: '{"a":1}' });
    expect((await part('a')).id).not.toBe((await part('b')).id);
  });
});
