import type { PatchOperation } from '@gatehouse/admin-contract/apigateway';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AccountService } from '../account/account.service.js';
import { refusal } from '../rest-api/definition.fixture.js';
import { Serving } from './serving.fixture.js';

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

type StageKey = { restApiId: string; stageName: string };
const replace = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value });
const update = ({ restApiId, stageName }: StageKey, ...patchOperations: PatchOperation[]) =>
  serving.stages.updateStage(serving.call, { restApiId, stageName, patchOperations });
const documentOf = async ({ restApiId, stageName }: StageKey) =>
  (await serving.stageDocuments(`${restApiId}/${stageName}`))!.stage;

const setRole = (value: string) =>
  account.updateAccount(serving.call, { patchOperations: [replace('/cloudwatchRoleArn', value)] });
const ROLE = 'arn:aws:iam::123456789012:role/logs';
const LOGS = 'arn:aws:logs:us-east-1:123456789012:log-group';
const WITHOUT_ROLE = 'BadRequestException: CloudWatch Logs role ARN must be set in account settings to enable logging';
const toGroup = replace('/accessLogSettings/destinationArn', `${LOGS}:/apis/access`);
const withFormat = replace('/accessLogSettings/format', '$context.requestId $context.status');

beforeEach(() => setRole(ROLE));

describe('access logs of a stage', () => {
  it('are published where they have a destination and a format', async () => {
    const stage = await serving.newStage();
    expect((await documentOf(stage)).accessLog).toBeUndefined();
    const patched = await update(stage, toGroup, withFormat);
    expect(patched.accessLogSettings).toEqual({
      destinationArn: `${LOGS}:/apis/access`,
      format: '$context.requestId $context.status',
    });
    expect((await documentOf(stage)).accessLog).toEqual({
      logGroup: '/apis/access',
      format: '$context.requestId $context.status',
    });
    await update(stage, { op: 'remove', path: '/accessLogSettings' });
    expect((await documentOf(stage)).accessLog).toBeUndefined();
    await update(stage, withFormat);
    expect((await documentOf(stage)).accessLog).toBeUndefined();
  });

  it.each([`${LOGS}:a`, `${LOGS}:a:*`, `${LOGS}:API-Gateway_x/y.z#1`])('go to %s', async (destinationArn) => {
    const stage = await serving.newStage();
    await update(stage, replace('/accessLogSettings/destinationArn', destinationArn), withFormat);
    expect((await documentOf(stage)).accessLog!.logGroup).toBe(destinationArn.slice(LOGS.length + 1).replace(/:\*$/, ''));
  });

  it.each([
    'logs',
    'arn:aws:s3:::bucket',
    LOGS,
    `${LOGS}:`,
    `${LOGS}:a:stream`,
    `${LOGS}:a b`,
    `${LOGS}:${'x'.repeat(513)}`,
    'arn:aws:logs:us-east-1:210987654321:log-group:a',
    'arn:aws:logs:eu-west-1:123456789012:log-group:a',
    'arn:aws:firehose:us-east-1:123456789012:deliverystream/other',
  ])('do not go to %s', async (destinationArn) => {
    const stage = await serving.newStage();
    expect(await refusal(update(stage, replace('/accessLogSettings/destinationArn', destinationArn)))).toBe(
      'BadRequestException: Invalid ARN specified in the request',
    );
  });

  it.each([
    ['$context.requestId\n', null],
    ['$context.extendedRequestId\r\n', null],
    ['{"id":"${context.requestId}"}', null],
    ['a\n$context.requestId', 'must be single line, new line character is allowed only at end of the format'],
    ['$context.requestId\n\n', 'must be single line, new line character is allowed only at end of the format'],
    ['a\r$context.requestId', 'must be single line, new line character is allowed only at end of the format'],
    ['$context.status', 'must contain at least $context.requestId or $context.extendedRequestId'],
    ['$context.requestIds', 'must contain at least $context.requestId or $context.extendedRequestId'],
    [`$context.requestId ${'x'.repeat(10_000)}`, 'must have at most 10000 characters'],
  ])('the format %j', async (format, reason) => {
    const stage = await serving.newStage();
    const said = await refusal(update(stage, replace('/accessLogSettings/format', format)));
    expect(said).toBe(reason === null ? 'no error' : `BadRequestException: Access Log format ${reason}`);
  });

  it('need a role of the account, once they begin', async () => {
    const stage = await serving.newStage();
    await setRole('');
    expect(await refusal(update(stage, toGroup, withFormat))).toBe(WITHOUT_ROLE);
    expect((await serving.stages.getStage(serving.call, stage)).accessLogSettings).toBeUndefined();
    await setRole(ROLE);
    await update(stage, toGroup, withFormat);
    await setRole('');
    await update(stage, replace('/description', 'x'));
  });
});

describe('execution logs of a stage', () => {
  it('are published with the settings of methods', async () => {
    const stage = await serving.newStage();
    await update(stage, replace('/*/*/logging/loglevel', 'INFO'), replace('/~1pets/GET/logging/dataTrace', 'true'));
    await update(stage, replace('/~1pets/GET/logging/loglevel', 'ERROR'));
    expect((await documentOf(stage)).methodSettings).toMatchObject([
      { path: '*', executionLog: { level: 'INFO', dataTrace: false } },
      { path: '/pets', executionLog: { level: 'ERROR', dataTrace: true } },
    ]);
  });

  it('need a role of the account, once they begin', async () => {
    const stage = await serving.newStage();
    await setRole('');
    expect(await refusal(update(stage, replace('/*/*/logging/loglevel', 'ERROR')))).toBe(WITHOUT_ROLE);
    await update(stage, replace('/*/*/logging/loglevel', 'OFF'), replace('/*/*/logging/dataTrace', 'true'));
    await setRole(ROLE);
    await update(stage, replace('/*/*/logging/loglevel', 'INFO'));
    await setRole('');
    await update(stage, replace('/*/*/logging/loglevel', 'ERROR'));
  });
});
