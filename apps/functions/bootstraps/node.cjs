/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS starts sooner. */
// Runs a function's handler under Node.js: a client of the Lambda Runtime API. It loads little, because a cold start waits for it.
// Source of names, formats and error types: AWS, "Define Lambda function handler in Node.js", "Using the Lambda runtime API for custom runtimes".
'use strict';

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { format } = require('node:util');

const HANDLER_STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const API = '/2018-06-01/runtime';
const HTTP_INTEGRATION = 'application/vnd.awslambda.http-integration-response';
const PRELUDE_END = Buffer.alloc(8);

const { AWS_LAMBDA_RUNTIME_API: address, LAMBDA_TASK_ROOT: taskRoot = process.cwd(), _HANDLER: handlerName = '' } = process.env;

/**
 * From nodejs24.x on handlers take no callback, what one returns is its answer, and an event loop that is empty before that ends the process.
 * Source: AWS, "Define Lambda function handler in Node.js"; the package aws-lambda-ric, versions 3 and 4.
 */
const TAKES_CALLBACKS = /^AWS_Lambda_nodejs(?:18|20|22)\.x$/.test(process.env.AWS_EXECUTION_ENV ?? '');

// ---- The environment.

const TRACE_ID = '_X_AMZN_TRACE_ID';
process.env = withTraceId(process.env);

/**
 * The environment, of which the trace id is held here: it is another for each event, and the C library keeps every value that a variable ever had. Programs that
 * the function starts get it; threads do not.
 */
function withTraceId(env) {
  let traceId;
  const held = () =>
    traceId === undefined ? undefined : { value: traceId, writable: true, enumerable: true, configurable: true };
  // What is printed of a proxy is its target.
  const printed = { value: () => ({ ...proxy }), configurable: true };
  const target = Object.create(Object.getPrototypeOf(env), { [Symbol.for('nodejs.util.inspect.custom')]: printed });
  const proxy = new Proxy(target, {
    get: (_, name) => (name === TRACE_ID ? traceId : env[name]),
    set(_, name, value, receiver) {
      if (receiver !== proxy || name !== TRACE_ID) return Reflect.set(env, name, value, receiver === proxy ? env : receiver);
      traceId = `${value}`;
      return true;
    },
    has: (_, name) => (name === TRACE_ID ? traceId !== undefined : name in env),
    deleteProperty(_, name) {
      if (name !== TRACE_ID) return delete env[name];
      traceId = undefined;
      return true;
    },
    ownKeys: () => [...Reflect.ownKeys(env).filter((name) => name !== TRACE_ID), ...(traceId === undefined ? [] : [TRACE_ID])],
    getOwnPropertyDescriptor: (_, name) => (name === TRACE_ID ? held() : Reflect.getOwnPropertyDescriptor(env, name)),
    defineProperty(_, name, descriptor) {
      const { value, writable, enumerable, configurable } = descriptor;
      // Node.js takes nothing else, and says so.
      const isPlain = 'value' in descriptor && writable && enumerable && configurable;
      if (name !== TRACE_ID || !isPlain) return Reflect.defineProperty(env, name, descriptor);
      traceId = `${value}`;
      return true;
    },
    preventExtensions: () => false,
  });
  return proxy;
}

// ---- The Runtime API, over one connection: requests may follow one another before their answers have come.

const [host, port] = address.split(':');
const socket = net.connect({ host, port: Number(port), noDelay: true });
const awaited = [];
let received = Buffer.alloc(0);

socket.on('data', (bytes) => {
  received = received.length === 0 ? bytes : Buffer.concat([received, bytes]);
  for (let answer = takeAnswer(); answer !== null; answer = takeAnswer()) awaited.shift()?.(answer);
});
socket.on('error', () => process.exit(1));
socket.on('close', () => process.exit(1));

function takeAnswer() {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [statusLine, ...lines] = received.toString('latin1', 0, end).split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const length = Number(headers.get('content-length') ?? 0);
  if (received.length < end + 4 + length) return null;
  const body = received.subarray(end + 4, end + 4 + length);
  received = received.subarray(end + 4 + length);
  return { status: Number(statusLine.split(' ')[1]), headers, body };
}

/** Sends a request, and hands its answer over. */
function send(method, target, headers = {}, body = Buffer.alloc(0)) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = method === 'GET' ? '' : `Content-Length: ${body.length}\r\n`;
  const head = Buffer.from(`${method} ${API}${target} HTTP/1.1\r\nHost: ${address}\r\n${length}${lines.join('')}\r\n`);
  socket.write(body.length === 0 ? head : Buffer.concat([head, body]));
  return answered();
}

function answered() {
  return new Promise((resolve) => awaited.push(resolve));
}

/** What several requests send goes out at once. */
function together(work) {
  socket.cork();
  const result = work();
  process.nextTick(() => socket.uncork());
  return result;
}

// ---- What functions print.

let requestId = TAKES_CALLBACKS ? undefined : '-';

function print(level, parts) {
  const message = format(...parts).replaceAll('\n', '\r');
  writeOut(`${new Date().toISOString()}\t${requestId}\t${level}\t${message}\n`);
}

function writeOut(line) {
  const bytes = Buffer.from(line);
  for (let done = 0; done < bytes.length;) {
    try {
      done += fs.writeSync(1, bytes, done);
    } catch (error) {
      if (error.code !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

for (const [name, level] of [
  ['log', 'INFO'],
  ['info', 'INFO'],
  ['warn', 'WARN'],
  ['error', 'ERROR'],
  ['debug', 'DEBUG'],
  ['trace', 'TRACE'],
  ['fatal', 'FATAL'],
]) {
  console[name] = (...parts) => print(level, parts);
}

// ---- Errors.

class RuntimeError extends Error {
  /** @param origin an error whose frames it has in place of its own */
  constructor(name, message, origin) {
    super(message);
    this.name = name;
    const frames = (origin?.stack ?? this.stack).split('\n').filter((line) => /^\s+at /.test(line));
    this.stack = [`${name}: ${message}`, ...frames].join('\n');
  }
}

function errorOf(error) {
  try {
    if (error instanceof Error || Object.prototype.toString.call(error) === '[object Error]') {
      return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    const errorMessage =
      'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack';
    return { errorType: 'handled', errorMessage, trace: [] };
  }
}

/** Prints an error with all that it holds. */
function printError(what, error) {
  let text;
  try {
    text = JSON.stringify(error instanceof Error ? error : new Error(String(error)), (_, value) => {
      if (!(value instanceof Error)) return value;
      const { name: errorType, message: errorMessage, code, stack } = value;
      return { errorType, errorMessage, code, ...value, ...(typeof stack === 'string' && { stack: stack.split('\n') }) };
    });
  } catch {
    text = JSON.stringify(errorOf(error));
  }
  print('ERROR', [what, `\t${text}`]);
}

function sendError(target, error) {
  const payload = errorOf(error);
  const headers = { 'Content-Type': 'application/json', 'Lambda-Runtime-Function-Error-Type': headerText(payload.errorType) };
  return send('POST', target, headers, Buffer.from(JSON.stringify(payload)));
}

function headerText(text) {
  return String(text)
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 200);
}

/** An event has come. */
let invoked = false;

/** Tells the error that ends this process. */
function die(code, what, error) {
  printError(what, error);
  const target = invoked ? `/invocation/${requestId}/error` : '/init/error';
  socket.ref();
  const told = streamed?.fail(error) ? streamed.answered : sendError(target, error);
  void told.then(() => process.exit(code));
}

process.on('uncaughtException', (error) => die(129, 'Uncaught Exception', error));
process.on('unhandledRejection', (reason, promise) => {
  const error = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason), reason);
  die(128, 'Unhandled Promise Rejection', Object.assign(error, { reason, promise }));
});

// ---- The handler.

const NO_CALLBACKS =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported ' +
  'handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

async function loadHandler() {
  const slash = handlerName.lastIndexOf('/') + 1;
  if (handlerName.includes('..')) {
    const advice = 'Use absolute paths when specifying root directories in handler names.';
    throw new RuntimeError('Runtime.MalformedHandlerName', `'${handlerName}' is not a valid handler name. ${advice}`);
  }
  const [, moduleName, exportPath] = /^([^.]+)\.(.+)$/.exec(handlerName.slice(slash)) ?? [];
  if (moduleName === undefined) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const loaded = await loadModule(handlerName.slice(0, slash) + moduleName);
  const handler = exportPath.split('.').reduce((value, name) => value?.[name], loaded);
  const found = handler ?? exportPath.split('.').reduce((value, name) => value?.[name], loaded?.default);
  if (found === undefined || found === null) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  }
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is not a function`);
  if (!TAKES_CALLBACKS && found.length >= 3 && !found[HANDLER_STREAMING]) {
    throw new RuntimeError('Runtime.CallbackHandlerDeprecated', NO_CALLBACKS);
  }
  return found;
}

async function loadModule(name) {
  const base = path.resolve(taskRoot, name);
  try {
    const file = [base, `${base}.js`, `${base}.mjs`, `${base}.cjs`].find(isFile);
    return await loadFile(file ?? require.resolve(name, { paths: [taskRoot] }));
  } catch (error) {
    if (error instanceof SyntaxError) {
      // Its stack begins with the place in the source.
      throw Object.assign(new RuntimeError('Runtime.UserCodeSyntaxError', String(error)), { stack: error.stack });
    }
    if (error?.code === 'MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', withoutThis(String(error)));
    }
    throw error;
  }
}

/** Node.js's list of who needs a module ends with this file; the function's own files need it, if there are any. */
function withoutThis(message) {
  const last = `\n- ${__filename}`;
  return message.endsWith(last) && !message.endsWith(`Require stack:${last}`) ? message.slice(0, -last.length) : message;
}

async function loadFile(file) {
  if (!file.endsWith('.mjs')) {
    try {
      return require(file);
    } catch (error) {
      if (error?.code !== 'ERR_REQUIRE_ESM' && error?.code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error;
    }
  }
  return import(require('node:url').pathToFileURL(file).href);
}

function isFile(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

// ---- Streamed answers.

let streamed = null;

globalThis.awslambda = {
  streamifyResponse(handler, options) {
    handler[HANDLER_STREAMING] = 'response';
    if (options?.highWaterMark !== undefined)
      handler[Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark')] = options.highWaterMark;
    return handler;
  },
  HttpResponseStream: {
    /** Makes a stream whose first bytes are status, headers and cookies as JSON, and eight zero bytes. */
    from(stream, prelude) {
      stream.setContentType(HTTP_INTEGRATION);
      stream.prelude = Buffer.concat([Buffer.from(JSON.stringify(prelude)), PRELUDE_END]);
      return stream;
    },
  },
};

/** The answer of one invocation, sent as it is written. */
function responseStream(id, highWaterMark) {
  const { Writable } = require('node:stream');
  let contentType = 'application/octet-stream';
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    stream.answered = answered();
    socket.ref();
    socket.write(
      `POST ${API}/invocation/${id}/response HTTP/1.1\r\nHost: ${address}\r\nContent-Type: ${headerText(contentType)}\r\n` +
        'Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n' +
        'Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n',
    );
    if (stream.prelude) chunk(stream.prelude);
  };
  const chunk = (bytes, done) => {
    socket.cork();
    socket.write(`${bytes.length.toString(16)}\r\n`);
    socket.write(bytes);
    socket.write('\r\n', done);
    process.nextTick(() => socket.uncork());
  };
  const finish = (trailers) => {
    begin();
    socket.write(`0\r\n${trailers}\r\n`);
  };
  const stream = new Writable({
    ...(highWaterMark === undefined ? {} : { highWaterMark }),
    write(bytes, _encoding, done) {
      begin();
      if (bytes.length === 0) done();
      else chunk(bytes, done);
    },
    final(done) {
      finish('');
      done();
    },
  });
  const write = stream.write.bind(stream);
  stream.write = (part, ...more) =>
    write(typeof part === 'string' || ArrayBuffer.isView(part) ? part : JSON.stringify(part), ...more);
  stream.setContentType = (type) => {
    if (begun) throw new RuntimeError('Runtime.InvalidStreamingOperation', 'Cannot set content-type, too late.');
    contentType = type;
  };
  stream.prelude = null;
  /** Ends the answer with an error, where some of it was sent. One that was ended by the function stays as it is. */
  stream.fail = (error) => {
    if (!begun) return false;
    if (stream.writableEnded) return true;
    stream.destroy();
    const payload = JSON.stringify(errorOf(error));
    finish(
      `Lambda-Runtime-Function-Error-Type: ${headerText(errorOf(error).errorType)}\r\n` +
        `Lambda-Runtime-Function-Error-Body: ${Buffer.from(payload).toString('base64')}\r\n`,
    );
    return true;
  };
  return stream;
}

// ---- Events.

/** @param settle takes error and result by the ways that handlers had before callbacks; null where these are gone */
function contextOf(headers, settle) {
  const deadline = Number(headers.get('lambda-runtime-deadline-ms'));
  const clientContext = headers.get('lambda-runtime-client-context');
  const identity = headers.get('lambda-runtime-cognito-identity');
  return {
    ...(settle && {
      callbackWaitsForEmptyEventLoop: true,
      done: (error, result) => settle(error, result),
      succeed: (result) => settle(null, result),
      fail: (error) => settle(error ?? 'handled'),
    }),
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: clientContext === undefined ? undefined : JSON.parse(clientContext),
    identity: identity === undefined ? undefined : JSON.parse(identity),
    invokedFunctionArn: headers.get('lambda-runtime-invoked-function-arn'),
    awsRequestId: headers.get('lambda-runtime-aws-request-id'),
    tenantId: headers.get('lambda-runtime-aws-tenant-id'),
    ...(!settle && { xRayTraceId: headers.get('lambda-runtime-trace-id') }),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/** Runs the handler; resolves with what it answers, rejects with its error. */
async function run(handler, event, headers) {
  whenEmpty = () => process.exit();
  return handler(event, contextOf(headers, null));
}

/** The same for a handler that may have a callback: what it returns is no answer, unless it is a promise. */
function runWithCallback(handler, event, headers) {
  return new Promise((resolve, reject) => {
    let outcome = null;
    const settle = (error, result) => (error === null || error === undefined ? resolve(result) : reject(error));
    const context = contextOf(headers, settle);
    const { fail } = context;
    const callback = (error, result) => {
      outcome ??= [error, result];
      if (!context.callbackWaitsForEmptyEventLoop) settle(...outcome);
    };
    // Nothing is left to do: what the handler waits for does not come.
    whenEmpty = () => settle(...(outcome ?? [null, null]));
    const result = handler(event, context, callback);
    if (typeof result?.then === 'function') result.then(resolve, fail);
  });
}

async function runStreaming(handler, event, headers) {
  const highWaterMark = handler[Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark')];
  const stream = (streamed = responseStream(requestId, highWaterMark));
  const finished = new Promise((resolve, reject) => {
    stream.once('finish', resolve);
    stream.once('error', reject);
    whenEmpty = () => stream.end();
  });
  finished.catch(() => {});
  try {
    const answer = handler(event, stream, contextOf(headers, TAKES_CALLBACKS ? () => {} : null));
    if (typeof answer?.then !== 'function') throw new Error('Streaming does not support non-async handlers.');
    if ((await answer) !== undefined) console.warn('Streaming handlers ignore return values.');
    await finished;
  } catch (error) {
    printError('Invoke Error', error);
    if (stream.writableEnded) await finished.catch(() => {});
    else if (!stream.fail(error)) void sendError(`/invocation/${requestId}/error`, error);
  }
  streamed = null;
  return nextEvent();
}

/** The handler is done: what it left behind in the event loop waits for the next event. */
function nextEvent() {
  whenEmpty = () => {};
  socket.ref();
  return send('GET', '/invocation/next');
}

let whenEmpty = () => {};
process.on('beforeExit', () => {
  socket.ref();
  whenEmpty();
});

async function answerTo(handler, { headers, body }) {
  requestId = headers.get('lambda-runtime-aws-request-id');
  invoked = true;
  process.env[TRACE_ID] = headers.get('lambda-runtime-trace-id') ?? '';
  const event = JSON.parse(body.toString());
  socket.unref();
  if (handler[HANDLER_STREAMING] === 'response') return runStreaming(handler, event, headers);
  let tell;
  try {
    const answer = TAKES_CALLBACKS ? runWithCallback(handler, event, headers) : run(handler, event, headers);
    const payload = serialized(await answer);
    tell = () => send('POST', `/invocation/${requestId}/response`, { 'Content-Type': 'application/json' }, payload);
  } catch (error) {
    printError('Invoke Error', error);
    tell = () => sendError(`/invocation/${requestId}/error`, error);
  }
  return together(() => [tell(), nextEvent()])[1];
}

function serialized(result) {
  try {
    return Buffer.from(JSON.stringify(result === undefined ? null : result) ?? 'null');
  } catch (error) {
    throw new RuntimeError(TAKES_CALLBACKS ? 'Error' : 'Runtime.JSONStringifyError', 'Unable to stringify response body', error);
  }
}

async function main() {
  let handler;
  try {
    handler = await loadHandler();
  } catch (error) {
    return die(1, TAKES_CALLBACKS ? 'Uncaught Exception' : 'Init Error', error);
  }
  for (let next = await send('GET', '/invocation/next'); ;) {
    if (next.status !== 200) process.exit(1);
    next = await answerTo(handler, next);
  }
}

void main();
