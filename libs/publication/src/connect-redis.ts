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

/** Redis is there and wants another user or password. Trying again would not help. */
export class RefusedByRedis extends Error {}

/**
 * Waits for the first answer of a new connection. Resolves with true when it is ready, with false when Redis is away (it refused the connection
 * or said nothing for `timeoutMs`); the connection goes on trying then. Throws `RefusedByRedis` when the password is wrong or missing.
 */
export async function firstContact(redis: Redis, timeoutMs: number): Promise<boolean> {
  if (redis.status === 'ready') return true;
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      clearTimeout(timer);
      redis.off('ready', onReady);
      redis.off('error', onError);
      done();
    };
    const onReady = () => settle(() => resolve(true));
    const onError = ({ message }: Error) =>
      settle(() => {
        if (/^(WRONGPASS|NOAUTH|NOPERM)/.test(message))
          reject(new RefusedByRedis('REDIS_URL: Redis refuses the user or the password'));
        else resolve(false);
      });
    const timer = setTimeout(() => settle(() => resolve(false)), timeoutMs);
    redis.on('ready', onReady);
    redis.on('error', onError);
  });
}
