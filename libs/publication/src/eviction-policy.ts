import type { Redis } from 'ioredis';

/** A Redis that may forget documents when it is full: nothing is published to it. */
export class EvictingRedis extends Error {}

/**
 * Makes sure that Redis refuses writes when it is full instead of dropping keys: what it holds are documents and counts, not a cache. Throws
 * `EvictingRedis` unless `maxmemory-policy` is `noeviction` or there is no `maxmemory`. Reads INFO, since hosted Redis forbids CONFIG.
 */
export async function refuseEviction(redis: Redis): Promise<void> {
  const info = await redis.info('memory');
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const policy = field('maxmemory_policy');
  if (policy === 'noeviction' || field('maxmemory') === '0') return;
  throw new EvictingRedis(
    `Redis drops keys when it is full (maxmemory-policy ${policy ?? 'unknown'}): set maxmemory-policy to noeviction, or REDIS_URL to another Redis`,
  );
}
