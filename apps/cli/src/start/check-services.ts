import { Redis } from 'ioredis';
import { Client } from 'pg';
import { CliError, describeError } from '../cli-error.js';
import type { Environment } from '../environment.js';

const TIMEOUT_MS = 5_000;

/**
 * Connects once to the Postgres and the Redis that the environment names, so that a wrong address or password is said before anything is
 * started. Throws {@link CliError} that names the variable, never its value.
 */
export async function checkServices({ databaseUrl, redisUrl }: Pick<Environment, 'databaseUrl' | 'redisUrl'>): Promise<void> {
  await Promise.all([databaseUrl && checkPostgres(databaseUrl), redisUrl && checkRedis(redisUrl)]);
}

async function checkPostgres(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: TIMEOUT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new CliError(`cannot use the Postgres that DATABASE_URL names: ${reason(error)}`);
  }
  await client.end();
}

async function checkRedis(url: string): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  let refusal: unknown;
  client.on('error', (error) => (refusal ??= error));
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw new CliError(`cannot use the Redis that REDIS_URL names: ${reason(refusal ?? error)}`);
  } finally {
    client.disconnect();
  }
}

/** A refusal by both addresses of a host name is an AggregateError without a message of its own. */
function reason(error: unknown): string {
  return describeError(error instanceof AggregateError ? error.errors[0] : error);
}
