import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { sign } from '@gatehouse/sigv4';
import { dataPlaneKey, deriveDataPlaneSecret } from '@gatehouse/snapshot';
import { createDatabase, freshRedis, type TestDatabase, type TestRedis } from '@gatehouse/testing';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PrincipalEntity } from '../../identity/principal.entity.js';
import { ControlPlane, MASTER_KEY, ROOT_KEY } from '../../publication/control-plane.fixture.js';
import { FunctionAliasEntity } from '../function/function-alias.entity.js';
import { FunctionCodeEntity } from '../function/function-code.entity.js';
import { FunctionVersionEntity } from '../function/function-version.entity.js';
import { FunctionEntity } from '../function/function.entity.js';
import { StandInFunctions } from './functions-service.fixture.js';

const SCOPE = { accountId: '123456789012', region: 'us-east-1' };
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:hello';
const LATEST_REVISION = 'b2d4f0a0-0000-4000-8000-000000000001';
const FIRST_REVISION = 'b2d4f0a0-0000-4000-8000-000000000002';

let service: TestRedis;
let database: TestDatabase;
let functions: StandInFunctions;
let plane: ControlPlane;
let client: LambdaClient;

const clientOf = ({ url }: ControlPlane) =>
  new LambdaClient({ endpoint: url.href, region: 'us-east-1', credentials: ROOT_KEY, maxAttempts: 1 });

beforeAll(async () => {
  [service, database] = await Promise.all([freshRedis(), createDatabase()]);
  functions = await StandInFunctions.start(dataPlaneKey(deriveDataPlaneSecret(MASTER_KEY)));
  plane = await ControlPlane.start(database.url, service.url, { GATEHOUSE_FUNCTIONS_ENDPOINT: functions.url });
  client = clientOf(plane);
  await storeFunction();
});
beforeEach(() => {
  functions.received.length = 0;
  functions.answer = (response) => void response.end('{}');
});
afterAll(async () => {
  client.destroy();
  await plane.stop();
  functions.stop();
  await Promise.all([service.stop(), database.drop()]);
});

/** `hello` with the version 1, to which the alias `live` leads. */
async function storeFunction(): Promise<void> {
  const { manager } = plane.database;
  const sha256 = 'ab'.repeat(32);
  const of = { ...SCOPE, functionName: 'hello' };
  const configuration = {
    ...of,
    runtime: 'nodejs24.x',
    role: 'arn:aws:iam::123456789012:role/r',
    handler: 'index.handler',
    description: '',
    timeout: 3,
    memorySize: 128,
    environmentSealed: null,
    codeSha256: sha256,
    codeSize: 2,
    settings: {},
    lastModified: new Date(),
  };
  await manager.insert(FunctionCodeEntity, { ...SCOPE, sha256, size: 2, archive: Buffer.from('PK'), storedAt: new Date() });
  await manager.insert(FunctionEntity, { ...of, nextVersion: 2, reservedConcurrency: null, tags: {} });
  await manager.insert(FunctionVersionEntity, [
    { ...configuration, version: '$LATEST', revisionId: LATEST_REVISION },
    { ...configuration, version: '1', revisionId: FIRST_REVISION },
  ]);
  await manager.insert(FunctionAliasEntity, {
    ...of,
    aliasName: 'live',
    revisionId: 'b2d4f0a0-0000-4000-8000-000000000003',
    version: '1',
    description: '',
    routing: [],
  });
}

const answering = (status: number, headers: Record<string, string>, body = '') => {
  functions.answer = (response: ServerResponse) => void response.writeHead(status, headers).end(body);
};

const invoke = (input: Partial<InvokeCommand['input']> = {}) =>
  client.send(new InvokeCommand({ FunctionName: 'hello', ...input }));

async function refusal(sent: Promise<unknown>) {
  const error = (await sent.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )) as { name: string; message: string; $metadata: { httpStatusCode: number; requestId: string } };
  return { name: error.name, message: error.message, status: error.$metadata.httpStatusCode, id: error.$metadata.requestId };
}

describe('Invoke', () => {
  it('is passed on as the caller of Lambda means it, signed, with the revision that it has to meet', async () => {
    answering(200, { 'X-Amzn-RequestId': 'id-of-the-invocation', 'X-Amz-Executed-Version': '$LATEST' }, '{"a":1}');
    const context = Buffer.from('{"custom":{}}').toString('base64');
    const answer = await invoke({ Payload: Buffer.from('{"b":[1, 2]}'), LogType: 'Tail', ClientContext: context });
    expect(Buffer.from(answer.Payload!).toString()).toBe('{"a":1}');
    expect(answer).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      $metadata: { requestId: 'id-of-the-invocation' },
    });
    expect(answer.FunctionError).toBeUndefined();
    expect(functions.received).toEqual([
      {
        target: `/2015-03-31/functions/${encodeURIComponent(ARN)}/invocations`,
        region: 'us-east-1',
        event: '{"b":[1, 2]}',
        headers: expect.objectContaining({
          'x-gatehouse-caller': 'admitted',
          'x-gatehouse-function-revision': LATEST_REVISION,
          'x-amz-log-type': 'Tail',
          'x-amz-client-context': context,
        }) as unknown,
      },
    ]);
    expect(functions.received[0]!.headers).not.toHaveProperty('x-amz-invocation-type');
  });

  it('gives back the error and the log of a function', async () => {
    const error = '{"errorType":"Error","errorMessage":"no","trace":[]}';
    answering(200, { 'X-Amz-Function-Error': 'Unhandled', 'X-Amz-Log-Result': 'bG9n', 'X-Amz-Executed-Version': '1' }, error);
    const answer = await invoke();
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', LogResult: 'bG9n', ExecutedVersion: '1' });
    expect(Buffer.from(answer.Payload!).toString()).toBe(error);
  });

  it.each([
    ['hello:live', undefined, `${ARN}:live`],
    ['hello', 'live', `${ARN}:live`],
    [`${ARN}:live`, 'live', `${ARN}:live`],
    ['123456789012:function:hello', '1', `${ARN}:1`],
  ])('finds %s with the qualifier %s', async (FunctionName, Qualifier, arn) => {
    await invoke({ FunctionName, Qualifier });
    expect(functions.received[0]!.target).toBe(`/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`);
    expect(functions.received[0]!.headers['x-gatehouse-function-revision']).toBe(FIRST_REVISION);
  });

  it('answers 202 to an event and 204 to a dry run', async () => {
    answering(202, { 'Content-Length': '0' });
    expect(await invoke({ InvocationType: 'Event' })).toMatchObject({ StatusCode: 202 });
    answering(204, {});
    expect(await invoke({ InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 });
    expect(functions.received.map(({ headers }) => headers['x-amz-invocation-type'])).toEqual(['Event', 'DryRun']);
  });

  it.each(['nothing', 'hello:nothing', 'hello:2'])('%s is not found', async (name) => {
    const [FunctionName, Qualifier] = name.split(':');
    const arn = ARN.replace('hello', name);
    expect(await refusal(invoke({ FunctionName, Qualifier }))).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
      message: `Function not found: ${arn}`,
    });
    expect(functions.received).toEqual([]);
  });

  it('what can name no function is not found or not valid', async () => {
    expect(await refusal(invoke({ FunctionName: 'a.b' }))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${ARN.replace('hello', 'a.b')}`,
    });
    const foreign = ARN.replace('arn:aws:', 'arn:aws-cn:');
    expect(await refusal(invoke({ FunctionName: foreign }))).toMatchObject({ message: `Function not found: ${foreign}` });
    expect(await refusal(invoke({ FunctionName: 'x'.repeat(65) }))).toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(
        "at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64",
      ) as unknown,
    });
  });

  it('refuses what functions here have not got', async () => {
    expect(await refusal(invoke({ TenantId: 'a' }))).toMatchObject({ name: 'InvalidParameterValueException', status: 400 });
    expect(await refusal(invoke({ DurableExecutionName: 'a' }))).toMatchObject({ name: 'InvalidParameterValueException' });
    expect(functions.received).toEqual([]);
  });

  it('is for those that may invoke the function', async () => {
    const key = { accountId: '123456789012', principalId: 'root' };
    const { policies } = await plane.database.manager.findOneByOrFail(PrincipalEntity, key);
    const denied = {
      Version: '2012-10-17' as const,
      Statement: [{ Effect: 'Deny' as const, Action: ['lambda:Invoke*'], Resource: [`${ARN}:live`] }],
    };
    const other = await ControlPlane.start(database.url, service.url, { GATEHOUSE_FUNCTIONS_ENDPOINT: functions.url });
    const otherClient = clientOf(other);
    try {
      await plane.database.manager.update(PrincipalEntity, key, { policies: [...policies, denied] });
      const sent = otherClient.send(new InvokeCommand({ FunctionName: 'hello', Qualifier: 'live' }));
      expect(await refusal(sent)).toMatchObject({
        name: 'AccessDeniedException',
        status: 403,
        message: `User: arn:aws:iam::123456789012:root is not authorized to perform: lambda:InvokeFunction on resource: ${ARN}:live with an explicit deny`,
      });
      await otherClient.send(new InvokeCommand({ FunctionName: 'hello' }));
    } finally {
      await plane.database.manager.update(PrincipalEntity, key, { policies });
      otherClient.destroy();
      await other.stop();
    }
  });
});

describe('errors of the functions service', () => {
  it('are passed on as they are', async () => {
    const body = '{"Type":"User","Reason":"ConcurrentInvocationLimitExceeded","message":"Rate Exceeded."}';
    const headers = { 'X-Amzn-ErrorType': 'TooManyRequestsException', 'Content-Type': 'application/json', 'Retry-After': '1' };
    answering(429, { ...headers, 'X-Amzn-RequestId': 'theirs' }, body);
    expect(await refusal(invoke())).toEqual({
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      status: 429,
      id: 'theirs',
    });
    const raw = await ask('/2015-03-31/functions/hello/invocations');
    expect([raw.status, raw.headers.get('retry-after'), await raw.text()]).toEqual([429, '1', body]);
  });

  it('security class: secrets in logs, errors, labels, job payloads: name nothing internal where it cannot be reached or trusts no signature', async () => {
    const stderr = vi.spyOn(console, 'error').mockImplementation(() => {});
    const failed = {
      name: 'ServiceException',
      status: 500,
      message: 'The function could not be invoked. Please try again later.',
    };
    functions.answer = (response) => void response.destroy();
    expect(await refusal(invoke())).toMatchObject(failed);
    functions.answer = (response) => {
      response.writeHead(200, { 'Content-Length': '10' }).write('{');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await refusal(invoke())).toMatchObject(failed);
    answering(403, { 'X-Amzn-ErrorType': 'AccessDeniedException' }, '{"Message":"internal"}');
    expect(await refusal(invoke())).toMatchObject(failed);
    functions.answer = (response) => void response.writeHead(200).end(Buffer.alloc(7 * 1024 * 1024));
    expect(await refusal(invoke())).toMatchObject(failed);
    expect(stderr).toHaveBeenCalledTimes(4);
    stderr.mockRestore();
  });

  it('name the variable without which nothing can be invoked', async () => {
    const other = await ControlPlane.start(database.url, service.url);
    const otherClient = clientOf(other);
    const sent = otherClient.send(new InvokeCommand({ FunctionName: 'hello' }));
    expect(await refusal(sent)).toMatchObject({
      name: 'ServiceException',
      status: 500,
      message: 'Functions cannot be invoked here: GATEHOUSE_FUNCTIONS_ENDPOINT is not set',
    });
    otherClient.destroy();
    await other.stop();
  });
});

function ask(target: string, body = '{}'): Promise<Response> {
  const url = new URL(target, plane.url);
  const headers = sign({ method: 'POST', url, body }, ROOT_KEY, { region: 'us-east-1', service: 'lambda' });
  return fetch(url, { method: 'POST', headers, body });
}

describe('InvokeWithResponseStream', () => {
  const PATH = '/2021-11-15/functions/hello/response-streaming-invocations';

  it('passes the answer on while it comes', async () => {
    let goOn: () => void = () => {};
    functions.answer = (response) => {
      const head = {
        'Content-Type': 'application/vnd.amazon.eventstream',
        'X-Amz-Executed-Version': '1',
        'X-Amzn-RequestId': 'its',
      };
      response.writeHead(200, head).write('first');
      goOn = () => void response.end('second');
    };
    const answer = await ask(`${PATH}?Qualifier=live`);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amz-executed-version': '1',
      'x-amzn-requestid': 'its',
    });
    const reader = answer.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('first');
    goOn();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('second');
    expect((await reader.read()).done).toBe(true);
    const { target, headers } = functions.received[0]!;
    expect(target).toBe(`/2021-11-15/functions/${encodeURIComponent(`${ARN}:live`)}/response-streaming-invocations`);
    expect(headers['x-gatehouse-function-revision']).toBe(FIRST_REVISION);
  });

  it('breaks off where the answer does, and lets go of it where the client does', async () => {
    functions.answer = (response) => {
      response.writeHead(200).write('first');
      setTimeout(() => response.destroy(), 50);
    };
    await expect((await ask(PATH)).text()).rejects.toThrow();
    const closed = vi.fn();
    functions.answer = (response) => {
      response.on('close', closed);
      response.writeHead(200).write('first');
    };
    await (await ask(PATH)).body!.cancel();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled(), 5_000);
  });

  it('answers errors as Invoke does', async () => {
    answering(404, { 'X-Amzn-ErrorType': 'ResourceNotFoundException' }, '{"Type":"User","Message":"Function not found: x"}');
    const answer = await ask(PATH);
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([404, 'ResourceNotFoundException']);
    expect((await ask(PATH.replace('hello', 'nothing'))).status).toBe(404);
  });
});
