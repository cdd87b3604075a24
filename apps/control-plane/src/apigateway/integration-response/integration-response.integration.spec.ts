import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Definition, refusal } from '../rest-api/definition.fixture.js';
import { loadRestApiModel } from '../rest-api/load-rest-api-model.js';

let server: TestDatabase;
let api: Definition;
let key: { restApiId: string; resourceId: string; httpMethod: string };

beforeAll(async () => {
  server = await createDatabase();
  api = await Definition.open(server.url);
});

beforeEach(async () => {
  key = await api.newMethod();
  await api.integrations.putIntegration(api.call, { ...key, type: 'MOCK' });
});

afterAll(async () => {
  await api?.close();
  await server?.drop();
});

type Put = Parameters<Definition['integrationResponses']['putIntegrationResponse']>[1];
type Operation = { op: 'add' | 'remove' | 'replace'; path: string; value?: string };
const put = (more: Partial<Put> = {}) =>
  api.integrationResponses.putIntegrationResponse(api.call, { ...key, statusCode: '200', ...more });
const get = (more: Partial<Put> = {}) =>
  api.integrationResponses.getIntegrationResponse(api.call, { ...key, statusCode: '200', ...more });
const remove = (more: Partial<Put> = {}) =>
  api.integrationResponses.deleteIntegrationResponse(api.call, { ...key, statusCode: '200', ...more });
const update = (...patchOperations: Operation[]) =>
  api.integrationResponses.updateIntegrationResponse(api.call, { ...key, statusCode: '200', patchOperations });
const declare = (...headers: string[]) =>
  api.methodResponses.putMethodResponse(api.call, {
    ...key,
    statusCode: '200',
    responseParameters: Object.fromEntries(headers.map((name) => [`method.response.header.${name}`, true])),
  });
const wire = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));
const mapping = (error: string) =>
  `BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : [${error}]`;

const NO_RESOURCE = 'NotFoundException: Invalid Resource identifier specified';
const NO_METHOD = 'NotFoundException: Invalid Method identifier specified';
const NO_INTEGRATION = 'NotFoundException: Invalid Integration identifier specified';
const NO_CODE = 'NotFoundException: Invalid Response status code specified';

describe('integration responses', () => {
  it('are put, read, patched, overwritten and deleted', async () => {
    const first = { statusCode: '200', selectionPattern: '', responseTemplates: { 'application/json': '"created"' } };
    expect(wire(await put(first))).toEqual(first);
    expect(wire(await get())).toEqual(first);
    expect(wire(await update({ op: 'replace', path: '/selectionPattern', value: 'updated-pattern' }))).toEqual({
      ...first,
      selectionPattern: 'updated-pattern',
    });
    expect(wire(await put({ contentHandling: 'CONVERT_TO_TEXT' }))).toEqual({
      statusCode: '200',
      contentHandling: 'CONVERT_TO_TEXT',
    });
    await remove();
    expect(await refusal(get())).toBe(NO_CODE);
    expect(await refusal(remove())).toBe(NO_CODE);
  });

  it('keep a template without text as null', async () => {
    const none = { 'application/json': null };
    expect((await put({ responseTemplates: none })).responseTemplates).toEqual(none);
    expect((await put({ responseTemplates: { 'application/json': '' } })).responseTemplates).toEqual(none);
    expect((await get()).responseTemplates).toEqual(none);
    expect(wire(await put({ selectionPattern: '' }))).toEqual({ statusCode: '200', selectionPattern: '' });
  });

  it('echo maps that were given without entries, and those only', async () => {
    const given = { statusCode: '200', responseTemplates: {} };
    expect(wire(await put(given))).toEqual(given);
    expect(wire(await get())).toEqual(given);
    const { integrationResponses } = await api.integrations.getIntegration(api.call, key);
    expect(wire(integrationResponses)).toEqual({ '200': given });
    const both = { ...given, responseParameters: {} };
    expect(wire(await put(both))).toEqual(both);
    const { resources } = await loadRestApiModel(api.database.manager, api.call.scope, key.restApiId);
    expect(resources.flatMap(({ methods }) => methods)[0]!.methodIntegration!.integrationResponses).toEqual([
      { statusCode: '200', responseParameters: {}, responseTemplates: {} },
    ]);
    expect(wire(await put())).toEqual({ statusCode: '200' });
  });

  it('map headers that the method response declares', async () => {
    await declare('a', '__proto__');
    const responseParameters = {
      'method.response.header.a': "'x'",
      'method.response.header.__proto__': 'integration.response.body',
    };
    expect((await put({ responseParameters })).responseParameters).toEqual(responseParameters);
    const patched = await update({
      op: 'replace',
      path: '/responseParameters/method.response.header.a',
      value: 'context.requestId',
    });
    expect(patched.responseParameters).toMatchObject({ 'method.response.header.a': 'context.requestId' });
    const left = await update({ op: 'remove', path: '/responseParameters/method.response.header.a' });
    expect(Object.keys(left.responseParameters!)).toEqual(['method.response.header.__proto__']);
  });

  it.each<[Partial<Put>, string]>([
    [
      { responseTemplates: { '123': '{}' } },
      'BadRequestException: Validation Result: warnings : [], errors : [Invalid content type specified: 123]',
    ],
    [
      { responseParameters: { 'method.response.header.b': "'x'" } },
      mapping('Invalid mapping expression parameter specified: method.response.header.b'),
    ],
    [{ responseParameters: { 'method.response.header.a': '"*"' } }, mapping('Invalid mapping expression specified: "*"')],
    [
      { statusCode: '404', responseParameters: { 'method.response.header.a': "'x'" } },
      mapping('No method response exists for method.'),
    ],
  ])('are refused with %j', async (more, message) => {
    await declare('a');
    expect(await refusal(put(more))).toBe(message);
    expect(await refusal(get())).toBe(NO_CODE);
  });

  it.each<[Operation, string]>([
    [
      { op: 'add', path: '/selectionPattern', value: 'x' },
      'BadRequestException: Invalid patch operation specified. Must be one of: [replace]',
    ],
    [{ op: 'replace', path: '/statusCode', value: '201' }, 'BadRequestException: Invalid patch path /statusCode'],
    [{ op: 'remove', path: '/responseTemplates/text~1plain' }, 'NotFoundException: Content-Type specified was not found'],
    [{ op: 'remove', path: '/responseParameters/x' }, 'NotFoundException: Invalid parameter name specified'],
    [
      { op: 'replace', path: '/contentHandling', value: 'x' },
      'BadRequestException: Invalid ContentHandling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT',
    ],
    [
      { op: 'add', path: '/responseParameters/method.response.header.a', value: "'x'" },
      mapping('No method response exists for method.'),
    ],
  ])('refuse the patch %j', async (operation, message) => {
    await put({ selectionPattern: 'old' });
    expect(await refusal(update({ op: 'replace', path: '/selectionPattern', value: 'new' }, operation))).toBe(message);
    expect((await get()).selectionPattern).toBe('old');
  });

  it('are looked for under resource, method, integration and status code', async () => {
    for (const operation of [put, get]) {
      expect(await refusal(operation({ restApiId: 'wrong' }))).toBe(NO_RESOURCE);
      expect(await refusal(operation({ resourceId: 'wrong' }))).toBe(NO_RESOURCE);
      expect(await refusal(operation({ httpMethod: 'wrong-method' }))).toBe(NO_METHOD);
    }
    expect(await refusal(get({ statusCode: '201' }))).toBe(NO_CODE);
    expect(await refusal(update())).toBe(NO_CODE);
    await api.integrations.deleteIntegration(api.call, key);
    expect(await refusal(get())).toBe(NO_INTEGRATION);
    expect(await refusal(put())).toBe(NO_INTEGRATION);
  });

  it('are deleted with an error of their own for unknown methods', async () => {
    expect(await refusal(remove({ restApiId: 'wrong' }))).toBe(NO_RESOURCE);
    expect(await refusal(remove({ resourceId: 'wrong' }))).toBe(NO_RESOURCE);
    expect(await refusal(remove({ httpMethod: 'POST' }))).toBe(NO_INTEGRATION);
    expect(await refusal(remove({ statusCode: '404' }))).toBe(NO_CODE);
  });
});
