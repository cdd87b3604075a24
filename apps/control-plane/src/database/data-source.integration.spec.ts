import { createDatabase, freePort } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartupError } from '../startup-error.js';
import { openDatabase } from './data-source.js';

let database: Awaited<ReturnType<typeof createDatabase>>;

beforeEach(async () => {
  database = await createDatabase();
});

afterEach(() => database.drop());

function changed(change: (url: URL) => void): string {
  const url = new URL(database.url);
  change(url);
  return url.href;
}

async function refusal(url: string): Promise<string> {
  const error: unknown = await openDatabase(url).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartupError);
  return (error as StartupError).message;
}

describe('openDatabase', () => {
  it('outlives the loss of every connection', async () => {
    const source = await openDatabase(database.url);
    try {
      await Promise.all([1, 2, 3].map(() => source.query('SELECT pg_sleep(0.01)')));
      const other = await openDatabase(database.url);
      await other.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      await other.destroy();
      await expect.poll(() => source.query('SELECT 1 AS one').catch(() => undefined)).toEqual([{ one: 1 }]);
    } finally {
      await source.destroy();
    }
  });

  it('says in one line that the password is wrong, without telling it', async () => {
    const message = await refusal(changed((url) => (url.password = 'hunter2')));
    const { hostname, port, pathname, username } = new URL(database.url);
    expect(message).toBe(
      `DATABASE_URL: database "${pathname.slice(1)}" at ${hostname}:${port}: wrong password for the user "${username}"`,
    );
  });

  it('says in one line that there is no such database', async () => {
    expect(await refusal(changed((url) => (url.pathname = '/nothing_here')))).toMatch(
      /^DATABASE_URL: database "nothing_here" at \S+: there is no such database$/,
    );
  });

  it('says in one line that nothing listens there', async () => {
    const port = String(await freePort());
    expect(await refusal(changed((url) => (url.port = port)))).toMatch(
      /^DATABASE_URL: database "\w+" at \S+: nothing listens there \(connection refused\)$/,
    );
  });

  it('says in one line that the host is not known', async () => {
    expect(await refusal(changed((url) => (url.hostname = 'db.invalid')))).toMatch(
      /^DATABASE_URL: database "\w+" at db\.invalid:\d+: the host name is not known$/,
    );
  });
});
