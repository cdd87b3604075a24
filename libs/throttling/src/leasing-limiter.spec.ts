import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LeasingLimiter } from './leasing-limiter.js';
import type { QuotaLimit, QuotaPeriod } from './limiter.js';
import { quotaKey, usageField } from './redis-keys.js';
import type { LimitStore, QuotaAnswer, QuotaAsk, RedisState, TokenAnswer, TokenAsk } from './redis-limits.js';

/** Answers after `delayMs` as Redis would, in memory and by the fake clock. */
class FakeStore implements LimitStore {
  ready = true;
  delayMs = 0.2;
  epoch: string | null = 'epoch-1';
  complete = true;
  clockAheadMs = 0;
  failing = false;
  /** Takes what it is told about tokens, and the answer does not arrive. */
  losingAnswers = false;
  readonly tokenAsks: TokenAsk[][] = [];
  readonly quotaAsks: QuotaAsk[][] = [];
  readonly buckets = new Map<string, { tokens: number; at: number }>();
  readonly quotas = new Map<string, Map<string, number>>();
  readonly usage = new Map<string, number>();
  reconnects = 0;
  private lost = () => {};

  onLost(lost: () => void): void {
    this.lost = lost;
  }

  disconnect(): void {
    this.ready = false;
    this.lost();
  }

  async takeTokens(asks: TokenAsk[]): Promise<TokenAnswer[]> {
    this.tokenAsks.push(asks);
    await this.travel();
    const answers = asks.map(({ key, rate, burst, back, owed, want }) => {
      const now = Date.now();
      const bucket = this.buckets.get(key) ?? { tokens: burst, at: now };
      let tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) * rate) / 1000 + back) - owed;
      const granted = Math.max(0, Math.min(want, Math.floor(tokens)));
      tokens -= granted;
      this.buckets.set(key, { tokens, at: now });
      return { granted, left: Math.floor(tokens), nextInMs: Math.max(0, ((1 - tokens) / rate) * 1000) };
    });
    if (this.losingAnswers) throw new Error('Connection is closed.');
    return answers;
  }

  async takeQuotas(processId: string, asks: QuotaAsk[]): Promise<{ state: RedisState; answers: QuotaAnswer[] }> {
    this.quotaAsks.push(asks);
    await this.travel();
    const state = this.now();
    const answers = asks.map(({ key, from, to, limit, used, want }) => {
      if (state.now < from * 1000 || state.now >= to * 1000) return { current: false, granted: 0, used: 0, total: 0 };
      const fields = this.quotas.get(key) ?? new Map<string, number>();
      this.quotas.set(key, fields);
      const own = fields.get(processId) ?? 0;
      const others = [...fields.values()].reduce((sum, taken) => sum + taken, 0) - own;
      const known = used ?? own;
      const granted = state.complete ? Math.max(0, Math.min(want, limit - others - known)) : 0;
      fields.set(processId, known + granted);
      return { current: true, granted, used: known, total: others + known + granted };
    });
    return { state, answers };
  }

  async state(): Promise<RedisState> {
    await this.travel();
    return this.now();
  }

  async writeUsage(_processId: string, totals: (string | number)[]): Promise<void> {
    await this.travel();
    for (let i = 0; i < totals.length; i += 2) this.usage.set(String(totals[i]), Number(totals[i + 1]));
  }

  async unstoredUsage(_processId: string, fields: string[]): Promise<{ epoch: string | null; unstored: boolean[] }> {
    await this.travel();
    return { epoch: this.epoch, unstored: fields.map((field) => this.usage.has(field)) };
  }

  reconnect(): void {
    this.reconnects += 1;
  }

  close(): void {
    this.ready = false;
  }

  private now(): RedisState {
    return { now: Date.now() + this.clockAheadMs, epoch: this.epoch, complete: this.complete };
  }

  private async travel(): Promise<void> {
    if (!this.ready) throw new Error('not connected');
    await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    if (this.failing) throw new Error('OOM command not allowed');
  }
}

const subject = { accountId: '123456789012', region: 'us-east-1', usagePlanId: 'plan01', apiKeyId: 'key1' };
const daily: QuotaLimit = { limit: 10, offset: 0, period: 'DAY', quotaStart: '2020-01-01' };
const fast = { rateLimit: 1000, burstLimit: 1000 };
let store: FakeStore;
let limiter: LeasingLimiter;
let errors: string[];

async function start(holders = 1): Promise<void> {
  store = new FakeStore();
  errors = [];
  limiter = new LeasingLimiter(store, {
    processId: 'me',
    holders: () => holders,
    onError: (error) => errors.push(error.message),
  });
  await vi.advanceTimersByTimeAsync(30);
}

/** One request each millisecond. */
async function use(requests: number, take: () => boolean | Promise<boolean>): Promise<{ admitted: number; waited: number }> {
  const decisions: (boolean | Promise<boolean>)[] = [];
  for (let i = 0; i < requests; i += 1) {
    decisions.push(take());
    await vi.advanceTimersByTimeAsync(1);
  }
  const waited = decisions.filter((decision) => decision instanceof Promise).length;
  return { admitted: (await Promise.all(decisions)).filter(Boolean).length, waited };
}

/** Takes one and lets the time pass that an answer needs. */
async function once(take: () => boolean | Promise<boolean>): Promise<boolean> {
  const decision = take();
  await vi.advanceTimersByTimeAsync(12);
  return decision;
}

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse('2026-03-04T12:00:00Z') });
  await start();
});
afterEach(async () => {
  const closed = limiter.close();
  await vi.runOnlyPendingTimersAsync();
  await closed;
  vi.useRealTimers();
});

describe('leases', () => {
  it('lets all requests that wait for one bucket share one round trip', async () => {
    const first = limiter.throttle('a', { rateLimit: 1, burstLimit: 3 });
    const others = Array.from({ length: 4 }, () => limiter.throttle('a', { rateLimit: 1, burstLimit: 3 }));
    await vi.advanceTimersByTimeAsync(2);
    expect(await Promise.all([first, ...others])).toEqual([true, true, true, false, false]);
    expect(store.tokenAsks).toHaveLength(1);
    expect(store.tokenAsks[0]![0]!.want).toBe(5);
  });

  it('sends many buckets in few round trips', async () => {
    const taken = Array.from({ length: 1000 }, (_, i) => limiter.throttle(`bucket ${i}`, fast));
    await vi.advanceTimersByTimeAsync(15);
    expect(await Promise.all(taken)).not.toContain(false);
    expect(store.tokenAsks).toHaveLength(20);
  });

  it('grows with use until requests no longer wait', async () => {
    await use(100, () => limiter.throttle('a', fast));
    const { admitted, waited } = await use(400, () => limiter.throttle('a', fast));
    expect(admitted).toBe(400);
    expect(waited).toBe(0);
    expect(Math.max(...store.tokenAsks.flat().map((ask) => ask.want))).toBeLessThanOrEqual(50 + 1);
  });

  it('gives unused tokens back within 100 ms', async () => {
    await use(300, () => limiter.throttle('a', fast));
    await vi.advanceTimersByTimeAsync(101);
    const bucket = store.buckets.get('{gatehouse}:bucket:a')!;
    expect(store.tokenAsks.flat().at(-1)).toMatchObject({ want: 0, back: expect.any(Number) });
    const granted = store.tokenAsks.flat().reduce((sum, ask) => sum + ask.want - ask.back, 0);
    expect(granted).toBe(300);
    expect(bucket.tokens).toBeGreaterThan(0);
  });

  it('gives tokens back once, also when the answer to that is lost', async () => {
    await use(300, () => limiter.throttle('a', fast));
    const asked = store.tokenAsks.length;
    store.losingAnswers = true;
    await vi.advanceTimersByTimeAsync(200);
    store.losingAnswers = false;
    await vi.advanceTimersByTimeAsync(200);
    await once(() => limiter.throttle('a', fast));
    const asks = store.tokenAsks.slice(asked).flat();
    expect(asks.filter(({ back }) => back > 0)).toHaveLength(1);
  });

  it('believes "nothing left" only until the next token is due', async () => {
    const limit = { rateLimit: 20, burstLimit: 1 };
    expect(await once(() => limiter.throttle('a', limit))).toBe(true);
    expect(await once(() => limiter.throttle('a', limit))).toBe(false);
    expect(limiter.throttle('a', limit)).toBe(false);
    await vi.advanceTimersByTimeAsync(40);
    expect(await once(() => limiter.throttle('a', limit))).toBe(true);
  });

  it('forgets buckets that nobody uses', async () => {
    await use(50, () => limiter.throttle('a', fast));
    expect(limiter.sizes.buckets).toBe(1);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(limiter.sizes.buckets).toBe(0);
  });

  it.each([
    ['a rate of 0', { rateLimit: 0, burstLimit: 10 }],
    ['a bucket of size 0', { rateLimit: 10, burstLimit: 0 }],
    ['no number', { rateLimit: Number.NaN, burstLimit: 10 }],
  ])('admits nothing at %s', (_, limit) => {
    expect(limiter.throttle('a', limit)).toBe(false);
  });
});

describe('Redis slow or away', () => {
  it('waits 5 ms at most and then decides by its share', async () => {
    store.delayMs = 60_000;
    const began = performance.now();
    let decidedAfter = Infinity;
    void Promise.resolve(limiter.throttle('a', fast)).then(() => (decidedAfter = performance.now() - began));
    await vi.advanceTimersByTimeAsync(10);
    expect(decidedAfter).toBeLessThanOrEqual(6);
    expect(limiter.throttle('a', fast)).toBe(true);
    expect(limiter.throttle('never seen', fast)).toBe(true);
  });

  it('asks nothing while there is no connection', async () => {
    store.disconnect();
    const asked = store.tokenAsks.length;
    expect(limiter.throttle('a', fast)).toBe(true);
    expect(limiter.quota(subject, daily)).toBe(true);
    await vi.advanceTimersByTimeAsync(5000);
    expect(store.tokenAsks).toHaveLength(asked);
  });

  it('breaks a connection on which nothing answers', async () => {
    store.delayMs = 60_000;
    await vi.advanceTimersByTimeAsync(3000);
    expect(store.reconnects).toBeGreaterThan(0);
  });

  it('answers requests and tells the error when Redis refuses', async () => {
    store.failing = true;
    expect(await once(() => limiter.throttle('a', fast))).toBe(true);
    expect(errors).toContain('OOM command not allowed');
  });

  it('admits limit / holders of a bucket that it never saw', async () => {
    await limiter.close();
    await start(4);
    store.disconnect();
    const { admitted } = await use(1000, () => limiter.throttle('a', { rateLimit: 100, burstLimit: 40 }));
    expect(admitted).toBe(10 + 25 - 1);
  });

  it('lets the bucket pay for what was admitted meanwhile', async () => {
    const limit = { rateLimit: 0.001, burstLimit: 100 };
    expect(await once(() => limiter.throttle('a', limit))).toBe(true);
    store.disconnect();
    expect((await use(30, () => limiter.throttle('a', limit))).admitted).toBe(30);
    store.ready = true;
    await vi.advanceTimersByTimeAsync(100);
    expect((await use(200, () => limiter.throttle('a', limit))).admitted).toBe(69);
  });

  it('admits its share of what was left of a quota, and reports it afterwards', async () => {
    await limiter.close();
    await start(3);
    expect(await once(() => limiter.quota(subject, daily))).toBe(true);
    store.disconnect();
    expect((await use(20, () => limiter.quota(subject, daily))).admitted).toBe(3);
    store.ready = true;
    await vi.advanceTimersByTimeAsync(100);
    expect(store.quotas.get(quotaKey(subject, { period: 'DAY', start: '2026-03-04' }))!.get('me')).toBe(4);
  });

  it('adds what it admitted without Redis to what Redis still knows of this process', async () => {
    store.quotas.set(quotaKey(subject, { period: 'DAY', start: '2026-03-04' }), new Map([['me', 5]]));
    store.disconnect();
    expect((await use(2, () => limiter.quota(subject, daily))).admitted).toBe(2);
    store.ready = true;
    await vi.advanceTimersByTimeAsync(100);
    expect((await use(20, () => limiter.quota(subject, daily))).admitted).toBe(3);
    await vi.advanceTimersByTimeAsync(200);
    expect(store.quotas.get(quotaKey(subject, { period: 'DAY', start: '2026-03-04' }))!.get('me')).toBe(10);
  });

  it('learns what it used before only from a Redis that knows it again', async () => {
    store.complete = false;
    await vi.advanceTimersByTimeAsync(300);
    expect((await use(2, () => limiter.quota(subject, daily))).admitted).toBe(2);
    store.disconnect();
    await vi.advanceTimersByTimeAsync(100);
    store.ready = true;
    await vi.advanceTimersByTimeAsync(300);
    store.quotas.set(quotaKey(subject, { period: 'DAY', start: '2026-03-04' }), new Map([['me', 5]]));
    store.complete = true;
    await vi.advanceTimersByTimeAsync(300);
    expect(store.quotas.get(quotaKey(subject, { period: 'DAY', start: '2026-03-04' }))!.get('me')).toBe(7);
    expect((await use(20, () => limiter.quota(subject, daily))).admitted).toBe(3);
  });

  it('does not trust a Redis that is being refilled', async () => {
    expect(await once(() => limiter.quota(subject, daily))).toBe(true);
    store.complete = false;
    store.epoch = null;
    store.quotas.clear();
    await vi.advanceTimersByTimeAsync(300);
    expect(store.quotas.get(quotaKey(subject, { period: 'DAY', start: '2026-03-04' }))!.get('me')).toBe(1);
    expect((await use(20, () => limiter.quota(subject, daily))).admitted).toBe(9);
    store.epoch = 'epoch-2';
    store.complete = true;
    await vi.advanceTimersByTimeAsync(300);
    expect(store.quotas.get(quotaKey(subject, { period: 'DAY', start: '2026-03-04' }))!.get('me')).toBe(10);
    expect((await use(5, () => limiter.quota(subject, daily))).admitted).toBe(0);
  });
});

describe('quotas', () => {
  it('begins anew with the next period', async () => {
    expect((await use(20, () => limiter.quota(subject, daily))).admitted).toBe(10);
    vi.setSystemTime(Date.parse('2026-03-05T00:00:01Z'));
    await vi.advanceTimersByTimeAsync(200);
    expect((await use(20, () => limiter.quota(subject, daily))).admitted).toBe(10);
    expect([...store.quotas.keys()]).toEqual([
      quotaKey(subject, { period: 'DAY', start: '2026-03-04' }),
      quotaKey(subject, { period: 'DAY', start: '2026-03-05' }),
    ]);
  });

  it("goes by Redis's clock", async () => {
    store.clockAheadMs = 86_400_000;
    expect((await use(20, () => limiter.quota(subject, daily))).admitted).toBe(10);
    await vi.advanceTimersByTimeAsync(200);
    expect([...store.quotas.keys()]).toEqual([quotaKey(subject, { period: 'DAY', start: '2026-03-05' })]);
  });

  it('acts on a changed quota from the next request on', async () => {
    expect((await use(20, () => limiter.quota(subject, daily))).admitted).toBe(10);
    expect((await use(20, () => limiter.quota(subject, { ...daily, limit: 15 }))).admitted).toBe(5);
    expect((await use(20, () => limiter.quota(subject, { ...daily, limit: 12 }))).admitted).toBe(0);
  });

  it('counts each period for itself, also where a day and a week begin together', async () => {
    vi.setSystemTime(Date.parse('2026-03-02T12:00:00Z'));
    await vi.advanceTimersByTimeAsync(300);
    const weekly: QuotaLimit = { ...daily, period: 'WEEK', limit: 1000 };
    const counted = (period: QuotaPeriod) => store.quotas.get(quotaKey(subject, { period, start: '2026-03-02' }))?.get('me');
    expect((await use(4, () => limiter.quota(subject, daily))).admitted).toBe(4);
    expect((await use(200, () => limiter.quota(subject, weekly))).admitted).toBe(200);
    expect(counted('DAY')).toBe(4);
    await use(10, () => limiter.quota(subject, daily));
    await vi.advanceTimersByTimeAsync(200);
    expect([counted('DAY'), counted('WEEK')]).toEqual([10, 200]);
    expect(await once(() => limiter.quota(subject, daily))).toBe(false);
    expect((await use(1000, () => limiter.quota(subject, weekly))).admitted).toBe(800);
  });

  it('gives back what it is granted while it closes', async () => {
    const large: QuotaLimit = { ...daily, limit: 100_000 };
    const counted = () => store.quotas.get(quotaKey(subject, { period: 'DAY', start: '2026-03-04' }))!.get('me')!;
    let admitted = (await use(100, () => limiter.quota(subject, large))).admitted;
    const asked = store.quotaAsks.length;
    while (store.quotaAsks.length === asked) {
      admitted += limiter.quota(subject, large) === true ? 1 : 0;
      await Promise.resolve();
    }
    const closed = limiter.close();
    await vi.advanceTimersByTimeAsync(100);
    await closed;
    expect(counted()).toBe(admitted);
  });

  it('forgets keys that nobody uses, and Redis keeps their count', async () => {
    expect((await use(4, () => limiter.quota(subject, daily))).admitted).toBe(4);
    await vi.advanceTimersByTimeAsync(65_000);
    expect(limiter.sizes.quotas).toBe(0);
    expect((await use(20, () => limiter.quota(subject, daily))).admitted).toBe(6);
  });
});

describe('usage', () => {
  const today = usageField(subject, '2026-03-04', 'DAY');

  it('writes absolute totals every second, when they changed', async () => {
    for (let i = 0; i < 5; i += 1) limiter.count(subject, 'DAY');
    await vi.advanceTimersByTimeAsync(1100);
    expect(store.usage.get(today)).toBe(5);
    store.usage.clear();
    await vi.advanceTimersByTimeAsync(2000);
    expect(store.usage.size).toBe(0);
    limiter.count(subject, 'DAY');
    await vi.advanceTimersByTimeAsync(1100);
    expect(store.usage.get(today)).toBe(6);
  });

  it('has a total for each period', async () => {
    for (const period of ['DAY', 'MONTH', 'NONE', 'DAY'] as const) limiter.count(subject, period);
    await vi.advanceTimersByTimeAsync(1100);
    const totals = (['DAY', 'WEEK', 'MONTH', 'NONE'] as const).map((period) =>
      store.usage.get(usageField(subject, '2026-03-04', period)),
    );
    expect(totals).toEqual([2, undefined, 1, 1]);
  });

  it('writes everything again in another epoch, and after a lost connection', async () => {
    limiter.count(subject, 'DAY');
    await vi.advanceTimersByTimeAsync(1100);
    store.usage.clear();
    store.epoch = 'epoch-2';
    await vi.advanceTimersByTimeAsync(1300);
    expect(store.usage.get(today)).toBe(1);
    store.usage.clear();
    store.disconnect();
    await vi.advanceTimersByTimeAsync(1000);
    store.ready = true;
    await vi.advanceTimersByTimeAsync(1300);
    expect(store.usage.get(today)).toBe(1);
  });

  it('loses nothing when a write fails', async () => {
    limiter.count(subject, 'DAY');
    store.failing = true;
    await vi.advanceTimersByTimeAsync(1500);
    expect(store.usage.size).toBe(0);
    store.failing = false;
    await vi.advanceTimersByTimeAsync(1500);
    expect(store.usage.get(today)).toBe(1);
  });

  it("keeps yesterday's totals until they are stored", async () => {
    limiter.count(subject, 'DAY');
    vi.setSystemTime(Date.parse('2026-03-05T00:00:01Z'));
    await vi.advanceTimersByTimeAsync(200);
    limiter.count(subject, 'DAY');
    await vi.advanceTimersByTimeAsync(3000);
    expect(store.usage).toEqual(
      new Map([
        [today, 1],
        [usageField(subject, '2026-03-05', 'DAY'), 1],
      ]),
    );
    expect(limiter.sizes.usageTotals).toBe(2);
    store.usage.delete(today);
    await vi.advanceTimersByTimeAsync(2000);
    expect(limiter.sizes.usageTotals).toBe(1);
  });
});
