import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { buildConnector, Pool, type Dispatcher } from 'undici';
import type { BodyStream } from '../http/body-stream.js';
import { DispatchQueue, type QueuedCall } from './dispatch-queue.js';
import type { TargetGuard } from '../upstream/target-guard.js';
import { UpstreamError, type Upstream, type UpstreamCall, type UpstreamListener, type UpstreamRequest } from '../upstream/upstream.js';

export interface UndiciUpstreamOptions {
  guard: TargetGuard;
  /** Most connections to one origin; more requests wait for one of them. */
  connectionsPerOrigin: number;
  /** Most requests to one origin that wait for a connection; one more fails as `overloaded`. */
  waitingPerOrigin: number;
  /** Milliseconds that an idle connection is kept. */
  keepAliveTimeout: number;
  connectTimeout: number;
}

/** How often pools are looked through for those that nothing used since the last time, in milliseconds. */
const SWEEP_INTERVAL = 60_000;

interface OriginPool {
  pool: Pool;
  queue: DispatchQueue;
  used: boolean;
}

/** Backends over undici: one pool of HTTP/1.1 connections per origin, and one more where certificates are not verified. */
export class UndiciUpstream implements Upstream {
  private readonly pools = new Map<string, OriginPool>();
  private readonly sweeper: NodeJS.Timeout;

  constructor(private readonly options: UndiciUpstreamOptions) {
    this.sweeper = setInterval(() => this.sweep(), SWEEP_INTERVAL).unref();
  }

  send(request: UpstreamRequest, listener: UpstreamListener): UpstreamCall {
    const { body, bodyLength } = request;
    if (bodyLength !== null && body !== null) request.headers.push('content-length', String(bodyLength));
    const { pool, queue } = this.poolFor(request);
    const call = new UndiciCall(request, listener, pool, queue);
    if (!queue.enter(call)) queueMicrotask(() => call.refuse());
    return call;
  }

  private poolFor({ origin, insecureSkipVerification }: UpstreamRequest): OriginPool {
    const name = insecureSkipVerification ? `insecure ${origin}` : origin;
    let entry = this.pools.get(name);
    if (entry === undefined) {
      const { connectionsPerOrigin, waitingPerOrigin, keepAliveTimeout, connectTimeout, guard } = this.options;
      const pool = new Pool(origin, {
        connections: connectionsPerOrigin,
        pipelining: 1,
        keepAliveTimeout,
        keepAliveMaxTimeout: keepAliveTimeout,
        allowH2: false,
        connect: guardedConnector(guard, origin, { timeout: connectTimeout, rejectUnauthorized: !insecureSkipVerification }),
      });
      entry = { pool, queue: new DispatchQueue(connectionsPerOrigin, waitingPerOrigin), used: true };
      this.pools.set(name, entry);
    }
    entry.used = true;
    return entry;
  }

  /** Origins can come from requests: pools that are idle and unused do not stay. */
  private sweep(): void {
    for (const [name, entry] of this.pools) {
      const { connected, pending, running } = entry.pool.stats;
      if (!entry.used && entry.queue.idle && connected + pending + running === 0) {
        this.pools.delete(name);
        void entry.pool.close();
      }
      entry.used = false;
    }
  }

  async close(): Promise<void> {
    clearInterval(this.sweeper);
    await Promise.all([...this.pools.values()].map(({ pool }) => pool.close()));
  }
}

/** An address that no integration may reach. */
class RefusedTarget extends Error {}

/** Connects to an address only after the guard has seen it; the address that it saw is the one that is connected to. */
function guardedConnector(
  guard: TargetGuard,
  origin: string,
  options: { timeout: number; rejectUnauthorized: boolean },
): buildConnector.connector {
  const url = new URL(origin);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const build: buildConnector.BuildOptions & { lookup: LookupFunction } = {
    ...options,
    allowH2: false,
    lookup: guardedLookup(guard, port),
  };
  const connect = buildConnector(build);
  return (target, callback) => {
    const host = target.hostname;
    guard.prepare().then(
      () => {
        // An address needs no lookup, so nothing else would look at it.
        if (isIP(host) !== 0 && !guard.permits(host, host, port)) callback(new RefusedTarget(host), null);
        else connect(target, callback);
      },
      (error: Error) => callback(error, null),
    );
  };
}

function guardedLookup(guard: TargetGuard, port: number): LookupFunction {
  return (hostname, options, callback) => {
    const all: LookupOptions & { all: true } = { ...options, all: true };
    lookup(hostname, all, (error, found) => {
      if (error) return callback(error, []);
      const permitted: LookupAddress[] = found.filter(({ address }) => guard.permits(hostname, address, port));
      const [first] = permitted;
      if (first === undefined) return callback(new RefusedTarget(hostname), []);
      if (options.all) callback(null, permitted);
      else callback(null, first.address, first.family);
    });
  };
}

/** One dispatch, told in the words of `UpstreamListener`. */
class UndiciCall implements Dispatcher.DispatchHandler, UpstreamCall, QueuedCall {
  private controller: Dispatcher.DispatchController | null = null;
  private over = false;
  private released = false;

  constructor(
    private readonly request: UpstreamRequest,
    private readonly listener: UpstreamListener,
    private readonly pool: Pool,
    private readonly queue: DispatchQueue,
  ) {}

  begin(): void {
    const { path, method, headers, body } = this.request;
    try {
      this.pool.dispatch(
        {
          path,
          method: method as Dispatcher.HttpMethod,
          headers,
          body: body === null ? null : new BodyReadable(body),
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        this,
      );
    } catch (error) {
      body?.destroy();
      queueMicrotask(() => this.onResponseError(null, error as Error));
    }
  }

  /** Fails before it began, because too many wait. */
  refuse(): void {
    if (this.over) return;
    this.over = true;
    this.request.body?.destroy();
    this.listener.failed(new UpstreamError('overloaded'));
  }

  pause(): void {
    this.controller?.pause();
  }
  resume(): void {
    this.controller?.resume();
  }
  abort(): void {
    this.over = true;
    if (this.queue.leave(this)) this.request.body?.destroy();
    else this.controller?.abort(new Error('given up'));
  }

  /** The place among the running calls becomes free, also where nobody listens any more. */
  private release(): void {
    if (this.released) return;
    this.released = true;
    this.queue.ended();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.over) controller.abort(new Error('given up'));
  }
  onRequestSent(): void {
    if (!this.over) this.listener.sent();
  }
  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (this.over || status < 200) return;
    this.listener.answered(status, textHeaders(controller.rawHeaders));
  }
  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.over) this.listener.data(chunk);
  }
  onResponseEnd(): void {
    this.release();
    if (this.over) return;
    this.over = true;
    this.listener.ended();
  }
  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.release();
    if (this.over) return;
    this.over = true;
    this.listener.failed(upstreamError(error));
  }
}

function textHeaders(raw: Dispatcher.DispatchController['rawHeaders']): string[] {
  const headers: string[] = [];
  if (!Array.isArray(raw)) return headers;
  for (const part of raw) headers.push(typeof part === 'string' ? part : part.toString('latin1'));
  return headers;
}

const NETWORK_CODES = new Set([
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
  'ECONNABORTED',
  'ECONNREFUSED',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EMFILE',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** The other side ended the connection. */
const CLOSED_CODES = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

interface SocketFault extends Error {
  code?: string;
  socket?: { bytesRead?: number };
  errors?: SocketFault[];
}

function upstreamError(error: SocketFault): UpstreamError {
  const options = { cause: error };
  if (error instanceof RefusedTarget) return new UpstreamError('refused-target', options);
  if (error instanceof RequestBodyError) return new UpstreamError('request-body', { cause: error.cause });
  // What undici says of a 100 that nobody awaits and of a 101; its code is that of a connection that ended.
  if (error.message === 'bad response' || error.message === 'bad upgrade') return new UpstreamError('protocol', options);
  const code = error.code ?? error.errors?.[0]?.code ?? '';
  if (NETWORK_CODES.has(code)) return new UpstreamError('network', options);
  if (!CLOSED_CODES.has(code)) return new UpstreamError('protocol', options);
  // A connection that never gave a byte was not a kept one; where nothing is known of it, it may have been.
  return new UpstreamError(error.socket?.bytesRead === 0 ? 'network' : 'stale-connection', options);
}

class RequestBodyError extends Error {}

/** A body stream as Node's, which is what undici takes. */
class BodyReadable extends Readable {
  private started = false;
  private finished = false;

  constructor(private readonly body: BodyStream) {
    super();
  }

  override _read(): void {
    if (this.started) return this.body.resume();
    this.started = true;
    this.body.start({
      data: (chunk) => {
        if (!this.push(chunk)) this.body.pause();
      },
      end: () => {
        this.finished = true;
        this.push(null);
      },
      fail: (error) => {
        this.finished = true;
        this.destroy(new RequestBodyError(error.message, { cause: error }));
      },
    });
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (!this.finished) this.body.destroy();
    callback(error);
  }
}
