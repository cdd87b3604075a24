import { SWEEP_INTERVAL } from './backend-connection.js';
import { resolveAll } from './dialer.js';
import { OriginPool, type OriginPoolOptions } from './origin-pool.js';
import { PooledCall } from './pooled-call.js';
import {
  UpstreamError,
  type ConnectionTerms,
  type Upstream,
  type UpstreamCall,
  type UpstreamListener,
  type UpstreamRequest,
} from './upstream.js';

export type Http1UpstreamOptions = Omit<OriginPoolOptions, 'resolve'> & Partial<Pick<OriginPoolOptions, 'resolve'>>;

/** Milliseconds after which a pool that nothing used is given up: origins can come from requests. */
const UNUSED_POOLS_LAST = 60_000;
/** Most host names that are looked up again at a time: Node does a few at a time, and those that calls wait for come in between. */
const REFRESHES = 2;

const NO_CALL: UpstreamCall = { pause() {}, resume() {}, abort() {} };

/** Backends over HTTP/1.1: one pool of connections for each of the terms on which they are made. */
export class Http1Upstream implements Upstream {
  private readonly options: OriginPoolOptions;
  private readonly pools = new Map<string, OriginPool>();
  private readonly sweeper: NodeJS.Timeout;
  private lastLookForUnused = performance.now();
  private readonly due = new Set<OriginPool>();
  private refreshing = 0;
  private closing = false;

  constructor(options: Http1UpstreamOptions) {
    this.options = { resolve: resolveAll, ...options };
    this.sweeper = setInterval(() => this.sweep(performance.now()), SWEEP_INTERVAL).unref();
  }

  send(request: UpstreamRequest, listener: UpstreamListener): UpstreamCall {
    if (this.closing) return refused(request, listener, new UpstreamError('network'));
    const pool = this.poolOf(request);
    let call: PooledCall;
    try {
      call = new PooledCall(request, listener, pool.host);
    } catch (cause) {
      return refused(request, listener, new UpstreamError('protocol', { cause }));
    }
    pool.take(call);
    return call;
  }

  private poolOf(terms: ConnectionTerms): OriginPool {
    const name = nameOf(terms);
    const known = this.pools.get(name);
    if (known !== undefined) return known;
    const pool = new OriginPool(terms, this.options, performance.now());
    this.pools.set(name, pool);
    return pool;
  }

  private sweep(now: number): void {
    const findUnused = now - this.lastLookForUnused >= UNUSED_POOLS_LAST;
    if (findUnused) this.lastLookForUnused = now;
    for (const [name, pool] of this.pools) {
      pool.sweep(now);
      if (pool.isDue(now)) this.due.add(pool);
      if (!findUnused) continue;
      if (pool.unused) this.pools.delete(name);
      pool.used = false;
    }
    while (this.refreshing < REFRESHES && this.due.size > 0) void this.refreshDue();
  }

  private async refreshDue(): Promise<void> {
    this.refreshing++;
    for (const pool of this.due) {
      this.due.delete(pool);
      await pool.refresh();
    }
    this.refreshing--;
  }

  async close(): Promise<void> {
    this.closing = true;
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
    clearInterval(this.sweeper);
  }
}

function nameOf({ origin, insecureSkipVerification, clientCertificate, via }: ConnectionTerms): string {
  if (!insecureSkipVerification && clientCertificate === undefined && via === undefined) return origin;
  const through = via === undefined ? '' : `${via.host}:${via.port}`;
  return [origin, insecureSkipVerification ? 'insecure' : '', clientCertificate?.name ?? '', through].join(' ');
}

function refused({ body }: UpstreamRequest, listener: UpstreamListener, error: UpstreamError): UpstreamCall {
  body?.destroy();
  listener.failed(error);
  return NO_CALL;
}
