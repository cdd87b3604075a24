import { startPostgres, startRedis } from '@gatehouse/embedded';
import { randomBytes } from 'node:crypto';
import { temporaryDirectory } from './temporary-directory.js';

/**
 * Vitest's globalSetup of the integration project: one Postgres and one Redis for the whole run, stopped and removed at its end. The
 * specs' processes find them in DATABASE_URL and REDIS_URL; where these are set already, that server is used instead.
 */
export default async function startGlobalServices(): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = [];
  if (!process.env.DATABASE_URL) {
    const postgres = await startPostgres({ dataDir: await temporaryDirectory('postgres'), temporary: true });
    process.env.DATABASE_URL = postgres.url;
    stops.push(postgres.stop);
  }
  if (!process.env.REDIS_URL) {
    const password = randomBytes(16).toString('hex');
    const redis = await startRedis({ dataDir: await temporaryDirectory('redis'), password, temporary: true });
    process.env.REDIS_URL = redis.url;
    stops.push(redis.stop);
  }
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
