import type { AdminCall } from '@gatehouse/admin-contract';
import {
  FunctionsController,
  FunctionsOperations,
  InvocationsController,
  InvocationsOperations,
  type CreateFunctionRequest,
  type FunctionConfiguration,
  type InvocationResponse,
  type InvokeWithResponseStreamResponse,
  type ListFunctionsResponse,
} from '@gatehouse/admin-contract/lambda';
import { AwsError, badRequest, conflict, notFound } from '@gatehouse/aws-wire';
import { Module, type Type } from '@nestjs/common';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestApplication, type TestApplication } from './admin-api.fixture.js';

class TestFunctions extends FunctionsOperations {
  readonly created: CreateFunctionRequest[] = [];
  answer: () => Promise<FunctionConfiguration> = async () => ({});

  override async createFunction(_call: AdminCall, input: CreateFunctionRequest): Promise<FunctionConfiguration> {
    this.created.push(input);
    return this.answer();
  }

  override getFunctionConfiguration(): Promise<FunctionConfiguration> {
    return this.answer();
  }

  override async listFunctions(): Promise<ListFunctionsResponse> {
    return { Functions: [] };
  }

  override async deleteFunction() {
    return { StatusCode: 204 };
  }
}

class TestInvocations extends InvocationsOperations {
  answer: InvocationResponse = {};

  override async invoke(): Promise<InvocationResponse> {
    return this.answer;
  }

  override async invokeWithResponseStream(): Promise<InvokeWithResponseStreamResponse> {
    const EventStream = Readable.from([Buffer.from('one'), Buffer.from('two')]);
    return {
      StatusCode: 200,
      ExecutedVersion: '3',
      EventStream,
      ResponseStreamContentType: 'application/vnd.amazon.eventstream',
    };
  }
}

function module(controller: Type, provide: Type, useValue: object): Type {
  class TestModule {}
  Module({ controllers: [controller], providers: [{ provide, useValue }] })(TestModule);
  return TestModule;
}

const functions = new TestFunctions();
const invocations = new TestInvocations();
let test: TestApplication;

beforeAll(async () => {
  test = await startTestApplication([
    module(FunctionsController, FunctionsOperations, functions),
    module(InvocationsController, InvocationsOperations, invocations),
  ]);
});
beforeEach(() => {
  functions.answer = async () => ({});
  functions.created.length = 0;
  invocations.answer = {};
  test.authorization.asked.length = 0;
  test.authorization.denied.clear();
});
afterAll(() => test.app.close());

const FUNCTIONS = '/2015-03-31/functions';
const HELLO = `${FUNCTIONS}/hello`;
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:hello';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const send = (method: Method, url: string, payload?: string | Buffer) =>
  test.app.inject({ method, url, payload, headers: { authorization: 'me' } });

async function errorOf(sent: ReturnType<typeof send>) {
  const answer = await sent;
  return { status: answer.statusCode, type: answer.headers['x-amzn-errortype'], body: answer.json<unknown>() };
}

const failing = (error: Error) => {
  functions.answer = () => Promise.reject(error);
  return errorOf(send('GET', `${HELLO}/configuration`));
};

const creation = (more: object = {}) =>
  JSON.stringify({ FunctionName: 'hello', Role: 'arn:aws:iam::123456789012:role/r', Code: { ZipFile: 'UEs=' }, ...more });

describe('answers of Lambda', () => {
  it('have members that begin with capitals', async () => {
    functions.answer = async () => ({ FunctionName: 'hello', LastModified: '2026-03-01T10:00:00.000+0000' });
    const answer = await send('POST', FUNCTIONS, creation());
    expect(answer.statusCode).toBe(201);
    expect(answer.body).toBe('{"FunctionName":"hello","LastModified":"2026-03-01T10:00:00.000+0000"}');
    expect(functions.created[0]).toMatchObject({ FunctionName: 'hello', Code: { ZipFile: Buffer.from('PK') } });
  });

  it('choose among the statuses that an operation has', async () => {
    const gone = await send('DELETE', HELLO);
    expect([gone.statusCode, gone.body, gone.headers['content-type']]).toEqual([204, '', undefined]);
    invocations.answer = { StatusCode: 202 };
    const accepted = await send('POST', `${HELLO}/invocations`, '{}');
    expect([accepted.statusCode, accepted.body]).toEqual([202, '']);
  });

  it('are what a function said, as it is', async () => {
    invocations.answer = {
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      FunctionError: 'Unhandled',
      LogResult: 'bG9n',
      Payload: Buffer.from('{"__proto__":1}'),
    };
    const answer = await send('POST', `${HELLO}/invocations`, '{}');
    expect([answer.statusCode, answer.body]).toEqual([200, '{"__proto__":1}']);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      'x-amz-function-error': 'Unhandled',
      'x-amz-log-result': 'bG9n',
    });
  });

  it('stream', async () => {
    const answer = await send('POST', '/2021-11-15/functions/hello/response-streaming-invocations', '{}');
    expect([answer.statusCode, answer.body]).toEqual([200, 'onetwo']);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amz-executed-version': '3',
      'transfer-encoding': 'chunked',
    });
  });
});

describe('errors of Lambda', () => {
  it('say whose fault they are, and have their sentence where the model has it', async () => {
    expect(await failing(new AwsError('ResourceNotFoundException', `Function not found: ${ARN}`))).toEqual({
      status: 404,
      type: 'ResourceNotFoundException',
      body: { Type: 'User', Message: `Function not found: ${ARN}` },
    });
    expect(await failing(new AwsError('ResourceConflictException', 'Function already exist: hello'))).toEqual({
      status: 409,
      type: 'ResourceConflictException',
      body: { Type: 'User', message: 'Function already exist: hello' },
    });
  });

  it.each([
    [badRequest('a'), 400, 'InvalidParameterValueException', { Type: 'User', message: 'a' }],
    [conflict('b'), 409, 'ResourceConflictException', { Type: 'User', message: 'b' }],
    [notFound('c'), 404, 'ResourceNotFoundException', { Type: 'User', Message: 'c' }],
  ])('stand for what is said of both services: %s', async (error, status, type, body) => {
    expect(await failing(error)).toEqual({ status, type, body });
  });

  it('security class: secrets in logs, errors, labels, job payloads: a fault of ours tells nothing', async () => {
    const stderr = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(await failing(new Error('secret detail'))).toEqual({
      status: 500,
      type: 'ServiceException',
      body: { Type: 'Server', Message: 'The request processing has failed because of an unknown error.' },
    });
    expect(stderr).toHaveBeenCalledTimes(1);
    stderr.mockRestore();
  });

  it('of the rules that every service has are worded as there', async () => {
    test.authorization.denied.add('lambda:GetFunctionConfiguration');
    expect(await failing(new Error())).toEqual({ status: 403, type: 'AccessDeniedException', body: { Message: 'not allowed' } });
    const unsigned = await test.app.inject({ method: 'GET', url: HELLO });
    expect([unsigned.statusCode, unsigned.json<unknown>()]).toEqual([403, { message: 'Missing Authentication Token' }]);
    expect(await errorOf(send('GET', '/2015-03-31/event-source-mappings'))).toMatchObject({
      status: 404,
      type: 'UnknownOperationException',
    });
    // Destinations and limits of asynchronous invocations are refused, not passed over.
    const ofEvents = '/2019-09-25/functions/hello/event-invoke-config';
    expect(await errorOf(send('PUT', ofEvents, '{"MaximumRetryAttempts":0}'))).toMatchObject({
      status: 404,
      type: 'UnknownOperationException',
    });
    expect(await errorOf(send('POST', FUNCTIONS, '{'))).toMatchObject({
      status: 400,
      type: 'SerializationException',
      body: { message: expect.any(String) as unknown },
    });
    expect(await errorOf(send('POST', FUNCTIONS, creation({ Timeout: 0 })))).toEqual({
      status: 400,
      type: 'ValidationException',
      body: {
        message:
          "1 validation error detected: Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1",
      },
    });
  });
});

describe('security class: path normalisation against authorization: one function has one ARN', () => {
  const asked = () => test.authorization.asked.at(-1)?.split(' ')[1];

  it.each(['hello', 'function:hello', '123456789012:function:hello', ARN, encodeURIComponent(ARN)])('%s', async (name) => {
    await send('GET', `${FUNCTIONS}/${name}/configuration`);
    expect(asked()).toBe(ARN);
    await send('POST', FUNCTIONS, creation({ FunctionName: decodeURIComponent(name) }));
    expect(asked()).toBe(ARN);
  });

  it.each(['hello:live/configuration', 'hello/configuration?Qualifier=live', `${ARN}:live/configuration?Qualifier=live`])(
    'an alias: %s',
    async (path) => {
      await send('GET', `${FUNCTIONS}/${path}`);
      expect(asked()).toBe(`${ARN}:live`);
    },
  );

  it('what names two things is refused', async () => {
    expect(await errorOf(send('GET', `${FUNCTIONS}/hello:live/configuration?Qualifier=test`))).toEqual({
      status: 400,
      type: 'InvalidParameterValueException',
      body: {
        Type: 'User',
        message: 'The derived qualifier from the function name does not match the specified qualifier.',
      },
    });
    expect(test.authorization.asked).toEqual([]);
  });

  it('functions of another region are not found, those of another account not touched', async () => {
    const other = (arn: string) => errorOf(send('GET', `${FUNCTIONS}/${arn}/configuration`));
    expect(await other(ARN.replace('us-east-1', 'eu-west-1'))).toMatchObject({
      status: 404,
      body: { Message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')" },
    });
    const foreign = ARN.replace('123456789012', '210987654321');
    expect(await other(foreign)).toMatchObject({ status: 403, type: 'AccessDeniedException' });
    expect(test.authorization.asked).toEqual([]);
  });

  it('what names none has one meaning too', async () => {
    await send('GET', `${FUNCTIONS}/a%2Fb:c:d/configuration`);
    expect(asked()).toBe('arn:aws:lambda:us-east-1:123456789012:function:a%2Fb%3Ac%3Ad');
    await send('GET', '/2017-03-31/tags/a%2Fb');
    expect(asked()).toBe('a%2Fb');
    await send('GET', `/2017-03-31/tags/${encodeURIComponent(ARN)}`);
    expect(asked()).toBe(ARN);
    await send('GET', FUNCTIONS);
    expect(asked()).toBe('*');
  });

  it('another spelling of the path is the same operation of the same service', async () => {
    const answer = await send('GET', '/%32015-03-31/functions/');
    expect([answer.statusCode, answer.json<unknown>()]).toEqual([200, { Functions: [] }]);
    expect(test.authentication.services.at(-1)).toBe('lambda');
    await send('GET', '/restapis?x=/2015-03-31/functions');
    expect(test.authentication.services.at(-1)).toBe('apigateway');
  });
});

describe('sizes of bodies', () => {
  const MB = 1024 * 1024;

  it('an archive may have 50 MB', async () => {
    const zip = Buffer.alloc(50 * MB, 7);
    expect((await send('POST', FUNCTIONS, creation({ Code: { ZipFile: zip.toString('base64') } }))).statusCode).toBe(201);
    expect(functions.created[0]?.Code.ZipFile?.equals(zip)).toBe(true);
  });

  it.each([
    ['POST', FUNCTIONS, 70_167_212, 'RequestEntityTooLargeException', 'CreateFunction'],
    ['PUT', `${HELLO}/code`, 70_167_212, 'RequestEntityTooLargeException', 'UpdateFunctionCode'],
    ['POST', `${HELLO}/invocations`, 6 * MB + 1, 'RequestTooLargeException', 'InvokeFunction'],
  ] as const)('%s %s: %d bytes are too many', async (method, path, bytes, type, name) => {
    const { status, type: answered, body } = await errorOf(send(method, path, Buffer.alloc(bytes, ' ')));
    expect([status, answered]).toEqual([413, type]);
    expect(body).toMatchObject({ message: `Request must be smaller than ${bytes - 1} bytes for the ${name} operation` });
  });

  it('an event may have 6 MB, what is no archive too', async () => {
    expect((await send('POST', `${HELLO}/invocations`, Buffer.alloc(6 * MB, ' '))).statusCode).toBe(200);
    expect((await errorOf(send('PUT', `${HELLO}/configuration`, Buffer.alloc(6 * MB + 1, ' ')))).status).toBe(413);
  });

  it('security class: resource exhaustion: large bodies are read two at a time, and those that are given up leave their place', async () => {
    await test.app.listen(0, '127.0.0.1');
    const { port } = test.app.getHttpServer().address() as AddressInfo;
    const head = `POST ${FUNCTIONS} HTTP/1.1\r\nHost: x\r\nAuthorization: me\r\nContent-Length: `;
    const open = (length: number) =>
      new Promise<Socket>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => resolve(socket));
        socket.write(`${head}${length}\r\n\r\n`);
      });
    const finished = vi.fn();
    const slow = [await open(7 * MB), await open(7 * MB)];
    await vi.waitFor(() => expect(test.authentication.heads.filter(({ method }) => method === 'POST').length).toBeGreaterThan(1));
    const third = await open(7 * MB);
    third.on('data', finished).write(creation().padEnd(7 * MB));
    for (let n = 0; n < 20; n++) {
      const small = await open(creation().length);
      await new Promise((resolve) => small.once('data', resolve).write(creation()));
      small.destroy();
    }
    expect(finished).not.toHaveBeenCalled();
    slow[0]?.destroy();
    await vi.waitFor(() => expect(finished).toHaveBeenCalled(), 5_000);
    for (const socket of [...slow, third]) socket.destroy();
  });
});
