import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Definition, refusal, testCall } from '../rest-api/definition.fixture.js';

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

type PutMethod = Parameters<Definition['methods']['putMethod']>[1];
type Key = Pick<PutMethod, 'restApiId' | 'resourceId' | 'httpMethod'>;
type Operation = { op: 'add' | 'remove' | 'replace'; path: string; value?: string };

const newKey = async (httpMethod = 'GET'): Promise<Key> => {
  const { id, rootResourceId } = await api.newApi();
  return { restApiId: id, resourceId: rootResourceId, httpMethod };
};
const put = (key: Key, more: Partial<PutMethod> = {}) =>
  api.methods.putMethod(api.call, { authorizationType: 'NONE', ...key, ...more });
const update = (key: Key, ...patchOperations: Operation[]) => api.methods.updateMethod(api.call, { ...key, patchOperations });
const wire = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));

const NO_RESOURCE = 'NotFoundException: Invalid Resource identifier specified';
const NO_METHOD = 'NotFoundException: Invalid Method identifier specified';
const NO_AUTHORIZER =
  'BadRequestException: Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.';

describe('PutMethod', () => {
  it('answers with the defaults', async () => {
    const key = await newKey('ANY');
    const plain = { httpMethod: 'ANY', authorizationType: 'NONE', apiKeyRequired: false };
    expect(wire(await put(key))).toEqual(plain);
    expect(wire(await api.methods.getMethod(api.call, key))).toEqual(plain);
  });

  it('keeps what is given', async () => {
    const key = await newKey();
    const given = {
      authorizationType: 'AWS_IAM',
      apiKeyRequired: true,
      operationName: 'op',
      requestParameters: { 'method.request.header.h_optional': false, 'method.request.querystring.q_required': true },
      requestModels: { 'application/json': 'Empty', $default: 'Error' },
    };
    expect(wire(await put(key, given))).toEqual({ httpMethod: 'GET', ...given });
    expect(wire(await api.methods.getMethod(api.call, key))).toEqual({ httpMethod: 'GET', ...given });
  });

  it('keeps parameters named like members of Object', async () => {
    const key = await newKey();
    const requestParameters = { 'method.request.header.__proto__': true, 'method.request.path.constructor': true };
    expect((await put(key, { requestParameters })).requestParameters).toEqual(requestParameters);
  });

  it('ignores the authorizer and the scopes of a type that has none', async () => {
    const given = { authorizerId: 'abc123', authorizationScopes: ['a'] };
    expect(await put(await newKey(), given)).toMatchObject({ authorizerId: undefined, authorizationScopes: undefined });
  });

  it.each<[Partial<PutMethod>, string]>([
    [{ restApiId: 'wrong' }, NO_RESOURCE],
    [{ resourceId: 'wrong' }, NO_RESOURCE],
    [
      { httpMethod: 'WRONG' },
      'BadRequestException: Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY',
    ],
    [
      { httpMethod: 'get' },
      'BadRequestException: Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY',
    ],
    [{ authorizationType: 'CUSTOM' }, NO_AUTHORIZER],
    [{ authorizationType: 'COGNITO_USER_POOLS', authorizerId: 'abc123' }, NO_AUTHORIZER],
    [
      { authorizationType: 'none' },
      'BadRequestException: Invalid AuthorizationType specified. Valid options are NONE,AWS_IAM,CUSTOM,COGNITO_USER_POOLS',
    ],
    [{ requestValidatorId: 'wrong' }, 'BadRequestException: Invalid Request Validator identifier specified'],
    [{ requestModels: { 'application/json': 'petModel' } }, 'BadRequestException: Invalid model identifier specified: petModel'],
    [
      { requestModels: { 'application/json': 'constructor' } },
      'BadRequestException: Invalid model identifier specified: constructor',
    ],
    [
      { requestModels: { '123': 'Empty' } },
      'BadRequestException: Validation Result: warnings : [], errors : [Invalid content type specified: 123]',
    ],
    [
      { requestParameters: { 'method.request.querystring.a': true, 'method.request.header.a': true } },
      'BadRequestException: Parameter names must be unique across querystring, header and path',
    ],
    [
      { requestParameters: { 'method.request.cookie.a': true } },
      'BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.request.cookie.a]',
    ],
  ])('refuses %j', async (more, message) => {
    expect(await refusal(put(await newKey(), more))).toBe(message);
  });

  it('refuses a method that is there', async () => {
    const key = await newKey();
    await put(key, { operationName: 'first' });
    expect(await refusal(put(key))).toBe('ConflictException: Method already exists for this resource');
    expect((await api.methods.getMethod(api.call, key)).operationName).toBe('first');
  });

  it('does not reach into other accounts and regions', async () => {
    const key = await newKey();
    const call = testCall({ accountId: '210987654321', region: 'us-east-1' });
    expect(await refusal(api.methods.putMethod(call, { ...key, authorizationType: 'NONE' }))).toBe(NO_RESOURCE);
  });
});

describe('GetMethod', () => {
  it('nests the integration and the responses', async () => {
    const key = await api.newMethod();
    await api.methodResponses.putMethodResponse(api.call, {
      ...key,
      statusCode: '200',
      responseParameters: { 'method.response.header.my-header': true },
      responseModels: { 'application/json': 'Empty' },
    });
    await api.integrations.putIntegration(api.call, {
      ...key,
      type: 'MOCK',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
    });
    await api.integrationResponses.putIntegrationResponse(api.call, {
      ...key,
      statusCode: '200',
      selectionPattern: '',
      responseTemplates: { 'application/json': 'overwrite' },
    });
    expect(wire(await api.methods.getMethod(api.call, key))).toEqual({
      apiKeyRequired: false,
      authorizationType: 'NONE',
      httpMethod: 'GET',
      methodIntegration: {
        cacheKeyParameters: [],
        cacheNamespace: key.resourceId,
        integrationResponses: {
          '200': { responseTemplates: { 'application/json': 'overwrite' }, selectionPattern: '', statusCode: '200' },
        },
        passthroughBehavior: 'WHEN_NO_MATCH',
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
        timeoutInMillis: 29000,
        type: 'MOCK',
      },
      methodResponses: {
        '200': {
          responseModels: { 'application/json': 'Empty' },
          responseParameters: { 'method.response.header.my-header': true },
          statusCode: '200',
        },
      },
    });
  });

  it('tells an unknown resource from an unknown method', async () => {
    const key = await api.newMethod();
    const get = (wrong: Partial<Key>) => refusal(api.methods.getMethod(api.call, { ...key, ...wrong }));
    expect(await get({ restApiId: 'wrong' })).toBe(NO_RESOURCE);
    expect(await get({ resourceId: 'wrong' })).toBe(NO_RESOURCE);
    expect(await get({ httpMethod: 'POST' })).toBe(NO_METHOD);
    expect(await get({ httpMethod: 'wrong' })).toBe(NO_METHOD);
  });
});

describe('UpdateMethod', () => {
  it('adds, replaces and removes', async () => {
    const key = await newKey('ANY');
    await put(key);
    const parameter = '/requestParameters/method.request.querystring.optional';
    const added = await update(
      key,
      { op: 'add', path: parameter, value: 'true' },
      { op: 'add', path: '/requestModels/application~1json', value: 'Empty' },
    );
    expect(wire(added)).toEqual({
      apiKeyRequired: false,
      authorizationType: 'NONE',
      httpMethod: 'ANY',
      requestModels: { 'application/json': 'Empty' },
      requestParameters: { 'method.request.querystring.optional': true },
    });
    const replaced = await update(
      key,
      { op: 'replace', path: '/operationName', value: 'ReplacedOperationName' },
      { op: 'replace', path: '/apiKeyRequired', value: 'true' },
      { op: 'replace', path: '/authorizationType', value: 'AWS_IAM' },
      { op: 'replace', path: parameter, value: 'false' },
    );
    expect(replaced).toMatchObject({
      apiKeyRequired: true,
      authorizationType: 'AWS_IAM',
      operationName: 'ReplacedOperationName',
      requestParameters: { 'method.request.querystring.optional': false },
    });
    const removed = await update(
      key,
      { op: 'remove', path: parameter, value: 'true' },
      { op: 'remove', path: '/requestModels/application~1json', value: 'Empty' },
    );
    expect(removed).toMatchObject({ requestParameters: undefined, requestModels: undefined });
    expect(await api.methods.getMethod(api.call, key)).toEqual(removed);
  });

  it('keeps scopes, each once, as long as the type has an authorizer', async () => {
    const key = await newKey();
    const { id: authorizerId } = await api.authorizers.createAuthorizer(api.call, {
      restApiId: key.restApiId,
      name: 'a',
      type: 'COGNITO_USER_POOLS',
      providerARNs: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a'],
      identitySource: 'method.request.header.Authorization',
    });
    const scopes = ['a', 'a', 'c'];
    const made = await put(key, { authorizationType: 'COGNITO_USER_POOLS', authorizerId, authorizationScopes: scopes });
    expect(made.authorizationScopes).toEqual(['a', 'c']);
    const scoped = await update(
      key,
      { op: 'add', path: '/authorizationScopes', value: 'a' },
      { op: 'add', path: '/authorizationScopes', value: 'b' },
      { op: 'remove', path: '/authorizationScopes', value: 'c' },
    );
    expect(scoped.authorizationScopes).toEqual(['a', 'b']);
    const open = await update(key, { op: 'replace', path: '/authorizationType', value: 'NONE' });
    expect(open).toMatchObject({ authorizerId: undefined, authorizationScopes: undefined });
  });

  it('reads unknown boolean text as false, and ignores an authorizer that the type has not', async () => {
    const key = await newKey();
    await put(key, { apiKeyRequired: true });
    expect((await update(key, { op: 'replace', path: '/apiKeyRequired', value: 'whatever' })).apiKeyRequired).toBe(false);
    expect((await update(key, { op: 'replace', path: '/authorizerId', value: 'abc123' })).authorizerId).toBeUndefined();
    expect((await update(key, { op: 'replace', path: '/requestValidatorId', value: '' })).requestValidatorId).toBeUndefined();
  });

  it('answers an empty list with the method, nested', async () => {
    const key = await api.newMethod();
    await api.integrations.putIntegration(api.call, { ...key, type: 'MOCK' });
    expect(await update(key)).toEqual(await api.methods.getMethod(api.call, key));
  });

  it.each<[Operation[], string]>([
    [[{ op: 'add', path: '/operationName', value: 'x' }], 'Invalid patch operation specified. Must be one of: [replace]'],
    [[{ op: 'add', path: '/requestValidatorId', value: 'x' }], 'Invalid patch operation specified. Must be one of: [replace]'],
    [[{ op: 'add', path: '/httpMethod', value: 'PUT' }], 'Invalid patch path /httpMethod'],
    [[{ op: 'replace', path: '/requestParameters', value: 'x=false' }], 'Invalid patch path /requestParameters'],
    [
      [{ op: 'add', path: '/requestModels/application/json', value: 'Empty' }],
      'Invalid patch path /requestModels/application/json',
    ],
    [[{ op: 'replace', path: '/requestValidatorId', value: 'fake-id' }], 'Invalid Request Validator identifier specified'],
    [
      [{ op: 'add', path: '/requestModels/application~1json', value: 'petModel' }],
      'Invalid model identifier specified: petModel',
    ],
    [
      [
        { op: 'add', path: '/requestParameters/method.request.path.a' },
        { op: 'add', path: '/requestParameters/method.request.header.a' },
      ],
      'Parameter names must be unique across querystring, header and path',
    ],
  ])('refuses %j', async (operations, message) => {
    const key = await api.newMethod();
    const first: Operation = { op: 'replace', path: '/apiKeyRequired', value: 'true' };
    expect(await refusal(update(key, first, ...operations))).toBe(`BadRequestException: ${message}`);
    expect((await api.methods.getMethod(api.call, key)).apiKeyRequired).toBe(false);
  });

  it('requires an authorizer that exists', async () => {
    const key = await api.newMethod();
    const custom: Operation = { op: 'replace', path: '/authorizationType', value: 'CUSTOM' };
    expect(await refusal(update(key, custom))).toBe(NO_AUTHORIZER);
    expect(await refusal(update(key, custom, { op: 'replace', path: '/authorizerId', value: 'abc123' }))).toBe(NO_AUTHORIZER);
  });

  it('does not find what is not there', async () => {
    const key = await api.newMethod();
    expect(await refusal(update({ ...key, restApiId: 'fake-api' }))).toBe(NO_RESOURCE);
    expect(await refusal(update({ ...key, resourceId: 'fake' }))).toBe(NO_RESOURCE);
    expect(await refusal(update({ ...key, httpMethod: 'PUT' }))).toBe(NO_METHOD);
    expect(await refusal(update(key, { op: 'remove', path: '/requestParameters/method.request.path.a' }))).toBe(
      'NotFoundException: Invalid parameter name specified',
    );
    expect(await refusal(update(key, { op: 'remove', path: '/requestModels/application~1json' }))).toBe(
      'NotFoundException: Content-Type specified was not found',
    );
  });
});

describe('DeleteMethod', () => {
  it('removes the method, once', async () => {
    const key = await api.newMethod();
    await api.methods.deleteMethod(api.call, key);
    expect(await refusal(api.methods.getMethod(api.call, key))).toBe(NO_METHOD);
    expect(await refusal(api.methods.deleteMethod(api.call, key))).toBe(NO_METHOD);
    expect(await refusal(api.methods.deleteMethod(api.call, { ...key, resourceId: 'wrong' }))).toBe(NO_RESOURCE);
  });
});
