import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetAliasCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  LambdaClient,
  LambdaServiceException,
  ListTagsCommand,
  paginateListFunctions,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { createArchive } from '@gatehouse/function-archive';
import { createDatabase, freshRedis, type TestDatabase, type TestRedis } from '@gatehouse/testing';
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlPlane, ROOT_KEY } from '../publication/control-plane.fixture.js';
import { ROLE } from './functions.fixture.js';

let redis: TestRedis;
let database: TestDatabase;
let plane: ControlPlane;
let lambda: LambdaClient;

beforeAll(async () => {
  [redis, database] = await Promise.all([freshRedis(), createDatabase()]);
  plane = await ControlPlane.start(database.url, redis.url);
  lambda = new LambdaClient({ endpoint: plane.url.href, region: 'us-east-1', credentials: ROOT_KEY, maxAttempts: 1 });
});

afterAll(async () => {
  lambda?.destroy();
  await plane?.stop();
  await Promise.all([redis?.stop(), database?.drop()]);
});

const WAITED = () => ({ client: lambda, maxWaitTime: 10 });

describe("functions through AWS's JavaScript SDK", () => {
  it('live from CreateFunction to DeleteFunction', async () => {
    const FunctionName = 'wired';
    const ZipFile = await createArchive([{ path: 'index.js', content: randomBytes(2_500_000) }]);
    const created = await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'nodejs24.x',
        Role: ROLE,
        Handler: 'index.handler',
        Code: { ZipFile },
        Environment: { Variables: { STAGE: 'test' } },
        Tags: { team: 'a' },
      }),
    );
    expect(created.$metadata.httpStatusCode).toBe(201);
    expect(created).toMatchObject({
      FunctionName,
      CodeSize: ZipFile.length,
      State: 'Active',
      Environment: { Variables: { STAGE: 'test' } },
    });
    await waitUntilFunctionActiveV2(WAITED(), { FunctionName });

    const { Code, Tags } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    expect(Tags).toEqual({ team: 'a' });
    const download = await fetch(Code!.Location!);
    expect(download.status).toBe(200);
    expect(download.headers.get('content-type')).toBe('application/zip');
    expect(download.headers.get('content-length')).toBe(String(ZipFile.length));
    expect(Buffer.from(await download.arrayBuffer()).equals(ZipFile)).toBe(true);

    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 10, Environment: { Variables: {} } }));
    await waitUntilFunctionUpdatedV2(WAITED(), { FunctionName });
    const code = await createArchive([{ path: 'index.js', content: 'exports.handler = async () => 2;' }]);
    const updated = await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: code }));
    expect(updated).toMatchObject({ Timeout: 10, CodeSha256: createHash('sha256').update(code).digest('base64') });
    // Nobody runs the first archive any more.
    expect((await fetch(Code!.Location!)).status).toBe(404);

    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version }));
    expect((await lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' }))).FunctionVersion).toBe('1');

    const permission = { FunctionName, StatementId: 'api', Qualifier: 'live' };
    const { Statement } = await lambda.send(
      new AddPermissionCommand({ ...permission, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' }),
    );
    expect(JSON.parse(Statement!)).toMatchObject({ Sid: 'api', Resource: `${created.FunctionArn}:live` });
    expect((await lambda.send(new GetPolicyCommand({ FunctionName, Qualifier: 'live' }))).Policy).toContain(Statement);
    expect((await lambda.send(new RemovePermissionCommand(permission))).$metadata.httpStatusCode).toBe(204);

    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 3 }));
    expect((await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions).toBe(3);
    expect((await lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName }))).FunctionName).toBe(FunctionName);
    await lambda.send(new TagResourceCommand({ Resource: created.FunctionArn, Tags: { more: 'b' } }));
    await lambda.send(new UntagResourceCommand({ Resource: created.FunctionArn, TagKeys: ['team'] }));
    expect((await lambda.send(new ListTagsCommand({ Resource: created.FunctionArn }))).Tags).toEqual({ more: 'b' });
    expect((await lambda.send(new GetAccountSettingsCommand({}))).AccountUsage!.FunctionCount).toBe(1);

    const listed: string[] = [];
    for await (const { Functions } of paginateListFunctions({ client: lambda, pageSize: 1 }, { FunctionVersion: 'ALL' })) {
      listed.push(...Functions!.map(({ Version }) => Version!));
    }
    expect(listed).toEqual(['$LATEST', '1']);

    expect((await lambda.send(new DeleteFunctionCommand({ FunctionName }))).$metadata.httpStatusCode).toBe(204);
    const gone = lambda.send(new GetFunctionCommand({ FunctionName }));
    await expect(gone).rejects.toThrow(`Function not found: ${created.FunctionArn}`);
    await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException', Type: 'User' });
  });

  it('say what is wrong, as errors that the SDK knows', async () => {
    const input = { FunctionName: 'bad', Runtime: 'nodejs24.x', Role: ROLE, Handler: 'index.handler' } as const;
    const failed = lambda.send(new CreateFunctionCommand({ ...input, Code: { ZipFile: Buffer.from('hello') } }));
    await expect(failed).rejects.toBeInstanceOf(LambdaServiceException);
    await expect(failed).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining('Could not unzip uploaded file.'),
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('GET /gatehouse/function-code', () => {
  const get = async (path: string) => {
    const answer = await fetch(new URL(path, plane.url));
    return { status: answer.status, type: answer.headers.get('x-amzn-errortype') };
  };
  const path = `/gatehouse/function-code/123456789012/us-east-1/${'ab'.repeat(32)}`;

  it('opens to signed addresses only', async () => {
    const refused = { status: 403, type: 'AccessDeniedException' };
    expect(await get(path)).toEqual(refused);
    expect(await get(`${path}?expires=9999999999&signature=${'00'.repeat(32)}`)).toEqual(refused);
    expect(await get(`${path}?expires=1&signature=x`)).toEqual(refused);
    expect(await get('/gatehouse/function-code/x/y/z?expires=1')).toEqual(refused);
  });
});
