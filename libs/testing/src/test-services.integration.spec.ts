import { Redis } from 'ioredis';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { createDatabase } from './create-database.js';
import { freshRedis, redisUrl } from './test-redis.js';

async function ask<T>(url: string, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  try {
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

describe('createDatabase', () => {
  it('makes an empty database and drops it while something is connected', async () => {
    const database = await createDatabase();
    const client = new Client({ connectionString: database.url });
    const cut = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    const { rows } = await client.query("SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'");
    expect(rows).toEqual([{ tables: 0 }]);
    await database.drop();
    await cut;
    await expect(new Client({ connectionString: database.url }).connect()).rejects.toMatchObject({ code: '3D000' });
  });
});

describe('redisUrl', () => {
  it('names a Redis that answers', async () => {
    expect(await ask(redisUrl(), (redis) => redis.ping())).toBe('PONG');
  });
});

describe('freshRedis', () => {
  it('flushes, dies, comes back on the same address and restarts', async () => {
    const redis = await freshRedis();
    try {
      await ask(redis.url, (client) => client.set('a', '1'));
      await redis.restart();
      expect(await ask(redis.url, (client) => client.get('a'))).toBe('1');
      await redis.kill();
      await redis.start();
      await redis.flush();
      expect(await ask(redis.url, (client) => client.get('a'))).toBeNull();
    } finally {
      await redis.stop();
    }
  });
});
