import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Definition, refusal } from '../rest-api/definition.fixture.js';
import { loadRestApiModel } from '../rest-api/load-rest-api-model.js';

let server: TestDatabase;
let api: Definition;
let key: { restApiId: string; resourceId: string; httpMethod: string };

beforeAll(async () => {
  server = await createDatabase();
  api = await Definition.open(server.url);
  key = await api.newMethod();
});

afterAll(async () => {
  await api?.close();
  await server?.drop();
});

type Put = Parameters<Definition['methodResponses']['putMethodResponse']>[1];
type Operation = { op: 'add' | 'remove' | 'replace'; path: string; value?: string };
const put = (statusCode: string, more: Partial<Put> = {}) =>
  api.methodResponses.putMethodResponse(api.call, { ...key, statusCode, ...more });
const update = (statusCode: string, ...patchOperations: Operation[]) =>
  api.methodResponses.updateMethodResponse(api.call, { ...key, statusCode, patchOperations });
const get = (statusCode: string) => api.methodResponses.getMethodResponse(api.call, { ...key, statusCode });
const wire = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));

const HEADER = '/responseParameters/method.response.header.my-header';
const MODEL = '/responseModels/application~1json';

describe('method responses', () => {
  it('are put once, read, patched and deleted', async () => {
    expect(wire(await put('200'))).toEqual({ statusCode: '200' });
    expect(await refusal(put('200'))).toBe('ConflictException: Response already exists for this resource');
    const full = {
      statusCode: '200',
      responseParameters: { 'method.response.header.my-header': true },
      responseModels: { 'application/json': 'Empty' },
    };
    expect(await update('200', { op: 'add', path: HEADER, value: 'true' }, { op: 'add', path: MODEL, value: 'Empty' })).toEqual(
      full,
    );
    expect(await get('200')).toEqual(full);
    const replaced = await update(
      '200',
      { op: 'replace', path: HEADER, value: 'false' },
      { op: 'replace', path: MODEL, value: 'Error' },
    );
    expect(replaced).toMatchObject({
      responseParameters: { 'method.response.header.my-header': false },
      responseModels: { 'application/json': 'Error' },
    });
    const removed = await update(
      '200',
      { op: 'remove', path: HEADER, value: 'true' },
      { op: 'remove', path: MODEL, value: 'Empty' },
    );
    expect(wire(removed)).toEqual({ statusCode: '200' });
    await api.methodResponses.deleteMethodResponse(api.call, { ...key, statusCode: '200' });
    expect(await refusal(get('200'))).toBe('NotFoundException: Invalid Response status code specified');
  });

  it('echo maps that were given without entries, and those only', async () => {
    expect(wire(await put('202', { responseModels: {} }))).toEqual({ statusCode: '202', responseModels: {} });
    const both = { statusCode: '203', responseModels: {}, responseParameters: {} };
    expect(wire(await put('203', both))).toEqual(both);
    expect(wire(await get('203'))).toEqual(both);
    const { methodResponses } = await api.methods.getMethod(api.call, key);
    expect(wire(methodResponses)).toMatchObject({ '202': { statusCode: '202', responseModels: {} }, '203': both });
    const filled = { ...both, responseModels: { 'application/json': 'Empty' } };
    expect(wire(await update('203', { op: 'add', path: MODEL, value: 'Empty' }))).toEqual(filled);
    const { resources } = await loadRestApiModel(api.database.manager, api.call.scope, key.restApiId);
    expect(resources.flatMap(({ methods }) => methods)[0]!.methodResponses).toContainEqual({
      statusCode: '202',
      responseParameters: {},
      responseModels: {},
    });
  });

  it('keep headers named like members of Object', async () => {
    await put('201', {
      responseParameters: { 'method.response.header.__proto__': true, 'method.response.header.constructor': false },
    });
    expect(Object.keys((await get('201')).responseParameters!).sort()).toEqual([
      'method.response.header.__proto__',
      'method.response.header.constructor',
    ]);
  });

  it.each<[Partial<Put>, string]>([
    [
      { responseParameters: { 'method.response.body.x': true, wrong: false } },
      'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.response.body.x, Invalid mapping expression parameter specified: wrong]',
    ],
    [{ responseModels: { 'application/json': 'Pet' } }, 'Invalid model identifier specified: Pet'],
    [{ responseModels: { json: 'Empty' } }, 'Validation Result: warnings : [], errors : [Invalid content type specified: json]'],
  ])('are refused with %j', async (more, message) => {
    expect(await refusal(put('404', more))).toBe(`BadRequestException: ${message}`);
    expect(await refusal(get('404'))).toBe('NotFoundException: Invalid Response status code specified');
  });

  it.each<[Operation, string]>([
    [{ op: 'replace', path: '/responseParameters/wrong', value: 'true' }, 'NotFoundException: Invalid parameter name specified'],
    [{ op: 'remove', path: '/responseParameters/wrong', value: 'true' }, 'NotFoundException: Invalid parameter name specified'],
    [{ op: 'replace', path: '/responseModels/wrong', value: 'Empty' }, 'NotFoundException: Content-Type specified was not found'],
    [{ op: 'remove', path: '/responseModels/wrong', value: 'Empty' }, 'NotFoundException: Content-Type specified was not found'],
    [
      { op: 'remove', path: '/wrong/method.response.header.x' },
      'BadRequestException: Invalid patch path /wrong/method.response.header.x',
    ],
    [{ op: 'replace', path: '/statusCode', value: '300' }, 'BadRequestException: Invalid patch path /statusCode'],
    [{ op: 'add', path: MODEL, value: 'Pet' }, 'BadRequestException: Invalid model identifier specified: Pet'],
  ])('refuse the patch %j', async (operation, message) => {
    const statusCode = '250';
    if ((await refusal(get(statusCode))) !== 'no error') await put(statusCode);
    expect(await refusal(update(statusCode, operation))).toBe(message);
  });

  it('are looked for under resource, method and status code', async () => {
    const wrong = (part: Partial<Put>) => ({ ...key, statusCode: '299', ...part });
    for (const part of [{ restApiId: 'wrong' }, { resourceId: 'wrong' }]) {
      const message = 'NotFoundException: Invalid Resource identifier specified';
      expect(await refusal(api.methodResponses.getMethodResponse(api.call, wrong(part)))).toBe(message);
      expect(await refusal(api.methodResponses.putMethodResponse(api.call, wrong(part)))).toBe(message);
      expect(await refusal(api.methodResponses.updateMethodResponse(api.call, wrong(part)))).toBe(message);
      expect(await refusal(api.methodResponses.deleteMethodResponse(api.call, wrong(part)))).toBe(message);
    }
    const noMethod = wrong({ httpMethod: 'POST' });
    expect(await refusal(api.methodResponses.updateMethodResponse(api.call, noMethod))).toBe(
      'NotFoundException: Invalid Method identifier specified',
    );
    expect(await refusal(api.methodResponses.deleteMethodResponse(api.call, wrong({})))).toBe(
      'NotFoundException: Invalid Response status code specified',
    );
  });
});
