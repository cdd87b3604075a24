import { Redis, type RedisOptions } from 'ioredis';

const CONNECT_TIMEOUT_MS = 2_000;
const COMMAND_TIMEOUT_MS = 5_000;
const LONGEST_RECONNECT_WAIT_MS = 500;

const reconnecting: RedisOptions = {
  connectTimeout: CONNECT_TIMEOUT_MS,
  retryStrategy: (attempt) => Math.min(50 * attempt, LONGEST_RECONNECT_WAIT_MS),
  // Errors of the connection are reported by the commands that fail and by 'close'; without a listener ioredis prints each of them.
  showFriendlyErrorStack: false,
};

/**
 * A connection for commands that fail at once when Redis is away, and after 5 s when it does not answer, instead of queueing up. It connects in
 * the background and reconnects for ever; it never throws by itself.
 */
export function connectRedis(url: string): Redis {
  const redis = new Redis(url, {
    ...reconnecting,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
  });
  redis.on('error', () => {});
  return redis;
}

/** A connection for BullMQ's workers and listeners, whose blocking reads wait out an absence of Redis. */
export function connectBlockingRedis(url: string, options: RedisOptions = {}): Redis {
  const redis = new Redis(url, { ...reconnecting, ...options, maxRetriesPerRequest: null });
  redis.on('error', () => {});
  return redis;
}

/** Resolves when the connection is ready, or after `timeoutMs` without that; tells which. */
export async function isReady(redis: Redis, timeoutMs: number): Promise<boolean> {
  if (redis.status === 'ready') return true;
  return new Promise((resolve) => {
    const done = (ready: boolean) => {
      clearTimeout(timer);
      redis.off('ready', onReady);
      resolve(ready);
    };
    const onReady = () => done(true);
    const timer = setTimeout(() => done(false), timeoutMs);
    redis.once('ready', onReady);
  });
}
