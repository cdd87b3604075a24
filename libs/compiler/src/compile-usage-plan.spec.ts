import type { UsagePlanModel } from '@gatehouse/api-model';
import { dataPlaneKey, readDocument, writeDocument } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { compileApiKey } from './compile-api-key.js';
import { compileUsagePlan, readMethodThrottleKey } from './compile-usage-plan.js';

const key = dataPlaneKey(Buffer.alloc(32, 7));
const scope = { accountId: '123456789012', region: 'us-east-1' };

const usagePlan = (more: Partial<UsagePlanModel> = {}): UsagePlanModel => ({
  usagePlanId: 'p12345',
  createdDate: new Date('2026-03-01T23:59:59Z'),
  apiStages: [],
  ...more,
});

describe('usage plan', () => {
  it('becomes a document that gateways read', () => {
    const body = compileUsagePlan(
      usagePlan({
        throttle: { rateLimit: 1.5, burstLimit: 2 },
        quota: { limit: 100, offset: 3, period: 'WEEK' },
        apiStages: [{ apiId: 'a1b2c3d4e5', stage: 'prod', throttle: { '/pets/GET': { rateLimit: 1, burstLimit: 1 } } }],
      }),
    );
    expect(body).toEqual({
      usagePlanId: 'p12345',
      throttle: { rateLimit: 1.5, burstLimit: 2 },
      quota: { limit: 100, offset: 3, period: 'WEEK' },
      quotaStart: '2026-03-01',
      apiStages: [
        {
          apiId: 'a1b2c3d4e5',
          stage: 'prod',
          throttle: [{ path: '/pets', httpMethod: 'GET', limit: { rateLimit: 1, burstLimit: 1 } }],
        },
      ],
    });
    const ref = { kind: 'usage-plan', key: 'p12345', ...scope } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 1, body })).body).toEqual(body);
  });

  it.each([
    [undefined, null],
    [{}, null],
    [{ rateLimit: 5 }, { rateLimit: 5, burstLimit: 5000 }],
    [{ burstLimit: 5 }, { rateLimit: 10_000, burstLimit: 5 }],
    [
      { rateLimit: 0, burstLimit: 0 },
      { rateLimit: 0, burstLimit: 0 },
    ],
  ])('throttles %j', (throttle, limit) => {
    expect(compileUsagePlan(usagePlan({ throttle })).throttle).toEqual(limit);
  });

  it('has no quota without one', () => {
    expect(compileUsagePlan(usagePlan()).quota).toBeNull();
  });
});

describe('keys of method throttles', () => {
  it.each([
    ['/pets/{petId}/GET', { path: '/pets/{petId}', httpMethod: 'GET' }],
    ['//ANY', { path: '/', httpMethod: 'ANY' }],
    ['/GET', { path: '/', httpMethod: 'GET' }],
    ['/pets/FETCH', undefined],
    ['pets/GET', undefined],
    ['/pets', undefined],
  ])('%s', (text, expected) => {
    expect(readMethodThrottleKey(text)).toEqual(expected);
  });
});

describe('API key', () => {
  it('becomes a record of its hash and its plans, in one order', () => {
    const body = compileApiKey({ apiKeyId: 'k123456789', valueHash: 'ab'.repeat(32), enabled: true, usagePlanIds: ['p2', 'p1'] });
    expect(body).toEqual({ apiKeyId: 'k123456789', valueHash: 'ab'.repeat(32), enabled: true, usagePlanIds: ['p1', 'p2'] });
    const ref = { kind: 'api-key', key: 'k123456789', ...scope } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 1, body })).body).toEqual(body);
  });
});
