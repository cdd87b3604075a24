import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FunctionsFixture, TAIL, type CallOptions, type TestFunction } from './functions.fixture.js';

/** Our bootstrap for Python, against what AWS documents and its client awslambdaric does. It needs a python3 on the PATH that every user may run. */
const functions = new FunctionsFixture();
/** Why there is nothing to run, if there is. */
let missing: string | undefined;

interface Failure {
  errorMessage: string;
  errorType: string;
  requestId: string;
  stackTrace: string[];
}

beforeAll(async () => {
  await functions.start();
  missing = await functions.whyNoPython();
});
afterAll(() => functions.stop());

/** Runs a function of one file, app.py. */
async function call<T>(source: string, event: unknown = {}, more: Partial<TestFunction> = {}, options: CallOptions = {}) {
  const files = { 'app.py': source, ...more.files };
  const definition = { name: 'python', runtime: 'python3.13', handler: 'app.handler', ...more, files };
  await functions.known('python', await functions.put(definition));
  return functions.result<T>('python', event, { ...options, headers: { ...TAIL.headers, ...options.headers } });
}

/** What the function printed, without Lambda's own lines. */
function printed(log: string): string {
  return log
    .split('\n')
    .filter((line) => !/^(START|END|REPORT) /.test(line))
    .join('\n');
}

/** A test that is skipped, with the reason, where there is no Python. */
function python(name: string, test: () => Promise<void>): void {
  it(name, async (context) => {
    if (missing) return context.skip(missing);
    await test();
  });
}

const fails = (source: string, more: Partial<TestFunction> = {}) => call<Failure>(source, {}, more);

describe('handlers of Python are', () => {
  const FORMS: [string, string, Record<string, string>][] = [
    ['functions of a file', 'main.run', { 'main.py': 'def run(event, context):\n    return "ran"\n' }],
    ['functions of a file in a folder', 'a/main.run', { 'a/main.py': 'def run(event, context):\n    return "ran"\n' }],
    [
      'functions of a package',
      'a.main.run',
      { 'a/__init__.py': '', 'a/main.py': 'from .other import run\n', 'a/other.py': 'run = lambda event, context: "ran"\n' },
    ],
    [
      'objects that can be called',
      'main.run',
      { 'main.py': 'class Run:\n    def __call__(self, event, context):\n        return "ran"\nrun = Run()\n' },
    ],
    [
      'beside modules of their own',
      'main.run',
      { 'main.py': 'import lib.x\nrun = lambda event, context: lib.x.name\n', 'lib/x.py': 'name = "ran"\n' },
    ],
  ];
  for (const [name, handler, files] of FORMS) {
    python(name, async () => {
      expect(await call('', {}, { handler, files })).toMatchObject({ error: null, payload: 'ran' });
    });
  }
});

describe('answers of Python', () => {
  python('are JSON, with characters as they are from 3.12 on', async () => {
    const source = 'def handler(event, context):\n    return {"event": event, "tuple": (1, 2.5, None, True), 3: "é😀\\u2028"}\n';
    const expected = { event: { é: ['😀'] }, tuple: [1, 2.5, null, true], 3: 'é😀\u2028' };
    expect(await call(source, { é: ['😀'] })).toMatchObject({ error: null, payload: expected });
    expect(await (await functions.call('python', {})).text()).toContain('é😀');
    expect(await call(source, { é: ['😀'] }, { runtime: 'python3.11' })).toMatchObject({ error: null, payload: expected });
    expect(await (await functions.call('python', {})).text()).toContain('\\u00e9\\ud83d\\ude00');
  });

  python('may have decimal numbers, and bytes that are sent as they are', async () => {
    const source =
      'from decimal import Decimal\ndef handler(event, context):\n    return b\'{"raw": 1}\' if event.get("bytes") else [Decimal("1.5"), Decimal("12345678901234567890"), Decimal("3.0")]\n';
    await call(source);
    expect(await (await functions.call('python', {})).text()).toBe('[1.5, 12345678901234567890, 3]');
    expect(await (await functions.call('python', { bytes: true })).text()).toBe('{"raw": 1}');
  });

  const SENSELESS: [string, string][] = [
    ['{1, 2}', 'Unable to marshal response: Object of type set is not JSON serializable'],
    ['[b"bytes"]', 'Unable to marshal response: Object of type bytes is not JSON serializable'],
    ['float("nan")', 'Unable to marshal response: Out of range float values are not JSON compliant'],
    ['"\\ud800"', "Unable to marshal response: 'utf-8' codec can't encode character"],
  ];
  for (const [value, message] of SENSELESS) {
    python(`cannot be ${value}`, async () => {
      const { error, payload } = await fails(`def handler(event, context):\n    return ${value}\n`);
      expect(error).toBe('Unhandled');
      expect(payload).toMatchObject({ errorType: 'Runtime.MarshalError', stackTrace: [] });
      expect(payload.errorMessage).toContain(message);
    });
  }

  python('may be near 6 MB, as events may', async () => {
    const source = 'def handler(event, context):\n    return len(event["text"]) if "text" in event else "é" * event["length"]\n';
    const half = 3 * 1024 * 1024;
    expect((await call(source, { text: 'é'.repeat(half - 20) }, { memorySize: 512, timeout: 20 })).payload).toBe(half - 20);
    expect((await functions.result('python', { length: half - 1 })).payload).toHaveLength(half - 1);
    expect(await functions.result('python', { length: half + 100 })).toMatchObject({
      payload: { errorType: 'Function.ResponseSizeTooLarge' },
    });
    expect((await functions.result('python', { length: 1 })).payload).toBe('é');
  });
});

describe('the context of Python', () => {
  const SOURCE = `import os
def handler(event, context):
    context.log("logged\\n")
    client = context.client_context
    return {
        "name": context.function_name, "version": context.function_version, "memory": context.memory_limit_in_mb,
        "arn": context.invoked_function_arn, "id": context.aws_request_id, "group": context.log_group_name, "stream": context.log_stream_name,
        "left": context.get_remaining_time_in_millis(), "tenant": context.tenant_id, "repr": repr(context)[:30],
        "identity": [context.identity.cognito_identity_id, context.identity.cognito_identity_pool_id],
        "client": client and [client.custom, client.env, client.client and [client.client.app_title, client.client.installation_id]],
        "trace": os.environ.get("_X_AMZN_TRACE_ID"),
    }
`;

  python('has what AWS tells', async () => {
    const { payload, log } = await call<{ left: number }>(SOURCE);
    expect(payload).toMatchObject({
      name: 'python',
      version: '$LATEST',
      memory: '128',
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:python',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      group: '/aws/lambda/python',
      stream: expect.stringContaining('[$LATEST]'),
      tenant: null,
      identity: [null, null],
      client: null,
      repr: 'LambdaContext([aws_request_id=',
    });
    expect(payload.left).toBeGreaterThan(1_000);
    expect(payload.left).toBeLessThanOrEqual(3_000);
    expect(printed(log)).toBe('logged\n');
  });

  python("has the caller's client context and trace", async () => {
    const clientContext = { custom: { é: '😀' }, env: { a: 'b' }, client: { app_title: 'title' } };
    const headers = {
      'x-amz-client-context': Buffer.from(JSON.stringify(clientContext)).toString('base64'),
      'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
    };
    expect((await call(SOURCE, {}, {}, { headers })).payload).toMatchObject({
      client: [{ é: '😀' }, { a: 'b' }, ['title', null]],
      trace: 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
    });
  });
});

describe('what Python prints', () => {
  python('is logged as it is, in order, and log records with level, time and request id', async () => {
    const { log } = await call(`import logging, sys
def handler(event, context):
    print("one", "é😀", "\\ud800")
    print("two\\nlines")
    logging.info("too low")
    logging.warning("warned %d", 1)
    logging.getLogger("other").setLevel(logging.INFO)
    logging.getLogger("other").info("informed")
    sys.stdout.write("no end")
`);
    const id = /START RequestId: (\S+)/.exec(log)?.[1];
    expect(printed(log).replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '{time}')).toBe(
      `one é😀 \\ud800\ntwo\nlines\n[WARNING]\t{time}\t${id}\twarned 1\n[INFO]\t{time}\t${id}\tinformed\nno end\n`,
    );
    const error = await call('import sys\ndef handler(event, context):\n    print("error é", file=sys.stderr)\n');
    expect(printed(error.log)).toBe('error é\n');
  });

  python('is there when its time is up', async () => {
    const source = 'import time\ndef handler(event, context):\n    print("before", end="")\n    time.sleep(60)\n';
    const { payload, log } = await call<Failure>(source, {}, { timeout: 1 });
    expect(payload.errorType).toBe('Sandbox.Timedout');
    expect(log).toContain('before');
  });
});

describe('errors of Python', () => {
  python('that a handler raises have type, message, request id and stack', async () => {
    const source = 'def inner():\n    raise ValueError("no é")\ndef handler(event, context):\n    inner()\n';
    const { error, payload, log } = await fails(source);
    const id = /START RequestId: (\S+)/.exec(log)?.[1];
    expect(error).toBe('Unhandled');
    expect(payload).toEqual({
      errorMessage: 'no é',
      errorType: 'ValueError',
      requestId: id,
      stackTrace: [
        expect.stringMatching(/^ {2}File "\/.*\/app\.py", line 4, in handler\n {4}inner\(\)\n$/),
        expect.stringMatching(/^ {2}File "\/.*\/app\.py", line 2, in inner\n {4}raise ValueError\("no é"\)\n$/),
      ],
    });
    expect(printed(log)).toMatch(
      /^\[ERROR\] ValueError: no é\rTraceback \(most recent call last\):\r\u00a0\u00a0File "\/.*", line 4, in handler\r\u00a0\u00a0\u00a0\u00a0inner\(\)\r[^]*\n$/,
    );
    expect((await functions.result('python')).error, 'the process is as good as before').toBe('Unhandled');
  });

  python('of classes of their own, and without a message', async () => {
    const source = 'class OwnError(Exception):\n    pass\ndef handler(event, context):\n    raise OwnError()\n';
    expect((await fails(source)).payload).toMatchObject({ errorType: 'OwnError', errorMessage: '' });
  });

  python('that end the process', async () => {
    const exits = async (statement: string) =>
      (await fails(`import os, sys\ndef handler(event, context):\n    ${statement}\n`)).payload;
    expect(await exits('sys.exit(2)')).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/Error: Runtime exited with error: exit status 2$/),
    });
    expect((await exits('sys.exit()')).errorMessage).toMatch(/Error: Runtime exited without providing a reason$/);
    expect((await exits('sys.exit("text")')).errorMessage).toMatch(/exit status 1$/);
    expect((await exits('os.abort()')).errorMessage).toMatch(/signal: aborted$/);
  });

  const INITS: [string, string, Partial<TestFunction>, Partial<Failure>][] = [
    [
      'a module that needs a missing one',
      'import not_there',
      {},
      { errorType: 'Runtime.ImportModuleError', errorMessage: "Unable to import module 'app': No module named 'not_there'" },
    ],
    [
      'a file that is missing',
      '',
      { handler: 'other.handler' },
      { errorType: 'Runtime.ImportModuleError', errorMessage: "Unable to import module 'other': No module named 'other'" },
    ],
    [
      'a handler that is missing',
      'x = 1',
      {},
      { errorType: 'Runtime.HandlerNotFound', errorMessage: "Handler 'handler' missing on module 'app'" },
    ],
    [
      'a name without a module',
      '',
      { handler: 'handler' },
      {
        errorType: 'Runtime.MalformedHandlerName',
        errorMessage: "Bad handler 'handler': not enough values to unpack (expected 2, got 1)",
      },
    ],
    [
      'a module of Python itself',
      '',
      { handler: 'sys.exit' },
      { errorType: 'Runtime.BuiltInModuleConflict', errorMessage: 'Cannot use built-in module sys as a handler module' },
    ],
    ['the bootstrap as a module', '', { handler: 'python.main' }, { errorType: 'Runtime.ImportModuleError' }],
    [
      'a module that makes no sense',
      'def handler(:\n',
      {},
      {
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: "Syntax error in module 'app': invalid syntax (app.py, line 1)",
        stackTrace: [expect.stringMatching(/^ {2}File "\/.*\/app\.py" Line 1\n {4}def handler\(:\n$/) as string],
      },
    ],
    ['a module that raises', 'raise KeyError("k")', {}, { errorType: 'KeyError', errorMessage: "'k'" }],
  ];
  for (const [name, source, more, expected] of INITS) {
    python(`of ${name}`, async () => {
      const { error, payload } = await fails(source, more);
      expect(error).toBe('Unhandled');
      expect(payload).toMatchObject({ requestId: '', stackTrace: expect.any(Array), ...expected });
    });
  }

  python('of a module that exits', async () => {
    expect((await fails('import sys\nsys.exit(3)')).payload.errorMessage).toMatch(/exit status 3$/);
  });
});
