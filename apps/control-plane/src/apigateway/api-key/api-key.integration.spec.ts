import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';
import { ApiKeyEntity } from './api-key.entity.js';

let server: TestDatabase;
let serving: Serving;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const create = (input: object = {}, call = serving.call) => serving.apiKeys.createApiKey(call, input);
const document = (id: string) => serving.apiKeyDocument(id);
const wire = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

/** A scope of its own, so that lists hold nothing of other tests. */
let scopes = 0;
const emptyScope = () => testCall({ accountId: String(200_000_000_000 + scopes++), region: 'eu-west-1' });

describe('CreateApiKey', () => {
  it('answers with AWS defaults, a value of 40 characters included, and publishes the hash of it', async () => {
    const call = testCall();
    const created = await create({ name: 'n' }, call);
    expect(wire(created)).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      value: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      name: 'n',
      enabled: false,
      createdDate: expect.any(String),
      lastUpdatedDate: expect.any(String),
      stageKeys: [],
    });
    expect(await serving.published(call)).toEqual([`api-key ${created.id}`]);
    expect(await document(created.id!)).toEqual({
      apiKeyId: created.id,
      valueHash: createHash('sha256').update(created.value!).digest('hex'),
      enabled: false,
      usagePlanIds: [],
    });
  });

  it('keeps what is set and takes empty texts for absent ones', async () => {
    const value = 'a-value-of-my-own-choice';
    const given = { value, enabled: true, description: 'd', customerId: 'c', tags: { a: 'b' } };
    expect(await create({ ...given, generateDistinctId: true })).toMatchObject(given);
    const blank = await create({ name: '', value: '' });
    expect(blank.name).toBeUndefined();
    expect(blank.value).toHaveLength(40);
  });

  it('keeps no value in the clear', async () => {
    const { id, value } = await create();
    const row = await serving.manager.findOneByOrFail(ApiKeyEntity, { ...serving.call.scope, apiKeyId: id! });
    expect(JSON.stringify(row)).not.toContain(value);
  });

  it.each([
    [{ name: 'x'.repeat(1025) }, 'Invalid API Key name, can be at most 1024 characters.'],
    [{ value: 'x'.repeat(19) }, 'API Key value should be at least 20 characters'],
    [{ value: 'x'.repeat(129) }, 'API Key value exceeds maximum size of 128 characters'],
    ...['é', ' ', '\n', '\x7f'].map((letter): [object, string] => [
      { value: `${'x'.repeat(20)}${letter}` },
      'API Key value can hold visible ASCII characters only',
    ]),
    [{ description: 'x'.repeat(125_001) }, 'Invalid API Key description specified.'],
    [
      { stageKeys: [{ restApiId: 'a', stageName: 'b' }] },
      'stageKeys cannot be set: add the API key to a usage plan of the stage instead',
    ],
  ])('refuses %#', async (input, message) => {
    expect(await refusal(create(input))).toBe(`BadRequestException: ${message}`);
  });

  it('lets one of many parallel callers have a value', async () => {
    const value = 'everybody-wants-this-one';
    const made = await Promise.all(Array.from({ length: 6 }, () => refusal(create({ value }, testCall()))));
    expect(made.sort()).toEqual([...Array<string>(5).fill('ConflictException: API Key already exists'), 'no error']);
    const elsewhere = testCall({ accountId: '210987654321', region: 'us-east-1' });
    expect((await create({ value }, elsewhere)).value).toBe(value);
  });
});

describe('reading', () => {
  it('shows the value only when asked', async () => {
    const { id, value } = await create();
    const get = (includeValue?: boolean) => serving.apiKeys.getApiKey(serving.call, { apiKey: id!, includeValue });
    expect((await get()).value).toBeUndefined();
    expect((await get(false)).value).toBeUndefined();
    expect((await get(true)).value).toBe(value);
  });

  it('lists 1,200 keys, newest first, over pages that hold 500 at most', async () => {
    const call = emptyScope();
    const made = await Promise.all(
      Array.from({ length: 1_200 }, (_, index) => create({ name: `k${index}` }, testCall(call.scope))),
    );
    const pages: (string | undefined)[][] = [];
    let position: string | undefined;
    do {
      const page = await serving.apiKeys.getApiKeys(call, { limit: 0, position });
      pages.push(page.item!.map(({ id }) => id));
      position = page.position;
    } while (position);
    expect(pages.map(({ length }) => length)).toEqual([500, 500, 200]);
    expect(new Set(pages.flat())).toEqual(new Set(made.map(({ id }) => id)));
    const { item } = await serving.apiKeys.getApiKeys(call, {});
    expect(item).toHaveLength(25);
    const dates = item!.map(({ createdDate }) => createdDate!.getTime());
    expect(dates).toEqual([...dates].sort((a, b) => b - a));
  });

  it('filters by the beginning of the name and by customer', async () => {
    const call = emptyScope();
    for (const [name, customerId] of [
      ['alpha', 'c1'],
      ['Alpha', 'c1'],
      ['alphabet', 'c2'],
      ['al%', 'c2'],
    ]) {
      await create({ name, customerId }, call);
    }
    await create({}, call);
    const names = async (input: object) => (await serving.apiKeys.getApiKeys(call, input)).item!.map(({ name }) => name).sort();
    expect(await names({ nameQuery: 'alpha' })).toEqual(['alpha', 'alphabet']);
    expect(await names({ nameQuery: 'al%' })).toEqual(['al%']);
    expect(await names({ customerId: 'c1' })).toEqual(['Alpha', 'alpha']);
    const { item } = await serving.apiKeys.getApiKeys(call, { includeValues: true, nameQuery: 'alphabet' });
    expect(item![0]!.value).toHaveLength(40);
  });

  it('derives stage keys from usage plans', async () => {
    const { restApiId, stageName } = await serving.newStage();
    const plan = await serving.usagePlans.createUsagePlan(serving.call, {
      name: 'p',
      apiStages: [{ apiId: restApiId, stage: stageName }],
    });
    const { id } = await create({ name: 'with a stage' });
    await serving.usagePlanKeys.createUsagePlanKey(serving.call, { usagePlanId: plan.id!, keyId: id!, keyType: 'API_KEY' });
    const stageKeys = [`${restApiId}/prod`];
    expect(await serving.apiKeys.getApiKey(serving.call, { apiKey: id! })).toMatchObject({ stageKeys });
    expect((await serving.apiKeys.getApiKeys(serving.call, { nameQuery: 'with a stage' })).item).toMatchObject([{ stageKeys }]);
  });

  it('security class: configuration injection, tenant escape: knows no keys of other accounts and regions', async () => {
    const { id } = await create();
    const unknown = 'NotFoundException: Invalid API Key identifier specified';
    for (const scope of [
      { accountId: '210987654321', region: 'us-east-1' },
      { accountId: '123456789012', region: 'eu-west-1' },
    ]) {
      const call = testCall(scope);
      expect(await refusal(serving.apiKeys.getApiKey(call, { apiKey: id! }))).toBe(unknown);
      expect(await refusal(serving.apiKeys.updateApiKey(call, { apiKey: id! }))).toBe(unknown);
      expect(await refusal(serving.apiKeys.deleteApiKey(call, { apiKey: id! }))).toBe(unknown);
    }
  });
});

describe('UpdateApiKey', () => {
  it('changes what AWS lets change, and publishes only what gateways know of', async () => {
    const { id } = await create({ tags: {} });
    const update = async (path: string, value: string) => {
      const call = testCall();
      const updated = await serving.apiKeys.updateApiKey(call, {
        apiKey: id!,
        patchOperations: [{ op: 'replace', path, value }],
      });
      return { updated, published: await serving.published(call) };
    };
    expect(await update('/name', 'new')).toMatchObject({ updated: { name: 'new', tags: {} }, published: [] });
    expect(await update('/description', 'd')).toMatchObject({ updated: { description: 'd' }, published: [] });
    expect(await update('/customerId', 'c')).toMatchObject({ updated: { customerId: 'c' }, published: [] });
    const { updated, published } = await update('/enabled', 'true');
    expect(updated.value).toBeUndefined();
    expect(published).toEqual([`api-key ${id}`]);
    expect(await document(id!)).toMatchObject({ enabled: true });
    expect(await refusal(update('/value', 'x'.repeat(30)))).toBe(
      "BadRequestException: Invalid patch path  '/value' specified for op 'replace'. Must be one of: [/description, /enabled, /name, /customerId]",
    );
  });
});

describe('DeleteApiKey', () => {
  it('publishes a tombstone, leaves its plans and frees its value', async () => {
    const plan = await serving.usagePlans.createUsagePlan(serving.call, { name: 'p' });
    const { id, value } = await create();
    await serving.usagePlanKeys.createUsagePlanKey(serving.call, { usagePlanId: plan.id!, keyId: id!, keyType: 'API_KEY' });
    const call = testCall();
    await serving.apiKeys.deleteApiKey(call, { apiKey: id! });
    expect(await serving.published(call)).toEqual([`-api-key ${id}`]);
    expect(await document(id!)).toBeNull();
    expect((await serving.usagePlanKeys.getUsagePlanKeys(serving.call, { usagePlanId: plan.id! })).item).toEqual([]);
    expect((await create({ value })).value).toBe(value);
  });
});
