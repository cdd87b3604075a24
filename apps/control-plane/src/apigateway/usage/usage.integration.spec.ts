import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    expect(await refusal(get('nope00', '2024-03-01', '2024-03-01'))).toBe('NotFoundException: Invalid Usage Plan ID specified');
    expect(await refusal(get(plan, '01.03.2024', '2024-03-01'))).toBe(
      'BadRequestException: Invalid startDate specified: must have the form yyyy-MM-dd',
    );
    const other = testCall({ accountId: '210987654321', region: 'us-east-1' });
    const question = { usagePlanId: plan, startDate: '2024-03-01', endDate: '2024-03-01' };
    expect(await refusal(serving.usage.getUsage(other, question))).toBe('NotFoundException: Invalid Usage Plan ID specified');
  });
});
