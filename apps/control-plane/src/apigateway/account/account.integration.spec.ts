import type { PatchOperation } from '@gatehouse/admin-contract/apigateway';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';
import { ACCOUNT_DOCUMENT } from '@gatehouse/snapshot';
import { AccountService } from './account.service.js';
import { readAccount } from './load-account-document.js';

let server: TestDatabase;
let serving: Serving;
let account: AccountService;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
  account = new AccountService(serving.definition.database, serving.unitOfWork);
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const call = testCall();
const role = 'arn:aws:iam::123456789012:role/service-role/logs';
const defaults = { throttleSettings: { burstLimit: 5000, rateLimit: 10_000 }, features: ['UsagePlans'], apiKeyVersion: '4' };
const update = (...patchOperations: PatchOperation[]) => account.updateAccount(call, { patchOperations });
const wire = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe('the account', () => {
  it('has AWS defaults, and a role once it is set, until it is cleared', async () => {
    expect(wire(await account.getAccount(call))).toEqual(defaults);
    expect(wire(await update())).toEqual(defaults);
    expect(await update({ op: 'replace', path: '/cloudwatchRoleArn', value: role })).toEqual({
      ...defaults,
      cloudwatchRoleArn: role,
    });
    expect((await account.getAccount(call)).cloudwatchRoleArn).toBe(role);
    const elsewhere = testCall({ accountId: call.scope.accountId, region: 'eu-west-1' });
    expect(wire(await account.getAccount(elsewhere))).toEqual(defaults);
    expect(wire(await update({ op: 'replace', path: '/cloudwatchRoleArn' }))).toEqual(defaults);
    expect(wire(await account.getAccount(call))).toEqual(defaults);
  });

  it('has usage plans, whatever is done', async () => {
    expect(wire(await update({ op: 'add', path: '/features', value: 'UsagePlans' }))).toEqual(defaults);
    expect(await refusal(update({ op: 'remove', path: '/features', value: 'UsagePlans' }))).toBe(
      'BadRequestException: Usage Plans cannot be disabled once enabled',
    );
    expect(await refusal(update({ op: 'add', path: '/features', value: 'More' }))).toBe(
      'BadRequestException: Invalid API Feature specified: More. Must be one of: [UsagePlans]',
    );
  });

  it('refuses what is no role, and other paths', async () => {
    expect(await refusal(update({ op: 'replace', path: '/cloudwatchRoleArn', value: 'logs' }))).toBe(
      'BadRequestException: Invalid ARN. ARN is not well formed logs',
    );
    const foreign = 'arn:aws-cn:iam::123456789012:role/logs';
    expect(await refusal(update({ op: 'replace', path: '/cloudwatchRoleArn', value: foreign }))).toBe(
      `BadRequestException: Invalid ARN. ARN is not well formed ${foreign}`,
    );
    expect(await refusal(update({ op: 'replace', path: '/apiKeyVersion', value: '1' }))).toBe(
      "BadRequestException: Invalid patch path  '/apiKeyVersion' specified for op 'replace'. Must be one of: [/cloudwatchRoleArn, /throttleSettings/rateLimit, /throttleSettings/burstLimit]",
    );
    expect(await refusal(update({ op: 'replace', path: '/throttleSettings/rateLimit', value: '-1' }))).toBe(
      'BadRequestException: Invalid throttling rate limit: -1',
    );
    expect(await refusal(update({ op: 'replace', path: '/throttleSettings/burstLimit', value: '1.5' }))).toBe(
      'BadRequestException: Invalid throttling burst limit: 1.5',
    );
  });

  it('has the limit that it is given, which is published, until it is taken away', async () => {
    const limited = testCall({ accountId: '300000000003', region: 'us-east-1' });
    const set = async (...patchOperations: PatchOperation[]) => {
      const change = testCall(limited.scope);
      const { throttleSettings } = await account.updateAccount(change, { patchOperations });
      const document = (await readAccount(serving.manager, limited.scope)).get(ACCOUNT_DOCUMENT)?.();
      return [throttleSettings, document?.throttle, await serving.published(change)];
    };
    const replace = (path: string, value: string) => ({ op: 'replace', path: `/throttleSettings/${path}`, value }) as const;
    const published = ['account settings'];
    expect(await set(replace('rateLimit', '2.5'))).toEqual([
      { rateLimit: 2.5, burstLimit: 5000 },
      { rateLimit: 2.5, burstLimit: 5000 },
      published,
    ]);
    expect(await set(replace('burstLimit', '4'))).toEqual([
      { rateLimit: 2.5, burstLimit: 4 },
      { rateLimit: 2.5, burstLimit: 4 },
      published,
    ]);
    expect(await set({ op: 'replace', path: '/cloudwatchRoleArn', value: role })).toMatchObject([{}, { rateLimit: 2.5 }, []]);
    const removed = ['rateLimit', 'burstLimit'].map((name) => ({ op: 'remove', path: `/throttleSettings/${name}` }) as const);
    expect(await set(...removed)).toEqual([{ rateLimit: 10_000, burstLimit: 5000 }, null, published]);
  });

  it('keeps one of two parallel first updates after the other', async () => {
    const fresh = testCall({ accountId: '300000000002', region: 'us-east-1' });
    const set = (value: string) =>
      account.updateAccount(testCall(fresh.scope), { patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value }] });
    await Promise.all([`${role}1`, `${role}2`, `${role}3`].map(set));
    expect((await account.getAccount(fresh)).cloudwatchRoleArn).toMatch(/logs[123]$/);
  });
});
