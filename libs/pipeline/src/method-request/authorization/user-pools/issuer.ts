import { collect } from '../../../integration/collected-call.js';
import type { Upstream } from '../../../upstream/upstream.js';
import { readSigningKeys, type SigningKey } from './signing-keys.js';

/** For one answer of an issuer. */
const LIMITS = { timeoutInMillis: 5_000, mostBytes: 262_144 };
/** Milliseconds between two times that an issuer is asked for its keys, whatever tokens say. */
const LEAST_INTERVAL = 30_000;
/** Milliseconds after which keys are asked for again, though they are still used: one that the issuer took away is not taken for much longer. */
const FRESH = 600_000;
/** Milliseconds to the next attempt when there are no keys at all; twice as many each time, up to the interval. */
const FIRST_RETRY = 1_000;

/** The keys that an issuer had at one time. A token that was verified is bound to this object. */
export interface KeySet {
  readonly keys: readonly SigningKey[];
}

/** Keys by which a token may be signed, and those among which they are. */
export interface FittingKeys {
  readonly keySet: KeySet;
  readonly keys: readonly SigningKey[];
}

/** Who issues tokens, and the keys by which they are known. */
export class Issuer {
  keySet: KeySet | null = null;
  /** Why it gave no keys when it was asked last; null when it gave some. For logs. */
  failure: string | null = null;
  /** Milliseconds on the monotonic clock. */
  private fetchedAt = -Infinity;
  private nextFetchAt = -Infinity;
  private failures = 0;
  private fetching: Promise<void> | null = null;

  /**
   * @param url as in the claim `iss`
   * @param discovers it may tell the place of its keys itself (OpenID Connect Discovery); else they are where user pools of AWS have them
   */
  constructor(
    readonly url: string,
    private readonly discovers: boolean,
    private readonly upstream: Upstream,
  ) {}

  /**
   * The keys by which a token may be signed that names this key and algorithm; several where the issuer has given them one name. Keys that are not known
   * are asked for, at most once in 30 s; those that are known are used as long as the issuer gives no others. Null where there have never been any.
   */
  async keysFor(kid: string | undefined, algorithm: string): Promise<FittingKeys | null> {
    const { keySet } = this;
    const now = performance.now();
    if (keySet !== null && isKnown(keySet, kid)) {
      if (now - this.fetchedAt > FRESH) void this.refresh(now);
      return fitting(keySet, kid, algorithm);
    }
    await this.refresh(now);
    return this.keySet && fitting(this.keySet, kid, algorithm);
  }

  /** Asks for the keys, unless that was done lately. Never fails: the keys stay as they are. */
  private refresh(now: number): Promise<void> {
    if (this.fetching !== null) return this.fetching;
    if (now < this.nextFetchAt) return Promise.resolve();
    this.nextFetchAt = now + LEAST_INTERVAL;
    this.fetching = this.fetch().finally(() => (this.fetching = null));
    return this.fetching;
  }

  private async fetch(): Promise<void> {
    this.failure = 'no key set with a key for signatures';
    // Whatever went wrong, the issuer gave no keys.
    const keys = await fetchKeys(this.url, this.discovers, this.upstream).catch((error: unknown) => {
      this.failure = (error as Error).message;
      return null;
    });
    const now = performance.now();
    if (keys !== null && keys.length > 0) {
      this.failure = null;
      this.failures = 0;
      this.fetchedAt = now;
      if (this.keySet === null || !isSame(this.keySet.keys, keys)) this.keySet = { keys };
    } else if (this.keySet === null) {
      this.nextFetchAt = now + Math.min(FIRST_RETRY * 2 ** this.failures++, LEAST_INTERVAL);
    }
  }
}

/** A token that names no key may be signed by the only one. */
function isKnown({ keys }: KeySet, kid: string | undefined): boolean {
  return kid === undefined || keys.some((key) => key.kid === kid);
}

function fitting(keySet: KeySet, kid: string | undefined, algorithm: string): FittingKeys {
  const { keys } = keySet;
  if (kid === undefined && keys.length > 1) return { keySet, keys: [] };
  return { keySet, keys: keys.filter((key) => (kid === undefined || key.kid === kid) && key.algorithm === algorithm) };
}

function isSame(before: readonly SigningKey[], now: readonly SigningKey[]): boolean {
  return before.length === now.length && before.every((key, at) => key.thumbprint === now[at]?.thumbprint);
}

/** Null where the issuer gives none. Redirects are not followed. */
async function fetchKeys(url: string, discovers: boolean, upstream: Upstream): Promise<readonly SigningKey[] | null> {
  const base = url.endsWith('/') ? url.slice(0, -1) : url;
  const place = (discovers ? await discover(base, url, upstream) : null) ?? `${base}/.well-known/jwks.json`;
  const body = await get(place, upstream);
  return body && readSigningKeys(body);
}

/** Where an issuer has its keys, in its own words; null where it says nothing, or nothing of itself. */
async function discover(base: string, issuer: string, upstream: Upstream): Promise<string | null> {
  const body = await get(`${base}/.well-known/openid-configuration`, upstream);
  if (body === null) return null;
  try {
    const said = JSON.parse(body.toString('utf8')) as { issuer?: unknown; jwks_uri?: unknown } | null;
    if (said?.issuer !== issuer || typeof said.jwks_uri !== 'string') return null;
    const place = new URL(said.jwks_uri);
    // Keys that come in the clear are anyone's; an issuer that is itself asked so is one on this machine.
    return place.protocol === 'https:' || (place.protocol === 'http:' && place.origin === new URL(issuer).origin)
      ? place.href
      : null;
  } catch {
    return null;
  }
}

async function get(place: string, upstream: Upstream): Promise<Buffer | null> {
  const { origin, pathname, search } = new URL(place);
  const request = {
    origin,
    path: pathname + search,
    method: 'GET',
    headers: ['Accept', 'application/json', 'User-Agent', 'Gatehouse'],
    lines: '',
    body: null,
    bodyLength: 0,
    insecureSkipVerification: false,
  };
  const { status, body } = await collect(upstream, request, LIMITS);
  return status === 200 ? body : null;
}
