import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SignJWT } from 'jose';
import { UpstreamError, type Upstream } from '../../../upstream/upstream.js';
import { issuerKey, POOL, type IssuerKey } from './issuer.fixture.js';
import { UserPools } from './user-pools.js';

const ISSUER = 'https://issuer.example.com';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let first: IssuerKey;
let second: IssuerKey;
/** What the issuer publishes; null while it is away. */
let published: IssuerKey[] | null;
let fetches: number;
let pools: UserPools;

/** The issuer's keys at their usual place, and nothing anywhere else. */
const upstream: Upstream = {
  send({ path }, listener) {
    if (path.endsWith('openid-configuration')) fetches++;
    queueMicrotask(() => {
      if (published === null) return listener.failed(new UpstreamError('network'));
      listener.answered(path.endsWith('jwks.json') ? 200 : 404, [], null);
      listener.data(Buffer.from(JSON.stringify({ keys: published.map(({ jwk }) => jwk) })));
      listener.ended();
    });
    return { pause() {}, resume() {}, abort() {} };
  },
  close: () => Promise.resolve(),
};

beforeAll(async () => {
  [first, second] = await Promise.all([issuerKey('first', 'ES256'), issuerKey('second', 'ES256')]);
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] });
  vi.setSystemTime(new Date('2026-01-01T00:00:00Z'));
  published = [first];
  fetches = 0;
  pools = new UserPools({ upstream, issuers: new Map([[POOL, ISSUER]]), mostBytes: 1_048_576 });
});
afterEach(() => void vi.useRealTimers());

/** A token that is good for a day. */
const tokenOf = ({ alg, kid, privateKey }: IssuerKey, claims: object = {}) =>
  new SignJWT({ iss: ISSUER, exp: Date.now() / 1000 + 86_400, ...claims }).setProtectedHeader({ alg, kid }).sign(privateKey);

/** `valid`, or what is wrong. */
async function verify(token: string): Promise<string> {
  const verified = await pools.verify(token, [pools.issuerOf(POOL)]);
  return typeof verified === 'string' ? verified : 'valid';
}

/** Lets what goes on beside requests come to its end. */
const settle = () =>
  new Promise((resolve) => setImmediate(resolve)).then(() => new Promise((resolve) => setTimeout(resolve, 20)));

describe('security class: JWT: rotation and outage of keys', () => {
  it('a new key is asked for when a token names it, at most once in 30 s', async () => {
    expect(await verify(await tokenOf(first))).toBe('valid');
    published = [first, second];
    expect(await verify(await tokenOf(second))).toBe('invalid');
    vi.advanceTimersByTime(29_000);
    expect(await verify(await tokenOf(second))).toBe('invalid');
    expect(fetches).toBe(1);
    vi.advanceTimersByTime(1_500);
    expect(await verify(await tokenOf(second))).toBe('valid');
    expect(await verify(await tokenOf(first))).toBe('valid');
    expect(fetches).toBe(2);
  });

  it('known keys are good through an outage, however long', async () => {
    const [token, other] = [await tokenOf(first), await tokenOf(first, { sub: 'other' })];
    expect(await verify(token)).toBe('valid');
    published = null;
    for (let hour = 0; hour < 12; hour++) {
      vi.advanceTimersByTime(HOUR);
      expect(await verify(token)).toBe('valid');
      await settle();
    }
    expect(await verify(other)).toBe('valid');
    expect(await verify(await tokenOf(second))).toBe('invalid');
  });

  it('a key that the issuer has taken away is not taken for much longer, also of tokens that were verified before', async () => {
    const token = await tokenOf(first);
    expect(await verify(token)).toBe('valid');
    published = [second];
    vi.advanceTimersByTime(11 * MINUTE);
    // Who asks now does not wait for what the issuer says now.
    expect(await verify(await tokenOf(first, { sub: 'other' }))).toBe('valid');
    await settle();
    expect(await verify(token)).toBe('invalid');
    expect(await verify(await tokenOf(second))).toBe('valid');
  });

  it('a token that was verified is not verified again for keys that stay the same', async () => {
    const token = await tokenOf(first);
    await verify(token);
    const known = pools.verify(token, [pools.issuerOf(POOL)]);
    expect(known).not.toBeInstanceOf(Promise);
    vi.advanceTimersByTime(11 * MINUTE);
    await verify(await tokenOf(first, { sub: 'other' }));
    await settle();
    expect(fetches).toBe(2);
    expect(pools.verify(token, [pools.issuerOf(POOL)])).toBe(known);
  });

  it('where there are none yet they are asked for after a second, two, four ... up to 30', async () => {
    published = null;
    const token = await tokenOf(first);
    const times: number[] = [];
    for (let second = 0; second < 130; second++) {
      const before = fetches;
      expect(await verify(token)).toBe('unavailable');
      if (fetches > before) times.push(second);
      vi.advanceTimersByTime(1_000);
    }
    expect(times).toEqual([0, 1, 3, 7, 15, 31, 61, 91, 121]);
    published = [first];
    vi.advanceTimersByTime(30_000);
    expect(await verify(token)).toBe('valid');
  });

  it('a token that was verified is of its issuer only', async () => {
    const token = await tokenOf(first);
    expect(await verify(token)).toBe('valid');
    expect(await pools.verify(token, [])).toBe('invalid');
    const other = pools.issuerOf(POOL.replace('AbC', 'Other'));
    expect(await pools.verify(token, [other])).toBe('invalid');
  });

  it('expires while it is known', async () => {
    const token = await tokenOf(first);
    expect(await verify(token)).toBe('valid');
    vi.advanceTimersByTime(24 * HOUR + 11_000);
    expect(await verify(token)).toBe('expired');
  });
});
