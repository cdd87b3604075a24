import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A Lua script that Redis runs as one step. It is sent by its digest, and whole only when Redis does not know it (a new or a flushed one). */
export class RedisScript {
  private readonly digest: string;

  /** `keys` are the names that the script sees as KEYS[1], KEYS[2], ... */
  constructor(
    private readonly keys: readonly string[],
    private readonly lua: string,
  ) {
    this.digest = createHash('sha1').update(lua).digest('hex');
  }

  /** Runs it; rejects with Redis's error, or when Redis is not there. */
  async run(redis: Redis, values: readonly (string | number)[]): Promise<unknown> {
    // Through `call`, which takes a list: a publication may hold more values than a function takes parameters.
    try {
      return await redis.call('EVALSHA', [this.digest, this.keys.length, ...this.keys, ...values]);
    } catch (error) {
      if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
      return redis.call('EVAL', [this.lua, this.keys.length, ...this.keys, ...values]);
    }
  }
}
