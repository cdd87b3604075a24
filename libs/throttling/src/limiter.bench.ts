import { describe, it } from 'vitest';
import { LeasingLimiter } from './leasing-limiter.js';
import type { QuotaLimit, UsageSubject } from './limiter.js';
import type { LimitStore } from './redis-limits.js';

/** A Redis that grants everything, so that only the cost of a limiter itself is measured. */
const generous: LimitStore = {
  ready: true,
  onLost: () => undefined,
  takeTokens: async (asks) => asks.map(({ want }) => ({ granted: want, left: 1e9, nextInMs: 0 })),
  takeQuotas: async (_, asks) => ({
    state: { now: Date.now(), epoch: 'epoch', complete: true },
    answers: asks.map(({ used, want }) => ({ current: true, granted: want, used: used ?? 0, total: (used ?? 0) + want })),
  }),
  state: async () => ({ now: Date.now(), epoch: 'epoch', complete: true }),
  writeUsage: async () => undefined,
  unstoredUsage: async (_, fields) => ({ epoch: 'epoch', unstored: fields.map(() => false) }),
  reconnect: () => undefined,
  close: () => undefined,
};

const limit = { rateLimit: 1e9, burstLimit: 1e9 };
const quota: QuotaLimit = { limit: 1e12, offset: 0, period: 'MONTH', quotaStart: '2026-01-01' };
const limiter = new LeasingLimiter(generous, { processId: 'bench', holders: () => 1 });
const subjects: UsageSubject[] = Array.from({ length: 10_000 }, (_, i) => ({
  accountId: '123456789012',
  region: 'us-east-1',
  usagePlanId: 'abcdefghij',
  apiKeyId: `key${i}`,
}));
const BATCH = 1000;
let next = 0;

// Each iteration is 1,000 requests and one turn of the event loop, so that leases are renewed as they are in a gateway.
describe('1,000 requests', () => {
  it('throttle, one bucket', async ({ bench }) => {
    await bench('throttle', () => requests(() => limiter.throttle('bucket', limit))).run();
  });

  it('quota, one key', async ({ bench }) => {
    await bench('quota', () => requests(() => limiter.quota(subjects[0]!, quota))).run();
  });

  it('count, 10,000 keys by turns', async ({ bench }) => {
    const count = () => {
      limiter.count(subjects[(next += 1) % subjects.length]!, 'DAY');
      return true;
    };
    await bench('count', () => requests(count)).run();
  });
});

/** Waits only where the limiter does. */
async function requests(take: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < BATCH; i += 1) {
    const decision = take();
    if (decision !== true) await decision;
  }
  await new Promise(setImmediate);
}
