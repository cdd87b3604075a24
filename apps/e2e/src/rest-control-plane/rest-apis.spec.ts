import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  CreateUsagePlanCommand,
  DeleteRestApiCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  UpdateRestApiCommand,
  UpdateUsagePlanCommand,
  type CreateRestApiCommandInput,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../http.js';
import { ROOT_KEY } from '../product.js';
import { ACCOUNT, badRequest, ControlPlaneUnderTest, invalid, LONG_ID, unknownApi } from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start();
});
afterAll(() => plane?.stop());

const create = (input: Partial<CreateRestApiCommandInput> = {}) =>
  plane.send(new CreateRestApiCommand({ name: 'test', ...input }));
const update = (restApiId: string, ...patchOperations: PatchOperation[]) =>
  plane.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
const refusalOfUpdate = (restApiId: string, ...patchOperations: PatchOperation[]) =>
  plane.refusal(new UpdateRestApiCommand({ restApiId, patchOperations }));
const policyFor = (Resource: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource }],
  });
const get = (restApiId: string) => plane.send(new GetRestApiCommand({ restApiId }));

describe('CreateRestApi', () => {
  it('answers with the defaults and nothing that is not set', async () => {
    const api = await create();
    expect(api).toEqual({
      id: expect.stringMatching(LONG_ID),
      name: 'test',
      createdDate: expect.any(Date),
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
      rootResourceId: expect.stringMatching(LONG_ID),
    });
    expect(Math.abs(api.createdDate!.getTime() - Date.now())).toBeLessThan(60_000);
    expect((await plane.send(new GetResourcesCommand({ restApiId: api.id }))).items).toEqual([
      { id: api.rootResourceId, path: '/' },
    ]);
  });

  it('keeps everything that is set', async () => {
    const given = {
      name: 'full',
      description: 'd',
      version: 'v1',
      binaryMediaTypes: ['image/png', 'application/octet-stream'],
      minimumCompressionSize: 0,
      apiKeySource: 'AUTHORIZER',
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
      disableExecuteApiEndpoint: true,
      tags: { team: 'pets', __proto__x: 'y' },
    } as const;
    const api = await create(structuredClone(given) as unknown as CreateRestApiCommandInput);
    expect(api).toEqual({
      ...given,
      id: expect.stringMatching(LONG_ID),
      createdDate: expect.any(Date),
      rootResourceId: expect.stringMatching(LONG_ID),
    });
    expect(await get(api.id!)).toEqual(api);
  });

  it('gives private APIs dualstack, and nothing else', async () => {
    expect((await create({ endpointConfiguration: { types: ['PRIVATE'] } })).endpointConfiguration).toEqual({
      types: ['PRIVATE'],
      ipAddressType: 'dualstack',
    });
    const ipv4 = new CreateRestApiCommand({
      name: 'x',
      endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'ipv4' },
    });
    expect(await plane.refusal(ipv4)).toBe(badRequest('Only dualstack ipAddressType is supported for Private APIs.'));
  });

  it('answers the policy with every quote escaped once more', async () => {
    const { policy: answered } = await create({ policy: policyFor('*') });
    expect(answered).toBe(policyFor('*').replaceAll('"', '\\"'));
  });

  it('answers resources that the policy abbreviates as ARNs', async () => {
    const { id, policy: answered } = await create({ policy: policyFor('execute-api:/prod/GET/*') });
    const arn = `arn:aws:execute-api:us-east-1:123456789012:${id}/prod/GET/*`;
    expect(answered).toBe(policyFor(arn).replaceAll('"', '\\"'));
  });

  it.each<[Partial<CreateRestApiCommandInput>, string]>([
    [{ description: '' }, 'Description cannot be an empty string'],
    [{ minimumCompressionSize: -1 }, 'Invalid minimum compression size, must be between 0 and 10485760'],
    [{ minimumCompressionSize: 10_485_761 }, 'Invalid minimum compression size, must be between 0 and 10485760'],
    [{ endpointConfiguration: { types: [] } }, 'REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.'],
    [{ endpointConfiguration: { types: ['REGIONAL', 'EDGE'] } }, 'Cannot create an api with multiple Endpoint Types.'],
  ])('refuses %j', async (input, message) => {
    expect(await plane.refusal(new CreateRestApiCommand({ name: 'x', ...input }))).toBe(badRequest(message));
  });

  it('refuses what the model rules out, all of it in one message', async () => {
    const wrong = { types: ['wrong'], ipAddressType: 'wrong' };
    const types =
      "Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: " +
      'Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]';
    const address =
      "Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: " +
      'Member must satisfy enum value set: [ipv4, dualstack]';
    const command = (endpointConfiguration: object) => new CreateRestApiCommand({ name: 'x', endpointConfiguration });
    expect(await plane.refusal(command({ types: ['wrong'] }))).toBe(invalid(types));
    expect(await plane.refusal(command({ types: ['EDGE'], ipAddressType: 'wrong' }))).toBe(invalid(address));
    const both = await plane.refusal(command(wrong));
    expect([invalid(types, address), invalid(address, types)]).toContain(both);
  });

  it.each([
    [true, 'class java.lang.Boolean can not be converted to an String'],
    [5, 'class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String'],
  ])('refuses %j where the model has text', async (value, message) => {
    expect(await plane.rawRefusal('POST', '/restapis', { name: 'x', tags: { a: value } })).toBe(
      `SerializationException 400: ${message}`,
    );
  });

  it('clones an API with everything below it', async () => {
    const source = await plane.newMock();
    const clone = await create({ name: 'clone', cloneFrom: source.restApiId });
    expect(clone.id).not.toBe(source.restApiId);
    const { items } = await plane.send(new GetResourcesCommand({ restApiId: clone.id, embed: ['methods'] }));
    expect(items).toEqual([
      {
        id: clone.rootResourceId,
        path: '/',
        resourceMethods: {
          GET: {
            httpMethod: 'GET',
            authorizationType: 'NONE',
            apiKeyRequired: false,
            methodIntegration: {
              type: 'MOCK',
              passthroughBehavior: 'WHEN_NO_MATCH',
              timeoutInMillis: 29_000,
              cacheNamespace: expect.any(String),
              cacheKeyParameters: [],
            },
          },
        },
      },
    ]);
    expect(await plane.refusal(new CreateRestApiCommand({ name: 'x', cloneFrom: 'nosuchapi1' }))).toMatch(
      /^(NotFoundException 404|BadRequestException 400): /,
    );
  });
});

describe('GetRestApi', () => {
  it('answers with empty tags, on the wire as SDKs read it', async () => {
    const { id, ...created } = await create();
    expect(await get(id!)).toEqual({ id, ...created, tags: {} });
    const { status, headers, body } = await plane.raw('GET', `/restapis/${id}`);
    expect([status, headers['content-type']]).toEqual([200, 'application/json']);
    expect(JSON.parse(body)).toEqual({
      id,
      name: 'test',
      createdDate: created.createdDate!.getTime() / 1000,
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
      rootResourceId: created.rootResourceId,
      tags: {},
    });
  });

  it('does not know other identifiers, and tells upper case from lower', async () => {
    expect(await plane.refusal(new GetRestApiCommand({ restApiId: 'nosuchapi1' }))).toBe(unknownApi('nosuchapi1'));
    const { id } = await create();
    const upper = id!.toUpperCase();
    if (upper !== id) expect(await plane.refusal(new GetRestApiCommand({ restApiId: upper }))).toBe(unknownApi(upper));
    const { status, headers, body } = await plane.raw('GET', '/restapis/nosuchapi1');
    expect([status, headers['x-amzn-errortype'], body]).toEqual([
      404,
      'NotFoundException',
      `{"message":"Invalid API identifier specified ${ACCOUNT}:nosuchapi1"}`,
    ]);
  });
});

describe('GetRestApis', () => {
  it('answers the empty id with an empty object', async () => {
    const { status, body } = await plane.raw('GET', '/restapis/');
    expect([status, body]).toEqual([200, '{}']);
  });

  it('lists under `item`, leaves empty tags out, and ends without a position', async () => {
    const plain = await create({ name: 'plain' });
    const tagged = await create({ name: 'tagged', tags: { a: 'b' } });
    const { items, position } = await plane.send(new GetRestApisCommand({ limit: 500 }));
    expect(position).toBeUndefined();
    expect(items!.find(({ id }) => id === plain.id)).toEqual(plain);
    expect(items!.find(({ id }) => id === tagged.id)).toEqual(tagged);
    const wire = JSON.parse((await plane.raw('GET', '/restapis?limit=1')).body) as object;
    expect(Object.keys(wire).sort()).toEqual(['item', 'position']);
  });
});

describe('requests that are not signed as they should be', () => {
  it('are refused with the errors that SDKs know', async () => {
    const refusal = (credentials: typeof ROOT_KEY) => plane.refusalTo(credentials, new GetRestApisCommand({}));
    expect(await refusal({ ...ROOT_KEY, secretAccessKey: 'wrong' })).toMatch(/^InvalidSignatureException 403: /);
    const nobody = { accessKeyId: 'AKIANOBODYKNOWSTHIS0', secretAccessKey: 'x' };
    expect(await refusal(nobody)).toMatch(/^UnrecognizedClientException 403: /);
    const { status, headers } = await ask({ port: plane.controlPlane.port, path: '/restapis' });
    expect([status, headers['x-amzn-errortype']]).toEqual([403, 'MissingAuthenticationTokenException']);
  });
});

describe('UpdateRestApi', () => {
  it('changes everything that AWS lets change', async () => {
    const { id, rootResourceId, createdDate } = await create({ description: 'd' });
    const updated = await update(
      id!,
      { op: 'replace', path: '/name', value: 'renamed' },
      { op: 'replace', path: '/description', value: 'changed' },
      { op: 'replace', path: '/version', value: '2' },
      { op: 'replace', path: '/apiKeySource', value: 'AUTHORIZER' },
      { op: 'replace', path: '/policy', value: policyFor('*') },
      { op: 'replace', path: '/minimumCompressionSize', value: '10' },
      { op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' },
      { op: 'replace', path: '/endpointConfiguration/types/EDGE', value: 'REGIONAL' },
      { op: 'replace', path: '/endpointConfiguration/ipAddressType', value: 'dualstack' },
      { op: 'add', path: '/binaryMediaTypes/image~1png' },
      { op: 'add', path: '/binaryMediaTypes/image~1jpeg' },
    );
    expect(updated).toEqual({
      id,
      rootResourceId,
      createdDate,
      name: 'renamed',
      description: 'changed',
      version: '2',
      apiKeySource: 'AUTHORIZER',
      policy: policyFor('*').replaceAll('"', '\\"'),
      minimumCompressionSize: 10,
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
      binaryMediaTypes: ['image/png', 'image/jpeg'],
      tags: {},
    });
    expect(await get(id!)).toEqual(updated);
    const cleared = await update(
      id!,
      { op: 'remove', path: '/description' },
      { op: 'replace', path: '/minimumCompressionSize' },
      { op: 'replace', path: '/policy', value: '' },
      { op: 'replace', path: '/binaryMediaTypes/image~1png', value: 'image/gif' },
      { op: 'remove', path: '/binaryMediaTypes/image~1jpeg' },
    );
    expect(cleared).toEqual({
      id,
      rootResourceId,
      createdDate,
      name: 'renamed',
      version: '2',
      apiKeySource: 'AUTHORIZER',
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
      binaryMediaTypes: ['image/gif'],
      tags: {},
    });
  });

  it('changes the security policy', async () => {
    const { id } = await create({ endpointConfiguration: { types: ['REGIONAL'] } });
    const { securityPolicy, endpointAccessMode } = await update(
      id!,
      { op: 'replace', path: '/securityPolicy', value: 'SecurityPolicy_TLS13_1_3_2025_09' },
      { op: 'replace', path: '/endpointAccessMode', value: 'STRICT' },
    );
    expect([securityPolicy, endpointAccessMode]).toEqual(['SecurityPolicy_TLS13_1_3_2025_09', 'STRICT']);
  });

  it('removes a description that is patched without value, and adds a literal dash to media types', async () => {
    const { id } = await create({ description: 'd' });
    expect((await update(id!, { op: 'replace', path: '/description' })).description).toBeUndefined();
    const dashed = await update(id!, { op: 'add', path: '/binaryMediaTypes/-', value: 'image/png' });
    expect(dashed.binaryMediaTypes).toEqual(['-']);
  });

  it('moves a replaced media type to the end', async () => {
    const { id } = await create({ binaryMediaTypes: ['a/a', 'b/b'] });
    const { binaryMediaTypes } = await update(id!, { op: 'replace', path: '/binaryMediaTypes/a~1a', value: 'c/c' });
    expect(binaryMediaTypes).toEqual(['b/b', 'c/c']);
  });

  it('adds and removes endpoints of a private API', async () => {
    const { id } = await create({ endpointConfiguration: { types: ['PRIVATE'] } });
    const path = '/endpointConfiguration/vpcEndpointIds';
    const added = await update(id!, { op: 'add', path, value: 'vpce-1' }, { op: 'add', path, value: 'vpce-2' });
    expect(added.endpointConfiguration!.vpcEndpointIds).toEqual(['vpce-1', 'vpce-2']);
    const left = await update(id!, { op: 'remove', path, value: 'vpce-1' });
    expect(left.endpointConfiguration).toEqual({ types: ['PRIVATE'], ipAddressType: 'dualstack', vpcEndpointIds: ['vpce-2'] });
  });

  it('switches the address type of an API that becomes private', async () => {
    const { id } = await create();
    const { endpointConfiguration } = await update(id!, {
      op: 'replace',
      path: '/endpointConfiguration/types/EDGE',
      value: 'PRIVATE',
    });
    expect(endpointConfiguration).toEqual({ types: ['PRIVATE'], ipAddressType: 'dualstack' });
  });

  it('without operations answers with the API', async () => {
    const { id } = await create();
    expect(await update(id!)).toEqual(await get(id!));
  });

  it.each<[PatchOperation, string]>([
    [{ op: 'replace', path: '/description', value: '' }, 'Description cannot be an empty string'],
    [
      { op: 'replace', path: '/minimumCompressionSize', value: '-1' },
      'Invalid minimum compression size, must be between 0 and 10485760',
    ],
    [{ op: 'add', path: '/minimumCompressionSize', value: '1' }, 'Invalid patch operation specified. Must be one of: [replace]'],
    [{ op: 'add', path: '/binaryMediaTypes', value: 'image/png' }, 'Invalid patch path /binaryMediaTypes'],
    [{ op: 'replace', value: 'x' }, 'Invalid patch path null'],
    [{ op: 'replace', path: '/nosuch', value: 'x' }, 'Invalid patch path /nosuch'],
    [
      { op: 'replace', path: '/endpointConfiguration/ipAddressType', value: 'x' },
      'ipAddressType must be either ipv4 or dualstack.',
    ],
    [
      { op: 'replace', path: '/endpointConfiguration/types/EDGE', value: 'x' },
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
  ])('refuses %j, and applies nothing', async (operation, message) => {
    const { id } = await create();
    const before = await get(id!);
    expect(await refusalOfUpdate(id!, { op: 'replace', path: '/version', value: 'x' }, operation)).toBe(badRequest(message));
    expect(await get(id!)).toEqual(before);
  });

  it('refuses an unknown operation with its place in the list, and an unknown API', async () => {
    const wrong = { op: 'wrong', path: '/name' } as unknown as PatchOperation;
    expect(await refusalOfUpdate('nosuchapi1', { op: 'replace', path: '/name', value: 'x' }, wrong)).toBe(
      invalid(
        "Value 'wrong' at 'updateRestApiInput.patchOperations.2.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]",
      ),
    );
    expect(await refusalOfUpdate('nosuchapi1', { op: 'replace', path: '/name', value: 'x' })).toBe(unknownApi('nosuchapi1'));
  });
});

describe('DeleteRestApi', () => {
  it('removes the API with everything below it, once', async () => {
    const { restApiId } = await plane.newStage();
    await plane.send(new DeleteRestApiCommand({ restApiId }));
    expect(await plane.refusal(new GetRestApiCommand({ restApiId }))).toBe(unknownApi(restApiId));
    expect(await plane.refusal(new GetResourcesCommand({ restApiId }))).toBe(unknownApi(restApiId));
    expect(await plane.refusal(new CreateDeploymentCommand({ restApiId }))).toBe(unknownApi(restApiId));
    expect(await plane.refusal(new DeleteRestApiCommand({ restApiId }))).toBe(unknownApi(restApiId));
  });

  it('keeps an API whose stage is in a usage plan', async () => {
    const { restApiId, stageName } = await plane.newStage();
    const plan = await plane.send(new CreateUsagePlanCommand({ name: 'p', apiStages: [{ apiId: restApiId, stage: stageName }] }));
    expect(await plane.refusal(new DeleteRestApiCommand({ restApiId }))).toMatch(
      /^(BadRequestException 400|ConflictException 409): /,
    );
    const patchOperations = [{ op: 'remove', path: '/apiStages', value: `${restApiId}:${stageName}` } as const];
    await plane.send(new UpdateUsagePlanCommand({ usagePlanId: plan.id, patchOperations }));
    await plane.send(new DeleteRestApiCommand({ restApiId }));
  });
});
