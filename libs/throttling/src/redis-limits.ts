import type { Redis } from 'ioredis';
import { COMPLETE_KEY, EPOCH_KEY, USAGE_PROCESSES_KEY, usageKey } from './redis-keys.js';
import { TAKE_QUOTAS, TAKE_TOKENS, runScript } from './scripts.js';

export interface TokenAsk {
  key: string;
  rate: number;
  burst: number;
  /** Tokens given back. */
  back: number;
  /** Tokens that were admitted while Redis did not answer. */
  owed: number;
  want: number;
}

export interface TokenAnswer {
  granted: number;
  /** Whole tokens left in the bucket. */
  left: number;
  /** Milliseconds until the next whole token, as things stand. */
  nextInMs: number;
}

export interface QuotaAsk {
  key: string;
  /** First and last second of the period, Unix seconds, the last exclusive. */
  from: number;
  to: number;
  limit: number;
  /** What this process used in the period, or null when it does not know any more. */
  used: number | null;
  /** How many requests it wants to hold beyond those. */
  want: number;
}

export interface QuotaAnswer {
  /** False when the period is not the current one by Redis's clock: nothing was granted or written. */
  current: boolean;
  granted: number;
  /** What this process used, as Redis now holds it. */
  used: number;
  /** What all processes hold (used + leased), this one's grant included. */
  total: number;
}

/** How Redis stands: its clock (Unix ms), and whether everything was published under its present epoch. */
export interface RedisState {
  now: number;
  epoch: string | null;
  complete: boolean;
}

/** The questions that a limiter asks Redis, each in one round trip. Every call rejects when Redis is away. */
export interface LimitStore {
  /** False while there is no connection: asking would only queue. */
  readonly ready: boolean;
  /** Calls `lost` whenever a connection ends. */
  onLost(lost: () => void): void;
  takeTokens(asks: TokenAsk[]): Promise<TokenAnswer[]>;
  takeQuotas(processId: string, asks: QuotaAsk[]): Promise<{ state: RedisState; answers: QuotaAnswer[] }>;
  state(): Promise<RedisState>;
  /** Writes absolute totals, field and value by turns. */
  writeUsage(processId: string, totals: (string | number)[]): Promise<void>;
  /** Which of the fields the control plane has not stored yet, and the epoch in which that is true (null: Redis was emptied). */
  unstoredUsage(processId: string, fields: string[]): Promise<{ epoch: string | null; unstored: boolean[] }>;
  /** Breaks a connection on which nothing answers; a new one is made. */
  reconnect(): void;
  close(): void;
}

export class RedisLimits implements LimitStore {
  private readonly redis: Redis;

  /** Opens a connection of its own with the options of `redis`. */
  constructor(redis: Redis, onError: (error: Error) => void) {
    this.redis = redis.duplicate({
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      // How long to wait is the limiter's to say.
      commandTimeout: undefined,
      lazyConnect: false,
      retryStrategy: (attempt) => Math.min(50 * attempt, 500),
    });
    this.redis.on('error', onError);
  }

  get ready(): boolean {
    return this.redis.status === 'ready';
  }

  onLost(lost: () => void): void {
    this.redis.on('close', lost);
  }

  async takeTokens(asks: TokenAsk[]): Promise<TokenAnswer[]> {
    const keys = asks.map((ask) => ask.key);
    const values = asks.flatMap((ask) => [ask.rate, ask.burst, ask.back, ask.owed, ask.want]);
    const numbers = (await runScript(this.redis, TAKE_TOKENS, keys, values)) as number[];
    return asks.map((_, i) => {
      const [granted = 0, left = 0, nextInMicros = 0] = numbers.slice(i * 3, i * 3 + 3);
      return { granted, left, nextInMs: nextInMicros / 1000 };
    });
  }

  async takeQuotas(processId: string, asks: QuotaAsk[]): Promise<{ state: RedisState; answers: QuotaAnswer[] }> {
    const keys = [EPOCH_KEY, COMPLETE_KEY, ...asks.map((ask) => ask.key)];
    const values = asks.flatMap((ask) => [ask.from, ask.to, ask.limit, ask.used ?? '', ask.want]);
    const [now, epoch, complete, ...numbers] = (await runScript(this.redis, TAKE_QUOTAS, keys, [processId, ...values])) as [
      number,
      string,
      number,
      ...number[],
    ];
    const answers = asks.map((_, i) => {
      const [current, granted = 0, used = 0, total = 0] = numbers.slice(i * 4, i * 4 + 4);
      return { current: current === 1, granted, used, total };
    });
    return { state: { now, epoch: epoch || null, complete: complete === 1 }, answers };
  }

  async state(): Promise<RedisState> {
    const [[seconds, micros], [epoch = null, complete]] = await Promise.all([
      this.redis.time(),
      this.redis.mget(EPOCH_KEY, COMPLETE_KEY),
    ]);
    return {
      now: Number(seconds) * 1000 + Math.floor(Number(micros) / 1000),
      epoch,
      complete: epoch !== null && complete === epoch,
    };
  }

  async writeUsage(processId: string, totals: (string | number)[]): Promise<void> {
    const replies = await this.redis
      .multi()
      .sadd(USAGE_PROCESSES_KEY, processId)
      .hset(usageKey(processId), ...totals)
      .exec();
    for (const [error] of replies ?? []) if (error) throw error;
  }

  async unstoredUsage(processId: string, fields: string[]): Promise<{ epoch: string | null; unstored: boolean[] }> {
    const replies = await this.redis
      .multi()
      .get(EPOCH_KEY)
      .hmget(usageKey(processId), ...fields)
      .exec();
    const [epoch, totals] = (replies ?? []).map(([error, reply]) => {
      if (error) throw error;
      return reply;
    }) as [string | null, (string | null)[]];
    return { epoch, unstored: totals.map((total) => total !== null) };
  }

  reconnect(): void {
    this.redis.disconnect(true);
  }

  close(): void {
    this.redis.removeAllListeners('close');
    this.redis.disconnect();
  }
}
