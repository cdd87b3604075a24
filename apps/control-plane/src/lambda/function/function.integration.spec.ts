import { dataPlaneKey, refName, unseal } from '@gatehouse/snapshot';
import { createArchive } from '@gatehouse/function-archive';
import { readCodeLocation } from '@gatehouse/lambda-contract';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, testCall } from '../../apigateway/rest-api/definition.fixture.js';
import { Functions, ROLE } from '../functions.fixture.js';
import { CODE_STORAGE_BYTES } from './code-store.js';
import { FunctionVersionEntity } from './function-version.entity.js';

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
const create = async (more: object = {}, call = at.call) => at.functions.createFunction(call, await at.request(more));

let scopes = 0;
/** A scope of its own, so that lists and archives hold nothing of other tests. */
const emptyScope = () => testCall({ accountId: String(300_000_000_000 + scopes++), region: 'us-east-1' });
const again = ({ scope }: { scope: { accountId: string; region: string } }) => testCall(scope);

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function';

describe('CreateFunction', () => {
  it("answers with AWS's members and defaults, and publishes the function", async () => {
    const call = testCall();
    const archive = await at.archive();
    const created = await create({ FunctionName: 'fresh', Code: { ZipFile: archive } }, call);
    expect(wire(created)).toEqual({
      FunctionName: 'fresh',
      FunctionArn: `${ARN}:fresh`,
      Runtime: 'nodejs22.x',
      Role: ROLE,
      Handler: 'index.handler',
      CodeSize: archive.length,
      Description: '',
      Timeout: 3,
      MemorySize: 128,
      LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
      CodeSha256: createHash('sha256').update(archive).digest('base64'),
      Version: '$LATEST',
      TracingConfig: { Mode: 'PassThrough' },
      RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      State: 'Active',
      LastUpdateStatus: 'Successful',
      PackageType: 'Zip',
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/fresh' },
    });
    expect(await at.serving.published(call)).toEqual(['function fresh']);
    expect(await at.document('fresh')).toEqual({
      functionName: 'fresh',
      versions: [
        {
          version: '$LATEST',
          revisionId: created.RevisionId,
          runtime: 'nodejs22.x',
          handler: 'index.handler',
          timeout: 3,
          memorySize: 128,
          environment: null,
          codeSha256: createHash('sha256').update(archive).digest('hex'),
          codeSize: archive.length,
        },
      ],
      aliases: [],
      reservedConcurrency: null,
      policy: [],
    });
  });

  it('keeps what is set', async () => {
    const created = await create({
      Runtime: 'python3.13',
      Handler: 'app.main',
      Description: 'd',
      Timeout: 900,
      MemorySize: 10_240,
      Environment: { Variables: { A1: 'x', constructor: 'y' } },
      Architectures: ['arm64'],
      EphemeralStorage: { Size: 1024 },
      TracingConfig: { Mode: 'PassThrough' },
      LoggingConfig: { LogFormat: 'Text', LogGroup: 'group' },
      SnapStart: { ApplyOn: 'None' },
      VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
      DeadLetterConfig: { TargetArn: '' },
      KMSKeyArn: '',
      Layers: [],
      FileSystemConfigs: [],
      ImageConfig: {},
      PackageType: 'Zip',
      Tags: { team: 'a', ['__proto__']: 'b' },
    });
    expect(wire(created)).toMatchObject({
      Runtime: 'python3.13',
      Handler: 'app.main',
      Description: 'd',
      Timeout: 900,
      MemorySize: 10_240,
      Environment: { Variables: { A1: 'x', constructor: 'y' } },
      Architectures: ['arm64'],
      EphemeralStorage: { Size: 1024 },
      LoggingConfig: { LogFormat: 'Text', LogGroup: 'group' },
    });
    const { Tags, Configuration } = await at.functions.getFunction(at.call, { FunctionName: created.FunctionName! });
    expect(Tags).toMatchObject({ team: 'a' });
    expect(wire(Configuration)).toEqual(wire(created));
  });

  it('seals variables in the database and in what is published', async () => {
    const { FunctionName } = await at.newFunction({ Environment: { Variables: { PASSWORD: 'hunter2hunter2' } } });
    const row = await at.manager.findOneByOrFail(FunctionVersionEntity, { ...at.call.scope, functionName: FunctionName });
    expect(JSON.stringify(row)).not.toContain('hunter2');
    const document = await at.document(FunctionName);
    expect(JSON.stringify(document)).not.toContain('hunter2');
    const name = refName({ kind: 'function', ...at.call.scope, key: FunctionName });
    expect(unseal([at.serving.dataPlaneKey], name, document!.versions[0]!.environment!)).toBe('{"PASSWORD":"hunter2hunter2"}');
  });

  it.each([
    ['arn:aws:lambda:us-east-1:123456789012:function:by-arn', 'by-arn'],
    ['123456789012:function:by-partial-arn', 'by-partial-arn'],
    ['function:by-type', 'by-type'],
  ])('takes %s for a name', async (FunctionName, name) => {
    expect(await create({ FunctionName })).toMatchObject({ FunctionName: name, FunctionArn: `${ARN}:${name}` });
  });

  it('publishes a first version when asked', async () => {
    const created = await create({ FunctionName: 'published', Publish: true });
    expect(created).toMatchObject({ Version: '1', FunctionArn: `${ARN}:published` });
    expect((await at.document('published'))!.versions.map(({ version }) => version)).toEqual(['$LATEST', '1']);
  });

  const unzip =
    'InvalidParameterValueException: Could not unzip uploaded file. Please check your file, then try to upload again.';
  it.each<[string, object, string]>([
    [
      'no runtime',
      { Runtime: undefined },
      'InvalidParameterValueException: Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    ],
    [
      'no handler',
      { Handler: undefined },
      'InvalidParameterValueException: Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    ],
    [
      'another runtime',
      { Runtime: 'java21' },
      "Value java21 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [",
    ],
    ['no code', { Code: {} }, 'InvalidParameterValueException: Please provide a source for function code.'],
    ['code in S3', { Code: { S3Bucket: 'b-b', S3Key: 'k' } }, 'S3Bucket is not supported'],
    ['an image', { Code: { ImageUri: 'x' }, PackageType: 'Image' }, 'PackageType Image is not supported'],
    ['an image without saying so', { Code: { ImageUri: 'x' } }, 'ImageUri is not supported'],
    ['what is no zip', { Code: { ZipFile: Buffer.from('hello') } }, unzip],
    ['nothing', { Code: { ZipFile: Buffer.alloc(0) } }, unzip],
    ['900 seconds and more', { Timeout: 901 }, "ValidationException: 1 validation error detected: Value '901' at 'timeout'"],
    [
      '10 GB and more',
      { MemorySize: 10_241 },
      "Value '10241' at 'memorySize' failed to satisfy constraint: Member must have value less",
    ],
    [
      'reserved variables',
      { Environment: { Variables: { AWS_REGION: 'x', OK: 'y', AWS_LAMBDA_RUNTIME_API: 'z' } } },
      'InvalidParameterValueException: Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION, AWS_LAMBDA_RUNTIME_API',
    ],
    ['variables of more than 4 KB', { Environment: { Variables: { A1: 'x'.repeat(4_090) } } }, 'exceeded the 4KB limit'],
    ['layers', { Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:a:1'] }, 'Layers is not supported'],
    ['subnets', { VpcConfig: { SubnetIds: ['subnet-1'] } }, 'VpcConfig is not supported'],
    ['file systems', { FileSystemConfigs: [{ Arn: 'a', LocalMountPath: '/mnt/a' }] }, 'FileSystemConfigs is not supported'],
    [
      'a dead-letter queue',
      { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:1:q' } },
      'DeadLetterConfig is not supported',
    ],
    ['a key', { KMSKeyArn: 'arn:aws:kms:us-east-1:1:key/k' }, 'KMSKeyArn is not supported'],
    ['a start command', { ImageConfig: { Command: ['x'] } }, 'ImageConfig is not supported'],
    ['snapshots', { SnapStart: { ApplyOn: 'PublishedVersions' } }, 'SnapStart is not supported'],
    ['signatures', { CodeSigningConfigArn: 'arn' }, 'CodeSigningConfigArn is not supported'],
    ['traces', { TracingConfig: { Mode: 'Active' } }, 'TracingConfig Active is not supported'],
    ['logs in JSON', { LoggingConfig: { LogFormat: 'JSON' } }, 'LoggingConfig LogFormat JSON is not supported'],
    ['durable executions', { DurableConfig: { ExecutionTimeout: 1 } }, 'DurableConfig is not supported'],
    ['tenants', { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } }, 'TenancyConfig is not supported'],
    ['tags of AWS', { Tags: { 'aws:a': 'b' } }, 'aws: prefixed tag key names are not allowed for external use.'],
    ['a version as name', { FunctionName: 'x:1' }, 'This operation is permitted on Lambda functions only.'],
    ['a long name', { FunctionName: 'x'.repeat(65) }, 'Member must have length less than or equal to 64'],
    ['another account', { FunctionName: '210987654321:function:x' }, 'AccessDeniedException: '],
    ['another region', { FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:x' }, 'ResourceNotFoundException: '],
  ])('refuses %s', async (_, more, message) => {
    const call = testCall();
    expect(await refusal(create(more, call))).toContain(message);
    expect(call.publicationId).toBeUndefined();
  });

  it('says of an archive what AWS says', async () => {
    const empty = await createArchive([]);
    expect(await refusal(create({ Code: { ZipFile: empty } }))).toBe(
      'InvalidParameterValueException: Uploaded file must be a non-empty zip',
    );
    const bomb = await createArchive([{ path: 'zeros', content: Buffer.alloc(262_144_001) }]);
    expect(await refusal(create({ Code: { ZipFile: bomb } }))).toBe(
      'InvalidParameterValueException: Unzipped size must be smaller than 262144000 bytes',
    );
    const escaping = await createArchive([{ path: 'abcdefgh/x', content: 'x' }]);
    const renamed = Buffer.from(escaping.toString('latin1').replaceAll('abcdefgh/x', '../../../x'), 'latin1');
    expect(await refusal(create({ Code: { ZipFile: renamed } }))).toBe(`${unzip} ("../../../x" leads out of the archive)`);
  });

  it('lets one of many parallel callers have a name', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => refusal(create({ FunctionName: 'wanted' }, testCall()))));
    expect(made.sort()).toEqual([
      ...Array<string>(5).fill('ResourceConflictException: Function already exist: wanted'),
      'no error',
    ]);
  });
});

describe('GetFunction', () => {
  it('tells where the archive is, to whoever can read the address', async () => {
    const { FunctionName, CodeSha256 } = await at.newFunction();
    const call = { ...testCall(), origin: 'http://gatehouse.example:4600' };
    const { Code } = await at.functions.getFunction(call, { FunctionName });
    expect(Code!.RepositoryType).toBe('S3');
    const { origin, pathname, search } = new URL(Code!.Location!);
    expect(origin).toBe('http://gatehouse.example:4600');
    const read = (later: number) => readCodeLocation([at.serving.dataPlaneKey], pathname + search, Date.now() + later);
    expect(read(0)).toEqual({ ...at.call.scope, sha256: Buffer.from(CodeSha256!, 'base64').toString('hex') });
    expect(read(590_000)).not.toBeNull();
    expect(read(601_000)).toBeNull();
    expect(readCodeLocation([dataPlaneKey(Buffer.alloc(32, 8))], pathname + search, Date.now())).toBeNull();
  });

  it('tells tags and concurrency where there are some', async () => {
    const { FunctionName } = await at.newFunction();
    const get = async () => wire(await at.functions.getFunction(at.call, { FunctionName }));
    expect(Object.keys(await get())).toEqual(['Configuration', 'Code']);
    await at.concurrency.putFunctionConcurrency(at.call, { FunctionName, ReservedConcurrentExecutions: 0 });
    await at.tags.tagResource(at.call, { Resource: `${ARN}:${FunctionName}`, Tags: { a: 'b' } });
    expect(await get()).toMatchObject({ Concurrency: { ReservedConcurrentExecutions: 0 }, Tags: { a: 'b' } });
  });

  it('names versions and aliases in ARNs as the request did', async () => {
    const { FunctionName } = await at.newFunction({ Publish: true });
    await at.aliases.createAlias(at.call, { FunctionName, Name: 'live', FunctionVersion: '1' });
    const arnOf = async (Qualifier?: string) => {
      const { Configuration } = await at.functions.getFunction(at.call, { FunctionName, Qualifier });
      expect(await at.functions.getFunctionConfiguration(at.call, { FunctionName, Qualifier })).toEqual(Configuration);
      return `${Configuration!.FunctionArn!.slice(`${ARN}:${FunctionName}`.length)} ${Configuration!.Version}`;
    };
    expect(await arnOf()).toBe(' $LATEST');
    expect(await arnOf('$LATEST')).toBe(':$LATEST $LATEST');
    expect(await arnOf('1')).toBe(':1 1');
    expect(await arnOf('live')).toBe(':live 1');
    for (const Qualifier of ['2', 'other']) {
      expect(await refusal(at.functions.getFunction(at.call, { FunctionName, Qualifier }))).toBe(
        `ResourceNotFoundException: Function not found: ${ARN}:${FunctionName}:${Qualifier}`,
      );
    }
    expect(await refusal(at.functions.getFunction(at.call, { FunctionName: 'unknown' }))).toBe(
      `ResourceNotFoundException: Function not found: ${ARN}:unknown`,
    );
    expect(await refusal(at.functions.getFunction(at.call, { FunctionName: `${FunctionName}:1`, Qualifier: '2' }))).toBe(
      'InvalidParameterValueException: The derived qualifier from the function name does not match the specified qualifier.',
    );
  });

  it('answers that there is no code signing', async () => {
    const { FunctionName } = await at.newFunction();
    expect(await at.functions.getFunctionCodeSigningConfig(at.call, { FunctionName })).toEqual({ FunctionName });
    expect(await refusal(at.functions.getFunctionCodeSigningConfig(at.call, { FunctionName: 'unknown' }))).toContain(
      'ResourceNotFoundException',
    );
  });
});

describe('ListFunctions', () => {
  it('lists over pages of 50 at most, by name, once each, and tells no state', async () => {
    const call = emptyScope();
    for (let index = 0; index < 60; index++) await create({ FunctionName: `fn-${String(index).padStart(2, '0')}` }, again(call));
    const names: string[] = [];
    let Marker: string | undefined;
    const sizes: number[] = [];
    do {
      const page = await at.functions.listFunctions(call, { Marker, MaxItems: 10_000 });
      names.push(...page.Functions!.map(({ FunctionName }) => FunctionName!));
      sizes.push(page.Functions!.length);
      Marker = page.NextMarker;
    } while (Marker);
    expect(sizes).toEqual([50, 10]);
    expect(names).toEqual(Array.from({ length: 60 }, (_, index) => `fn-${String(index).padStart(2, '0')}`));
    const { Functions: one, NextMarker } = await at.functions.listFunctions(call, { MaxItems: 1 });
    expect(one![0]).not.toHaveProperty('State');
    expect(one![0]).not.toHaveProperty('LastUpdateStatus');
    expect(NextMarker).toBeDefined();
    expect(await refusal(at.functions.listFunctions(call, { Marker: 'forged' }))).toBe(
      'InvalidParameterValueException: Invalid Marker',
    );
    expect((await at.functions.listFunctions(call, { MasterRegion: 'ALL' })).Functions).toEqual([]);
  });

  it('lists every version with FunctionVersion=ALL, in the order of their numbers', async () => {
    const call = emptyScope();
    await create({ FunctionName: 'a' }, again(call));
    for (let version = 1; version <= 11; version++) {
      await at.functions.updateFunctionConfiguration(again(call), {
        FunctionName: 'a',
        Description: `v${version}`,
        Timeout: version,
      });
      await at.versions.publishVersion(again(call), { FunctionName: 'a' });
    }
    await create({ FunctionName: 'b' }, again(call));
    const arns: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await at.functions.listFunctions(call, { FunctionVersion: 'ALL', Marker, MaxItems: 4 });
      arns.push(...page.Functions!.map(({ FunctionArn }) => FunctionArn!.split(':function:')[1]!));
      Marker = page.NextMarker;
    } while (Marker);
    expect(arns).toEqual(['a:$LATEST', ...Array.from({ length: 11 }, (_, index) => `a:${index + 1}`), 'b:$LATEST']);
  });
});

describe('UpdateFunctionCode', () => {
  it('replaces the archive, under another revision, and removes the old one', async () => {
    const call = emptyScope();
    const before = await at.newFunction({}, again(call));
    const ZipFile = await at.archive('other');
    const update = again(call);
    const after = await at.functions.updateFunctionCode(update, { FunctionName: before.FunctionName, ZipFile });
    expect(after).toMatchObject({ CodeSize: ZipFile.length, CodeSha256: createHash('sha256').update(ZipFile).digest('base64') });
    expect(after.RevisionId).not.toBe(before.RevisionId);
    expect(await at.serving.published(update)).toEqual([`function ${before.FunctionName}`]);
    expect(await at.keptArchives(call)).toEqual([createHash('sha256').update(ZipFile).digest('hex')]);
    expect((await at.document(before.FunctionName, call))!.versions[0]!.codeSha256).toBe((await at.keptArchives(call))[0]);
  });

  it('publishes when asked, and says so in the ARN', async () => {
    const { FunctionName } = await at.newFunction();
    const ZipFile = await at.archive('more');
    const first = await at.functions.updateFunctionCode(at.call, { FunctionName, ZipFile, Publish: true });
    expect(first).toMatchObject({ Version: '1', FunctionArn: `${ARN}:${FunctionName}:1` });
    const same = await at.functions.updateFunctionCode(at.call, { FunctionName, ZipFile, Publish: true });
    expect(same).toMatchObject({ Version: '1', RevisionId: first.RevisionId });
  });

  it('changes nothing on a dry run', async () => {
    const call = testCall();
    const before = await at.newFunction();
    const ZipFile = await at.archive('dry');
    const answer = await at.functions.updateFunctionCode(call, { FunctionName: before.FunctionName, ZipFile, DryRun: true });
    expect(answer.CodeSha256).toBe(createHash('sha256').update(ZipFile).digest('base64'));
    expect(call.publicationId).toBeUndefined();
    const now = await at.functions.getFunctionConfiguration(at.call, { FunctionName: before.FunctionName });
    expect(now).toEqual(before);
  });

  it('refuses', async () => {
    const { FunctionName } = await at.newFunction();
    const ZipFile = await at.archive();
    const update = (more: object) => refusal(at.functions.updateFunctionCode(at.call, { FunctionName, ZipFile, ...more }));
    expect(await update({ RevisionId: 'old' })).toBe(
      'PreconditionFailedException: The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    );
    expect(await update({ FunctionName: 'unknown' })).toBe(`ResourceNotFoundException: Function not found: ${ARN}:unknown`);
    expect(await update({ S3Bucket: 'b-b' })).toContain('S3Bucket is not supported');
    expect(await update({ PublishTo: 'LATEST_PUBLISHED' })).toContain('PublishTo is not supported');
    expect(await update({ FunctionName: `${FunctionName}:1` })).toContain(
      'This operation is permitted on Lambda functions only.',
    );
  });
});

describe('UpdateFunctionConfiguration', () => {
  it('changes what it says and keeps the rest', async () => {
    const call = testCall();
    const before = await at.newFunction({ Environment: { Variables: { A1: 'x' } }, Description: 'd', Timeout: 7 });
    const { FunctionName } = before;
    const after = await at.functions.updateFunctionConfiguration(call, { FunctionName, MemorySize: 256, Description: '' });
    expect(after).toMatchObject({ MemorySize: 256, Description: '', Timeout: 7, Environment: { Variables: { A1: 'x' } } });
    expect(after.RevisionId).not.toBe(before.RevisionId);
    expect(await at.serving.published(call)).toEqual([`function ${FunctionName}`]);
    const cleared = await at.functions.updateFunctionConfiguration(call, { FunctionName, Environment: {} });
    expect(cleared.Environment).toBeUndefined();
    expect((await at.document(FunctionName))!.versions[0]!.environment).toBeNull();
  });

  it('refuses what CreateFunction refuses, other revisions and unknown functions', async () => {
    const { FunctionName, RevisionId } = await at.newFunction();
    const update = (more: object) => refusal(at.functions.updateFunctionConfiguration(at.call, { FunctionName, ...more }));
    expect(await update({ Layers: ['l'] })).toContain('Layers is not supported');
    expect(await update({ Runtime: 'ruby3.4' })).toContain("Value ruby3.4 at 'runtime'");
    expect(await update({ RevisionId: 'old' })).toContain('PreconditionFailedException');
    expect(await update({ FunctionName: 'unknown' })).toContain('ResourceNotFoundException');
    expect(await update({ RevisionId })).toBe('no error');
  });

  it('of two that name the same revision lets one through', async () => {
    const { FunctionName, RevisionId } = await at.newFunction();
    const update = (Timeout: number) =>
      refusal(at.functions.updateFunctionConfiguration(testCall(), { FunctionName, RevisionId, Timeout }));
    const answers = await Promise.all([update(1), update(2), update(3)]);
    expect(answers.filter((answer) => answer === 'no error')).toHaveLength(1);
  });
});

describe('DeleteFunction', () => {
  it('removes all that belongs to it, archives that nobody else runs included', async () => {
    const call = emptyScope();
    const { FunctionName } = await at.newFunction({ Publish: true }, again(call));
    await at.functions.updateFunctionCode(again(call), { FunctionName, ZipFile: await at.archive('two') });
    await at.aliases.createAlias(again(call), { FunctionName, Name: 'live', FunctionVersion: '1' });
    await at.permissions.addPermission(again(call), {
      FunctionName,
      StatementId: 's',
      Action: 'lambda:InvokeFunction',
      Principal: '*',
    });
    const other = await at.newFunction({}, again(call));
    expect(await at.keptArchives(call)).toHaveLength(2);
    const deletion = again(call);
    expect(await at.functions.deleteFunction(deletion, { FunctionName })).toEqual({ StatusCode: 204 });
    expect(await at.serving.published(deletion)).toEqual([`-function ${FunctionName}`]);
    expect(await at.document(FunctionName, call)).toBeNull();
    expect(await at.keptArchives(call)).toHaveLength(1);
    for (const table of ['function_versions', 'function_aliases', 'function_statements']) {
      const rows = await at.manager.query<unknown[]>(`SELECT FROM ${table} WHERE account_id = $1 AND function_name = $2`, [
        call.scope.accountId,
        FunctionName,
      ]);
      expect(rows, table).toEqual([]);
    }
    await at.functions.deleteFunction(again(call), { FunctionName: other.FunctionName });
    expect(await at.keptArchives(call)).toEqual([]);
    expect(await refusal(at.functions.deleteFunction(call, { FunctionName }))).toContain('ResourceNotFoundException');
  });

  it('removes one version, unless an alias leads there', async () => {
    const call = emptyScope();
    const { FunctionName } = await at.newFunction({ Publish: true }, again(call));
    await at.functions.updateFunctionCode(again(call), { FunctionName, ZipFile: await at.archive('two'), Publish: true });
    await at.functions.updateFunctionCode(again(call), { FunctionName, ZipFile: await at.archive('three') });
    const remove = (Qualifier: string) => refusal(at.functions.deleteFunction(again(call), { FunctionName, Qualifier }));
    await at.aliases.createAlias(again(call), {
      FunctionName,
      Name: 'live',
      FunctionVersion: '1',
      RoutingConfig: { AdditionalVersionWeights: { '2': 0.5 } },
    });
    for (const version of ['1', '2']) {
      expect(await remove(version)).toBe(
        'ResourceConflictException: Unable to delete version because the following aliases reference it: [live]',
      );
    }
    await at.aliases.deleteAlias(again(call), { FunctionName, Name: 'live' });
    expect(await remove('1')).toBe('no error');
    expect(await at.keptArchives(call)).toHaveLength(2);
    expect((await at.document(FunctionName, call))!.versions.map(({ version }) => version)).toEqual(['$LATEST', '2']);
    expect(await remove('1')).toBe('no error');
    expect(await remove('live')).toBe('InvalidParameterValueException: Deletion of aliases is not currently supported.');
    expect(await remove('$LATEST')).toBe(
      'InvalidParameterValueException: $LATEST version cannot be deleted without deleting the function.',
    );
    // Numbers are never given out again.
    const next = await at.functions.updateFunctionCode(again(call), {
      FunctionName,
      ZipFile: await at.archive('4'),
      Publish: true,
    });
    expect(next.Version).toBe('3');
  });
});

describe('archives', () => {
  it('are kept once, and are there for whoever refers to them, however writers meet', { timeout: 60_000 }, async () => {
    const call = emptyScope();
    const [a, b] = [await at.archive('a'), await at.archive('b')];
    const writer = async (index: number) => {
      const FunctionName = `w${index}`;
      for (let round = 0; round < 6; round++) {
        await create({ FunctionName, Code: { ZipFile: round % 2 ? a : b } }, again(call));
        await at.functions.updateFunctionCode(again(call), { FunctionName, ZipFile: round % 2 ? b : a, Publish: true });
        await at.functions.updateFunctionCode(again(call), { FunctionName, ZipFile: round % 2 ? a : b });
        await at.functions.deleteFunction(again(call), { FunctionName });
      }
    };
    await Promise.all(Array.from({ length: 6 }, (_, index) => writer(index)));
    expect(await at.keptArchives(call)).toEqual([]);
  });

  it('are not more than an account may have', async () => {
    const call = emptyScope();
    const { FunctionName } = await at.newFunction({}, again(call));
    const fill = CODE_STORAGE_BYTES.none;
    // As if so much were there already, in versions that are as large as a column takes.
    await at.manager.query(
      `INSERT INTO function_versions SELECT account_id, region, function_name, n::text, revision_id, runtime, role, handler, description, timeout,
         memory_size, environment_sealed, code_sha256, 2000000000, settings, last_modified
       FROM function_versions, generate_series(1, $1::bigint) AS n WHERE account_id = $2 AND version = '$LATEST'`,
      [Math.floor(fill / 2_000_000_000) + 1, call.scope.accountId],
    );
    expect(await refusal(create({}, again(call)))).toBe('CodeStorageExceededException: Code storage limit exceeded.');
    expect(await refusal(at.functions.updateFunctionCode(again(call), { FunctionName, ZipFile: await at.archive('z') }))).toBe(
      'CodeStorageExceededException: Code storage limit exceeded.',
    );
    expect(await at.keptArchives(call)).toHaveLength(1);
  });
});
