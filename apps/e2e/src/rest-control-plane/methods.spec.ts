import {
  CreateAuthorizerCommand,
  DeleteMethodCommand,
  DeleteMethodResponseCommand,
  GetMethodCommand,
  GetMethodResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateMethodCommand,
  UpdateMethodResponseCommand,
  type PatchOperation,
  type PutMethodCommandInput,
  type PutMethodResponseCommandInput,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badRequest, conflict, ControlPlaneUnderTest, invalid, notFound, type MethodKey } from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start();
});
afterAll(() => plane?.stop());

const NO_RESOURCE = notFound('Invalid Resource identifier specified');
const NO_METHOD = notFound('Invalid Method identifier specified');
const NO_CODE = notFound('Invalid Response status code specified');
const NO_AUTHORIZER = badRequest(
  'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
);
const OPERATIONS = 'Member must satisfy enum value set: [add, remove, move, test, replace, copy]';

const newKey = async (httpMethod = 'GET'): Promise<MethodKey> => {
  const { restApiId, rootId } = await plane.newApi();
  return { restApiId, resourceId: rootId, httpMethod };
};
const newMethod = async (httpMethod = 'GET'): Promise<MethodKey> => {
  const key = await newKey(httpMethod);
  await plane.send(new PutMethodCommand({ ...key, authorizationType: 'NONE' }));
  return key;
};
const put = (key: MethodKey, more: Partial<PutMethodCommandInput> = {}) =>
  new PutMethodCommand({ authorizationType: 'NONE', ...key, ...more });
const update = (key: MethodKey, ...patchOperations: PatchOperation[]) => new UpdateMethodCommand({ ...key, patchOperations });

describe('PutMethod', () => {
  it('answers with the defaults and nothing that is not set', async () => {
    const key = await newKey('ANY');
    const plain = { httpMethod: 'ANY', authorizationType: 'NONE', apiKeyRequired: false };
    expect(await plane.send(put(key))).toEqual(plain);
    expect(await plane.send(new GetMethodCommand(key))).toEqual(plain);
    const { status, body } = await plane.raw('PUT', `/restapis/${key.restApiId}/resources/${key.resourceId}/methods/GET`, {
      authorizationType: 'NONE',
      requestParameters: {},
      requestModels: {},
    });
    expect([status, JSON.parse(body)]).toEqual([201, { ...plain, httpMethod: 'GET' }]);
  });

  it('keeps everything that is set', async () => {
    const key = await newKey('POST');
    const given = {
      authorizationType: 'AWS_IAM',
      apiKeyRequired: true,
      operationName: 'op',
      requestParameters: { 'method.request.header.h': false, 'method.request.querystring.q': true },
      requestModels: { 'application/json': 'Empty' },
    };
    expect(await plane.send(put(key, given))).toEqual({ httpMethod: 'POST', ...given });
    expect(await plane.send(new GetMethodCommand(key))).toEqual({ httpMethod: 'POST', ...given });
  });

  it.each<[Partial<PutMethodCommandInput>, string]>([
    [{ restApiId: 'nosuchapi1' }, NO_RESOURCE],
    [{ resourceId: 'nosuch' }, NO_RESOURCE],
    [
      { httpMethod: 'WRONG' },
      badRequest('Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY'),
    ],
    [{ authorizationType: 'CUSTOM' }, NO_AUTHORIZER],
    [{ authorizationType: 'CUSTOM', authorizerId: 'nosuch' }, NO_AUTHORIZER],
    [{ authorizationType: 'COGNITO_USER_POOLS' }, NO_AUTHORIZER],
    [{ requestValidatorId: 'nosuch' }, badRequest('Invalid Request Validator identifier specified')],
    [{ requestModels: { 'application/json': 'petModel' } }, badRequest('Invalid model identifier specified: petModel')],
    [
      { requestParameters: { 'method.request.querystring.a': true, 'method.request.header.a': true } },
      badRequest('Parameter names must be unique across querystring, header and path'),
    ],
  ])('refuses %j', async (more, message) => {
    const key = await newKey();
    expect(await plane.refusal(put(key, more))).toBe(message);
    expect(await plane.refusal(new GetMethodCommand(key))).toBe(NO_METHOD);
  });

  it('refuses a method that is there', async () => {
    const key = await newMethod();
    expect(await plane.refusal(put(key))).toBe(conflict('Method already exists for this resource'));
  });
});

describe('GetMethod', () => {
  it('nests the integration and the responses', async () => {
    const key = await newMethod();
    const responseParameters = { 'method.response.header.h': true };
    await plane.send(
      new PutMethodResponseCommand({
        ...key,
        statusCode: '200',
        responseParameters,
        responseModels: { 'application/json': 'Empty' },
      }),
    );
    const requestTemplates = { 'application/json': '{"statusCode": 200}' };
    await plane.send(new PutIntegrationCommand({ ...key, type: 'MOCK', requestTemplates }));
    await plane.send(new PutIntegrationResponseCommand({ ...key, statusCode: '200', selectionPattern: '' }));
    expect(await plane.send(new GetMethodCommand(key))).toEqual({
      httpMethod: 'GET',
      authorizationType: 'NONE',
      apiKeyRequired: false,
      methodResponses: {
        '200': { statusCode: '200', responseParameters, responseModels: { 'application/json': 'Empty' } },
      },
      methodIntegration: {
        type: 'MOCK',
        requestTemplates,
        passthroughBehavior: 'WHEN_NO_MATCH',
        timeoutInMillis: 29_000,
        cacheNamespace: key.resourceId,
        cacheKeyParameters: [],
        integrationResponses: { '200': { statusCode: '200', selectionPattern: '' } },
      },
    });
  });

  it('tells an unknown resource from an unknown method', async () => {
    const key = await newMethod();
    const refused = (wrong: Partial<MethodKey>) => plane.refusal(new GetMethodCommand({ ...key, ...wrong }));
    expect(await refused({ restApiId: 'nosuchapi1' })).toBe(NO_RESOURCE);
    expect(await refused({ resourceId: 'nosuch' })).toBe(NO_RESOURCE);
    expect(await refused({ httpMethod: 'POST' })).toBe(NO_METHOD);
  });
});

describe('UpdateMethod', () => {
  it('changes everything that AWS lets change', async () => {
    const key = await newMethod('ANY');
    const parameter = '/requestParameters/method.request.querystring.q';
    const model = '/requestModels/application~1json';
    const added = await plane.send(
      update(
        key,
        { op: 'replace', path: '/operationName', value: 'op' },
        { op: 'replace', path: '/apiKeyRequired', value: 'true' },
        { op: 'replace', path: '/authorizationType', value: 'AWS_IAM' },
        { op: 'add', path: parameter, value: 'true' },
        { op: 'add', path: model, value: 'Empty' },
      ),
    );
    const changed = { httpMethod: 'ANY', authorizationType: 'AWS_IAM', apiKeyRequired: true, operationName: 'op' };
    expect(added).toEqual({
      ...changed,
      requestParameters: { 'method.request.querystring.q': true },
      requestModels: { 'application/json': 'Empty' },
    });
    const replaced = await plane.send(
      update(key, { op: 'replace', path: parameter, value: 'false' }, { op: 'replace', path: model, value: 'Error' }),
    );
    expect(replaced).toEqual({
      ...changed,
      requestParameters: { 'method.request.querystring.q': false },
      requestModels: { 'application/json': 'Error' },
    });
    const removed = await plane.send(update(key, { op: 'remove', path: parameter }, { op: 'remove', path: model }));
    expect(removed).toEqual(changed);
    expect(await plane.send(new GetMethodCommand(key))).toEqual(changed);
  });

  it('adds and removes scopes where a user pool authorizes', async () => {
    const key = await newMethod();
    const { id } = await plane.send(
      new CreateAuthorizerCommand({
        restApiId: key.restApiId,
        name: 'pool',
        type: 'COGNITO_USER_POOLS',
        identitySource: 'method.request.header.Authorization',
        providerARNs: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_x'],
      }),
    );
    const path = '/authorizationScopes';
    const added = await plane.send(
      update(
        key,
        { op: 'replace', path: '/authorizationType', value: 'COGNITO_USER_POOLS' },
        { op: 'replace', path: '/authorizerId', value: id },
        { op: 'add', path, value: 'a' },
        { op: 'add', path, value: 'b' },
      ),
    );
    expect(added).toEqual({
      httpMethod: 'GET',
      authorizationType: 'COGNITO_USER_POOLS',
      authorizerId: id,
      apiKeyRequired: false,
      authorizationScopes: ['a', 'b'],
    });
    const removed = await plane.send(update(key, { op: 'remove', path, value: 'a' }));
    expect(removed.authorizationScopes).toEqual(['b']);
    const open = await plane.send(update(key, { op: 'replace', path: '/authorizationType', value: 'NONE' }));
    expect(open.authorizerId).toBeUndefined();
  });

  it('reads unknown and missing boolean text as false', async () => {
    const key = await newKey();
    await plane.send(put(key, { apiKeyRequired: true }));
    expect((await plane.send(update(key, { op: 'replace', path: '/apiKeyRequired', value: 'x' }))).apiKeyRequired).toBe(false);
    await plane.send(update(key, { op: 'replace', path: '/apiKeyRequired', value: 'true' }));
    expect((await plane.send(update(key, { op: 'replace', path: '/apiKeyRequired' }))).apiKeyRequired).toBe(false);
  });

  it('ignores an authorizer while the type is NONE, and removes a validator by an empty id', async () => {
    const key = await newMethod();
    const plain = { httpMethod: 'GET', authorizationType: 'NONE', apiKeyRequired: false };
    expect(await plane.send(update(key, { op: 'replace', path: '/authorizerId', value: 'abc123' }))).toEqual(plain);
    expect(await plane.send(update(key, { op: 'replace', path: '/requestValidatorId', value: '' }))).toEqual(plain);
    expect(await plane.send(update(key))).toEqual(plain);
  });

  it.each<[PatchOperation, string]>([
    [
      { op: 'add', path: '/operationName', value: 'x' },
      badRequest('Invalid patch operation specified. Must be one of: [replace]'),
    ],
    [{ op: 'replace', path: '/httpMethod', value: 'PUT' }, badRequest('Invalid patch path /httpMethod')],
    [{ op: 'replace', path: '/requestParameters', value: 'x' }, badRequest('Invalid patch path /requestParameters')],
    [
      { op: 'add', path: '/requestModels/application/json', value: 'Empty' },
      badRequest('Invalid patch path /requestModels/application/json'),
    ],
    [
      { op: 'replace', path: '/requestValidatorId', value: 'nosuch' },
      badRequest('Invalid Request Validator identifier specified'),
    ],
    [{ op: 'add', path: '/requestModels/a~1b', value: 'petModel' }, badRequest('Invalid model identifier specified: petModel')],
    [{ op: 'replace', path: '/authorizationType', value: 'CUSTOM' }, NO_AUTHORIZER],
    [
      { op: 'x' as never, path: '/operationName' },
      invalid(`Value 'x' at 'updateMethodInput.patchOperations.2.member.op' failed to satisfy constraint: ${OPERATIONS}`),
    ],
  ])('refuses %j, and applies nothing', async (operation, message) => {
    const key = await newMethod();
    const first: PatchOperation = { op: 'replace', path: '/apiKeyRequired', value: 'true' };
    expect(await plane.refusal(update(key, first, operation))).toBe(message);
    expect((await plane.send(new GetMethodCommand(key))).apiKeyRequired).toBe(false);
  });

  it('does not find what is not there', async () => {
    const key = await newMethod();
    expect(await plane.refusal(update({ ...key, restApiId: 'nosuchapi1' }))).toBe(NO_RESOURCE);
    expect(await plane.refusal(update({ ...key, resourceId: 'nosuch' }))).toBe(NO_RESOURCE);
    expect(await plane.refusal(update({ ...key, httpMethod: 'PUT' }))).toBe(NO_METHOD);
  });
});

describe('DeleteMethod', () => {
  it('removes the method, once', async () => {
    const key = await newMethod();
    expect(await plane.send(new DeleteMethodCommand(key))).toEqual({});
    expect(await plane.refusal(new DeleteMethodCommand(key))).toBe(NO_METHOD);
    expect(await plane.refusal(new DeleteMethodCommand({ ...key, resourceId: 'nosuch' }))).toBe(NO_RESOURCE);
    expect(await plane.refusal(new DeleteMethodCommand({ ...key, restApiId: 'nosuchapi1' }))).toBe(NO_RESOURCE);
  });
});

describe('method responses', () => {
  const HEADER = '/responseParameters/method.response.header.h';
  const MODEL = '/responseModels/application~1json';
  const putResponse = (key: MethodKey, more: Partial<PutMethodResponseCommandInput> = {}) =>
    new PutMethodResponseCommand({ ...key, statusCode: '200', ...more });
  const updateResponse = (key: MethodKey, ...patchOperations: PatchOperation[]) =>
    new UpdateMethodResponseCommand({ ...key, statusCode: '200', patchOperations });

  it('are put, read, patched and deleted', async () => {
    const key = await newMethod();
    const code = { ...key, statusCode: '200' };
    expect(await plane.send(putResponse(key))).toEqual({ statusCode: '200' });
    expect(await plane.send(new GetMethodResponseCommand(code))).toEqual({ statusCode: '200' });
    const full = (required: boolean, model: string) => ({
      statusCode: '200',
      responseParameters: { 'method.response.header.h': required },
      responseModels: { 'application/json': model },
    });
    const added = updateResponse(key, { op: 'add', path: HEADER, value: 'true' }, { op: 'add', path: MODEL, value: 'Empty' });
    expect(await plane.send(added)).toEqual(full(true, 'Empty'));
    const replaced = updateResponse(
      key,
      { op: 'replace', path: HEADER, value: 'false' },
      { op: 'replace', path: MODEL, value: 'Error' },
    );
    expect(await plane.send(replaced)).toEqual(full(false, 'Error'));
    expect(await plane.send(new GetMethodResponseCommand(code))).toEqual(full(false, 'Error'));
    const removed = updateResponse(key, { op: 'remove', path: HEADER }, { op: 'remove', path: MODEL });
    expect(await plane.send(removed)).toEqual({ statusCode: '200' });
    expect(await plane.send(new DeleteMethodResponseCommand(code))).toEqual({});
    expect(await plane.refusal(new GetMethodResponseCommand(code))).toBe(NO_CODE);
    expect(await plane.refusal(new DeleteMethodResponseCommand(code))).toBe(NO_CODE);
    const given = full(true, 'Empty');
    expect(await plane.send(putResponse(key, given))).toEqual(given);
    expect(await plane.refusal(putResponse(key))).toBe(conflict('Response already exists for this resource'));
  });

  it('are refused with a status that is none, before anything is looked up', async () => {
    const command = putResponse({ restApiId: 'nosuchapi1', resourceId: 'nosuch', httpMethod: 'GET' }, { statusCode: 'wrong' });
    expect(await plane.refusal(command)).toBe(
      invalid(
        "Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
      ),
    );
  });

  it('are refused with an unknown model or a media type that is none', async () => {
    const key = await newMethod();
    expect(await plane.refusal(putResponse(key, { responseModels: { 'application/json': 'Pet' } }))).toBe(
      badRequest('Invalid model identifier specified: Pet'),
    );
    expect(await plane.refusal(putResponse(key, { responseModels: { '123': 'Empty' } }))).toBe(
      badRequest('Validation Result: warnings : [], errors : [Invalid content type specified: 123]'),
    );
  });

  it.each<[PatchOperation, string]>([
    [{ op: 'replace', path: HEADER, value: 'true' }, notFound('Invalid parameter name specified')],
    [{ op: 'remove', path: HEADER }, notFound('Invalid parameter name specified')],
    [{ op: 'replace', path: MODEL, value: 'Empty' }, notFound('Content-Type specified was not found')],
    [{ op: 'remove', path: MODEL }, notFound('Content-Type specified was not found')],
    [{ op: 'replace', path: '/statusCode', value: '300' }, badRequest('Invalid patch path /statusCode')],
    [{ op: 'add', path: MODEL, value: 'Pet' }, badRequest('Invalid model identifier specified: Pet')],
  ])('refuse the patch %j', async (operation, message) => {
    const key = await newMethod();
    await plane.send(putResponse(key));
    expect(await plane.refusal(updateResponse(key, operation))).toBe(message);
  });

  it('are looked for under resource, method and status code', async () => {
    const key = await newMethod();
    const commands = (wrong: Partial<MethodKey>) => [
      new GetMethodResponseCommand({ ...key, ...wrong, statusCode: '299' }),
      new UpdateMethodResponseCommand({ ...key, ...wrong, statusCode: '299', patchOperations: [] }),
      new DeleteMethodResponseCommand({ ...key, ...wrong, statusCode: '299' }),
    ];
    for (const [wrong, message] of [
      [{ restApiId: 'nosuchapi1' }, NO_RESOURCE],
      [{ resourceId: 'nosuch' }, NO_RESOURCE],
      [{}, NO_CODE],
    ] as const) {
      for (const command of commands(wrong)) expect(await plane.refusal(command as GetMethodResponseCommand)).toBe(message);
    }
    expect(await plane.refusal(putResponse({ ...key, httpMethod: 'PUT' }))).toBe(NO_METHOD);
  });
});
