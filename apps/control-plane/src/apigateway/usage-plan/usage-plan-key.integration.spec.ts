import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';

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

const newPlan = async (apiStages: { apiId: string; stage: string }[] = []) =>
  (await serving.usagePlans.createUsagePlan(serving.call, { name: 'p', apiStages })).id!;
const newKey = async (name?: string) => {
  const { id, value } = await serving.apiKeys.createApiKey(serving.call, { name });
  return { id: id!, value: value! };
};
const join = (usagePlanId: string, keyId: string, call = testCall()) =>
  serving.usagePlanKeys.createUsagePlanKey(call, { usagePlanId, keyId, keyType: 'API_KEY' });
const addStage = (usagePlanId: string, value: string) =>
  serving.usagePlans.updateUsagePlan(testCall(), { usagePlanId, patchOperations: [{ op: 'add', path: '/apiStages', value }] });
const plansOf = async (key: string) => (await serving.apiKeyDocument(key))?.usagePlanIds;
const sharedStage = (usagePlanId: string) =>
  `ConflictException: Usage Plan ${usagePlanId} cannot be added because API Key cannot reference multiple Usage Plans with same API stages`;

async function newApiStage(): Promise<{ apiId: string; stage: string }> {
  const { restApiId, stageName } = await serving.newStage();
  return { apiId: restApiId, stage: stageName };
}

describe('CreateUsagePlanKey', () => {
  it('answers with the value and publishes the record of the key', async () => {
    const [plan, key] = [await newPlan(), await newKey('n')];
    const call = testCall();
    expect(await join(plan, key.id, call)).toEqual({ id: key.id, type: 'API_KEY', value: key.value, name: 'n' });
    expect(await serving.published(call)).toEqual([`api-key ${key.id}`]);
    expect(await plansOf(key.id)).toEqual([plan]);
  });

  it('says what is wrong', async () => {
    const [plan, key] = [await newPlan(), await newKey()];
    expect(await refusal(join('nope00', key.id))).toBe('NotFoundException: Invalid Usage Plan ID specified');
    expect(await refusal(join(plan, 'nope'))).toBe('NotFoundException: Invalid API Key identifier specified');
    const wrongType = { usagePlanId: plan, keyId: key.id, keyType: 'PASSWORD' };
    expect(await refusal(serving.usagePlanKeys.createUsagePlanKey(serving.call, wrongType))).toBe(
      'BadRequestException: Invalid key type specified. Must be one of: [API_KEY]',
    );
    const create = (more: object) => serving.usagePlanKeys.createUsagePlanKey(testCall(), { ...wrongType, ...more });
    expect(await refusal(create({ usagePlanId: 'nope00' }))).toBe('NotFoundException: Invalid Usage Plan ID specified');
    expect(await refusal(create({ keyId: 'nope' }))).toBe('NotFoundException: Invalid API Key identifier specified');
    await join(plan, key.id);
    expect(await refusal(join(plan, key.id))).toBe(`ConflictException: API Key is already associated with Usage Plan ${plan}`);
  });

  it('lets a key have one plan for an API stage', async () => {
    const apiStage = await newApiStage();
    const [one, two, key] = [await newPlan([apiStage]), await newPlan([apiStage]), await newKey()];
    await join(one, key.id);
    expect(await refusal(join(two, key.id))).toBe(sharedStage(two));
    const third = await newPlan([await newApiStage()]);
    await join(third, key.id);
    expect(await refusal(addStage(third, `${apiStage.apiId}:${apiStage.stage}`))).toBe(sharedStage(third));
    expect(await plansOf(key.id)).toEqual([one, third].sort());
  });

  it('keeps to one plan for an API stage when stage and key arrive at the same time', async () => {
    for (let round = 0; round < 8; round++) {
      const apiStage = await newApiStage();
      const [with_, without, key] = [await newPlan([apiStage]), await newPlan(), await newKey()];
      await join(without, key.id);
      const outcomes = await Promise.all([
        refusal(join(with_, key.id)),
        refusal(addStage(without, `${apiStage.apiId}:${apiStage.stage}`)),
      ]);
      expect(outcomes.filter((outcome) => outcome === 'no error')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome.startsWith('ConflictException: Usage Plan'))).toHaveLength(1);
    }
  });

  it('lets many keys join one plan at once', async () => {
    const plan = await newPlan();
    const keys = await Promise.all(Array.from({ length: 12 }, () => newKey()));
    await Promise.all(keys.map(({ id }) => join(plan, id)));
    const { item } = await serving.usagePlanKeys.getUsagePlanKeys(serving.call, { usagePlanId: plan });
    expect(item!.map(({ id }) => id).sort()).toEqual(keys.map(({ id }) => id).sort());
  });
});

describe('reading', () => {
  it('lists the last added key first, page by page, and filters by name', async () => {
    const plan = await newPlan();
    const made: string[] = [];
    for (const name of ['a1', 'a2', 'b1']) {
      const key = await newKey(name);
      await join(plan, key.id);
      made.unshift(key.id);
    }
    const list = (more: object) => serving.usagePlanKeys.getUsagePlanKeys(serving.call, { usagePlanId: plan, ...more });
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, position: first.position });
    expect([...first.item!, ...second.item!].map(({ id }) => id).sort()).toEqual([...made].sort());
    expect(second.position).toBeUndefined();
    expect((await list({ nameQuery: 'a' })).item!.map(({ name }) => name).sort()).toEqual(['a1', 'a2']);
  });

  it('knows an unknown plan as one without keys', async () => {
    expect((await serving.usagePlanKeys.getUsagePlanKeys(serving.call, { usagePlanId: 'nope00' })).item).toEqual([]);
  });

  it('finds one key of a plan', async () => {
    const [plan, key, stranger] = [await newPlan(), await newKey('n'), await newKey()];
    await join(plan, key.id);
    const get = (usagePlanId: string, keyId: string) =>
      serving.usagePlanKeys.getUsagePlanKey(serving.call, { usagePlanId, keyId });
    expect(await get(plan, key.id)).toEqual({ id: key.id, type: 'API_KEY', value: key.value, name: 'n' });
    expect(await refusal(get(plan, stranger.id))).toBe('NotFoundException: Invalid API Key identifier specified');
    expect(await refusal(get('nope00', key.id))).toBe('NotFoundException: Invalid Usage Plan ID specified');
  });
});

describe('DeleteUsagePlanKey', () => {
  it('takes the key out and publishes its record', async () => {
    const [plan, key] = [await newPlan(), await newKey()];
    await join(plan, key.id);
    const call = testCall();
    const leave = () => serving.usagePlanKeys.deleteUsagePlanKey(call, { usagePlanId: plan, keyId: key.id });
    await leave();
    expect(await serving.published(call)).toEqual([`api-key ${key.id}`]);
    expect(await plansOf(key.id)).toEqual([]);
    expect(await refusal(leave())).toBe('NotFoundException: Invalid API Key identifier specified');
  });
});
