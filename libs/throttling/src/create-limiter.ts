import type { Redis } from 'ioredis';
import { LeasingLimiter } from './leasing-limiter.js';
import type { Limiter } from './limiter.js';
import { RedisLimits } from './redis-limits.js';

export interface LimiterOptions {
  /** Where Redis is and how to log in: the limiter opens a connection of its own with the same options. */
  redis: Redis;
  /** Names one life of this process: quota counts and usage totals are kept per process, so it must never be used again after a restart. */
  processId: string;
  /** How many processes share the limits, as last known; asked when Redis is away. */
  holders: () => number;
  /** The longest that a request waits for Redis, in ms. Default: 5. */
  patienceMs?: number;
  /** Told what went wrong with Redis; requests are never failed by it. */
  onError?: (error: Error) => void;
}

/** A limiter whose leases, counts and connection end with `close`. */
export interface SharedLimiter extends Limiter {
  /** Resolves when Redis has answered for the first time, or is known to be away, or after `timeoutMs`. Before that this process's share decides. */
  firstContact(timeoutMs: number): Promise<void>;
  /** Returns unused leases, writes the last usage totals (both only when Redis answers) and disconnects. */
  close(): Promise<void>;
}

/** Starts the limiter of one process. Never throws and never waits for Redis: without it, this process's share of each limit decides. */
export function createLimiter(options: LimiterOptions): SharedLimiter {
  const store = new RedisLimits(options.redis, (error) => options.onError?.(error));
  return new LeasingLimiter(store, options);
}
