import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, testCall } from '../../apigateway/rest-api/definition.fixture.js';
import { Functions } from '../functions.fixture.js';

let server: TestDatabase;
let at: Functions;

beforeAll(async () => {
  server = await createDatabase();
  at = await Functions.open(server.url);
});

afterAll(async () => {
  await at?.close();
  await server?.drop();
});

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function';

let accounts = 0;
const emptyScope = () => testCall({ accountId: String(400_000_000_000 + accounts++), region: 'us-east-1' });

describe('reserved concurrency', () => {
  it('is put, read, published and taken back', async () => {
    const call = testCall();
    const { FunctionName } = await at.newFunction();
    expect(await at.concurrency.getFunctionConcurrency(at.call, { FunctionName })).toEqual({});
    expect(await at.concurrency.putFunctionConcurrency(call, { FunctionName, ReservedConcurrentExecutions: 7 })).toEqual({
      ReservedConcurrentExecutions: 7,
    });
    expect(await at.serving.published(call)).toEqual([`function ${FunctionName}`]);
    expect((await at.document(FunctionName))!.reservedConcurrency).toBe(7);
    await at.concurrency.putFunctionConcurrency(testCall(), { FunctionName, ReservedConcurrentExecutions: 0 });
    expect(await at.concurrency.getFunctionConcurrency(at.call, { FunctionName })).toEqual({ ReservedConcurrentExecutions: 0 });
    await at.concurrency.deleteFunctionConcurrency(testCall(), { FunctionName });
    expect((await at.document(FunctionName))!.reservedConcurrency).toBeNull();
  });

  it('leaves some of the account unreserved, however many reserve at once', async () => {
    const call = emptyScope();
    const names: string[] = [];
    for (let index = 0; index < 4; index++) names.push((await at.newFunction({}, testCall(call.scope))).FunctionName);
    const put = (FunctionName: string, ReservedConcurrentExecutions: number) =>
      refusal(at.concurrency.putFunctionConcurrency(testCall(call.scope), { FunctionName, ReservedConcurrentExecutions }));
    const below =
      "InvalidParameterValueException: Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].";
    const answers = await Promise.all(names.map((name) => put(name, 40_000)));
    expect(answers.sort()).toEqual([below, below, 'no error', 'no error']);
    expect(await put(names[0]!, 2_147_483_647)).toBe(below);
    const { AccountLimit } = await at.account.getAccountSettings(call);
    expect(AccountLimit!.UnreservedConcurrentExecutions).toBe(20_000);
  });

  it('is of functions only', async () => {
    const { FunctionName } = await at.newFunction({ Publish: true });
    const only =
      'InvalidParameterValueException: This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.';
    const name = { FunctionName: `${FunctionName}:1` };
    expect(await refusal(at.concurrency.putFunctionConcurrency(at.call, { ...name, ReservedConcurrentExecutions: 1 }))).toBe(
      only,
    );
    expect(await refusal(at.concurrency.getFunctionConcurrency(at.call, name))).toBe(only);
    expect(await refusal(at.concurrency.deleteFunctionConcurrency(at.call, name))).toBe(only);
    const unknown = { FunctionName: 'unknown' };
    const missing = `ResourceNotFoundException: Function not found: ${ARN}:unknown`;
    expect(await refusal(at.concurrency.putFunctionConcurrency(at.call, { ...unknown, ReservedConcurrentExecutions: 1 }))).toBe(
      missing,
    );
    expect(await refusal(at.concurrency.getFunctionConcurrency(at.call, unknown))).toBe(missing);
    expect(await refusal(at.concurrency.deleteFunctionConcurrency(at.call, unknown))).toBe(missing);
  });
});

describe('GetAccountSettings', () => {
  it('tells limits and what is used of them', async () => {
    const call = emptyScope();
    const none = await at.account.getAccountSettings(call);
    expect(none.AccountUsage).toEqual({ TotalCodeSize: 0, FunctionCount: 0 });
    const { CodeSize } = await at.newFunction({ Publish: true }, testCall(call.scope));
    expect(await at.account.getAccountSettings(call)).toEqual({
      AccountLimit: {
        TotalCodeSize: 1_099_511_627_776,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: 100_000,
        UnreservedConcurrentExecutions: 100_000,
      },
      AccountUsage: { TotalCodeSize: 2 * CodeSize!, FunctionCount: 1 },
    });
    const aws = await Functions.open(server.url, 'aws');
    try {
      expect((await aws.account.getAccountSettings(call)).AccountLimit).toMatchObject({
        TotalCodeSize: 80_530_636_800,
        ConcurrentExecutions: 1_000,
      });
    } finally {
      await aws.close();
    }
  });
});

describe('tags', () => {
  it('are added, replaced, listed and removed, and publish nothing', async () => {
    const call = testCall();
    const { FunctionName } = await at.newFunction({ Tags: { a: '1', b: '2' } });
    const Resource = `${ARN}:${FunctionName}`;
    await at.tags.tagResource(call, { Resource, Tags: { b: '3', c: '4' } });
    expect(await at.tags.listTags(at.call, { Resource })).toEqual({ Tags: { a: '1', b: '3', c: '4' } });
    await at.tags.untagResource(call, { Resource, TagKeys: ['a', 'unknown'] });
    expect(await at.tags.listTags(at.call, { Resource })).toEqual({ Tags: { b: '3', c: '4' } });
    expect(call.publicationId).toBeUndefined();
  });

  it('refuse', async () => {
    const { FunctionName } = await at.newFunction({ Publish: true });
    const Resource = `${ARN}:${FunctionName}`;
    const tag = (Tags: Record<string, string>, arn = Resource) =>
      refusal(at.tags.tagResource(testCall(), { Resource: arn, Tags }));
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v']));
    expect(await tag(many)).toBe('InvalidParameterValueException: Number of tags exceeds resource tag limit.');
    expect(await tag({})).toBe('InvalidParameterValueException: An error occurred and the request cannot be processed.');
    expect(await tag({ 'AWS:x': 'y' })).toContain('aws: prefixed tag key names are not allowed');
    expect(await tag({ a: 'b' }, `${Resource}:1`)).toBe(
      'InvalidParameterValueException: Tags on function aliases and versions are not supported. Please specify a function ARN.',
    );
    expect(await tag({ a: 'b' }, `${ARN}:unknown`)).toBe(`ResourceNotFoundException: Function not found: ${ARN}:unknown`);
    const mapping = 'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:7a1d3b52-6b0c-4c0e-9a53-2d1f1f1c9d10';
    expect(await tag({ a: 'b' }, mapping)).toContain('ResourceNotFoundException');
    expect(await refusal(at.tags.listTags(at.call, { Resource: `${ARN}:unknown` }))).toContain('ResourceNotFoundException');
    expect(await refusal(at.tags.untagResource(at.call, { Resource: `${ARN}:unknown`, TagKeys: ['a'] }))).toContain(
      'ResourceNotFoundException',
    );
  });
});
