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

const wire = (value: unknown) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function';

/** A function with the versions 1 and 2. */
async function newVersions(): Promise<string> {
  const { FunctionName } = await at.newFunction({ Publish: true });
  await at.functions.updateFunctionConfiguration(testCall(), { FunctionName, Timeout: 5 });
  await at.versions.publishVersion(testCall(), { FunctionName });
  return FunctionName;
}

describe('aliases', () => {
  it('are created, read, changed and removed', async () => {
    const call = testCall();
    const FunctionName = await newVersions();
    const created = await at.aliases.createAlias(call, { FunctionName, Name: 'live', FunctionVersion: '1' });
    expect(wire(created)).toEqual({
      AliasArn: `${ARN}:${FunctionName}:live`,
      Name: 'live',
      FunctionVersion: '1',
      Description: '',
      RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(await at.serving.published(call)).toEqual([`function ${FunctionName}`]);
    expect(await at.aliases.getAlias(at.call, { FunctionName, Name: 'live' })).toEqual(created);

    const routing = { RoutingConfig: { AdditionalVersionWeights: { '2': 0.25 } } };
    const shared = await at.aliases.updateAlias(testCall(), { FunctionName, Name: 'live', Description: 'd', ...routing });
    expect(shared).toMatchObject({ FunctionVersion: '1', Description: 'd', ...routing });
    expect(shared.RevisionId).not.toBe(created.RevisionId);
    expect((await at.document(FunctionName))!.aliases).toEqual([{ name: 'live', version: '1', routing: [['2', 0.25]] }]);

    const moved = await at.aliases.updateAlias(testCall(), {
      FunctionName,
      Name: 'live',
      FunctionVersion: '2',
      RoutingConfig: {},
      RevisionId: shared.RevisionId,
    });
    expect(moved).toMatchObject({ FunctionVersion: '2', Description: 'd', RoutingConfig: undefined });

    await at.aliases.deleteAlias(testCall(), { FunctionName, Name: 'live' });
    expect((await at.document(FunctionName))!.aliases).toEqual([]);
    expect(await refusal(at.aliases.deleteAlias(testCall(), { FunctionName, Name: 'live' }))).toBe('no error');
  });

  it('take their policies with them', async () => {
    const FunctionName = await newVersions();
    const permission = { FunctionName, StatementId: 's', Action: 'lambda:InvokeFunction', Principal: '*', Qualifier: 'live' };
    await at.aliases.createAlias(testCall(), { FunctionName, Name: 'live', FunctionVersion: '1' });
    await at.permissions.addPermission(testCall(), permission);
    await at.aliases.deleteAlias(testCall(), { FunctionName, Name: 'live' });
    expect((await at.document(FunctionName))!.policy).toEqual([]);
    await at.aliases.createAlias(testCall(), { FunctionName, Name: 'live', FunctionVersion: '1' });
    expect(await refusal(at.permissions.getPolicy(at.call, { FunctionName, Qualifier: 'live' }))).toContain('ResourceNotFound');
  });

  it('are listed by name, over pages, and by version', async () => {
    const FunctionName = await newVersions();
    for (const [Name, FunctionVersion] of [
      ['c', '1'],
      ['a', '2'],
      ['b', '1'],
      ['d', '$LATEST'],
    ] as const) {
      await at.aliases.createAlias(testCall(), { FunctionName, Name, FunctionVersion });
    }
    const list = async (more: object) => {
      const { Aliases, NextMarker } = await at.aliases.listAliases(at.call, { FunctionName, ...more });
      return { names: Aliases!.map(({ Name }) => Name), NextMarker };
    };
    expect((await list({})).names).toEqual(['a', 'b', 'c', 'd']);
    const first = await list({ MaxItems: 3 });
    expect(first.names).toEqual(['a', 'b', 'c']);
    expect(await list({ MaxItems: 3, Marker: first.NextMarker })).toEqual({ names: ['d'], NextMarker: undefined });
    expect((await list({ FunctionVersion: '1' })).names).toEqual(['b', 'c']);
    expect(await refusal(list({ Marker: 'x' }))).toBe('InvalidParameterValueException: Invalid Marker');
    expect(await refusal(list({ FunctionName: 'unknown' }))).toContain('ResourceNotFoundException');
  });

  it('refuse', async () => {
    const FunctionName = await newVersions();
    await at.aliases.createAlias(testCall(), { FunctionName, Name: 'taken', FunctionVersion: '1' });
    const create = (more: object) =>
      refusal(at.aliases.createAlias(testCall(), { FunctionName, Name: 'x', FunctionVersion: '1', ...more }));
    const weights = (AdditionalVersionWeights: Record<string, number>) => ({ RoutingConfig: { AdditionalVersionWeights } });
    expect(await create({ Name: 'taken' })).toBe(`ResourceConflictException: Alias already exists: ${ARN}:${FunctionName}:taken`);
    expect(await create({ FunctionVersion: '9' })).toBe(
      `ResourceNotFoundException: Function not found: ${ARN}:${FunctionName}:9`,
    );
    expect(await create(weights({ '9': 0.5 }))).toBe(`ResourceNotFoundException: Function not found: ${ARN}:${FunctionName}:9`);
    expect(await create(weights({ '1': 0.5, '2': 0.5 }))).toBe(
      'InvalidParameterValueException: Number of items in AdditionalVersionWeights cannot be greater than 1',
    );
    expect(await create(weights({ '1': 0.5 }))).toBe(
      'InvalidParameterValueException: Invalid function version 1. Function version 1 is already included in routing configuration.',
    );
    expect(await create({ FunctionVersion: '$LATEST', ...weights({ '1': 0.5 }) })).toBe(
      'InvalidParameterValueException: $LATEST is not supported for an alias pointing to more than 1 version',
    );
    expect(await create({ FunctionName: 'unknown' })).toBe(`ResourceNotFoundException: Function not found: ${ARN}:unknown`);
    expect(await refusal(at.aliases.getAlias(at.call, { FunctionName, Name: 'no' }))).toBe(
      `ResourceNotFoundException: Cannot find alias arn: ${ARN}:${FunctionName}:no`,
    );
    const update = (more: object) => refusal(at.aliases.updateAlias(testCall(), { FunctionName, Name: 'taken', ...more }));
    expect(await update({ Name: 'no' })).toBe(`ResourceNotFoundException: Alias not found: ${ARN}:${FunctionName}:no`);
    expect(await update({ RevisionId: 'old' })).toContain('PreconditionFailedException');
    expect(await update({ FunctionVersion: '9' })).toContain('ResourceNotFoundException');
    expect(await refusal(at.aliases.deleteAlias(testCall(), { FunctionName: 'unknown', Name: 'x' }))).toContain(
      'ResourceNotFound',
    );
  });

  it('never point to a version that goes at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const FunctionName = await newVersions();
      const answers = await Promise.all([
        refusal(at.aliases.createAlias(testCall(), { FunctionName, Name: 'x', FunctionVersion: '2' })),
        refusal(at.functions.deleteFunction(testCall(), { FunctionName, Qualifier: '2' })),
      ]);
      expect(answers.filter((answer) => answer === 'no error')).toHaveLength(1);
    }
  });

  it('are no more than there may be', async () => {
    const FunctionName = await newVersions();
    await at.manager.query(
      `INSERT INTO function_aliases SELECT $1, $2, $3, 'a' || n, 'r', '1', '', '[]' FROM generate_series(1, 1000) AS n`,
      [at.call.scope.accountId, at.call.scope.region, FunctionName],
    );
    expect(await refusal(at.aliases.createAlias(testCall(), { FunctionName, Name: 'x', FunctionVersion: '1' }))).toBe(
      'LimitExceededException: Maximum number of aliases for this function has been reached.',
    );
  });
});
