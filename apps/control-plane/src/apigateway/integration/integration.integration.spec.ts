import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Definition, refusal } from '../rest-api/definition.fixture.js';
import { VpcLinkEntity } from '../vpc-link/vpc-link.entity.js';

let server: TestDatabase;
let api: Definition;
let key: { restApiId: string; resourceId: string; httpMethod: string };

beforeAll(async () => {
  server = await createDatabase();
  api = await Definition.open(server.url);
});

beforeEach(async () => {
  key = await api.newMethod();
});

afterAll(async () => {
  await api?.close();
  await server?.drop();
});

type Put = Parameters<Definition['integrations']['putIntegration']>[1];
type Operation = { op: 'add' | 'remove' | 'replace'; path: string; value?: string };
const put = (more: Partial<Put> = {}) => api.integrations.putIntegration(api.call, { ...key, type: 'MOCK', ...more });
const http = (more: Partial<Put> = {}) =>
  put({ type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'http://backend/', ...more });
const update = (...patchOperations: Operation[]) => api.integrations.updateIntegration(api.call, { ...key, patchOperations });
const get = () => api.integrations.getIntegration(api.call, key);
const wire = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));

const mapping = (error: string) =>
  `BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : [${error}]`;

describe('PutIntegration', () => {
  it('answers with the defaults of each type', async () => {
    const defaults = {
      cacheKeyParameters: [],
      cacheNamespace: key.resourceId,
      passthroughBehavior: 'WHEN_NO_MATCH',
      timeoutInMillis: 29000,
    };
    expect(wire(await put())).toEqual({ ...defaults, type: 'MOCK' });
    const { uri } = { uri: 'http://backend/' };
    const proxy = { ...defaults, type: 'HTTP_PROXY', httpMethod: 'GET', uri, connectionType: 'INTERNET' };
    expect(wire(await http())).toEqual(proxy);
    expect(wire(await get())).toEqual(proxy);
    const lambda =
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:f/invocations';
    expect(wire(await put({ type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: lambda }))).toEqual({
      ...defaults,
      type: 'AWS_PROXY',
      httpMethod: 'POST',
      uri: lambda,
    });
  });

  it('keeps what is given', async () => {
    await api.methods.updateMethod(api.call, {
      ...key,
      patchOperations: [{ op: 'add', path: '/requestParameters/method.request.path.__proto__' }],
    });
    const given: Partial<Put> = {
      credentials: 'arn:aws:iam::123456789012:role/r',
      requestParameters: {
        'integration.request.path.__proto__': 'method.request.path.__proto__',
        'integration.request.header.constructor': "'x'",
      },
      requestTemplates: { 'application/json': '{}', $default: null },
      passthroughBehavior: 'NEVER',
      cacheNamespace: 'ns',
      cacheKeyParameters: ['method.request.path.__proto__'],
      contentHandling: 'CONVERT_TO_TEXT',
      timeoutInMillis: 50,
      tlsConfig: { insecureSkipVerification: true },
      responseTransferMode: 'BUFFERED',
      connectionType: 'VPC_LINK',
      connectionId: '${stageVariables.vpcLinkId}',
    };
    await http(given);
    expect(await get()).toMatchObject(given);
  });

  it('wants a VPC link that there is, unless a stage variable names it', async () => {
    const unknown = 'NotFoundException: Invalid Vpc Link identifier specified';
    expect(await refusal(http({ connectionType: 'VPC_LINK', connectionId: 'nope' }))).toBe(unknown);
    await http({ connectionType: 'VPC_LINK', connectionId: '${stageVariables.link}' });
    expect(await refusal(update({ op: 'replace', path: '/connectionId', value: 'nope' }))).toBe(unknown);
    await api.database.manager.insert(VpcLinkEntity, {
      ...api.call.scope,
      vpcLinkId: 'link1',
      name: 'l',
      description: null,
      targetArns: [],
      createdDate: new Date(),
      tags: {},
    });
    expect((await update({ op: 'replace', path: '/connectionId', value: 'link1' })).connectionId).toBe('link1');
  });

  it('keeps a template without text as null', async () => {
    const { requestTemplates } = await put({ requestTemplates: { 'application/json': '', 'text/plain': null } });
    expect(requestTemplates).toEqual({ 'application/json': null, 'text/plain': null });
  });

  it('puts itself in place of an integration, whose responses go', async () => {
    await put();
    await api.integrationResponses.putIntegrationResponse(api.call, { ...key, statusCode: '200' });
    await http();
    expect(await get()).toMatchObject({ type: 'HTTP_PROXY', integrationResponses: undefined });
  });

  it('lets streamed responses take 15 minutes', async () => {
    expect((await http({ responseTransferMode: 'STREAM', timeoutInMillis: 900_000 })).timeoutInMillis).toBe(900_000);
  });

  it.each<[Partial<Put>, string]>([
    [{ type: 'HTTP_PROXY', uri: 'http://x/' }, 'BadRequestException: Enumeration value for HttpMethod must be non-empty'],
    [{ type: 'AWS', integrationHttpMethod: '' }, 'BadRequestException: Enumeration value for HttpMethod must be non-empty'],
    [
      { type: 'HTTP', integrationHttpMethod: 'FETCH', uri: 'http://x/' },
      'BadRequestException: Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY',
    ],
    [{ type: 'HTTP', integrationHttpMethod: 'GET' }, 'BadRequestException: Invalid HTTP endpoint specified for URI'],
    [
      { type: 'AWS', integrationHttpMethod: 'POST', uri: 'http://x/' },
      'BadRequestException: Invalid ARN specified in the request',
    ],
    [{ credentials: 'arn:aws-us-gov:iam::123456789012:role/r' }, 'BadRequestException: Invalid ARN specified in the request'],
    [{ credentials: 'role' }, 'BadRequestException: Invalid ARN specified in the request'],
    [{ timeoutInMillis: 49 }, 'BadRequestException: Timeout should be between 50 ms and 29000 ms'],
    [{ timeoutInMillis: 29_001 }, 'BadRequestException: Timeout should be between 50 ms and 29000 ms'],
    [
      { passthroughBehavior: 'ALWAYS' },
      'BadRequestException: Invalid PassthroughBehavior specified. Valid options are WHEN_NO_MATCH,WHEN_NO_TEMPLATES,NEVER',
    ],
    [{ cacheKeyParameters: ['x'] }, 'BadRequestException: Invalid cache key parameter specified: x'],
    [
      { connectionType: 'VPC_LINK', connectionId: 'x' },
      'BadRequestException: VPC_LINK is supported only for the integration types HTTP and HTTP_PROXY',
    ],
    [
      { tlsConfig: { insecureSkipVerification: true } },
      'BadRequestException: insecureSkipVerification is supported only for the integration types HTTP and HTTP_PROXY',
    ],
    [
      { requestTemplates: { '123': '{}' } },
      'BadRequestException: Validation Result: warnings : [], errors : [Invalid content type specified: 123]',
    ],
    [
      { requestParameters: { 'integration.request.path.testPath': 'true' } },
      mapping('Invalid mapping expression specified: true'),
    ],
    [
      { requestParameters: { 'integration.request.path.id': 'method.request.path.petId' } },
      mapping('Invalid mapping expression parameter specified: method.request.path.petId'),
    ],
    [{ restApiId: 'wrong' }, 'NotFoundException: Invalid Resource identifier specified'],
    [{ resourceId: 'wrong' }, 'NotFoundException: Invalid Resource identifier specified'],
    [{ httpMethod: 'POST' }, 'NotFoundException: Invalid Method identifier specified'],
  ])('refuses %j', async (more, message) => {
    expect(await refusal(put(more))).toBe(message);
    expect(await refusal(get())).toBe('NotFoundException: Invalid Integration identifier specified');
  });
});

describe('GetIntegration', () => {
  it('tells what is not there', async () => {
    const wrong = (part: object) => refusal(api.integrations.getIntegration(api.call, { ...key, ...part }));
    expect(await wrong({ restApiId: 'wrong' })).toBe('NotFoundException: Invalid Resource identifier specified');
    expect(await wrong({ resourceId: 'wrong' })).toBe('NotFoundException: Invalid Resource identifier specified');
    expect(await wrong({ httpMethod: 'POST' })).toBe('NotFoundException: Invalid Method identifier specified');
    expect(await wrong({})).toBe('NotFoundException: Invalid Integration identifier specified');
  });
});

describe('UpdateIntegration', () => {
  it('replaces members', async () => {
    await http();
    const updated = await update(
      { op: 'replace', path: '/uri', value: 'https://other/' },
      { op: 'replace', path: '/httpMethod', value: 'POST' },
      { op: 'replace', path: '/timeoutInMillis', value: '1000' },
      { op: 'replace', path: '/passthroughBehavior', value: 'NEVER' },
      { op: 'replace', path: '/contentHandling', value: 'CONVERT_TO_BINARY' },
      { op: 'replace', path: '/tlsConfig/insecureSkipVerification', value: 'true' },
      { op: 'replace', path: '/connectionType', value: 'VPC_LINK' },
      { op: 'replace', path: '/connectionId', value: '${stageVariables.link}' },
      { op: 'replace', path: '/credentials', value: 'arn:aws:iam::1:role/r' },
      { op: 'replace', path: '/cacheNamespace', value: 'ns' },
      { op: 'replace', path: '/responseTransferMode', value: 'BUFFERED' },
    );
    expect(updated).toMatchObject({
      uri: 'https://other/',
      httpMethod: 'POST',
      timeoutInMillis: 1000,
      passthroughBehavior: 'NEVER',
      contentHandling: 'CONVERT_TO_BINARY',
      tlsConfig: { insecureSkipVerification: true },
      connectionType: 'VPC_LINK',
      connectionId: '${stageVariables.link}',
      credentials: 'arn:aws:iam::1:role/r',
      cacheNamespace: 'ns',
      responseTransferMode: 'BUFFERED',
    });
    expect(await get()).toEqual(updated);
    const cleared = await update({ op: 'replace', path: '/credentials', value: '' }, { op: 'replace', path: '/contentHandling' });
    expect(cleared).toMatchObject({ credentials: undefined, contentHandling: undefined });
  });

  it('adds, replaces and removes entries of its maps', async () => {
    await http();
    const added = await update(
      { op: 'add', path: '/requestTemplates/application~1json', value: '{}' },
      { op: 'replace', path: '/requestTemplates/text~1plain' },
      { op: 'add', path: '/requestParameters/integration.request.header.x', value: "'y'" },
      { op: 'add', path: '/cacheKeyParameters/method.request.path.a', value: '' },
    );
    expect(added).toMatchObject({
      requestTemplates: { 'application/json': '{}', 'text/plain': null },
      requestParameters: { 'integration.request.header.x': "'y'" },
      cacheKeyParameters: ['method.request.path.a'],
    });
    const removed = await update(
      { op: 'remove', path: '/requestTemplates/application~1json' },
      { op: 'remove', path: '/requestTemplates/text~1plain' },
      { op: 'remove', path: '/requestParameters/integration.request.header.x' },
      { op: 'remove', path: '/cacheKeyParameters/method.request.path.a' },
    );
    expect(removed).toMatchObject({ requestTemplates: undefined, requestParameters: undefined, cacheKeyParameters: [] });
  });

  it.each<[Operation, string]>([
    [
      { op: 'add', path: '/uri', value: 'http://x/' },
      'BadRequestException: Invalid patch operation specified. Must be one of: [replace]',
    ],
    [{ op: 'replace', path: '/wrong', value: 'x' }, 'BadRequestException: Invalid patch path /wrong'],
    [{ op: 'replace', path: '/uri', value: 'x' }, 'BadRequestException: Invalid HTTP endpoint specified for URI'],
    [{ op: 'replace', path: '/uri' }, 'BadRequestException: Invalid HTTP endpoint specified for URI'],
    [
      { op: 'replace', path: '/httpMethod', value: '' },
      'BadRequestException: Enumeration value for HttpMethod must be non-empty',
    ],
    [
      { op: 'replace', path: '/timeoutInMillis', value: '10' },
      'BadRequestException: Timeout should be between 50 ms and 29000 ms',
    ],
    [
      { op: 'replace', path: '/timeoutInMillis', value: 'long' },
      'BadRequestException: Timeout should be between 50 ms and 29000 ms',
    ],
    [
      { op: 'replace', path: '/type', value: 'FTP' },
      'BadRequestException: Invalid IntegrationType specified. Valid options are HTTP,AWS,MOCK,HTTP_PROXY,AWS_PROXY',
    ],
    [
      { op: 'replace', path: '/contentHandling', value: 'X' },
      'BadRequestException: Invalid ContentHandling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT',
    ],
    [
      { op: 'replace', path: '/connectionType', value: 'X' },
      'BadRequestException: Invalid ConnectionType specified. Valid options are INTERNET,VPC_LINK',
    ],
    [
      { op: 'replace', path: '/connectionType', value: 'VPC_LINK' },
      'BadRequestException: Connection ID must be non-empty when ConnectionType is VPC_LINK',
    ],
    [
      { op: 'replace', path: '/responseTransferMode', value: 'X' },
      'BadRequestException: Invalid ResponseTransferMode specified. Valid options are BUFFERED,STREAM',
    ],
    [{ op: 'remove', path: '/requestTemplates/a~1b' }, 'NotFoundException: Content-Type specified was not found'],
    [{ op: 'remove', path: '/requestParameters/constructor' }, 'NotFoundException: Invalid parameter name specified'],
    [
      { op: 'add', path: '/requestParameters/integration.request.header.x', value: 'true' },
      mapping('Invalid mapping expression specified: true'),
    ],
  ])('refuses %j', async (operation, message) => {
    await http();
    expect(await refusal(update({ op: 'replace', path: '/cacheNamespace', value: 'new' }, operation))).toBe(message);
    expect((await get()).cacheNamespace).toBe(key.resourceId);
  });

  it('keeps the integration responses', async () => {
    await http();
    await api.integrationResponses.putIntegrationResponse(api.call, { ...key, statusCode: '200' });
    expect((await update({ op: 'replace', path: '/uri', value: 'http://new/' })).integrationResponses).toEqual({
      '200': { statusCode: '200' },
    });
  });
});

describe('DeleteIntegration', () => {
  it('removes it, once', async () => {
    await put();
    await api.integrations.deleteIntegration(api.call, key);
    const missing = 'NotFoundException: Invalid Integration identifier specified';
    expect(await refusal(get())).toBe(missing);
    expect(await refusal(api.integrations.deleteIntegration(api.call, key))).toBe(missing);
    expect(await refusal(api.integrations.deleteIntegration(api.call, { ...key, resourceId: 'wrong' }))).toBe(
      'NotFoundException: Invalid Resource identifier specified',
    );
  });
});
