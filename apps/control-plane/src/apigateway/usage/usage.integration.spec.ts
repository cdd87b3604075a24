import { createDatabase, steadyDay, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';
import { UsageTotalEntity } from './usage-total.entity.js';

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

const newPlan = async (quota?: { limit: number; period: 'DAY' | 'WEEK' | 'MONTH' }) =>
  (await serving.usagePlans.createUsagePlan(serving.call, { name: 'p', quota })).id!;
const report = (usagePlanId: string, apiKeyId: string, day: string, total: number, processId = 'gateway-1') =>
  serving.manager.insert(UsageTotalEntity, {
    ...serving.call.scope,
    usagePlanId,
    apiKeyId,
    day,
    processId,
    quotaPeriod: 'DAY',
    total: String(total),
  });
const get = (usagePlanId: string, startDate: string, endDate: string, more: object = {}) =>
  serving.usage.getUsage(serving.call, { usagePlanId, startDate, endDate, ...more });

describe('GetUsage', () => {
  it('sums over gateway processes, with what remained each day', async () => {
    const plan = await newPlan({ limit: 10, period: 'MONTH' });
    await report(plan, 'k1', '2024-03-01', 1);
    await report(plan, 'k1', '2024-03-05', 2);
    await report(plan, 'k1', '2024-03-05', 3, 'gateway-2');
    await report(plan, 'k1', '2024-02-29', 9);
    expect(JSON.parse(JSON.stringify(await get(plan, '2024-03-04', '2024-03-06')))).toEqual({
      usagePlanId: plan,
      startDate: '2024-03-04',
      endDate: '2024-03-06',
      values: {
        k1: [
          [0, 9],
          [5, 4],
          [0, 4],
        ],
      },
    });
  });

  it('lists the keys that were used, by page, or one of them', async () => {
    const plan = await newPlan({ limit: 10, period: 'DAY' });
    for (const key of ['k1', 'k2', 'k3']) await report(plan, key, '2024-03-01', 1);
    await report(plan, 'k4', '2024-02-01', 1);
    const first = await get(plan, '2024-03-01', '2024-03-01', { limit: 2 });
    const second = await get(plan, '2024-03-01', '2024-03-01', { limit: 2, position: first.position });
    expect([Object.keys(first.values!), Object.keys(second.values!), second.position]).toEqual([['k1', 'k2'], ['k3'], undefined]);
    expect((await get(plan, '2024-03-01', '2024-03-01', { keyId: 'k2' })).values).toEqual({ k2: [[1, 9]] });
    expect((await get(plan, '2024-03-01', '2024-03-01', { keyId: 'k4' })).values).toEqual({});
  });

  it('says what is wrong', async () => {
    const plan = await newPlan();
    expect(await refusal(get('nope00', '01.03.2024', '2024-03-01'))).toBe('NotFoundException: Invalid Usage Plan ID specified');
    expect(await refusal(get('nope00', '2024-03-01', '2024-03-01', { position: 'x' }))).toBe(
      'NotFoundException: Invalid Usage Plan ID specified',
    );
    expect(await refusal(get(plan, '01.03.2024', '2024-03-01'))).toBe(
      'BadRequestException: Invalid startDate specified: must have the form yyyy-MM-dd',
    );
    const other = testCall({ accountId: '210987654321', region: 'us-east-1' });
    const question = { usagePlanId: plan, startDate: '2024-03-01', endDate: '2024-03-01' };
    expect(await refusal(serving.usage.getUsage(other, question))).toBe('NotFoundException: Invalid Usage Plan ID specified');
  });
});

describe('UpdateUsage', () => {
  let today: string;

  beforeEach(async () => {
    today = await steadyDay(10);
  });

  async function keyOf(usagePlanId: string): Promise<string> {
    const { id } = await serving.apiKeys.createApiKey(serving.call, {});
    await serving.usagePlanKeys.createUsagePlanKey(testCall(), { usagePlanId, keyId: id!, keyType: 'API_KEY' });
    return id!;
  }

  const update = (
    usagePlanId: string,
    keyId: string,
    value: string | undefined,
    path = '/remaining',
    op: 'add' | 'replace' = 'replace',
  ) => serving.usage.updateUsage(testCall(), { usagePlanId, keyId, patchOperations: [{ op, path, value }] });

  it('changes what remains in the current period, not what was used', async () => {
    const plan = await newPlan({ limit: 100, period: 'MONTH' });
    const key = await keyOf(plan);
    await report(plan, key, `${today.slice(0, 8)}01`, 30);
    await report(plan, key, '2024-01-01', 1000);
    const usedToday = today.endsWith('-01') ? 30 : 0;
    for (const remaining of [500, 10, 0, 70]) {
      const answer = { usagePlanId: plan, startDate: today, endDate: today, values: { [key]: [[usedToday, remaining]] } };
      expect(await update(plan, key, String(remaining))).toEqual(answer);
      expect(await get(plan, today, today)).toMatchObject({ values: { [key]: [[usedToday, remaining]] } });
    }
    await report(plan, key, today, 20, 'gateway-2');
    expect((await get(plan, today, today)).values).toEqual({ [key]: [[usedToday + 20, 50]] });
  });

  it('is seen of keys that were never used, and by nobody else', async () => {
    const plan = await newPlan({ limit: 100, period: 'DAY' });
    const key = await keyOf(plan);
    await keyOf(plan);
    await update(plan, key, '5');
    expect((await get(plan, today, today)).values).toEqual({ [key]: [[0, 5]] });
    expect((await get(plan, '2024-03-01', '2024-03-01')).values).toEqual({});
    const unchanged = await serving.usage.updateUsage(testCall(), { usagePlanId: plan, keyId: key, patchOperations: [] });
    expect(unchanged.values).toEqual({ [key]: [[0, 5]] });
  });

  it('adds up right when clients do it at once', async () => {
    const plan = await newPlan({ limit: 100, period: 'DAY' });
    const key = await keyOf(plan);
    await Promise.all(Array.from({ length: 10 }, () => update(plan, key, '500')));
    expect((await get(plan, today, today)).values).toEqual({ [key]: [[0, 500]] });
  });

  it('says what is wrong, and changes nothing', async () => {
    const plan = await newPlan({ limit: 100, period: 'DAY' });
    const key = await keyOf(plan);
    const other = await keyOf(await newPlan({ limit: 1, period: 'DAY' }));
    const unlimited = await newPlan();
    const member = await keyOf(unlimited);
    expect(await refusal(update('nope00', key, '1'))).toBe('NotFoundException: Invalid Usage Plan ID specified');
    expect(await refusal(update(plan, 'nope', '1'))).toBe('NotFoundException: Invalid API Key identifier specified');
    expect(await refusal(update(plan, other, '1'))).toBe('NotFoundException: Invalid API Key identifier specified');
    expect(await refusal(update(unlimited, member, '1'))).toBe(
      `BadRequestException: Usage Plan ${unlimited} does not have a quota`,
    );
    for (const value of ['-1', '1.5', 'ten', '', '2147483648', undefined]) {
      expect(await refusal(update(plan, key, value))).toBe(
        'BadRequestException: Usage Plan remaining quota must be a whole number that is not negative',
      );
    }
    expect(await refusal(update(plan, key, '1', '/used'))).toBe(
      "BadRequestException: Invalid patch path  '/used' specified for op 'replace'. Must be one of: [/remaining]",
    );
    expect(await refusal(update(plan, key, '1', '/remaining', 'add'))).toBe(
      "BadRequestException: Invalid patch path  '/remaining' specified for op 'add'. Please choose supported operations",
    );
    expect((await get(plan, today, today)).values).toEqual({});
    const stranger = testCall({ accountId: '210987654321', region: 'us-east-1' });
    expect(await refusal(serving.usage.updateUsage(stranger, { usagePlanId: plan, keyId: key }))).toBe(
      'NotFoundException: Invalid Usage Plan ID specified',
    );
  });
});
