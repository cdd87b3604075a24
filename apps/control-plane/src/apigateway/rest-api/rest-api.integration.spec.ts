import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeploymentEntity } from '../deployment/deployment.entity.js';
import { MethodEntity } from '../method/method.entity.js';
import { ResourceEntity } from '../resource/resource.entity.js';
import { StageEntity } from '../stage/stage.entity.js';
import { UsagePlanStageEntity } from '../usage-plan/usage-plan-stage.entity.js';
import { UsagePlanEntity } from '../usage-plan/usage-plan.entity.js';
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

const create = (input: Omit<Parameters<Definition['restApis']['createRestApi']>[1], 'name'> = {}) =>
  api.restApis.createRestApi(api.call, { name: 'test', ...input });
const update = (
  restApiId: string,
  ...patchOperations: { op: 'add' | 'remove' | 'replace' | 'test'; path?: string; value?: string }[]
) => api.restApis.updateRestApi(api.call, { restApiId, patchOperations });
/** A resource policy of one statement, which allows everything to everybody but for what is said. */
const policyOf = (change: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*', ...change }],
  });
const escaped = (policy: string) => JSON.stringify(policy).slice(1, -1);
const unknown = (id: string) => `NotFoundException: Invalid API identifier specified 123456789012:${id}`;

describe('CreateRestApi', () => {
  it('answers with AWS defaults and nothing that is not set', async () => {
    const created = await create();
    expect(JSON.parse(JSON.stringify(created))).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      name: 'test',
      createdDate: expect.any(String),
      apiKeySource: 'HEADER',
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
      disableExecuteApiEndpoint: false,
      rootResourceId: expect.stringMatching(/^[a-z0-9]{10}$/),
    });
    const { item } = await api.resources.getResources(api.call, { restApiId: created.id! });
    expect(JSON.parse(JSON.stringify(item))).toEqual([{ id: created.rootResourceId, path: '/' }]);
  });

  it('keeps what is set', async () => {
    const given = {
      description: 'd',
      version: 'v1',
      binaryMediaTypes: ['image/png'],
      minimumCompressionSize: 0,
      apiKeySource: 'AUTHORIZER',
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
      disableExecuteApiEndpoint: true,
      securityPolicy: 'TLS_1_2',
      endpointAccessMode: 'BASIC',
    } as const;
    const tags = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>;
    const created = await create({ ...(structuredClone(given) as object), tags });
    expect(created).toMatchObject(given);
    const read = await api.restApis.getRestApi(api.call, { restApiId: created.id! });
    expect(Object.entries(read.tags!).sort()).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(read).toEqual({ ...created, tags: read.tags });
  });

  it('gives private APIs dualstack only', async () => {
    expect((await create({ endpointConfiguration: { types: ['PRIVATE'] } })).endpointConfiguration).toEqual({
      types: ['PRIVATE'],
      ipAddressType: 'dualstack',
    });
    expect(await refusal(create({ endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'ipv4' } }))).toBe(
      'BadRequestException: Only dualstack ipAddressType is supported for Private APIs.',
    );
  });

  it.each([
    [{ description: '' }, 'Description cannot be an empty string'],
    [{ description: '', endpointConfiguration: { types: [] } }, 'Description cannot be an empty string'],
    [{ minimumCompressionSize: -1 }, 'Invalid minimum compression size, must be between 0 and 10485760'],
    [{ minimumCompressionSize: 10_485_761 }, 'Invalid minimum compression size, must be between 0 and 10485760'],
    [{ endpointConfiguration: { types: [] } }, 'REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.'],
    [{ endpointConfiguration: { types: ['REGIONAL', 'EDGE'] } }, 'Cannot create an api with multiple Endpoint Types.'],
    [
      { policy: '{' },
      'Invalid policy document. Please check the policy syntax and ensure that Principals are valid. Syntax errors in policy: it is no JSON.',
    ],
    [
      { policy: policyOf({ Condition: { Like: { 'aws:x': 'y' } } }) },
      'Invalid policy document. Please check the policy syntax and ensure that Principals are valid. Invalid Condition type : Like.',
    ],
    [
      { policy: policyOf({ Principal: { AWS: 'ann' } }) },
      'Invalid policy document. Please check the policy syntax and ensure that Principals are valid. Invalid principal in policy: "AWS":"ann"',
    ],
    [
      { policy: policyOf({ Resource: 'prod/*' }) },
      'Invalid policy document. Please check the policy syntax and ensure that Principals are valid. Resource prod/* must be in ARN format or "*".',
    ],
    [{ policy: policyOf({ Sid: 'x'.repeat(8192) }) }, 'Policy exceeds the maximum size of 8192 characters'],
    [
      { policy: '[]' },
      'Invalid policy document. Please check the policy syntax and ensure that Principals are valid. Syntax errors in policy: it is no object.',
    ],
    [{ tags: { '': 'x' } }, 'Invalid tag key specified, must have 1 to 128 characters: '],
  ] as const)('refuses %j', async (input, message) => {
    expect(await refusal(create(structuredClone(input) as object))).toBe(`BadRequestException: ${message}`);
  });

  it('answers the policy with its quotes escaped once more', async () => {
    const policy = policyOf({ Sid: 'a"b' });
    const created = await create({ policy });
    expect(created.policy).toContain('\\"Sid\\":\\"a\\\\\\"b\\"}]}');
    expect(JSON.parse(`"${created.policy}"`)).toBe(policy);
  });
});

describe('GetRestApi', () => {
  it('looks up identifiers case-sensitively, within the account and region', async () => {
    const { id } = await api.newApi();
    const get = (restApiId: string, scope?: { accountId: string; region: string }) =>
      api.restApis.getRestApi(testCall(scope), { restApiId });
    expect(await get(id)).toMatchObject({ id, tags: {} });
    const upper = id.toUpperCase();
    if (upper !== id) expect(await refusal(get(upper))).toBe(unknown(upper));
    expect(await refusal(get(id, { accountId: '123456789012', region: 'eu-west-1' }))).toBe(unknown(id));
    expect(await refusal(get(id, { accountId: '210987654321', region: 'us-east-1' }))).toBe(
      `NotFoundException: Invalid API identifier specified 210987654321:${id}`,
    );
  });
});

describe('GetRestApis', () => {
  it('pages in the order of creation, without losing or repeating an API', async () => {
    const call = testCall({ accountId: '111111111111', region: 'us-east-1' });
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) ids.push((await api.restApis.createRestApi(call, { name: `${i}` })).id!);
    const seen: string[] = [];
    let position: string | undefined;
    do {
      const page = await api.restApis.getRestApis(call, { limit: 3, position });
      seen.push(...page.item!.map(({ id }) => id!));
      position = page.position;
      if (seen.length === 3) await api.restApis.deleteRestApi(call, { restApiId: ids[2]! });
    } while (position);
    expect(seen).toEqual(ids);
  });

  it('refuses a position that it did not give out', async () => {
    for (const position of ['p2', 'WyJ5ZXN0ZXJkYXkiLCJhIl0', 'W10']) {
      expect(await refusal(api.restApis.getRestApis(api.call, { position }))).toBe(
        'BadRequestException: Invalid position parameter',
      );
    }
  });

  it('leaves empty tags out', async () => {
    const call = testCall({ accountId: '222222222222', region: 'us-east-1' });
    await api.restApis.createRestApi(call, { name: 'a' });
    await api.restApis.createRestApi(call, { name: 'b', tags: { k: 'v' } });
    const { item } = await api.restApis.getRestApis(call, {});
    expect(item!.map(({ tags }) => tags)).toEqual([undefined, { k: 'v' }]);
  });
});

describe('UpdateRestApi', () => {
  it('applies operations in order and shows empty tags', async () => {
    const { id } = await create({ description: 'd' });
    const added = await update(
      id!,
      { op: 'add', path: '/binaryMediaTypes/image~1png' },
      { op: 'add', path: '/binaryMediaTypes/image~1jpeg' },
    );
    expect(added).toMatchObject({ binaryMediaTypes: ['image/png', 'image/jpeg'], description: 'd', tags: {} });
    const replaced = await update(id!, { op: 'replace', path: '/binaryMediaTypes/image~1png', value: 'image/gif' });
    expect(replaced.binaryMediaTypes).toEqual(['image/jpeg', 'image/gif']);
    const removed = await update(
      id!,
      { op: 'remove', path: '/binaryMediaTypes/image~1gif' },
      { op: 'remove', path: '/description' },
      { op: 'replace', path: '/name', value: 'renamed' },
      { op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' },
      { op: 'replace', path: '/version', value: '2' },
      { op: 'replace', path: '/policy', value: policyOf({}) },
    );
    expect(removed).toMatchObject({
      binaryMediaTypes: ['image/jpeg'],
      description: undefined,
      name: 'renamed',
      disableExecuteApiEndpoint: true,
      version: '2',
      policy: escaped(policyOf({})),
    });
    expect(await api.restApis.getRestApi(api.call, { restApiId: id! })).toEqual(removed);
  });

  it('adds a literal - to the media types', async () => {
    const { id } = await api.newApi();
    expect((await update(id, { op: 'add', path: '/binaryMediaTypes/-', value: 'image/png' })).binaryMediaTypes).toEqual(['-']);
  });

  it('switches compression on and off', async () => {
    const { id } = await api.newApi();
    const path = '/minimumCompressionSize';
    expect((await update(id, { op: 'replace', path, value: '10' })).minimumCompressionSize).toBe(10);
    expect((await update(id, { op: 'replace', path })).minimumCompressionSize).toBeUndefined();
    expect((await update(id, { op: 'replace', path, value: '0' })).minimumCompressionSize).toBe(0);
    expect((await update(id, { op: 'replace', path, value: '' })).minimumCompressionSize).toBeUndefined();
  });

  it('changes the endpoint type, by index or by name', async () => {
    const { id } = await api.newApi();
    const types = (name: string, value: string) =>
      update(id, { op: 'replace', path: `/endpointConfiguration/types/${name}`, value });
    expect((await types('0', 'REGIONAL')).endpointConfiguration).toEqual({ types: ['REGIONAL'], ipAddressType: 'ipv4' });
    expect((await types('REGIONAL', 'PRIVATE')).endpointConfiguration).toEqual({
      types: ['PRIVATE'],
      ipAddressType: 'dualstack',
    });
    const withEndpoint = await update(id, { op: 'add', path: '/endpointConfiguration/vpcEndpointIds', value: 'vpce-1' });
    expect(withEndpoint.endpointConfiguration).toMatchObject({ vpcEndpointIds: ['vpce-1'] });
    expect((await types('PRIVATE', 'EDGE')).endpointConfiguration).toEqual({ types: ['EDGE'], ipAddressType: 'dualstack' });
    const moved = await update(
      id,
      { op: 'add', path: '/endpointConfiguration/types/REGIONAL' },
      { op: 'remove', path: '/endpointConfiguration/types/EDGE' },
    );
    expect(moved.endpointConfiguration).toMatchObject({ types: ['REGIONAL'] });
  });

  it.each([
    [{ op: 'replace', path: '/description', value: '' }, 'Description cannot be an empty string'],
    [
      { op: 'replace', path: '/minimumCompressionSize', value: '-1' },
      'Invalid minimum compression size, must be between 0 and 10485760',
    ],
    [
      { op: 'replace', path: '/minimumCompressionSize', value: 'test' },
      'Invalid minimum compression size, must be between 0 and 10485760',
    ],
    [{ op: 'add', path: '/minimumCompressionSize', value: '1' }, 'Invalid patch operation specified. Must be one of: [replace]'],
    [{ op: 'add', path: '/binaryMediaTypes', value: 'image/png' }, 'Invalid patch path /binaryMediaTypes'],
    [{ op: 'replace', path: '/binaryMediaTypes', value: 'image/png' }, 'Invalid patch path /binaryMediaTypes'],
    [{ op: 'remove', path: '/binaryMediaTypes' }, 'Invalid patch path /binaryMediaTypes'],
    [{ op: 'replace', value: 'x' }, 'Invalid patch path null'],
    [{ op: 'replace', path: '/id', value: 'x' }, 'Invalid patch path /id'],
    [
      { op: 'add', path: '/endpointConfiguration/ipAddressType', value: 'ipv4' },
      'Invalid patch operation specified. Must be one of: [replace]',
    ],
    [
      { op: 'replace', path: '/endpointConfiguration/ipAddressType', value: 'wrong' },
      'ipAddressType must be either ipv4 or dualstack.',
    ],
    [
      { op: 'replace', path: '/endpointConfiguration/types/EDGE', value: 'wrong' },
      'Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE',
    ],
    [
      { op: 'test', path: '/endpointConfiguration/types/EDGE' },
      "Invalid patch operation specified. Must be 'add'|'remove'|'replace'",
    ],
    [
      { op: 'remove', path: '/endpointConfiguration/types/EDGE' },
      'REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.',
    ],
    [{ op: 'add', path: '/endpointConfiguration/types/REGIONAL' }, 'Cannot create an api with multiple Endpoint Types.'],
    [
      { op: 'add', path: '/endpointConfiguration/vpcEndpointIds', value: 'vpce-1' },
      'vpcEndpointIds can only be specified for APIs with the endpoint type PRIVATE.',
    ],
    [
      { op: 'replace', path: '/apiKeySource', value: 'x' },
      'Invalid ApiKeySourceType specified. Valid options are HEADER,AUTHORIZER',
    ],
    [{ op: 'replace', path: '/name', value: '' }, 'Name cannot be an empty string'],
  ] as const)('refuses %j', async (operation, message) => {
    const created = await create();
    const refused = update(created.id!, { op: 'replace', path: '/version', value: 'new' }, operation);
    expect(await refusal(refused)).toBe(`BadRequestException: ${message}`);
    expect((await api.restApis.getRestApi(api.call, { restApiId: created.id! })).version).toBeUndefined();
  });

  it('keeps private APIs at dualstack', async () => {
    const { id } = await create({ endpointConfiguration: { types: ['PRIVATE'] } });
    expect(await refusal(update(id!, { op: 'replace', path: '/endpointConfiguration/ipAddressType', value: 'ipv4' }))).toBe(
      'BadRequestException: Only dualstack ipAddressType is supported for Private APIs.',
    );
  });

  it('does not know other APIs', async () => {
    expect(await refusal(update('api_id', { op: 'replace', path: '/name', value: 'x' }))).toBe(unknown('api_id'));
  });
});

describe('DeleteRestApi', () => {
  const below = async (apiId: string) => {
    const { manager } = api.database;
    const counts = [ResourceEntity, MethodEntity, DeploymentEntity, StageEntity].map((entity) =>
      manager.countBy(entity, { apiId }),
    );
    return Promise.all(counts);
  };

  /** An API with one of everything below it, its stage "prod" included. */
  const full = async () => {
    const { scope } = api.call;
    const { restApiId: apiId } = await api.newMethod();
    const model = await loadRestApiModel(api.database.manager, scope, apiId);
    const deployed = { description: null, createdDate: new Date(), model, vpcLinkIds: [] };
    const deployment = { ...scope, apiId, deploymentId: 'd1', ...deployed };
    await api.database.manager.insert(DeploymentEntity, deployment);
    await api.database.manager.insert(StageEntity, {
      ...scope,
      apiId,
      stageName: 'prod',
      deploymentId: 'd1',
      createdDate: new Date(),
      lastUpdatedDate: new Date(),
      variables: {},
      methodSettings: {},
      cacheClusterEnabled: false,
      cacheEpoch: '',
      decisionsEpoch: '',
      tracingEnabled: false,
      tags: {},
    });
    return apiId;
  };

  it('removes everything below the API and takes its stages from the gateways', async () => {
    const apiId = await full();
    expect(await below(apiId)).toEqual([1, 1, 1, 1]);
    const call = testCall();
    await api.restApis.deleteRestApi(call, { restApiId: apiId });
    expect(await below(apiId)).toEqual([0, 0, 0, 0]);
    expect(await refusal(api.restApis.getRestApi(api.call, { restApiId: apiId }))).toBe(unknown(apiId));
    expect(call.publicationId).toBeDefined();
    expect(api.bell.rung).toContainEqual({ ...call.scope, kind: 'stage', key: `${apiId}/prod` });
    const [revision] = await api.database.query('SELECT deleted FROM document_revisions WHERE key = $1', [`${apiId}/prod`]);
    expect(revision).toEqual({ deleted: true });
  });

  it('refuses while a stage is in a usage plan', async () => {
    const apiId = await full();
    const { scope } = api.call;
    const plan = { ...scope, usagePlanId: 'plan1', name: 'p', createdDate: new Date(), tags: {} };
    await api.database.manager.insert(UsagePlanEntity, plan);
    await api.database.manager.insert(UsagePlanStageEntity, {
      ...scope,
      usagePlanId: 'plan1',
      apiId,
      stageName: 'prod',
      position: 0,
      throttle: {},
    });
    expect(await refusal(api.restApis.deleteRestApi(api.call, { restApiId: apiId }))).toBe(
      `BadRequestException: Cannot delete API ${apiId} because its stage prod is associated with Usage Plan plan1`,
    );
    expect(await below(apiId)).toEqual([1, 1, 1, 1]);
  });

  it('does not know a deleted API', async () => {
    const { id } = await api.newApi();
    await api.restApis.deleteRestApi(api.call, { restApiId: id });
    expect(await refusal(api.restApis.deleteRestApi(api.call, { restApiId: id }))).toBe(unknown(id));
  });
});

describe('loadRestApiModel', () => {
  it('reads the whole tree, sorted by path, then verb', async () => {
    const { id, rootResourceId } = await api.newApi();
    const b = await api.newResource(id, rootResourceId, 'b');
    await api.newResource(id, rootResourceId, 'a');
    await api.newResource(id, b.id, '{id}');
    const key = { restApiId: id, resourceId: b.id };
    for (const httpMethod of ['ANY', 'POST', 'GET']) {
      await api.methods.putMethod(api.call, { ...key, httpMethod, authorizationType: 'NONE' });
    }
    await api.integrations.putIntegration(api.call, { ...key, httpMethod: 'GET', type: 'MOCK' });
    const model = await loadRestApiModel(api.database.manager, api.call.scope, id);
    expect(model).toMatchObject({ apiId: id, name: 'test', apiKeySource: 'HEADER' });
    expect(model.resources.map(({ path, methods }) => [path, methods.map(({ httpMethod }) => httpMethod)])).toEqual([
      ['/', []],
      ['/a', []],
      ['/b', ['GET', 'POST', 'ANY']],
      ['/b/{id}', []],
    ]);
    expect(model.resources[2]!.methods[0]!.methodIntegration).toMatchObject({ type: 'MOCK', cacheNamespace: b.id });
    expect(model.resources[2]!.methods[1]).not.toHaveProperty('methodIntegration.type');
  });
});
