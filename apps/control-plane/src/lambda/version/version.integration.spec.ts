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

describe('PublishVersion', () => {
  it('keeps what $LATEST is, and publishes it', async () => {
    const call = testCall();
    const { FunctionName, RevisionId, CodeSha256 } = await at.newFunction({ Environment: { Variables: { A1: 'x' } } });
    const version = await at.versions.publishVersion(call, { FunctionName, Description: 'first', RevisionId, CodeSha256 });
    expect(version).toMatchObject({
      Version: '1',
      FunctionArn: `${ARN}:${FunctionName}:1`,
      Description: 'first',
      CodeSha256,
      State: 'Active',
      Environment: { Variables: { A1: 'x' } },
    });
    expect(version.RevisionId).not.toBe(RevisionId);
    expect(await at.serving.published(call)).toEqual([`function ${FunctionName}`]);
    await at.functions.updateFunctionConfiguration(at.call, { FunctionName, Timeout: 9, Environment: {} });
    const kept = await at.functions.getFunctionConfiguration(at.call, { FunctionName, Qualifier: '1' });
    expect(wire(kept)).toEqual(wire(version));
    expect((await at.document(FunctionName))!.versions).toMatchObject([
      { version: '$LATEST', timeout: 9, environment: null },
      { version: '1', timeout: 3, environment: expect.any(String), revisionId: version.RevisionId },
    ]);
  });

  it('gives the last version again while code and configuration are the same', async () => {
    const { FunctionName } = await at.newFunction({ Environment: { Variables: { A1: 'x' } } });
    const publish = async (Description?: string) =>
      (await at.versions.publishVersion(testCall(), { FunctionName, Description })).Version;
    const change = (more: object) => at.functions.updateFunctionConfiguration(testCall(), { FunctionName, ...more });
    expect(await publish()).toBe('1');
    expect(await publish('another text')).toBe('1');
    // Set again, and so sealed anew.
    await change({ Environment: { Variables: { A1: 'x' } } });
    expect(await publish()).toBe('1');
    await change({ Environment: { Variables: { A1: 'y' } } });
    expect(await publish()).toBe('2');
    await change({ LoggingConfig: { LogGroup: 'g' } });
    expect(await publish()).toBe('3');
    await at.functions.updateFunctionCode(testCall(), { FunctionName, ZipFile: await at.archive('else') });
    expect(await publish()).toBe('4');
  });

  it('gives every one of many parallel callers the same version', async () => {
    const { FunctionName } = await at.newFunction();
    const made = await Promise.all(Array.from({ length: 6 }, () => at.versions.publishVersion(testCall(), { FunctionName })));
    expect(made.map(({ Version }) => Version)).toEqual(Array<string>(6).fill('1'));
  });

  it('refuses other code, other revisions, unknown functions and what is not there', async () => {
    const { FunctionName, CodeSha256 } = await at.newFunction();
    const publish = (more: object) => refusal(at.versions.publishVersion(testCall(), { FunctionName, ...more }));
    expect(await publish({ CodeSha256: 'other' })).toBe(
      `InvalidParameterValueException: CodeSHA256 (other) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
    expect(await publish({ RevisionId: 'old' })).toContain('PreconditionFailedException');
    expect(await publish({ FunctionName: 'unknown' })).toBe(`ResourceNotFoundException: Function not found: ${ARN}:unknown`);
    expect(await publish({ PublishTo: 'LATEST_PUBLISHED' })).toContain('PublishTo is not supported');
  });

  it('makes no more than there may be', async () => {
    const { FunctionName } = await at.newFunction();
    await at.manager.query(
      `INSERT INTO function_versions SELECT account_id, region, function_name, n::text, revision_id, runtime, role, 'other', description, timeout,
         memory_size, environment_sealed, code_sha256, 1, settings, last_modified
       FROM function_versions, generate_series(1, 2000) AS n WHERE function_name = $1 AND version = '$LATEST'`,
      [FunctionName],
    );
    expect(await refusal(at.versions.publishVersion(testCall(), { FunctionName }))).toBe(
      'LimitExceededException: Maximum number of versions for this function has been reached.',
    );
  });
});

describe('ListVersionsByFunction', () => {
  it('lists $LATEST first, then by number, over pages', async () => {
    const { FunctionName } = await at.newFunction();
    for (let Timeout = 1; Timeout <= 11; Timeout++) {
      await at.functions.updateFunctionConfiguration(testCall(), { FunctionName, Timeout });
      await at.versions.publishVersion(testCall(), { FunctionName });
    }
    const pages: string[][] = [];
    let Marker: string | undefined;
    do {
      const page = await at.versions.listVersionsByFunction(at.call, { FunctionName, Marker, MaxItems: 5 });
      pages.push(page.Versions!.map(({ FunctionArn }) => FunctionArn!.slice(`${ARN}:${FunctionName}:`.length)));
      Marker = page.NextMarker;
    } while (Marker);
    expect(pages).toEqual([
      ['$LATEST', '1', '2', '3', '4'],
      ['5', '6', '7', '8', '9'],
      ['10', '11'],
    ]);
    expect(await refusal(at.versions.listVersionsByFunction(at.call, { FunctionName: 'unknown' }))).toContain(
      'ResourceNotFoundException',
    );
    expect(await refusal(at.versions.listVersionsByFunction(at.call, { FunctionName, Marker: 'x' }))).toContain('Invalid Marker');
  });
});
