import { ADMITTED_CALLER, ASYNCHRONOUS_PAYLOAD_BYTES, SYNCHRONOUS_PAYLOAD_BYTES, functionArn } from '@gatehouse/lambda-contract';
import type { DataPlaneKey } from '@gatehouse/snapshot';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { EventQueue } from '../events/event-queue.js';
import type { FunctionDirectory } from '../follow/function-directory.js';
import type { FunctionsMetrics } from '../functions-metrics.js';
import { report } from '../report.js';
import type { SandboxPools } from '../sandbox/sandbox-pools.js';
import { StartupError } from '../startup-error.js';
import { BufferedAnswer, StreamedAnswer } from './answers.js';
import { checkPolicy } from './function-policy.js';
import type { Invoker } from './invoker.js';
import { LambdaError } from './lambda-error.js';
import { readEvent, readOptions, readTarget } from './read-invocation.js';
import { readSignedCall } from './signed-call.js';

export interface ServerParts {
  keys: readonly DataPlaneKey[];
  directory: FunctionDirectory;
  pools: Pick<SandboxPools, 'busy'>;
  invoker: Invoker;
  events: EventQueue;
  metrics: FunctionsMetrics;
  /** All functions are known. */
  isReady(): boolean;
}

/** Longer than callers keep idle connections, so that these end them. */
const KEEP_ALIVE_MS = 75_000;
const REQUEST_MS = 60_000;
const HEAD_MS = 10_000;
const CHECK_MS = 5_000;
/** Connections that have not brought a signed call yet. Anyone who reaches the port may open them, functions too where they share the machine's network. */
const MOST_STRANGERS = 2_048;

/** Where functions processes are called: Invoke and InvokeWithResponseStream, signed by Gatehouse's own processes, and `/livez`, `/readyz`, `/metrics` for the platform. */
export class FunctionsServer {
  private readonly server: Server;
  /** Connections without a signed call, the first one first. */
  private readonly strangers = new Set<Socket>();
  private draining = false;
  private closed: Promise<void> | null = null;

  constructor(private readonly parts: ServerParts) {
    const times = {
      keepAliveTimeout: KEEP_ALIVE_MS,
      requestTimeout: REQUEST_MS,
      headersTimeout: HEAD_MS,
      connectionsCheckingInterval: CHECK_MS,
    };
    this.server = createServer(times, (request, response) => {
      if (this.draining) response.setHeader('Connection', 'close');
      this.answer(request, response).catch((error: Error) => this.fail(response, error));
    });
    this.server.on('connection', (socket: Socket) => this.meet(socket));
  }

  /** Throws a `StartupError` when the address cannot be had. */
  async listen(host: string, port: number): Promise<AddressInfo> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
      this.server.listen(port, host, resolve);
    });
    this.server.on('error', (error) => report('a connection was not accepted', error));
    return this.server.address() as AddressInfo;
  }

  /** Is not ready any more, and takes no more connections; those that there are end with the answer that they wait for. */
  drain(): void {
    this.draining = true;
    this.closed ??= new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** Ends what is left of connections. */
  async close(): Promise<void> {
    this.drain();
    this.server.closeAllConnections();
    await this.closed;
  }

  /** Where there are too many strangers, the one that came first makes room: who calls does so at once. */
  private meet(socket: Socket): void {
    socket.setNoDelay(true);
    this.strangers.add(socket);
    socket.once('close', () => this.strangers.delete(socket));
    if (this.strangers.size <= MOST_STRANGERS) return;
    const [first] = this.strangers;
    this.strangers.delete(first!);
    first!.destroy();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/livez') return send(response, 200, 'text/plain', 'ok\n');
    if (request.url === '/readyz') {
      const ready = this.parts.isReady() && !this.draining;
      const state = { ready, functions: this.parts.directory.size, busy: this.parts.pools.busy, draining: this.draining };
      return send(response, ready ? 200 : 503, 'application/json', `${JSON.stringify(state)}\n`);
    }
    if (request.url === '/metrics') return send(response, 200, this.parts.metrics.contentType, await this.parts.metrics.text());
    await this.invoke(request, response);
  }

  private async invoke(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { keys, directory, invoker, events } = this.parts;
    const isAsynchronous = request.headers['x-amz-invocation-type'] === 'Event';
    const call = await readSignedCall(request, keys, isAsynchronous ? ASYNCHRONOUS_PAYLOAD_BYTES : SYNCHRONOUS_PAYLOAD_BYTES);
    this.strangers.delete(request.socket);
    if (request.method !== 'POST') throw new LambdaError('UnknownOperationException', 'There is no such operation.');
    const { streams, name } = readTarget(request.url ?? '');
    if (name.region !== call.region) {
      throw new LambdaError('InvalidSignatureException', `Credential should be scoped to a valid region: ${name.region}.`);
    }
    if (!this.parts.isReady()) throw new LambdaError('ServiceUnavailableException', 'Not all functions are known yet.');
    if (call.revisionId !== null) await directory.awaitRevision(name, call.revisionId);
    const resolved = directory.resolve(name);
    if (call.caller !== ADMITTED_CALLER) {
      checkPolicy(resolved.known.snapshot, name, { principal: call.caller, sourceArn: call.sourceArn });
    }
    const options = readOptions(request);
    const requestId = randomUUID();
    const head = { requestId, executedVersion: resolved.version.version, traceId: options.traceId };
    if (options.type === 'DryRun') return void response.writeHead(204, { 'X-Amzn-RequestId': requestId }).end();
    const invocation = {
      requestId,
      invokedArn: functionArn(name),
      event: readEvent(call.body),
      clientContext: options.clientContext,
      traceId: options.traceId,
    };
    if (options.type === 'Event' && !streams) {
      await events.add({ ...invocation, name });
      response.writeHead(202, { 'X-Amzn-RequestId': requestId, 'X-Amzn-Trace-Id': options.traceId, 'Content-Length': 0 }).end();
      return;
    }
    const Answer = streams ? StreamedAnswer : BufferedAnswer;
    await invoker.invoke(resolved, { ...invocation, answer: new Answer(response, head, options.wantsLog) });
  }

  private fail(response: ServerResponse, error: Error): void {
    if (response.headersSent || response.destroyed) return void response.destroy();
    const known = error instanceof LambdaError ? error : new LambdaError('ServiceException', 'Internal service error.');
    if (known !== error) report('a call failed', error);
    response.setHeader('X-Amzn-ErrorType', known.type);
    response.setHeader('X-Amzn-RequestId', randomUUID());
    if (known.type === 'TooManyRequestsException') response.setHeader('Retry-After', '1');
    // The rest of a body that nobody reads would be taken for the next request.
    if (!response.req.complete) response.setHeader('Connection', 'close');
    send(response, known.status, 'application/json', known.body);
  }
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new StartupError(`GATEHOUSE_FUNCTIONS_PORT: ${host}:${port} is in use by another process`);
  if (error.code === 'EACCES') return new StartupError(`GATEHOUSE_FUNCTIONS_PORT: no permission to listen on ${host}:${port}`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new StartupError(`GATEHOUSE_FUNCTIONS_HOST: this machine has no address ${host}`);
  }
  return error;
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) }).end(body);
}
