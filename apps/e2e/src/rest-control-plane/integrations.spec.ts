import {
  DeleteIntegrationCommand,
  DeleteIntegrationResponseCommand,
  GetIntegrationCommand,
  GetIntegrationResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateIntegrationCommand,
  UpdateIntegrationResponseCommand,
  type PatchOperation,
  type PutIntegrationCommandInput,
  type PutIntegrationResponseCommandInput,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { badRequest, ControlPlaneUnderTest, invalid, notFound, type MethodKey } from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;
let key: MethodKey;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start();
});
beforeEach(async () => {
  const { restApiId, rootId } = await plane.newApi();
  key = { restApiId, resourceId: rootId, httpMethod: 'GET' };
  await plane.send(new PutMethodCommand({ ...key, authorizationType: 'NONE' }));
});
afterAll(() => plane?.stop());

const NO_RESOURCE = notFound('Invalid Resource identifier specified');
const NO_METHOD = notFound('Invalid Method identifier specified');
const NO_INTEGRATION = notFound('Invalid Integration identifier specified');
const NO_CODE = notFound('Invalid Response status code specified');
const OPERATIONS = 'Member must satisfy enum value set: [add, remove, move, test, replace, copy]';
const mapping = (text: string) =>
  badRequest(
    `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${text}]`,
  );
const contentType = (type: string) =>
  badRequest(`Validation Result: warnings : [], errors : [Invalid content type specified: ${type}]`);

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const LAMBDA_URI = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`;

type Given = Partial<PutIntegrationCommandInput> & Pick<PutIntegrationCommandInput, 'type'>;
const put = (given: Given) => new PutIntegrationCommand({ ...key, ...given });
const http = (more: Partial<PutIntegrationCommandInput> = {}) =>
  put({ type: 'HTTP', integrationHttpMethod: 'POST', uri: 'http://backend.example/', ...more });
const get = () => plane.send(new GetIntegrationCommand(key));
const update = (...patchOperations: PatchOperation[]) => new UpdateIntegrationCommand({ ...key, patchOperations });
const defaults = () => ({
  passthroughBehavior: 'WHEN_NO_MATCH',
  timeoutInMillis: 29_000,
  cacheNamespace: key.resourceId,
  cacheKeyParameters: [],
});

describe('PutIntegration', () => {
  it.each<[string, Given, object]>([
    ['MOCK', { type: 'MOCK' }, {}],
    [
      'HTTP',
      { type: 'HTTP', integrationHttpMethod: 'POST', uri: 'http://backend.example/' },
      { httpMethod: 'POST', uri: 'http://backend.example/', connectionType: 'INTERNET' },
    ],
    [
      'HTTP_PROXY',
      { type: 'HTTP_PROXY', integrationHttpMethod: 'ANY', uri: 'https://backend.example/{proxy}' },
      { httpMethod: 'ANY', uri: 'https://backend.example/{proxy}', connectionType: 'INTERNET' },
    ],
    ['AWS_PROXY', { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: LAMBDA_URI }, { httpMethod: 'POST', uri: LAMBDA_URI }],
    [
      'AWS',
      { type: 'AWS', integrationHttpMethod: 'POST', uri: 'arn:aws:apigateway:us-east-1:sqs:action/SendMessage' },
      { httpMethod: 'POST', uri: 'arn:aws:apigateway:us-east-1:sqs:action/SendMessage' },
    ],
  ])('of type %s answers with the defaults', async (type, given, more) => {
    const answer = { type, ...defaults(), ...more };
    expect(await plane.send(put(given))).toEqual(answer);
    expect(await get()).toEqual(answer);
  });

  it('keeps everything that is set, and overwrites all of it', async () => {
    const given = {
      credentials: 'arn:aws:iam::123456789012:role/r',
      requestParameters: { 'integration.request.header.x': "'y'" },
      requestTemplates: { 'application/json': '{"a": 1}' },
      passthroughBehavior: 'NEVER',
      cacheNamespace: 'shared',
      contentHandling: 'CONVERT_TO_TEXT',
      timeoutInMillis: 50,
      tlsConfig: { insecureSkipVerification: true },
    } as const;
    const answer = {
      type: 'HTTP',
      httpMethod: 'POST',
      uri: 'http://backend.example/',
      connectionType: 'INTERNET',
      cacheKeyParameters: [],
      ...given,
    };
    expect(await plane.send(http(given))).toEqual(answer);
    expect(await get()).toEqual(answer);
    expect(await plane.send(put({ type: 'MOCK' }))).toEqual({ type: 'MOCK', ...defaults() });
    expect(await get()).toEqual({ type: 'MOCK', ...defaults() });
  });

  it('takes the verb of the integration under the wire name httpMethod', async () => {
    const path = `/restapis/${key.restApiId}/resources/${key.resourceId}/methods/GET/integration`;
    const { status, body } = await plane.raw('PUT', path, { type: 'HTTP', httpMethod: 'PUT', uri: 'http://backend.example/' });
    expect([status, JSON.parse(body)]).toMatchObject([201, { httpMethod: 'PUT' }]);
  });

  it.each<[Given, string]>([
    [{ type: 'HTTP', uri: 'http://backend.example/' }, badRequest('Enumeration value for HttpMethod must be non-empty')],
    [{ type: 'AWS_PROXY', uri: LAMBDA_URI }, badRequest('Enumeration value for HttpMethod must be non-empty')],
    [{ type: 'HTTP_PROXY', integrationHttpMethod: 'GET' }, badRequest('Invalid HTTP endpoint specified for URI')],
    [{ type: 'HTTP', integrationHttpMethod: 'GET', uri: 'nonsense' }, badRequest('Invalid HTTP endpoint specified for URI')],
    [{ type: 'AWS', integrationHttpMethod: 'POST', uri: 'nonsense' }, badRequest('Invalid ARN specified in the request')],
    [
      { type: 'AWS', integrationHttpMethod: 'POST', uri: 'arn:aws:apigateway:us-east-1:sqs:SendMessage' },
      badRequest('AWS ARN for integration must contain path or action'),
    ],
    [
      { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: 'arn:aws:apigateway:us-east-1:sqs:action/SendMessage' },
      badRequest("Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations."),
    ],
    [{ type: 'MOCK', requestParameters: { 'integration.request.header.x': 'true' } }, mapping('true')],
    [{ type: 'MOCK', requestTemplates: { '123': '{}' } }, contentType('123')],
    [
      { type: 'WRONG' as never },
      invalid(
        "Value 'WRONG' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]",
      ),
    ],
  ])('refuses %j', async (given, message) => {
    expect(await plane.refusal(put(given))).toBe(message);
    expect(await plane.refusal(new GetIntegrationCommand(key))).toBe(NO_INTEGRATION);
  });

  it.each([49, 0, -1])('refuses a timeout of %i ms', async (timeoutInMillis) => {
    expect(await plane.refusal(http({ timeoutInMillis }))).toMatch(/^BadRequestException 400: /);
  });
});

describe('UpdateIntegration', () => {
  it('changes everything that AWS lets change', async () => {
    await plane.send(http({ requestTemplates: { 'text/plain': 'old' } }));
    const updated = await plane.send(
      update(
        { op: 'replace', path: '/uri', value: 'http://new.example/' },
        { op: 'replace', path: '/httpMethod', value: 'PUT' },
        { op: 'replace', path: '/credentials', value: 'arn:aws:iam::123456789012:role/r' },
        { op: 'replace', path: '/passthroughBehavior', value: 'NEVER' },
        { op: 'replace', path: '/contentHandling', value: 'CONVERT_TO_BINARY' },
        { op: 'replace', path: '/timeoutInMillis', value: '100' },
        { op: 'replace', path: '/cacheNamespace', value: 'shared' },
        { op: 'replace', path: '/tlsConfig/insecureSkipVerification', value: 'true' },
        { op: 'add', path: '/requestTemplates/application~1json', value: '{}' },
        { op: 'remove', path: '/requestTemplates/text~1plain' },
        { op: 'add', path: '/requestParameters/integration.request.header.x', value: "'y'" },
      ),
    );
    const changed = {
      type: 'HTTP',
      uri: 'http://new.example/',
      httpMethod: 'PUT',
      connectionType: 'INTERNET',
      credentials: 'arn:aws:iam::123456789012:role/r',
      passthroughBehavior: 'NEVER',
      contentHandling: 'CONVERT_TO_BINARY',
      timeoutInMillis: 100,
      cacheNamespace: 'shared',
      cacheKeyParameters: [],
      tlsConfig: { insecureSkipVerification: true },
      requestTemplates: { 'application/json': '{}' },
      requestParameters: { 'integration.request.header.x': "'y'" },
    };
    expect(updated).toEqual(changed);
    expect(await get()).toEqual(changed);
    expect(await plane.send(update())).toEqual(changed);
  });

  it('adds and removes parameters of the cache key', async () => {
    const { restApiId, resourceId } = key;
    await plane.send(
      new PutMethodCommand({
        ...key,
        httpMethod: 'POST',
        authorizationType: 'NONE',
        requestParameters: { 'method.request.querystring.q': false },
      }),
    );
    key = { restApiId, resourceId, httpMethod: 'POST' };
    await plane.send(http());
    const path = '/cacheKeyParameters/method.request.querystring.q';
    expect((await plane.send(update({ op: 'add', path, value: '' }))).cacheKeyParameters).toEqual([
      'method.request.querystring.q',
    ]);
    expect((await plane.send(update({ op: 'remove', path, value: '' }))).cacheKeyParameters).toEqual([]);
  });

  it('has answers streamed', async () => {
    await plane.send(put({ type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'http://backend.example/' }));
    const streamed = await plane.send(update({ op: 'replace', path: '/responseTransferMode', value: 'STREAM' }));
    expect(streamed.responseTransferMode).toBe('STREAM');
  });

  it('keeps the integration responses', async () => {
    await plane.send(http());
    await plane.send(new PutIntegrationResponseCommand({ ...key, statusCode: '200' }));
    const { integrationResponses } = await plane.send(update({ op: 'replace', path: '/uri', value: 'http://new.example/' }));
    expect(integrationResponses).toEqual({ '200': { statusCode: '200' } });
  });

  it.each<[PatchOperation, string]>([
    [{ op: 'replace', path: '/uri', value: 'nonsense' }, badRequest('Invalid HTTP endpoint specified for URI')],
    [{ op: 'add', path: '/requestTemplates/123', value: '{}' }, contentType('123')],
    [{ op: 'add', path: '/requestParameters/integration.request.header.x', value: 'true' }, mapping('true')],
    [{ op: 'replace', path: '/nosuch', value: 'x' }, badRequest('Invalid patch path /nosuch')],
    [
      { op: 'x' as never, path: '/uri' },
      invalid(`Value 'x' at 'updateIntegrationInput.patchOperations.2.member.op' failed to satisfy constraint: ${OPERATIONS}`),
    ],
  ])('refuses %j, and applies nothing', async (operation, message) => {
    await plane.send(http());
    const before = await get();
    expect(await plane.refusal(update({ op: 'replace', path: '/cacheNamespace', value: 'x' }, operation))).toBe(message);
    expect(await get()).toEqual(before);
  });
});

describe('DeleteIntegration', () => {
  it('removes it, once', async () => {
    await plane.send(http());
    expect(await plane.send(new DeleteIntegrationCommand(key))).toEqual({});
    expect(await plane.refusal(new GetIntegrationCommand(key))).toBe(NO_INTEGRATION);
    expect(await plane.refusal(new DeleteIntegrationCommand(key))).toBe(NO_INTEGRATION);
    expect(await plane.refusal(update())).toBe(NO_INTEGRATION);
  });
});

it('integrations are looked for under resource and method', async () => {
  for (const [wrong, message] of [
    [{ restApiId: 'nosuchapi1' }, NO_RESOURCE],
    [{ resourceId: 'nosuch' }, NO_RESOURCE],
    [{ httpMethod: 'PUT' }, NO_METHOD],
  ] as const) {
    const at = { ...key, ...wrong };
    expect(await plane.refusal(new PutIntegrationCommand({ ...at, type: 'MOCK' }))).toBe(message);
    expect(await plane.refusal(new GetIntegrationCommand(at))).toBe(message);
    expect(await plane.refusal(new UpdateIntegrationCommand({ ...at, patchOperations: [] }))).toBe(message);
  }
});

describe('integration responses', () => {
  const code = () => ({ ...key, statusCode: '200' });
  const putResponse = (more: Partial<PutIntegrationResponseCommandInput> = {}) =>
    new PutIntegrationResponseCommand({ ...code(), ...more });
  const updateResponse = (...patchOperations: PatchOperation[]) =>
    new UpdateIntegrationResponseCommand({ ...code(), patchOperations });

  beforeEach(async () => {
    await plane.send(put({ type: 'MOCK' }));
    const responseParameters = { 'method.response.header.h': true };
    await plane.send(new PutMethodResponseCommand({ ...code(), responseParameters }));
  });

  it('are put, read, overwritten and deleted', async () => {
    const full = {
      statusCode: '200',
      selectionPattern: '2\\d\\d',
      contentHandling: 'CONVERT_TO_TEXT',
      responseTemplates: { 'application/json': '{}' },
      responseParameters: { 'method.response.header.h': "'v'" },
    } as const;
    expect(await plane.send(putResponse(full))).toEqual(full);
    expect(await plane.send(new GetIntegrationResponseCommand(code()))).toEqual(full);
    expect(await plane.send(putResponse({ selectionPattern: '' }))).toEqual({ statusCode: '200', selectionPattern: '' });
    expect(await plane.send(putResponse())).toEqual({ statusCode: '200' });
    expect(await plane.send(new DeleteIntegrationResponseCommand(code()))).toEqual({});
    expect(await plane.refusal(new GetIntegrationResponseCommand(code()))).toBe(NO_CODE);
    expect(await plane.refusal(new DeleteIntegrationResponseCommand(code()))).toBe(NO_CODE);
  });

  it('answer a template without text as null on the wire', async () => {
    const path = `/restapis/${key.restApiId}/resources/${key.resourceId}/methods/GET/integration/responses/200`;
    const { status, body } = await plane.raw('PUT', path, { responseTemplates: { 'application/json': null } });
    expect([status, body]).toEqual([201, '{"statusCode":"200","responseTemplates":{"application/json":null}}']);
  });

  it('are patched', async () => {
    await plane.send(putResponse());
    const TEMPLATE = '/responseTemplates/application~1json';
    const HEADER = '/responseParameters/method.response.header.h';
    const added = updateResponse(
      { op: 'replace', path: '/selectionPattern', value: '2..' },
      { op: 'replace', path: '/contentHandling', value: 'CONVERT_TO_BINARY' },
      { op: 'add', path: TEMPLATE, value: '{}' },
      { op: 'add', path: HEADER, value: "'v'" },
    );
    const changed = { statusCode: '200', selectionPattern: '2..', contentHandling: 'CONVERT_TO_BINARY' };
    expect(await plane.send(added)).toEqual({
      ...changed,
      responseTemplates: { 'application/json': '{}' },
      responseParameters: { 'method.response.header.h': "'v'" },
    });
    const removed = updateResponse({ op: 'remove', path: TEMPLATE }, { op: 'remove', path: HEADER });
    expect(await plane.send(removed)).toEqual(changed);
    expect(await plane.send(new GetIntegrationResponseCommand(code()))).toEqual(changed);
  });

  it('are refused with a media type that is none, a mapping that is none and a status that is none', async () => {
    expect(await plane.refusal(putResponse({ responseTemplates: { '123': '{}' } }))).toBe(contentType('123'));
    expect(await plane.refusal(putResponse({ responseParameters: { 'method.response.header.h': 'true' } }))).toBe(
      mapping('true'),
    );
    expect(await plane.refusal(putResponse({ statusCode: '900' }))).toBe(
      invalid(
        "Value '900' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
      ),
    );
  });

  it.each<[PatchOperation, string]>([
    [{ op: 'remove', path: '/responseTemplates/text~1plain' }, notFound('Content-Type specified was not found')],
    [{ op: 'remove', path: '/responseParameters/method.response.header.x' }, notFound('Invalid parameter name specified')],
    [{ op: 'replace', path: '/statusCode', value: '201' }, badRequest('Invalid patch path /statusCode')],
  ])('refuse the patch %j', async (operation, message) => {
    await plane.send(putResponse());
    expect(await plane.refusal(updateResponse(operation))).toBe(message);
  });

  it('are looked for under resource, method, integration and status code', async () => {
    const read = (wrong: object) => plane.refusal(new GetIntegrationResponseCommand({ ...code(), ...wrong }));
    expect(await read({ restApiId: 'nosuchapi1' })).toBe(NO_RESOURCE);
    expect(await read({ resourceId: 'nosuch' })).toBe(NO_RESOURCE);
    expect(await read({ httpMethod: 'PUT' })).toBe(NO_METHOD);
    expect(await read({ statusCode: '299' })).toBe(NO_CODE);
    expect(await plane.refusal(updateResponse())).toBe(NO_CODE);
    await plane.send(new DeleteIntegrationCommand(key));
    expect(await read({})).toBe(NO_INTEGRATION);
    expect(await plane.refusal(putResponse())).toBe(NO_INTEGRATION);
    expect(await plane.refusal(updateResponse())).toBe(NO_INTEGRATION);
  });
});
