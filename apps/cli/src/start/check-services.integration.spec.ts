import { freePort } from '@gatehouse/embedded';
import { createDatabase, redisUrl } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { checkServices } from './check-services.js';

const withPassword = (url: string, password: string) => {
  const changed = new URL(url);
  changed.password = password;
  return changed.href;
};

describe('checkServices', () => {
  it('is content with services that can be used, and with none', async () => {
    const database = await createDatabase();
    await checkServices({ databaseUrl: database.url, redisUrl: redisUrl() });
    await database.drop();
    await checkServices({ databaseUrl: undefined, redisUrl: undefined });
  });

  it('says what is wrong with a password or an address, and repeats no password', async () => {
    const database = await createDatabase();
    await expect(checkServices({ databaseUrl: withPassword(database.url, 'hidden'), redisUrl: undefined })).rejects.toThrow(
      /^cannot use the Postgres that DATABASE_URL names: password authentication failed for user "\w+"$/,
    );
    await database.drop();
    await expect(checkServices({ databaseUrl: undefined, redisUrl: withPassword(redisUrl(), 'hidden') })).rejects.toThrow(
      /^cannot use the Redis that REDIS_URL names: WRONGPASS[^|]*$/,
    );
    const port = await freePort();
    const refused = `connect ECONNREFUSED 127.0.0.1:${port}`;
    await expect(checkServices({ databaseUrl: `postgres://a:b@127.0.0.1:${port}/c`, redisUrl: undefined })).rejects.toThrow(
      refused,
    );
    await expect(checkServices({ databaseUrl: undefined, redisUrl: `redis://127.0.0.1:${port}` })).rejects.toThrow(refused);
  });
});
