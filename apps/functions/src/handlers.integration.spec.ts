import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FunctionsFixture, TAIL, type TestFunction } from './functions.fixture.js';

const functions = new FunctionsFixture();
beforeAll(() => functions.start());
afterAll(() => functions.stop());

async function put(definition: TestFunction): Promise<void> {
  await functions.known(definition.name, await functions.put(definition));
}

describe('handlers of Node.js', () => {
  it.each<[string, Record<string, string>, string, string?]>([
    ['an ES module', { 'index.mjs': 'export const handler = async () => import.meta.url.slice(-9);' }, 'index.handler'],
    [
      'an ES module that awaits',
      { 'index.mjs': 'const name = await Promise.resolve("index.mjs"); export const handler = async () => name;' },
      'index.handler',
    ],
    [
      'a package of ES modules',
      { 'package.json': '{"type":"module"}', 'index.js': 'await null; export const handler = async () => "index.mjs";' },
      'index.handler',
    ],
    ['a CommonJS file', { 'index.cjs': 'exports.handler = async () => "index.mjs";' }, 'index.handler'],
    [
      'a nested file',
      { 'src/app/main.js': 'exports.run = async () => require("../name");', 'src/name.js': 'module.exports = "index.mjs";' },
      'src/app/main.run',
    ],
    ['a nested member', { 'index.js': 'exports.api = { v1: { handler: async () => "index.mjs" } };' }, 'index.api.v1.handler'],
    [
      'a package',
      {
        'node_modules/app/index.js': 'exports.handler = async () => "index.mjs";',
        'node_modules/app/package.json': '{"main":"index.js"}',
      },
      'app.handler',
    ],
    [
      'a callback',
      { 'index.js': 'exports.handler = (event, context, callback) => setTimeout(() => callback(null, "index.mjs"), 5);' },
      'index.handler',
      'nodejs22.x',
    ],
    [
      'the old ways of an answer',
      { 'index.js': 'exports.handler = (event, context) => context.succeed("index.mjs");' },
      'index.handler',
      'nodejs22.x',
    ],
    ['what it returns at once', { 'index.js': 'exports.handler = () => "index.mjs";' }, 'index.handler'],
  ])('%s', async (_, files, handler, runtime = 'nodejs24.x') => {
    await put({ name: 'form', files, handler, runtime });
    expect(await functions.result('form')).toMatchObject({ error: null, payload: 'index.mjs' });
  });

  it('that never answer, with nothing left to do, answer null; from nodejs24.x on their process ends', async () => {
    const promise = 'exports.handler = () => new Promise(() => {});';
    for (const source of ['exports.handler = () => {};', 'exports.handler = () => "not an answer";', promise]) {
      await functions.node('silent', source, { runtime: 'nodejs22.x' });
      expect(await functions.result('silent')).toMatchObject({ error: null, payload: null });
      expect(await functions.result('silent')).toMatchObject({ error: null, payload: null });
    }
    await functions.node('silent', promise);
    expect((await functions.result<{ errorMessage: string }>('silent')).payload).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/Error: Runtime exited without providing a reason$/),
    });
  });

  it('have no callback from nodejs24.x on', async () => {
    for (const source of ['(event, context, callback) => callback(null, 1)', 'async (event, context, callback) => 1']) {
      await functions.node('callback', `exports.handler = ${source};`);
      expect(await functions.result('callback')).toMatchObject({
        error: 'Unhandled',
        payload: {
          errorType: 'Runtime.CallbackHandlerDeprecated',
          errorMessage: expect.stringContaining('callback-based function handlers'),
        },
      });
    }
    await functions.node('callback', 'exports.handler = async (event, context) => Object.keys(context).sort();');
    const { payload } = await functions.result('callback');
    expect(payload).not.toContain('succeed');
    expect(payload).not.toContain('callbackWaitsForEmptyEventLoop');
  });

  it('wait for an empty event loop with a callback, unless they say otherwise', async () => {
    await functions.node(
      'waits',
      `exports.handler = (event, context, callback) => {
         context.callbackWaitsForEmptyEventLoop = event.wait;
         setTimeout(() => {}, 700);
         callback(null, 'done');
       };`,
      { runtime: 'nodejs22.x' },
    );
    await functions.result('waits', { wait: false });
    await new Promise((done) => setTimeout(done, 800));
    const timed = async (wait: boolean) => {
      const begun = performance.now();
      expect((await functions.result('waits', { wait })).payload).toBe('done');
      return performance.now() - begun;
    };
    expect(await timed(true)).toBeGreaterThan(600);
    expect(await timed(false)).toBeLessThan(500);
  });

  it('fail with the error of their callback', async () => {
    await functions.node('error', "exports.handler = (event, context, callback) => callback(new TypeError('no'));", {
      runtime: 'nodejs22.x',
    });
    expect(await functions.result('error')).toMatchObject({
      error: 'Unhandled',
      payload: { errorType: 'TypeError', errorMessage: 'no' },
    });
    for (const thrown of ['undefined', 'null']) {
      await functions.node('error', `exports.handler = async () => { throw ${thrown}; };`, { runtime: 'nodejs22.x' });
      expect((await functions.result('error')).payload).toEqual({ errorType: 'string', errorMessage: 'handled', trace: [] });
    }
  });

  it('find what AWS tells in their context', async () => {
    await functions.node(
      'context',
      'exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID });',
      { timeout: 5 },
    );
    const clientContext = Buffer.from(JSON.stringify({ custom: { é: 'ü' } })).toString('base64');
    const headers = {
      'x-amz-client-context': clientContext,
      'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
    };
    const { payload } = await functions.result<{ left: number }>('context', {}, { headers });
    expect(payload).toMatchObject({
      functionName: 'context',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/context',
      logStreamName: expect.stringContaining('[$LATEST]'),
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:context',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      clientContext: { custom: { é: 'ü' } },
      xRayTraceId: 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
      trace: 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
    });
    expect(payload.left).toBeGreaterThan(4_000);
    expect(payload.left).toBeLessThanOrEqual(5_000);
  });

  it('are given {} without an event', async () => {
    await functions.node('empty', 'exports.handler = async (event) => event;');
    expect(await (await functions.call('empty', Buffer.alloc(0))).json()).toEqual({});
  });

  it('print with level, request id and time', async () => {
    await functions.node(
      'levels',
      "exports.handler = async () => { console.info('a'); console.warn('b'); console.error('c'); console.debug('d'); process.stdout.write('raw\\n'); };",
    );
    const { log } = await functions.result('levels', {}, TAIL);
    expect(
      log
        .split('\n')
        .slice(1, 6)
        .map((line) => line.split('\t').slice(2).join(' ') || line),
    ).toEqual(['INFO a', 'WARN b', 'ERROR c', 'DEBUG d', 'raw']);
  });

  it('run ten at once, each in a process of its own, and use these again', async () => {
    await functions.node(
      'many',
      'exports.handler = async () => { await new Promise((done) => setTimeout(done, 400)); return process.env.AWS_LAMBDA_LOG_STREAM_NAME; };',
      { timeout: 20 },
    );
    const wave = async () =>
      new Set(await Promise.all(Array.from({ length: 10 }, async () => (await functions.result('many')).payload)));
    const first = await wave();
    expect(first.size).toBe(10);
    expect([...(await wave())].sort()).toEqual([...first].sort());
  });
});

describe('handlers of Python', () => {
  const python = (source: string, more: Partial<TestFunction> = {}) =>
    put({ name: 'python', runtime: 'python3.12', handler: 'app.handler', files: { 'app.py': source }, ...more });

  it('run', async () => {
    await python(`import os
calls = 0
def handler(event, context):
    global calls
    calls += 1
    print("printed")
    return {"event": event, "calls": calls, "id": context.aws_request_id, "name": context.function_name, "version": context.function_version,
            "memory": context.memory_limit_in_mb, "arn": context.invoked_function_arn, "left": context.get_remaining_time_in_millis(),
            "group": context.log_group_name, "cwd": os.getcwd() == os.environ["LAMBDA_TASK_ROOT"]}
`);
    const { payload, log } = await functions.result('python', { a: 'é' }, TAIL);
    expect(payload).toMatchObject({
      event: { a: 'é' },
      calls: 1,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'python',
      version: '$LATEST',
      memory: '128',
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:python',
      group: '/aws/lambda/python',
      cwd: true,
    });
    expect(log).toMatch(/\nprinted\nEND/);
    expect((await functions.result('python')).payload).toMatchObject({ calls: 2 });
  });

  it('fail as on AWS', async () => {
    await python('def handler(event, context):\n    raise ValueError("no")\n');
    const failed = await functions.result<{ stackTrace: string[] }>('python');
    expect(failed).toMatchObject({ error: 'Unhandled', payload: { errorType: 'ValueError', errorMessage: 'no' } });
    expect(failed.payload.stackTrace.join('')).toMatch(/app\.py", line 2, in handler/);
    await python('import nothing_of_this_name\n');
    expect((await functions.result('python')).payload).toMatchObject({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Unable to import module 'app': No module named 'nothing_of_this_name'",
    });
    await python('def other(): pass\n');
    expect((await functions.result('python')).payload).toMatchObject({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: "Handler 'handler' missing on module 'app'",
    });
    await python('def handler(:\n');
    expect((await functions.result('python')).payload).toMatchObject({ errorType: 'Runtime.UserCodeSyntaxError' });
    await python('import sys\ndef handler(event, context):\n    sys.exit(2)\n');
    expect((await functions.result<{ errorMessage: string }>('python')).payload.errorMessage).toMatch(/exit status 2$/);
  });
});

describe('runtimes of their own', () => {
  const BOOTSTRAP = `#!/bin/sh
while true; do
  headers=$(mktemp)
  event=$(curl -sS -D "$headers" "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next")
  id=$(grep -i lambda-runtime-aws-request-id "$headers" | tr -d '[:space:]' | cut -d: -f2)
  curl -sS -X POST "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/$id/response" -d "{\\"got\\":$event,\\"handler\\":\\"$_HANDLER\\"}" > /dev/null
done
`;

  it('are the archive\'s "bootstrap", which speaks the Runtime API', async () => {
    await put({ name: 'own', runtime: 'provided.al2023', handler: 'any', files: { bootstrap: BOOTSTRAP } });
    expect((await functions.result('own', { n: 1 })).payload).toEqual({ got: { n: 1 }, handler: 'any' });
    expect((await functions.result('own', { n: 2 })).payload).toEqual({ got: { n: 2 }, handler: 'any' });
  });

  it('may be the shell script of AWS\'s tutorial "Building a custom runtime"', async () => {
    const bootstrap = `#!/bin/bash
set -euo pipefail
source $LAMBDA_TASK_ROOT/"$(echo $_HANDLER | cut -d. -f1).sh"
while true
do
  HEADERS="$(mktemp)"
  EVENT_DATA=$(curl -sS -LD "$HEADERS" "http://\${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/next")
  REQUEST_ID=$(grep -Fi Lambda-Runtime-Aws-Request-Id "$HEADERS" | tr -d '[:space:]' | cut -d: -f2)
  RESPONSE=$($(echo "$_HANDLER" | cut -d. -f2) "$EVENT_DATA")
  curl "http://\${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/$REQUEST_ID/response"  -d "$RESPONSE"
done
`;
    const script = `function handler () {
  EVENT_DATA=$1
  echo "$EVENT_DATA" 1>&2;
  RESPONSE="Echoing request: '$EVENT_DATA'"
  echo $RESPONSE
}
`;
    await put({
      name: 'tutorial',
      runtime: 'provided.al2023',
      handler: 'function.handler',
      files: { bootstrap, 'function.sh': script },
    });
    for (const text of ['Hello', 'é😀']) {
      const response = await functions.call('tutorial', { text }, TAIL);
      expect(await response.text()).toBe(`Echoing request: '{"text":"${text}"}'`);
      expect(response.headers.get('x-amz-function-error')).toBeNull();
      expect(Buffer.from(response.headers.get('x-amz-log-result')!, 'base64').toString()).toContain(`{"text":"${text}"}`);
    }
  });

  it('tell their errors, before an event and for one, with a payload or by type alone', async () => {
    const shell = (init: string, loop: string) => `#!/bin/bash
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
${init}
while true; do
  headers=$(mktemp)
  curl -sS -D "$headers" "$api/invocation/next" > /dev/null
  id=$(grep -i lambda-runtime-aws-request-id "$headers" | tr -d '[:space:]' | cut -d: -f2)
  ${loop}
done
`;
    const failing = async (init: string, loop: string) => {
      await put({ name: 'telling', runtime: 'provided.al2023', files: { bootstrap: shell(init, loop) } });
      return functions.result('telling', {}, TAIL);
    };
    const payload = `{"errorMessage":"é","errorType":"Own.Error","stackTrace":["a"]}`;
    const header = '-H "Lambda-Runtime-Function-Error-Type: Own.Error"';
    expect(await failing(`curl -sS $api/init/error ${header} -d '${payload}'; exit 1`, '')).toMatchObject({
      error: 'Unhandled',
      payload: JSON.parse(payload),
    });
    expect(await failing('', `curl -sS $api/invocation/$id/error ${header} -d '${payload}'`)).toMatchObject({
      error: 'Unhandled',
      payload: JSON.parse(payload),
    });
    expect(await failing('', `curl -sS -X POST $api/invocation/$id/error ${header}`)).toMatchObject({
      error: 'Unhandled',
      payload: { errorType: 'Own.Error' },
    });
    const plain = { error: 'Unhandled', payload: { errorType: 'Own.Error', errorMessage: 'it is full' } };
    expect(await failing(`curl -sS $api/init/error ${header} -d 'it is full'; exit 1`, '')).toMatchObject(plain);
    expect(await failing('', `curl -sS $api/invocation/$id/error ${header} -d 'it is full'`)).toMatchObject(plain);
    expect(await failing('', `curl -sS $api/invocation/$id/error -d '"it is full"'`)).toMatchObject({
      payload: { errorType: 'Runtime.Unknown', errorMessage: '"it is full"' },
    });
    // What is no answer to this event is refused, and leaves it as it is.
    const refused = await failing(
      '',
      `curl -sS $api/invocation/other/response -d 1; curl -sS -w '%{http_code}' $api/nothing -d 1; curl -sS $api/invocation/$id/response -d '"first"'; curl -sS $api/invocation/$id/response -d '"second"'`,
    );
    expect(refused).toMatchObject({ error: null, payload: 'first' });
    expect(refused.log).toMatch(/InvalidRequestID.*404.*"status":"OK"[^]*InvalidRequestID/);
  });

  it('that are not there, or cannot be run, give the error of that', async () => {
    await put({ name: 'none', runtime: 'provided.al2023', files: { other: 'x' } });
    expect(await functions.result('none')).toMatchObject({
      error: 'Unhandled',
      payload: {
        errorType: 'Runtime.InvalidEntrypoint',
        errorMessage: expect.stringContaining("Couldn't find valid bootstrap(s)"),
      },
    });
    await put({ name: 'plain', runtime: 'provided.al2023', files: { bootstrap: 'echo' } });
    expect((await functions.result('plain')).payload).toMatchObject({ errorType: 'Runtime.InvalidEntrypoint' });
    await put({ name: 'java', runtime: 'java21', files: { other: 'x' } });
    expect((await functions.result('java')).payload).toMatchObject({
      errorMessage: expect.stringContaining('The runtime java21 is not available on this installation.'),
    });
  });
});

describe('versions', () => {
  it('of new code replace what runs; the old one ends what it has', async () => {
    await functions.node(
      'changing',
      "exports.handler = async () => { await new Promise((done) => setTimeout(done, 500)); return 'old'; };",
    );
    const old = functions.result('changing');
    await new Promise((done) => setTimeout(done, 200));
    await functions.node('changing', "exports.handler = async () => 'new';");
    expect((await functions.result('changing')).payload).toBe('new');
    expect((await old).payload).toBe('old');
    expect((await functions.result('changing')).payload).toBe('new');
  });

  it('are run by number and by alias, with its weights', async () => {
    const files = { 'index.js': 'exports.handler = async (event, context) => context.functionVersion;' };
    const one = await functions.versionOf({ name: 'numbered', files, version: '1' });
    const two = await functions.versionOf({ name: 'numbered', files, version: '2' });
    const latest = await functions.versionOf({ name: 'numbered', files });
    const aliases = [
      { name: 'live', version: '2', routing: [] },
      { name: 'split', version: '1', routing: [['2', 0.5]] as [string, number][] },
    ];
    await functions.publish('numbered', {
      functionName: 'numbered',
      versions: [latest, one, two],
      aliases,
      reservedConcurrency: null,
      policy: [],
    });
    await functions.known('numbered', latest.revisionId);
    expect((await functions.result('numbered', {}, { qualifier: '1' })).payload).toBe('1');
    expect((await functions.result('numbered', {}, { qualifier: 'live' })).payload).toBe('2');
    const response = await functions.call('numbered', {}, { qualifier: 'live' });
    expect(response.headers.get('x-amz-executed-version')).toBe('2');
    await response.text();
    const split = new Set<unknown>();
    for (let n = 0; n < 40; n++) split.add((await functions.result('numbered', {}, { qualifier: 'split' })).payload);
    expect([...split].sort()).toEqual(['1', '2']);
  });
});
