import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  ListFunctionsCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { createArchive } from '@gatehouse/function-archive';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { served } from './admin.js';
import { until } from './child.js';
import type { Answer, Ask } from './http.js';
import { processesWith } from './processes-with.js';
import { Product, REGION } from './product.js';

/** The handler of AWS's tutorial, as it is written there. */
const TUTORIAL = `export const handler = async (event) => {
  const response = {
    statusCode: 200,
    body: JSON.stringify('Hello from Lambda!'),
  };
  return response;
};`;
const ROLE = 'arn:aws:iam::123456789012:role/service-role/hello';

let product: Product;
let lambda: LambdaClient;

beforeAll(async () => {
  product = await Product.start({ controlPlanes: 1, gateways: 1, functions: true });
  lambda = product.controlPlanes[0]!.lambda();
});
afterAll(() => product.stop());

const zip = (handler: string) => createArchive([{ path: 'index.mjs', content: handler }]);

async function createFunction(name: string, handler: string, more: { timeout?: number } = {}): Promise<string> {
  const created = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      Timeout: more.timeout,
      Code: { ZipFile: await zip(handler) },
    }),
  );
  return created.FunctionArn!;
}

interface Served {
  apiId: string;
  call(path: string, more?: Partial<Ask>): Promise<Answer>;
}

/** An API whose every method and path calls `functionArn` (which may hold stage variables). */
async function serve(functionArn: string, variables?: Record<string, string>): Promise<Served> {
  const [controlPlane] = product.controlPlanes;
  const client = controlPlane!.client();
  const { id: apiId, rootResourceId } = await client.send(new CreateRestApiCommand({ name: 'functions' }));
  const { id: resourceId } = await client.send(
    new CreateResourceCommand({ restApiId: apiId, parentId: rootResourceId, pathPart: '{proxy+}' }),
  );
  const method = { restApiId: apiId, resourceId, httpMethod: 'ANY' };
  await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await client.send(
    new PutIntegrationCommand({
      ...method,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
    }),
  );
  let publication: string | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      publication = headers?.['x-gatehouse-publication'] ?? publication;
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev', variables }));
  await served(controlPlane!, publication!);
  return { apiId: apiId!, call: (path, more) => product.gateways[0]!.call(apiId!, `/dev${path}`, more) };
}

async function allow(functionName: string, apiId: string, qualifier?: string): Promise<void> {
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: functionName,
      StatementId: `api-${apiId}`,
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:${REGION}:123456789012:${apiId}/*/*/*`,
      Qualifier: qualifier,
    }),
  );
}

/** Permissions and code take a moment to reach the functions service. */
const answers = (api: Served, path: string, wanted: (answer: Answer) => boolean) =>
  until(`the wanted answer of ${path}`, async () => {
    const answer = await api.call(path);
    return wanted(answer) ? answer : undefined;
  });

describe('functions behind an API', () => {
  it('say Hello from Lambda!, once the function allows the API to call it', async () => {
    const arn = await createFunction('hello', TUTORIAL);
    expect(arn).toBe(`arn:aws:lambda:${REGION}:123456789012:function:hello`);
    const api = await serve(arn);
    const refused = await api.call('/');
    expect([refused.status, refused.body]).toEqual([403, '{"message":"Missing Authentication Token"}']);
    const forbidden = await api.call('/any');
    expect([forbidden.status, forbidden.body]).toEqual([500, '{"message":"Internal server error"}']);

    await allow('hello', api.apiId);
    const hello = await answers(api, '/any', ({ status }) => status === 200);
    expect(hello.body).toBe('"Hello from Lambda!"');
    expect(hello.headers['content-type']).toBe('application/json');
    expect(hello.headers['x-amzn-trace-id']).toMatch(/^Root=1-/);

    const other = await serve(arn);
    expect((await other.call('/any')).status).toBe(500);
  });

  it('get the event of AWS and answer as it says', async () => {
    const arn = await createFunction(
      'echo',
      `export const handler = async (event, context) => ({
        statusCode: 201,
        headers: { 'X-One': 'one', 'Content-Type': 'text/plain' },
        multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
        body: JSON.stringify({ event, context: { name: context.functionName, version: context.functionVersion, left: context.getRemainingTimeInMillis() } }),
      });`,
    );
    const api = await serve(arn, { color: 'blue' });
    await allow('echo', api.apiId);
    await answers(api, '/x', ({ status }) => status === 201);
    const answer = await api.call('/a/b?x=1&x=2&y=', { method: 'POST', headers: { 'X-Custom': 'seen' }, body: 'text' });
    expect(answer.headers).toMatchObject({ 'x-one': 'one', 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] });
    const { event, context } = JSON.parse(answer.body) as {
      event: Record<string, unknown> & { requestContext: Record<string, unknown>; headers: Record<string, string> };
      context: Record<string, unknown>;
    };
    expect(event).toMatchObject({
      resource: '/{proxy+}',
      path: '/a/b',
      httpMethod: 'POST',
      queryStringParameters: { x: '2', y: '' },
      multiValueQueryStringParameters: { x: ['1', '2'], y: [''] },
      pathParameters: { proxy: 'a/b' },
      stageVariables: { color: 'blue' },
      body: 'text',
      isBase64Encoded: false,
    });
    expect(event.headers['X-Custom']).toBe('seen');
    expect(event.requestContext).toMatchObject({
      accountId: '123456789012',
      apiId: api.apiId,
      stage: 'dev',
      path: '/dev/a/b',
      resourcePath: '/{proxy+}',
      httpMethod: 'POST',
      requestId: answer.headers['x-amzn-requestid'],
    });
    expect(context).toMatchObject({ name: 'echo', version: '$LATEST' });
    expect((JSON.parse((await api.call('/a')).body) as { event: object }).event).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      body: null,
    });
  });

  it.each([
    ['a body that is no text', `({ statusCode: 200, body: { an: 'object' } })`],
    ['an unknown key', `({ statusCode: 200, body: '', more: 1 })`],
    ['a text', `'text'`],
    ['null', 'null'],
    ['an error', `{ throw new Error('wrong') }`],
    ['an exit', `{ process.exit(3) }`],
  ])('are answered for with 502 when they give %s', async (what, given) => {
    const name = `wrong-${what.replaceAll(' ', '-')}`;
    const api = await serve(await createFunction(name, `export const handler = async () => ${given};`));
    await allow(name, api.apiId);
    const answer = await answers(api, '/x', ({ status }) => status !== 500);
    expect([answer.status, answer.body]).toEqual([502, '{"message":"Internal server error"}']);
    expect(answer.headers['x-amzn-errortype']).toBe('InternalServerErrorException');
  });

  it('are started anew after their process was killed in the middle of a call', async () => {
    const arn = await createFunction(
      'killed',
      `let calls = 0;
       export const handler = async () => {
         if (calls++ > 0) await new Promise((resolve) => setTimeout(resolve, 20_000));
         return { statusCode: 200, body: process.env.AWS_LAMBDA_LOG_STREAM_NAME };
       };`,
      { timeout: 30 },
    );
    const api = await serve(arn);
    await allow('killed', api.apiId);
    // Its process has another number in its own namespace.
    const { body: stream } = await answers(api, '/x', ({ status }) => status === 200);
    const [pid, ...others] = processesWith('AWS_LAMBDA_LOG_STREAM_NAME', stream);
    expect([typeof pid, others]).toEqual(['number', []]);
    const cut = api.call('/x');
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(pid!, 'SIGKILL');
    expect((await cut).status).toBe(502);
    const next = await api.call('/x');
    expect(next.status).toBe(200);
    expect(next.body).not.toBe(stream);
  });

  it('are reached by alias and stage variable, and an alias moves to another version', async () => {
    const say = (what: string) => `export const handler = async () => ({ statusCode: 200, body: '${what}' });`;
    const arn = await createFunction('moving', say('one'));
    const one = await lambda.send(new PublishVersionCommand({ FunctionName: 'moving' }));
    expect(one.Version).toBe('1');
    await lambda.send(new CreateAliasCommand({ FunctionName: 'moving', Name: 'live', FunctionVersion: '1' }));
    const api = await serve(`${arn}:\${stageVariables.alias}`, { alias: 'live' });
    await allow('moving', api.apiId, 'live');
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'moving', ZipFile: await zip(say('two')) }));
    expect((await answers(api, '/x', ({ status }) => status === 200)).body).toBe('one');
    await lambda.send(new PublishVersionCommand({ FunctionName: 'moving' }));
    await lambda.send(new UpdateAliasCommand({ FunctionName: 'moving', Name: 'live', FunctionVersion: '2' }));
    await answers(api, '/x', ({ body }) => body === 'two');
    const client = product.controlPlanes[0]!.client();
    const patch = { op: 'replace' as const, path: '/variables/alias', value: 'nothing' };
    await client.send(new UpdateStageCommand({ restApiId: api.apiId, stageName: 'dev', patchOperations: [patch] }));
    await answers(api, '/x', ({ status }) => status === 500);
  });
});

describe('the Lambda API', () => {
  const text = (payload: Uint8Array | undefined) => Buffer.from(payload ?? []).toString('utf8');

  it('invokes what was just written, with its log', async () => {
    await createFunction(
      'direct',
      `export const handler = async (event) => { console.log('seen', event.n); return event.n + 1; };`,
    );
    const first = await lambda.send(new InvokeCommand({ FunctionName: 'direct', Payload: '{"n":1}', LogType: 'Tail' }));
    expect([first.StatusCode, text(first.Payload), first.ExecutedVersion]).toEqual([200, '2', '$LATEST']);
    const log = Buffer.from(first.LogResult!, 'base64').toString('utf8');
    expect(log).toMatch(/^START RequestId: .* Version: \$LATEST\n/);
    expect(log).toContain('INFO\tseen 1');
    expect(log).toMatch(/REPORT RequestId: .*Duration: /);

    await lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'direct', ZipFile: await zip('export const handler = async () => 42;') }),
    );
    expect(text((await lambda.send(new InvokeCommand({ FunctionName: 'direct' }))).Payload)).toBe('42');
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'direct', Environment: { Variables: { AB: 'c' } } }),
    );
    expect((await lambda.send(new GetFunctionCommand({ FunctionName: 'direct' }))).Configuration).toMatchObject({
      State: 'Active',
      Environment: { Variables: { AB: 'c' } },
    });
    const dry = await lambda.send(new InvokeCommand({ FunctionName: 'direct', InvocationType: 'DryRun' }));
    expect(dry.StatusCode).toBe(204);
    const event = await lambda.send(new InvokeCommand({ FunctionName: 'direct', InvocationType: 'Event', Payload: '{}' }));
    expect(event.StatusCode).toBe(202);
  });

  it('hands out the archive at the address that it tells', async () => {
    const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName: 'hello' }));
    const answer = await fetch(Code!.Location!);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(await zip(TUTORIAL))).toBe(true);
    expect((await fetch(Code!.Location!.replace(/signature=..../, 'signature=0000'))).status).toBe(403);
  });

  it('streams', async () => {
    await createFunction(
      'streaming',
      `export const handler = awslambda.streamifyResponse(async (event, stream) => {
         for (const part of ['one ', 'two ', 'three']) { stream.write(part); await new Promise((r) => setTimeout(r, 50)); }
         stream.end();
       });`,
    );
    const { EventStream } = await lambda.send(new InvokeWithResponseStreamCommand({ FunctionName: 'streaming' }));
    const parts: string[] = [];
    for await (const { PayloadChunk, InvokeComplete } of EventStream!) {
      if (PayloadChunk) parts.push(text(PayloadChunk.Payload));
      expect(InvokeComplete?.ErrorCode).toBeUndefined();
    }
    expect(parts.join('')).toBe('one two three');
    expect(parts.length).toBeGreaterThan(1);
  });

  it('tells of timeouts and errors in the function as AWS does', async () => {
    await createFunction('slow', 'export const handler = () => new Promise(() => setInterval(() => {}, 1000));', { timeout: 1 });
    const slow = await lambda.send(new InvokeCommand({ FunctionName: 'slow' }));
    expect([slow.StatusCode, slow.FunctionError]).toEqual([200, 'Unhandled']);
    expect(text(slow.Payload)).toMatch(/Task timed out after 1\.00 seconds/);
    await createFunction('throwing', `export const handler = async () => { throw new TypeError('wrong'); };`);
    const thrown = await lambda.send(new InvokeCommand({ FunctionName: 'throwing' }));
    expect(thrown.FunctionError).toBe('Unhandled');
    expect(JSON.parse(text(thrown.Payload))).toMatchObject({ errorType: 'TypeError', errorMessage: 'wrong' });
  });

  it('refuses in the words of AWS', async () => {
    const unknown = lambda.send(new InvokeCommand({ FunctionName: 'nobody' }));
    await expect(unknown).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
      message: `Function not found: arn:aws:lambda:${REGION}:123456789012:function:nobody`,
    });
    await expect(createFunction('hello', TUTORIAL)).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: 'Function already exist: hello',
    });
    const { Functions } = await lambda.send(new ListFunctionsCommand({ MaxItems: 1 }));
    expect(Functions).toHaveLength(1);
    await createFunction('short-lived', TUTORIAL);
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'short-lived' }));
    await expect(lambda.send(new InvokeCommand({ FunctionName: 'short-lived' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('a functions service that ends', () => {
  it('is missed by calls of functions only, and serves again when it is back', async () => {
    const api = await serve(`arn:aws:lambda:${REGION}:123456789012:function:hello`);
    await allow('hello', api.apiId);
    await answers(api, '/x', ({ status }) => status === 200);
    await product.functions!.child.stop('SIGKILL');
    expect((await api.call('/x')).status).toBe(502);
    product.functions!.start();
    await product.functions!.ready();
    expect((await api.call('/x')).body).toBe('"Hello from Lambda!"');
  });
});
