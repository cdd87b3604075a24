import type { ModelModel, RestApiModel } from '@gatehouse/api-model';
import { exportOpenApi, printDocument } from '@gatehouse/openapi';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { randomApi } from '@gatehouse/testing/random-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentationPartEntity } from '../documentation-part/documentation-part.entity.js';
import { DocumentationVersionEntity } from '../documentation-version/documentation-version.entity.js';
import { ExportsService } from '../export/export.service.js';
import { loadRestApiModel } from '../rest-api/load-rest-api-model.js';
import { Serving } from '../stage/serving.fixture.js';
import { makeRichApi, makeTypedApi } from './rich-api.fixture.js';

let server: TestDatabase;
let serving: Serving;
let exports: ExportsService;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url, 'deny');
  exports = new ExportsService(serving.definition.database);
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const FORMATS = [
  ['swagger', 'application/json'],
  ['swagger', 'application/yaml'],
  ['oas30', 'application/json'],
  ['oas30', 'application/yaml'],
] as const;

async function exported(restApiId: string, exportType: string, accepts: string): Promise<Buffer> {
  const parameters = { extensions: 'apigateway' };
  return (await exports.getExport(serving.call, { restApiId, stageName: 'prod', exportType, accepts, parameters })).body!;
}

/** The API with names in place of ids, schemas as JSON, and without what no document says: default models that nothing uses, dates. */
async function comparable(restApiId: string, origin = restApiId): Promise<unknown> {
  return comparableModel(await load(restApiId), await load(origin));
}

const load = (apiId: string) => loadRestApiModel(serving.manager, serving.call.scope, apiId);

function comparableModel(api: RestApiModel, origin: RestApiModel): unknown {
  // A cache's namespace is by default its resource's id, which a document tells as any other namespace.
  const resources = [...api.resources, ...origin.resources];
  const paths = new Map(resources.map(({ id, path }) => [id, path]));
  // What has no name is told by all that it has.
  const told = ({ id: _, ...each }: { id: string; name?: string }) =>
    JSON.stringify(
      Object.entries(each)
        .sort()
        .filter(([, value]) => value !== undefined),
    );
  const named = (list: { id: string; name?: string }[], id?: string) => list.filter((each) => each.id === id).map(told)[0];
  const withoutIds = <T extends { id: string; name?: string }>(list: T[]) =>
    [...list].sort((a, b) => (told(a) < told(b) ? -1 : 1)).map((each) => ({ ...each, id: undefined }));
  const comparable = {
    ...api,
    apiId: undefined,
    createdDate: undefined,
    models: api.models
      .filter(({ name }) => name !== 'Empty' && name !== 'Error')
      .map((model) => ({ ...model, schema: schemaOf(model, api.apiId) })),
    authorizers: withoutIds(api.authorizers),
    requestValidators: withoutIds(api.requestValidators),
    policy: api.policy === undefined ? undefined : (JSON.parse(api.policy) as unknown),
    resources: api.resources.map(({ path, methods }: RestApiModel['resources'][number]) => ({
      path,
      methods: methods.map(({ authorizerId, requestValidatorId, methodIntegration, ...method }) => ({
        ...method,
        authorizer: named(api.authorizers, authorizerId),
        requestValidator: named(api.requestValidators, requestValidatorId),
        methodIntegration: methodIntegration && {
          ...methodIntegration,
          cacheNamespace: paths.get(methodIntegration.cacheNamespace) ?? methodIntegration.cacheNamespace,
        },
      })),
    })),
  };
  return JSON.parse(JSON.stringify(comparable));
}

function schemaOf({ contentType, schema }: ModelModel, apiId: string): unknown {
  return contentType === 'application/json' ? (JSON.parse(schema!.replaceAll(apiId, 'API')) as unknown) : schema;
}

async function documentation(restApiId: string) {
  const of = { ...serving.call.scope, apiId: restApiId };
  const parts = await serving.manager.findBy(DocumentationPartEntity, of);
  const versions = await serving.manager.findBy(DocumentationVersionEntity, of);
  const located = (list: { location: object; properties: string }[]) =>
    list
      .map(({ location, properties }) => ({ location, properties }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    parts: located(parts),
    versions: versions.map(({ version, parts: kept }) => ({ version, parts: located(kept) })),
  };
}

describe('an API that is exported and imported again', () => {
  it.each(FORMATS)('is the same by way of %s as %s', async (exportType, accepts) => {
    const restApiId = await makeRichApi(serving);
    const body = await exported(restApiId, exportType, accepts);
    const { warnings, id } = await serving.definition.restApis.importRestApi(serving.call, { body });
    expect(warnings).toBeUndefined();
    expect(await comparable(id!, restApiId)).toEqual(await comparable(restApiId));
    expect(await documentation(id!)).toEqual(await documentation(restApiId));

    await serving.deployments.createDeployment(serving.call, { restApiId: id!, stageName: 'prod' });
    const again = await exported(id!, exportType, accepts);
    const { id: third } = await serving.definition.restApis.importRestApi(serving.call, { body: again });
    expect(await comparable(third!, restApiId)).toEqual(await comparable(restApiId));
  });

  it.each(FORMATS)('is the same by way of %s as %s, whatever it has', async (type, accepts) => {
    const documentOf = (api: RestApiModel) =>
      Buffer.from(printDocument(exportOpenApi(api, { type, host: 'h', stageName: 's', extensions: ['apigateway'] }), accepts));
    const validators = ({ requestValidators }: RestApiModel) => requestValidators.map(({ id, name }) => [name, id]).sort();
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const random = randomApi(seed);
      const { id } = await serving.definition.restApis.importRestApi(serving.call, { body: documentOf(random) });
      const api = await load(id!);
      expect(comparableModel(api, random), `seed ${seed}`).toEqual(comparableModel(random, random));
      await serving.definition.restApis.putRestApi(serving.call, { restApiId: id!, mode: 'overwrite', body: documentOf(api) });
      const after = await load(id!);
      expect(comparableModel(after, api), `seed ${seed}`).toEqual(comparableModel(api, api));
      expect(validators(after)).toEqual(validators(api));
    }
  });

  it.each(FORMATS.filter(([exportType]) => exportType === 'oas30'))(
    'keeps a model for each media type by way of %s as %s',
    async (exportType, accepts) => {
      const restApiId = await makeTypedApi(serving);
      const body = await exported(restApiId, exportType, accepts);
      const { id } = await serving.definition.restApis.importRestApi(serving.call, { body });
      expect(await comparable(id!, restApiId)).toEqual(await comparable(restApiId));
    },
  );

  it.each(FORMATS)(
    'keeps by way of %s as %s data that looks like references, and a default model that was changed',
    async (...format) => {
      const { definition, call } = serving;
      const restApiId = await makeRichApi(serving);
      const schemas = [
        '{"type":"object","default":{"$ref":"x"}}',
        '{"default":1,"enum":[{"$ref":"hello"}],"items":{"$ref":"#"}}',
      ];
      for (const [index, schema] of schemas.entries()) {
        await definition.models.createModel(call, { restApiId, name: `E${index}`, contentType: 'application/json', schema });
      }
      const patchOperations = [{ op: 'replace' as const, path: '/description', value: 'mine' }];
      await definition.models.updateModel(call, { restApiId, modelName: 'Empty', patchOperations });
      await serving.deployments.createDeployment(call, { restApiId, stageName: 'prod' });
      const body = await exported(restApiId, ...format);
      const { id, warnings } = await definition.restApis.importRestApi(call, { body });
      expect(warnings).toBeUndefined();
      await definition.restApis.putRestApi(call, { restApiId, mode: 'overwrite', body });
      for (const { models } of [await load(id!), await load(restApiId)]) {
        const kept = new Map(models.map((model) => [model.name, model]));
        expect(['E0', 'E1'].map((name) => kept.get(name)!.schema)).toEqual(schemas);
        expect(kept.get('Empty')).toMatchObject({ description: 'mine' });
      }
    },
  );

  it('keeps the models of JSON by way of Swagger, which has one for all media types', async () => {
    const restApiId = await makeTypedApi(serving);
    const body = await exported(restApiId, 'swagger', 'application/json');
    const { id } = await serving.definition.restApis.importRestApi(serving.call, { body });
    const api = await loadRestApiModel(serving.manager, serving.call.scope, id!);
    const [method] = api.resources[1]!.methods;
    expect(method!.requestModels).toMatchObject({ 'application/json': 'Pet' });
    expect(method!.methodResponses[0]!.responseModels).toMatchObject({ 'application/json': 'Pets' });
  });

  it.each(FORMATS)('changes nothing when it is put back by way of %s as %s', async (exportType, accepts) => {
    const restApiId = await makeRichApi(serving);
    const body = await exported(restApiId, exportType, accepts);
    const before = await loadRestApiModel(serving.manager, serving.call.scope, restApiId);
    const { binaryMediaTypes } = before;
    for (const mode of ['merge', 'overwrite'] as const) {
      await serving.definition.restApis.putRestApi(serving.call, { restApiId, mode, body });
      const after = await loadRestApiModel(serving.manager, serving.call.scope, restApiId);
      const ids = (api: RestApiModel) => ({
        resources: api.resources.map(({ id, path }) => [path, id]),
        authorizers: api.authorizers.map(({ id, name }) => [name, id]),
        requestValidators: api.requestValidators.map(({ id, name }) => [name, id]),
      });
      expect(ids(after)).toEqual(ids(before));
      expect(after.binaryMediaTypes).toEqual(binaryMediaTypes);
      expect(await comparable(restApiId)).toMatchObject({
        name: 'rich',
        policy: {},
        models: [{ name: 'Pet' }, { name: 'Pets' }, { name: 'Toy' }],
      });
    }
  });
});
