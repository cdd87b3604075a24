import { CALLER_HEADER, REVISION_HEADER, SOURCE_ARN_HEADER } from '@gatehouse/lambda-contract';
import { sign } from '@gatehouse/sigv4';
import { dataPlaneKey, type FunctionStatementSnapshot } from '@gatehouse/snapshot';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventStreamReader } from './event-stream.fixture.js';
import { FunctionsFixture, KEY, scope } from './functions.fixture.js';

const functions = new FunctionsFixture({ GATEHOUSE_FUNCTIONS_CONCURRENCY: '5' });
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:';
const ECHO = 'exports.handler = async (event) => event;';
const statement: FunctionStatementSnapshot = {
  qualifier: null,
  action: 'lambda:InvokeFunction',
  principal: 'apigateway.amazonaws.com',
  sourceArn: 'arn:aws:execute-api:us-east-1:123456789012:abc/*/GET/pets',
  sourceAccount: null,
};
const SOURCE = 'arn:aws:execute-api:us-east-1:123456789012:abc/prod/GET/pets';

beforeAll(async () => {
  await functions.start();
  await functions.node('echo', ECHO);
});
afterAll(() => functions.stop());

/** Sends a request as it is given, signed or not. */
async function raw(headers: Record<string, string>, body = '{}', path = `/2015-03-31/functions/${ARN}echo/invocations`) {
  const response = await fetch(new URL(path, functions.url), { method: 'POST', headers, body });
  return { status: response.status, type: response.headers.get('x-amzn-errortype'), body: (await response.json()) as object };
}

function signed(
  changes: {
    key?: typeof KEY;
    region?: string;
    service?: string;
    time?: number;
    headers?: Record<string, string>;
    body?: string;
    path?: string;
  } = {},
) {
  const url = new URL(changes.path ?? `/2015-03-31/functions/${ARN}echo/invocations`, functions.url);
  const headers = { [CALLER_HEADER]: 'admitted', ...changes.headers };
  const signing = { region: changes.region ?? scope.region, service: changes.service ?? 'lambda', time: changes.time };
  return sign({ method: 'POST', url, headers, body: changes.body ?? '{}' }, (changes.key ?? KEY).calls, signing);
}

describe('security class: calls that nobody of Gatehouse has signed', () => {
  it.each<[string, () => Record<string, string>]>([
    ['without a signature', () => ({ [CALLER_HEADER]: 'admitted' })],
    ['by an unknown key', () => signed({ key: dataPlaneKey(Buffer.alloc(32, 9)) })],
    ['by another secret', () => signed({ key: { ...KEY, calls: { ...KEY.calls, secretAccessKey: 'x' } } })],
    ['of another body', () => signed({ body: '{"other":1}' })],
    ['for another service', () => signed({ service: 'execute-api' })],
    ['for another region', () => signed({ region: 'eu-west-1' })],
    ['for another function', () => signed({ path: `/2015-03-31/functions/${ARN}other/invocations` })],
    ['of an hour ago', () => signed({ time: Date.now() - 3_600_000 })],
    [
      'with a caller that is not signed',
      () => ({ ...signed({ headers: { [SOURCE_ARN_HEADER]: SOURCE } }), [REVISION_HEADER]: 'x' }),
    ],
    ['with another caller than the signed one', () => ({ ...signed(), [CALLER_HEADER]: 'apigateway.amazonaws.com' })],
  ])('%s are refused', async (_, headers) => {
    const answer = await raw(headers());
    expect(answer.status).toBe(403);
    expect(answer.type).toMatch(/^(AccessDenied|InvalidSignature)Exception$/);
    expect(answer.body).toMatchObject({ Type: 'User' });
  });

  it('is said before anything else is looked at', async () => {
    expect((await raw({}, 'no json', `/2015-03-31/functions/${ARN}nothing/invocations`)).status).toBe(403);
    expect((await fetch(new URL('/anything', functions.url))).status).toBe(403);
  });
});

it('security class: resource exhaustion: connections that bring no signed call make room for those that do', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const url = new URL(`/2015-03-31/functions/${ARN}echo/invocations`, functions.url);
  const call = async () => {
    const sent = request(url, { method: 'POST', headers: signed(), agent }).end('{}');
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return { status: response.statusCode, isReused: sent.reusedSocket };
  };
  expect(await call()).toEqual({ status: 200, isReused: false });
  const strangers: Socket[] = [];
  let closed = 0;
  for (let n = 0; n < 2_060; n++) {
    const stranger = connect(Number(url.port), url.hostname).on('error', () => undefined);
    stranger.once('close', () => closed++);
    strangers.push(stranger);
    await once(stranger, 'connect');
  }
  await functions.eventually(() => closed >= 12);
  expect(strangers.slice(0, 10).every(({ destroyed, readableEnded }) => destroyed || readableEnded)).toBe(true);
  expect(closed).toBeLessThan(30);
  expect(await call()).toEqual({ status: 200, isReused: true });
  expect((await functions.result('echo', { a: 1 })).payload).toEqual({ a: 1 });
  for (const stranger of strangers) stranger.destroy();
  agent.destroy();
});

describe('calls on behalf of APIs', () => {
  it.each<[string, Partial<FunctionStatementSnapshot>, string | null, boolean]>([
    ['that a statement allows', {}, SOURCE, true],
    ['of another method', {}, SOURCE.replace('GET', 'POST'), false],
    ['of another API', {}, SOURCE.replace('abc', 'abd'), false],
    ['of another account', {}, SOURCE.replace('123456789012', '123456789013'), false],
    ['without a source', {}, null, false],
    ['that any source may make', { sourceArn: null }, SOURCE, true],
    ['of an account that may', { sourceArn: null, sourceAccount: '123456789012' }, SOURCE, true],
    ['of an account that may not', { sourceArn: null, sourceAccount: '123456789013' }, SOURCE, false],
    ['that anyone may make', { principal: '*', sourceArn: null }, SOURCE, true],
    ['that another service may make', { principal: 's3.amazonaws.com', sourceArn: null }, SOURCE, false],
    ['that an account may make', { principal: '123456789012', sourceArn: null }, SOURCE, false],
    ['where the statement is for an alias', { qualifier: 'live' }, SOURCE, false],
    ['where the statement is for another action', { action: 'lambda:GetFunction' }, SOURCE, false],
    ['where all actions are allowed', { action: 'lambda:*' }, SOURCE, true],
    ['with a question mark for a letter', { sourceArn: 'arn:aws:execute-api:*:123456789012:ab?/*' }, SOURCE, true],
    ['where the pattern ends sooner', { sourceArn: 'arn:aws:execute-api:*:123456789012:abc/*/GET' }, SOURCE, false],
    ['where an asterisk would have to span parts', { sourceArn: 'arn:aws:*:abc/*' }, SOURCE, false],
  ])('%s', async (_, change, sourceArn, isAllowed) => {
    await functions.node('guarded', ECHO, { more: { policy: [{ ...statement, ...change }] } });
    const headers: Record<string, string> = sourceArn === null ? {} : { [SOURCE_ARN_HEADER]: sourceArn };
    const response = await functions.call('guarded', { a: 1 }, { caller: 'apigateway.amazonaws.com', headers });
    if (isAllowed) expect([response.status, await response.json()]).toEqual([200, { a: 1 }]);
    else {
      expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([403, 'AccessDeniedException']);
      expect(await response.json()).toEqual({
        Type: 'User',
        Message: `User: apigateway.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: ${ARN}guarded`,
      });
    }
  });

  it('are allowed under the qualifier of the statement only', async () => {
    const more = { aliases: [{ name: 'live', version: '$LATEST', routing: [] }], policy: [{ ...statement, qualifier: 'live' }] };
    await functions.node('aliased', ECHO, { more });
    const options = { caller: 'apigateway.amazonaws.com', headers: { [SOURCE_ARN_HEADER]: SOURCE } };
    expect((await functions.call('aliased', {}, { ...options, qualifier: 'live' })).status).toBe(200);
    expect((await functions.call('aliased', {}, options)).status).toBe(403);
    expect((await functions.call('aliased', {}, { ...options, qualifier: '$LATEST' })).status).toBe(403);
  });
});

describe('what cannot be invoked', () => {
  it.each<[string, () => Promise<Response>, number, object, string]>([
    [
      'an unknown function',
      () => functions.call('unknown', {}),
      404,
      { Type: 'User', Message: `Function not found: ${ARN}unknown` },
      'ResourceNotFoundException',
    ],
    [
      'an unknown version',
      () => functions.call('echo', {}, { qualifier: '7' }),
      404,
      { Type: 'User', Message: `Function not found: ${ARN}echo:7` },
      'ResourceNotFoundException',
    ],
    [
      'with an event that is no JSON',
      () => functions.call('echo', Buffer.from('{"a":')),
      400,
      {
        Type: 'User',
        message: expect.stringMatching(/^Could not parse request body into json: Could not parse payload into json: /),
      },
      'InvalidRequestContentException',
    ],
    [
      'with an event that is no UTF-8',
      () => functions.call('echo', Buffer.from([0x22, 0xff, 0x22])),
      400,
      { Type: 'User', message: expect.stringMatching(/^Could not parse/) },
      'InvalidRequestContentException',
    ],
    [
      'with an event of more than 6 MB',
      () => functions.call('echo', 'x'.repeat(6_291_456)),
      413,
      { Type: 'User', message: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation' },
      'RequestTooLargeException',
    ],
    [
      'with an asynchronous event of more than 1 MB',
      () => functions.call('echo', 'x'.repeat(1_048_576), { headers: { 'x-amz-invocation-type': 'Event' } }),
      413,
      { Type: 'User', message: 'Request must be smaller than 1048576 bytes for the InvokeFunction operation' },
      'RequestTooLargeException',
    ],
    [
      'in an unknown way',
      () => functions.call('echo', {}, { headers: { 'x-amz-invocation-type': 'Later' } }),
      400,
      { Type: 'User', message: expect.stringContaining("'invocationType'") },
      'InvalidParameterValueException',
    ],
    [
      'with a client context that is no JSON',
      () => functions.call('echo', {}, { headers: { 'x-amz-client-context': 'e30x' } }),
      400,
      { Type: 'User', message: 'Client context must be a valid Base64-encoded JSON object.' },
      'InvalidRequestContentException',
    ],
  ])('%s', async (_, call, status, body, type) => {
    const response = await call();
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([status, type]);
    expect(await response.json()).toEqual(body);
  });

  it('is a function that was deleted', async () => {
    await functions.node('gone', ECHO);
    await functions.result('gone');
    await functions.publish('gone', null);
    await functions.eventually(async () => (await functions.call('gone', {})).status === 404);
  });
});

describe('limits on invocations at a time', () => {
  const SLOW = 'exports.handler = async () => { await new Promise((done) => setTimeout(done, 700)); };';

  it("of a function's own", async () => {
    await functions.node('reserved', SLOW, { more: { reservedConcurrency: 2 } });
    const responses = await Promise.all(Array.from({ length: 4 }, () => functions.call('reserved', {})));
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 429, 429]);
    const refused = responses.find(({ status }) => status === 429)!;
    expect(refused.headers.get('x-amzn-errortype')).toBe('TooManyRequestsException');
    expect(await refused.json()).toEqual({
      Type: 'User',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      message: 'Rate Exceeded.',
    });
    expect((await functions.call('reserved', {})).status).toBe(200);
    await functions.node('reserved', SLOW, { more: { reservedConcurrency: 0 } });
    expect((await functions.call('reserved', {})).status).toBe(429);
  });

  it('of all functions together', async () => {
    await functions.node('all', SLOW);
    const responses = await Promise.all(Array.from({ length: 8 }, () => functions.call('all', {})));
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect(await responses.find(({ status }) => status === 429)!.json()).toMatchObject({
      Reason: 'ConcurrentInvocationLimitExceeded',
    });
  });
});

describe('other ways to invoke', () => {
  it('DryRun runs nothing', async () => {
    await functions.node('dry', 'exports.handler = async () => process.exit(1);');
    expect((await functions.call('dry', {}, { headers: { 'x-amz-invocation-type': 'DryRun' } })).status).toBe(204);
  });

  it('Event answers at once and runs it', async () => {
    const source = 'let events = []; exports.handler = async (event) => { if (event.ask) return events; events.push(event); };';
    await functions.node('later', source, { more: { reservedConcurrency: 1 } });
    const response = await functions.call('later', { n: 1 }, { headers: { 'x-amz-invocation-type': 'Event' } });
    expect([response.status, await response.text()]).toEqual([202, '']);
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    const seen = async () => (await (await functions.call('later', { ask: true })).text()) === '[{"n":1}]';
    await functions.eventually(seen);
  });

  it('a revision that was just written is waited for', async () => {
    await functions.node('waited', "exports.handler = async () => 'old';");
    const version = await functions.versionOf({ name: 'waited', files: { 'index.js': "exports.handler = async () => 'new';" } });
    const call = functions.result('waited', {}, { headers: { [REVISION_HEADER]: version.revisionId } });
    await new Promise((done) => setTimeout(done, 300));
    await functions.publish('waited', {
      functionName: 'waited',
      versions: [version],
      aliases: [],
      reservedConcurrency: null,
      policy: [],
    });
    expect((await call).payload).toBe('new');
  });

  it('a revision that has been replaced is not waited for, and one that never comes for five seconds', async () => {
    const old = await functions.put({ name: 'revised', files: { 'index.js': "exports.handler = async () => 'old';" } });
    await functions.known('revised', old);
    await functions.node('revised', "exports.handler = async () => 'new';");
    const begun = performance.now();
    expect((await functions.result('revised', {}, { headers: { [REVISION_HEADER]: old } })).payload).toBe('new');
    expect(performance.now() - begun).toBeLessThan(2_000);
    const never = await functions.call('revised', {}, { headers: { [REVISION_HEADER]: 'never' } });
    expect([never.status, never.headers.get('x-amzn-errortype')]).toEqual([500, 'ServiceException']);
    const unknown = await functions.call('never', {}, { headers: { [REVISION_HEADER]: 'never' } });
    expect(unknown.status).toBe(404);
  });
});

describe('InvokeWithResponseStream', () => {
  const stream = async (name: string, event: unknown = {}, headers: Record<string, string> = {}) => {
    const response = await functions.call(name, event, { streams: true, headers });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
    return new EventStreamReader(response);
  };

  it('sends parts as the function writes them', async () => {
    await functions.node(
      'streams',
      `exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {
         stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { a: 'b' } });
         stream.write('one');
         await new Promise((done) => setTimeout(done, 400));
         stream.write('two');
         stream.end();
       });`,
    );
    await (await stream('streams')).all();
    const messages = await (await stream('streams')).all();
    expect(messages.map(({ type }) => type)).toEqual([...messages.slice(1).map(() => 'PayloadChunk'), 'InvokeComplete']);
    const parts = messages.map(({ payload }) => payload.toString());
    expect(parts.slice(0, -1).join('')).toBe(`{"statusCode":201,"headers":{"a":"b"}}${'\0'.repeat(8)}onetwo`);
    expect(parts.at(-1)).toBe('{}');
    expect(messages.at(-1)!.at - messages[0]!.at).toBeGreaterThan(200);
    expect(messages[0]!.contentType).toBe('application/octet-stream');
    // The same function, called with Invoke: its whole answer.
    const whole = await functions.call('streams', {});
    expect(await whole.text()).toMatch(/onetwo$/);
  });

  it('tells an error in the middle, with the log', async () => {
    await functions.node(
      'breaks',
      "exports.handler = awslambda.streamifyResponse(async (event, stream) => { stream.write('one'); await new Promise((done) => setTimeout(done, 100)); throw new TypeError('broken'); });",
    );
    const messages = await (await stream('breaks', {}, { 'x-amz-log-type': 'Tail' })).all();
    expect(
      messages
        .slice(0, -1)
        .map(({ payload }) => payload.toString())
        .join(''),
    ).toBe('one');
    const complete = JSON.parse(messages.at(-1)!.payload.toString()) as Record<string, string>;
    expect(complete).toMatchObject({ ErrorCode: 'TypeError' });
    expect(JSON.parse(complete['ErrorDetails']!)).toMatchObject({ errorType: 'TypeError', errorMessage: 'broken' });
    expect(Buffer.from(complete['LogResult']!, 'base64').toString()).toMatch(/Invoke Error/);
    expect((await (await stream('breaks')).all()).length).toBeGreaterThan(1);
  });

  it('tells a function error without parts, and one of a runtime that ends', async () => {
    await functions.node('fails', "exports.handler = async () => { throw new Error('no'); };");
    const [complete] = await (await stream('fails')).all();
    expect(JSON.parse(complete!.payload.toString())).toMatchObject({ ErrorCode: 'Error' });
    await functions.node(
      'dies',
      "exports.handler = awslambda.streamifyResponse(async (event, stream) => { stream.write('one'); await new Promise((done) => setTimeout(done, 100)); process.exit(1); });",
    );
    const messages = await (await stream('dies')).all();
    expect(JSON.parse(messages.at(-1)!.payload.toString())).toMatchObject({ ErrorCode: 'Runtime.ExitError' });
  });

  it('carries 20 MB, no faster than the caller takes them', async () => {
    await functions.node(
      'long',
      `const { pipeline } = require('node:stream/promises'); const { Readable } = require('node:stream');
       exports.handler = awslambda.streamifyResponse(async (event, stream) => {
         await pipeline(Readable.from((function* () { for (let n = 0; n < 320; n++) yield Buffer.alloc(65536, 97); })()), stream);
       });`,
      { timeout: 20 },
    );
    const messages = await (await stream('long')).all();
    expect(messages.slice(0, -1).reduce((sum, { payload }) => sum + payload.length, 0)).toBe(320 * 65_536);
    expect(messages.at(-1)!.payload.toString()).toBe('{}');
  });

  it('sends the answer of a function that does not stream in the same form', async () => {
    const messages = await (await stream('echo', { a: 1 })).all();
    expect(messages.map(({ type, payload }) => [type, payload.toString()])).toEqual([
      ['PayloadChunk', '{"a":1}'],
      ['InvokeComplete', '{}'],
    ]);
  });
});

describe('health', () => {
  it('is told on the same port', async () => {
    expect((await fetch(`${functions.url}/livez`)).status).toBe(200);
    expect(await (await fetch(`${functions.url}/readyz`)).json()).toMatchObject({ ready: true, draining: false });
  });
});
