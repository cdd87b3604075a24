import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUOTAS } from '../../quotas/quotas.js';
import { Definition, refusal, testCall } from '../rest-api/definition.fixture.js';
import { RequestValidatorEntity } from './request-validator.entity.js';

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

type Operation = { op: 'add' | 'remove' | 'replace' | 'test'; path?: string; value?: string };
const wire = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));
const unknownApi = (id: string) => `NotFoundException: Invalid API identifier specified 123456789012:${id}`;

type Create = Parameters<Definition['requestValidators']['createRequestValidator']>[1];
const create = (restApiId: string, more: Partial<Create> = {}) =>
  api.requestValidators.createRequestValidator(api.call, { restApiId, name: 'v', ...more });
const update = (restApiId: string, requestValidatorId: string, ...patchOperations: Operation[]) =>
  api.requestValidators.updateRequestValidator(api.call, { restApiId, requestValidatorId, patchOperations } as never);
const get = (restApiId: string, requestValidatorId: string) =>
  api.requestValidators.getRequestValidator(api.call, { restApiId, requestValidatorId });
const remove = (restApiId: string, requestValidatorId: string) =>
  api.requestValidators.deleteRequestValidator(api.call, { restApiId, requestValidatorId });

const UNKNOWN = 'NotFoundException: Invalid Request Validator identifier specified';

describe('request validators', () => {
  it('are created, read, patched and deleted', async () => {
    const { id } = await api.newApi();
    const created = await create(id);
    const plain = {
      id: expect.stringMatching(/^[a-z0-9]{6}$/) as string,
      name: 'v',
      validateRequestBody: false,
      validateRequestParameters: false,
    };
    expect(wire(created)).toEqual(plain);
    expect(await get(id, created.id!)).toEqual(created);
    expect((await api.requestValidators.getRequestValidators(api.call, { restApiId: id })).item).toEqual([created]);

    const validated = await update(id, created.id!, { op: 'replace', path: '/validateRequestBody', value: 'true' });
    expect(validated).toEqual({ ...created, validateRequestBody: true });
    expect(await get(id, created.id!)).toEqual(validated);
    expect(await update(id, created.id!, { op: 'replace', path: '/validateRequestBody' })).toEqual(created);
    const changed = await update(
      id,
      created.id!,
      { op: 'replace', path: '/validateRequestParameters', value: 'TRUE' },
      { op: 'replace', path: '/name', value: 'w' },
    );
    expect(changed).toEqual({ ...created, validateRequestParameters: true, name: 'w' });

    await remove(id, created.id!);
    expect(await refusal(get(id, created.id!))).toBe(UNKNOWN);
    expect(wire(await api.requestValidators.getRequestValidators(api.call, { restApiId: id }))).toEqual({ item: [] });
  });

  it('are listed page after page', async () => {
    const { id } = await api.newApi();
    const made = new Set<string>();
    for (const name of ['a', 'b', 'c']) made.add((await create(id, { name })).id!);
    const first = await api.requestValidators.getRequestValidators(api.call, { restApiId: id, limit: 2 });
    const rest = await api.requestValidators.getRequestValidators(api.call, {
      restApiId: id,
      limit: 2,
      position: first.position,
    });
    expect(new Set([...first.item!, ...rest.item!].map((each) => each.id))).toEqual(made);
    expect(rest.position).toBeUndefined();
  });

  it('have unique names, if any', async () => {
    const { id } = await api.newApi();
    const [a, b] = [await create(id, { name: 'a' }), await create(id, { name: 'b' })];
    const taken = 'BadRequestException: Request Validator name must be unique';
    expect(await refusal(create(id, { name: 'a' }))).toBe(taken);
    expect(await refusal(update(id, b.id!, { op: 'replace', path: '/name', value: 'a' }))).toBe(taken);
    expect((await update(id, a.id!, { op: 'replace', path: '/name', value: 'a' })).name).toBe('a');
    expect((await create(id, { name: undefined })).name).toBeUndefined();
    expect((await create(id, { name: undefined })).name).toBeUndefined();
    const both = await Promise.all([refusal(create(id, { name: 'c' })), refusal(create(id, { name: 'c' }))]);
    expect(both.sort()).toEqual([taken, 'no error']);
  });

  it('are looked for in the caller’s API', async () => {
    const { id } = await api.newApi();
    const { id: validator } = await create(id);
    expect(await refusal(create('api_id'))).toBe('BadRequestException: Invalid REST API identifier specified');
    expect(await refusal(api.requestValidators.getRequestValidators(api.call, { restApiId: 'api_id' }))).toBe(
      unknownApi('api_id'),
    );
    for (const [restApiId, requestValidatorId] of [
      ['api_id', validator!],
      [id, 'validator_id'],
    ] as const) {
      expect(await refusal(get(restApiId, requestValidatorId))).toBe(UNKNOWN);
      expect(await refusal(update(restApiId, requestValidatorId))).toBe(UNKNOWN);
      expect(await refusal(remove(restApiId, requestValidatorId))).toBe(UNKNOWN);
    }
    const call = testCall({ accountId: '210987654321', region: 'us-east-1' });
    const other = api.requestValidators.getRequestValidator(call, { restApiId: id, requestValidatorId: validator! });
    expect(await refusal(other)).toBe(UNKNOWN);
  });

  it.each<[Operation, string]>([
    [
      { op: 'add', path: '/validateRequestBody', value: 'true' },
      "Invalid patch path  '/validateRequestBody' specified for op 'add'. Please choose supported operations",
    ],
    [
      { op: 'remove', path: '/validateRequestBody' },
      "Invalid patch path  '/validateRequestBody' specified for op 'remove'. Please choose supported operations",
    ],
    [
      { op: 'replace', path: '/invalidPath', value: 'x' },
      "Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/name, /validateRequestParameters, /validateRequestBody]",
    ],
    [{ op: 'replace', path: '/name', value: '' }, 'Request Validator name cannot be blank'],
  ])('refuse the patch %j', async (operation, message) => {
    const { id } = await api.newApi();
    const created = await create(id);
    const first: Operation = { op: 'replace', path: '/validateRequestParameters', value: 'true' };
    expect(await refusal(update(id, created.id!, first, operation))).toBe(`BadRequestException: ${message}`);
    expect(await get(id, created.id!)).toEqual(created);
  });

  it('cannot be created with a blank name', async () => {
    const { id } = await api.newApi();
    expect(await refusal(create(id, { name: ' ' }))).toBe('BadRequestException: Request Validator name cannot be blank');
  });

  it('cannot be deleted while a method has them', async () => {
    const { id, rootResourceId } = await api.newApi();
    const { id: requestValidatorId } = await create(id);
    const key = { restApiId: id, resourceId: rootResourceId, httpMethod: 'GET' };
    const put = await api.methods.putMethod(api.call, { ...key, authorizationType: 'NONE', requestValidatorId });
    expect(put.requestValidatorId).toBe(requestValidatorId);
    expect(await refusal(remove(id, requestValidatorId!))).toBe(
      "ConflictException: Cannot delete request validator 'v', is referenced in method: GET//",
    );
    const patchOperations = [{ op: 'replace', path: '/requestValidatorId', value: '' }] as const;
    await api.methods.updateMethod(api.call, { ...key, patchOperations: [...patchOperations] });
    await remove(id, requestValidatorId!);
  });

  it('are limited in number, whichever call makes them', async () => {
    const { id: restApiId } = await api.newApi();
    const row = { ...api.call.scope, apiId: restApiId, name: null, validateRequestBody: false, validateRequestParameters: false };
    const rows = Array.from({ length: QUOTAS.requestValidators.none - 1 }, (_, index) => ({
      ...row,
      requestValidatorId: `filled${index}`,
    }));
    await api.database.manager.insert(RequestValidatorEntity, rows);
    const exceeded = 'LimitExceededException: Maximum number of request validators for this API has been reached.';
    const put = (mode: 'merge' | 'overwrite', ...names: string[]) => {
      const validators = Object.fromEntries(names.map((name) => [name, {}]));
      const document = {
        openapi: '3.0.1',
        info: { title: 't', version: '1' },
        paths: {},
        'x-amazon-apigateway-request-validators': validators,
      };
      return api.restApis.putRestApi(api.call, { restApiId, mode, body: Buffer.from(JSON.stringify(document)) });
    };
    expect(await refusal(put('merge', 'a', 'b'))).toBe(exceeded);
    await create(restApiId);
    expect(await refusal(create(restApiId, { name: 'more' }))).toBe(exceeded);
    await put('merge', 'v');
    await put('overwrite', 'a', 'b');
    await create(restApiId, { name: 'more' });
  });
});
