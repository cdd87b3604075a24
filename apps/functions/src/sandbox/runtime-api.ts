import type { IncomingMessage, ServerResponse } from 'node:http';
import { MOST_RESPONSE_BYTES, toldPayload } from './invocation.js';

/** One delivery of an event, as headers and body of the answer to `next`. */
export interface Delivery {
  readonly requestId: string;
  readonly headers: Record<string, string>;
  readonly event: Buffer;
}

/** What a runtime tells. */
export interface RuntimeListener {
  /** The runtime wants an event: the first time, it has ended its initialization. */
  wantsEvent(): void;
  /** Gives what takes an answer; null where no such invocation waits for one. */
  answers(requestId: string): ResponseReceiver | null;
  /** Whether an invocation waits for an answer, or, for null, the initialization goes on: only then what went wrong is read. */
  awaits(requestId: string | null): boolean;
  /** The invocation has failed, with this payload. False where no such invocation waits for an answer. */
  fails(requestId: string, payload: Buffer): boolean;
  /** The initialization has failed, with this payload. */
  failsToStart(payload: Buffer): void;
}

/** Takes an answer as it comes; one of the last three is called once. */
export interface ResponseReceiver {
  /** Bytes of all parts of a streamed answer together. */
  readonly mostBytes: number;
  /** Resolves when the next part may come. */
  part(bytes: Buffer): Promise<void> | void;
  /** `error` is the payload of a function error that came after parts of the answer. */
  end(error: Buffer | null): void;
  /** There was more than `mostBytes`. */
  tooLarge(): void;
  /** The runtime broke off. */
  broken(): void;
}

const VERSION = '/2018-06-01/runtime';
const INVOCATION = /^\/2018-06-01\/runtime\/invocation\/([\w-]{1,64})\/(response|error)$/;
/** Of an error with its trace. */
const MOST_ERROR_BYTES = 1_048_576;
const ERROR_TOO_LARGE = `Exceeded maximum allowed error size (${MOST_ERROR_BYTES} bytes).`;
const ERROR_TYPE = 'lambda-runtime-function-error-type';

/**
 * The Lambda Runtime API for one sandbox, whose requests alone come here.
 * Source: AWS, "Using the Lambda runtime API for custom runtimes".
 */
export class RuntimeApi {
  private waiting: ServerResponse | null = null;
  private delivery: Delivery | null = null;
  private isReading = false;

  constructor(private readonly listener: RuntimeListener) {}

  /** Gives the runtime an event, now or when it asks for one. */
  deliver(delivery: Delivery): void {
    this.delivery = delivery;
    this.handOver();
  }

  /** Takes a request. Rejects where its connection is of no more use. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?', 1)[0]!;
    if (path === `${VERSION}/invocation/next`) return this.next(request, response);
    const [, requestId, what] = INVOCATION.exec(path) ?? [];
    if (request.method !== 'POST') return refuse(response, 405, 'MethodNotAllowed', 'Method not allowed');
    if (requestId !== undefined && what === 'response') return this.response(request, response, requestId);
    if (requestId === undefined && path !== `${VERSION}/init/error`) return refuse(response, 404, 'NotFound', 'No such address');
    if (!this.listener.awaits(requestId ?? null)) return refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
    // What is read is held in this process: one at a time, and no more than an error takes.
    if (this.isReading) return refuse(response, 403, 'InvalidStateTransition', 'Another error is told already');
    this.isReading = true;
    const payload = await readAll(request, MOST_ERROR_BYTES).finally(() => (this.isReading = false));
    if (payload === null) return refuse(response, 413, 'RequestEntityTooLarge', ERROR_TOO_LARGE);
    const error = toldPayload(payload, request.headers[ERROR_TYPE]?.toString());
    if (requestId === undefined) this.listener.failsToStart(error);
    else if (!this.listener.fails(requestId, error)) return refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
    accept(response);
  }

  private handOver(): void {
    const { waiting, delivery } = this;
    if (!waiting || !delivery) return;
    this.waiting = this.delivery = null;
    waiting.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': delivery.event.length,
      'Lambda-Runtime-Aws-Request-Id': delivery.requestId,
      ...delivery.headers,
    });
    waiting.end(delivery.event);
  }

  private next(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET') return refuse(response, 405, 'MethodNotAllowed', 'Method not allowed');
    if (this.waiting && !this.waiting.destroyed)
      return refuse(response, 403, 'InvalidStateTransition', 'Another request waits already');
    this.waiting = response;
    response.once('close', () => {
      if (this.waiting === response) this.waiting = null;
    });
    this.listener.wantsEvent();
    this.handOver();
  }

  private async response(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const receiver = this.listener.answers(requestId);
    if (receiver === null) return refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
    const streams = request.headers['lambda-runtime-function-response-mode']?.toString().toLowerCase() === 'streaming';
    const most = streams ? receiver.mostBytes : Math.min(receiver.mostBytes, MOST_RESPONSE_BYTES);
    let bytes = 0;
    try {
      for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        bytes += part.length;
        if (bytes > most) break;
        const taken = receiver.part(part);
        if (taken) await taken;
      }
    } catch {
      return receiver.broken();
    }
    if (bytes > most) {
      receiver.tooLarge();
      // The runtime reads the refusal when it has sent everything, and only then asks for the next event.
      request.resume();
      return tell(response, 413, 'RequestEntityTooLarge', TOO_LARGE);
    }
    if (!request.complete) return receiver.broken();
    receiver.end(streams ? trailingError(request) : null);
    accept(response);
  }
}

const TOO_LARGE = `Exceeded maximum allowed payload size (${MOST_RESPONSE_BYTES} bytes).`;

function accept(response: ServerResponse): void {
  const body = '{"status":"OK"}\n';
  response.writeHead(202, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
}

function tell(response: ServerResponse, status: number, errorType: string, errorMessage: string): void {
  const body = JSON.stringify({ errorMessage, errorType });
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }).end(body);
}

function refuse(response: ServerResponse, status: number, errorType: string, errorMessage: string): void {
  tell(response, status, errorType, errorMessage);
  // What it still sends of a body is not read.
  if (!response.req.complete) response.once('finish', () => response.req.destroy());
}

/** Null when there is more of it. */
async function readAll(request: IncomingMessage, most: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > most) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A streamed answer that fails says so in its trailers, with the payload in base64. */
function trailingError(request: IncomingMessage): Buffer | null {
  const errorType = request.trailers[ERROR_TYPE];
  if (errorType === undefined) return null;
  return toldPayload(Buffer.from(request.trailers['lambda-runtime-function-error-body'] ?? '', 'base64'), errorType);
}
