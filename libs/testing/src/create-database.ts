import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of one spec's own. */
export interface TestDatabase {
  url: string;
  /** Removes the database, even while something is connected to it. */
  drop(): Promise<void>;
}

/** Makes an empty database on the run's Postgres (DATABASE_URL). */
export async function createDatabase(): Promise<TestDatabase> {
  const server = process.env.DATABASE_URL;
  if (!server) throw new Error('createDatabase() works in specs of the integration project only (*.integration.spec.ts)');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
