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

const INVOKE = { Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' };
const SOURCE = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*/GET/';
const add = (FunctionName: string, StatementId: string, more: object = {}, call = testCall()) =>
  at.permissions.addPermission(call, { FunctionName, StatementId, ...INVOKE, ...more });

describe('AddPermission', () => {
  it('writes the statement as AWS does, and publishes it to who invokes', async () => {
    const call = testCall();
    const { FunctionName } = await at.newFunction();
    const { Statement } = await add(FunctionName, 's1', { SourceArn: SOURCE }, call);
    const arn = `${ARN}:${FunctionName}`;
    expect(Statement).toBe(
      `{"Sid":"s1","Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"${arn}","Condition":{"ArnLike":{"AWS:SourceArn":"${SOURCE}"}}}`,
    );
    expect(await at.serving.published(call)).toEqual([`function ${FunctionName}`]);
    expect((await at.document(FunctionName))!.policy).toEqual([
      { qualifier: null, action: INVOKE.Action, principal: INVOKE.Principal, sourceArn: SOURCE, sourceAccount: null },
    ]);
    expect(await add(FunctionName, 's2', { SourceAccount: '123456789012', SourceArn: SOURCE })).toEqual({
      Statement: `{"Sid":"s2","Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"${arn}","Condition":{"StringEquals":{"AWS:SourceAccount":"123456789012"},"ArnLike":{"AWS:SourceArn":"${SOURCE}"}}}`,
    });
  });

  it.each([
    ['*', '*'],
    ['210987654321', { AWS: 'arn:aws:iam::210987654321:root' }],
    ['arn:aws:iam::210987654321:role/r', { AWS: 'arn:aws:iam::210987654321:role/r' }],
    ['s3.amazonaws.com', { Service: 's3.amazonaws.com' }],
    ['alexa-appkit.amazon.com', { Service: 'alexa-appkit.amazon.com' }],
  ])('takes the principal %s', async (Principal, told) => {
    const { FunctionName } = await at.newFunction();
    const { Statement } = await add(FunctionName, 's', { Principal });
    expect((JSON.parse(Statement!) as { Principal: unknown }).Principal).toEqual(told);
  });

  it('tells actions as they were written, and publishes them in one way', async () => {
    const { FunctionName } = await at.newFunction();
    for (const [index, Action] of ['lambda:invokeFunction', 'lambda:*', '*'].entries())
      await add(FunctionName, `s${index}`, { Action });
    const { Policy } = await at.permissions.getPolicy(at.call, { FunctionName });
    expect((JSON.parse(Policy!) as { Statement: { Action: string }[] }).Statement.map(({ Action }) => Action)).toEqual([
      'lambda:invokeFunction',
      'lambda:*',
      '*',
    ]);
    expect((await at.document(FunctionName))!.policy.map(({ action }) => action)).toEqual([
      'lambda:InvokeFunction',
      'lambda:*',
      '*',
    ]);
  });

  it('has a policy for each version and alias beside that of the function', async () => {
    const { FunctionName } = await at.newFunction({ Publish: true });
    await at.aliases.createAlias(testCall(), { FunctionName, Name: 'live', FunctionVersion: '1' });
    for (const Qualifier of [undefined, '1', 'live']) {
      const { Statement } = await add(FunctionName, 'same', { Qualifier });
      const suffix = Qualifier ? `:${Qualifier}` : '';
      expect((JSON.parse(Statement!) as { Resource: string }).Resource).toBe(`${ARN}:${FunctionName}${suffix}`);
    }
    expect((await at.document(FunctionName))!.policy.map(({ qualifier }) => qualifier)).toEqual([null, '1', 'live']);
    await at.permissions.removePermission(testCall(), { FunctionName: `${FunctionName}:live`, StatementId: 'same' });
    expect((await at.document(FunctionName))!.policy.map(({ qualifier }) => qualifier)).toEqual([null, '1']);
  });

  it.each<[object, string]>([
    [{ PrincipalOrgID: 'o-abcdefghij' }, 'PrincipalOrgID is not supported'],
    [{ EventSourceToken: 't' }, 'EventSourceToken is not supported'],
    [{ FunctionUrlAuthType: 'NONE' }, 'FunctionUrlAuthType is not supported'],
    [{ InvokedViaFunctionUrl: false }, 'InvokedViaFunctionUrl is not supported'],
    [{ Action: 'lambda:GetFunction' }, 'Action lambda:GetFunction is not supported'],
    [{ Principal: 'someone' }, 'The provided principal was invalid. Please check the principal and try again.'],
    [{ Principal: 'evil.com' }, 'The provided principal was invalid.'],
    [{ Qualifier: '$LATEST' }, 'We currently do not support adding policies for $LATEST.'],
    [{ Qualifier: '7' }, 'ResourceNotFoundException: Function not found: '],
    [{ Qualifier: 'none' }, 'ResourceNotFoundException: Cannot find alias arn: '],
    [{ FunctionName: 'unknown' }, `ResourceNotFoundException: Function not found: ${ARN}:unknown`],
    [
      { RevisionId: 'old' },
      'PreconditionFailedException: The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
    ],
  ])('refuses %j', async (more, message) => {
    const call = testCall();
    const { FunctionName } = await at.newFunction();
    expect(await refusal(add(FunctionName, 's', more, call))).toContain(message);
    expect(call.publicationId).toBeUndefined();
  });

  it('lets one of many parallel callers have a statement id', async () => {
    const { FunctionName } = await at.newFunction();
    const answers = await Promise.all(Array.from({ length: 6 }, () => refusal(add(FunctionName, 's'))));
    const taken =
      'ResourceConflictException: The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement.';
    expect(answers.sort()).toEqual([...Array<string>(5).fill(taken), 'no error']);
  });

  it('lets a policy grow to 20 KB', async () => {
    const { FunctionName } = await at.newFunction();
    const SourceArn = `arn:aws:execute-api:us-east-1:123456789012:${'x'.repeat(4_000)}`;
    for (const id of ['a', 'b', 'c', 'd']) await add(FunctionName, id, { SourceArn });
    expect(await refusal(add(FunctionName, 'e', { SourceArn }))).toMatch(
      /^PolicyLengthExceededException: The final policy size \(2\d{4}\) is bigger than the limit \(20480\)\.$/,
    );
  });
});

describe('GetPolicy and RemovePermission', () => {
  it('give the statements in the order in which they were added, under a revision that changes with them', async () => {
    const { FunctionName } = await at.newFunction();
    await add(FunctionName, 'z');
    const first = await at.permissions.getPolicy(at.call, { FunctionName });
    await add(FunctionName, 'a', { RevisionId: first.RevisionId });
    const { Policy, RevisionId } = await at.permissions.getPolicy(at.call, { FunctionName });
    const policy = JSON.parse(Policy!) as { Version: string; Id: string; Statement: { Sid: string }[] };
    expect(Policy).toMatch(/^\{"Version":"2012-10-17","Id":"default","Statement":\[\{"Sid":"z",/);
    expect(policy.Statement.map(({ Sid }) => Sid)).toEqual(['z', 'a']);
    expect(RevisionId).not.toBe(first.RevisionId);
    expect(RevisionId).toBe((await at.functions.getFunctionConfiguration(at.call, { FunctionName })).RevisionId);
  });

  it('say what is not there', async () => {
    const { FunctionName } = await at.newFunction();
    const remove = (more: object = {}) =>
      refusal(at.permissions.removePermission(testCall(), { FunctionName, StatementId: 's', ...more }));
    expect(await refusal(at.permissions.getPolicy(at.call, { FunctionName }))).toBe(
      'ResourceNotFoundException: The resource you requested does not exist.',
    );
    expect(await remove()).toBe('ResourceNotFoundException: No policy is associated with the given resource.');
    await add(FunctionName, 'other');
    expect(await remove()).toBe('ResourceNotFoundException: Statement s is not found in resource policy.');
    expect(await remove({ StatementId: 'other', RevisionId: 'old' })).toContain('PreconditionFailedException');
    expect(await remove({ FunctionName: 'unknown' })).toContain('ResourceNotFoundException: Function not found');
    expect(await refusal(at.permissions.getPolicy(at.call, { FunctionName: 'unknown' }))).toContain('Function not found');
    const call = testCall();
    await at.permissions.removePermission(call, { FunctionName, StatementId: 'other' });
    expect(await at.serving.published(call)).toEqual([`function ${FunctionName}`]);
    expect((await at.document(FunctionName))!.policy).toEqual([]);
  });
});
