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

let requestId;

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
]) {
  console[name] = (...parts) => print(level, parts);
}
console.trace = (...parts) => {
  const { stack } = new Error(format(...parts));
  print('TRACE', [stack.replace(/^Error/, 'Trace')]);
};

// ---- Errors.

class RuntimeError extends Error {
  constructor(name, message, cause) {
    super(message);
    this.name = name;
    if (cause?.stack) this.stack = `${name}: ${message}\n${cause.stack.split('\n').slice(1).join('\n')}`.trimEnd();
  }
}

function errorOf(error) {
  try {
    if (error instanceof Error || Object.prototype.toString.call(error) === '[object Error]') {
      return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    return { errorType: 'handled', errorMessage: 'The error cannot be read: its name, message or stack fails', trace: [] };
  }
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

/** Tells the error that ends this process. */
function die(code, error) {
  print('ERROR', [requestId === undefined ? 'Uncaught Exception \t' : 'Invoke Error \t', JSON.stringify(errorOf(error))]);
  const target = requestId === undefined ? '/init/error' : `/invocation/${requestId}/error`;
  socket.ref();
  const told = streamed?.fail(error) ? streamed.answered : sendError(target, error);
  void told.then(() => process.exit(code));
}

process.on('uncaughtException', (error) => die(129, error));
process.on('unhandledRejection', (reason) => {
  const message = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  die(128, new RuntimeError('Runtime.UnhandledPromiseRejection', message, reason));
});

// ---- The handler.

async function loadHandler() {
  const slash = handlerName.lastIndexOf('/') + 1;
  const [, moduleName, exportPath] = /^([^.]+)\.(.+)$/.exec(handlerName.slice(slash)) ?? [];
  if (moduleName === undefined) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  if (handlerName.slice(0, slash).split('/').includes('..')) {
    throw new RuntimeError('Runtime.MalformedHandlerName', `'${handlerName}' is not a valid handler name.`);
  }
  const loaded = await loadModule(handlerName.slice(0, slash) + moduleName);
  const handler = exportPath.split('.').reduce((value, name) => value?.[name], loaded);
  const found = handler ?? exportPath.split('.').reduce((value, name) => value?.[name], loaded?.default);
  if (found === undefined || found === null) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  }
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is not a function`);
  return found;
}

async function loadModule(name) {
  const base = path.resolve(taskRoot, name);
  try {
    const file = [base, `${base}.js`, `${base}.mjs`, `${base}.cjs`].find(isFile);
    return await loadFile(file ?? require.resolve(name, { paths: [taskRoot] }));
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('Runtime.UserCodeSyntaxError', String(error), error);
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', String(error), error);
    }
    throw error;
  }
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
  stream.setContentType = (type) => (contentType = type);
  stream.prelude = null;
  /** Ends the answer with an error, where some of it was sent. */
  stream.fail = (error) => {
    if (!begun || stream.writableFinished) return false;
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

function contextOf(headers, settle) {
  const deadline = Number(headers.get('lambda-runtime-deadline-ms'));
  const clientContext = headers.get('lambda-runtime-client-context');
  const identity = headers.get('lambda-runtime-cognito-identity');
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: clientContext === undefined ? undefined : JSON.parse(clientContext),
    identity: identity === undefined ? undefined : JSON.parse(identity),
    invokedFunctionArn: headers.get('lambda-runtime-invoked-function-arn'),
    awsRequestId: headers.get('lambda-runtime-aws-request-id'),
    getRemainingTimeInMillis: () => deadline - Date.now(),
    done: (error, result) => settle(error, result),
    succeed: (result) => settle(null, result),
    fail: (error) => settle(error ?? 'handled'),
  };
}

/** Runs the handler; resolves with what it answers, rejects with its error. */
function run(handler, event, headers) {
  return new Promise((resolve, reject) => {
    let outcome = null;
    const settle = (error, result) => (error === null || error === undefined ? resolve(result) : reject(error));
    const context = contextOf(headers, settle);
    const callback = (error, result) => {
      outcome ??= [error, result];
      if (!context.callbackWaitsForEmptyEventLoop) settle(...outcome);
    };
    // Nothing is left to do: what the handler waits for does not come.
    whenEmpty = () => settle(...(outcome ?? [null, null]));
    const result = handler(event, context, callback);
    if (typeof result?.then === 'function') result.then(resolve, reject);
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
    await handler(
      event,
      stream,
      contextOf(headers, () => {}),
    );
    await finished;
  } catch (error) {
    print('ERROR', ['Invoke Error \t', JSON.stringify(errorOf(error))]);
    if (!stream.fail(error))
      return together(() => [sendError(`/invocation/${requestId}/error`, error), send('GET', '/invocation/next')])[1];
  } finally {
    streamed = null;
  }
  return send('GET', '/invocation/next');
}

let whenEmpty = () => {};
process.on('beforeExit', () => {
  socket.ref();
  whenEmpty();
});

async function answerTo(handler, { headers, body }) {
  requestId = headers.get('lambda-runtime-aws-request-id');
  process.env._X_AMZN_TRACE_ID = headers.get('lambda-runtime-trace-id') ?? '';
  const event = JSON.parse(body.toString());
  socket.unref();
  if (handler[HANDLER_STREAMING] === 'response') return runStreaming(handler, event, headers);
  let tell;
  try {
    const payload = serialized(await run(handler, event, headers));
    tell = () => send('POST', `/invocation/${requestId}/response`, { 'Content-Type': 'application/json' }, payload);
  } catch (error) {
    print('ERROR', ['Invoke Error \t', JSON.stringify(errorOf(error))]);
    tell = () => sendError(`/invocation/${requestId}/error`, error);
  }
  socket.ref();
  return together(() => [tell(), send('GET', '/invocation/next')])[1];
}

function serialized(result) {
  try {
    return Buffer.from(JSON.stringify(result === undefined ? null : result) ?? 'null');
  } catch (error) {
    throw new RuntimeError('Runtime.MarshalError', 'Unable to stringify response body', error);
  }
}

async function main() {
  let handler;
  try {
    handler = await loadHandler();
  } catch (error) {
    return die(1, error);
  }
  for (let next = await send('GET', '/invocation/next'); ;) {
    if (next.status !== 200) process.exit(1);
    next = await answerTo(handler, next);
    whenEmpty = () => {};
  }
}

void main();
