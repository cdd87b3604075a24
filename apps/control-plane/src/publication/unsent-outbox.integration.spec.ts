import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../database/data-source.js';
import { findUnsentWith, markSent } from './unsent-outbox.js';

const DOCUMENTS = 10_000;
const PUBLICATIONS = 10;

let server: TestDatabase;
let database: DataSource;

beforeAll(async () => {
  server = await createDatabase();
  database = await openDatabase(server.url);
});

afterAll(async () => {
  await database?.destroy();
  await server?.drop();
});

/** Rows that Postgres read out of the outbox or its indexes so far. */
async function rowsRead(): Promise<number> {
  await database.query('SELECT pg_stat_force_next_flush()');
  const [row] = await database.query<[{ read: string }]>(
    `SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) AS read FROM pg_stat_user_tables WHERE relname = 'outbox'`,
  );
  return Number(row.read);
}

it('many documents are looked up one by one, however little Postgres knows of the table yet', async () => {
  // Imports add them faster than Postgres counts them: it is kept from counting here.
  await database.query('ALTER TABLE outbox SET (autovacuum_enabled = false)');
  await database.query(
    `INSERT INTO outbox (publication_id, account_id, region, kind, key, revision, created_at)
     SELECT lpad(publication::text, 32, '0')::uuid, '123456789012', 'us-east-1', 'api-key', publication || '-' || n, 1, now()
     FROM generate_series(1, $1) AS publication, generate_series(1, $2) AS n`,
    [PUBLICATIONS, DOCUMENTS],
  );
  const wanted = { accountId: '123456789012', region: 'us-east-1', kind: 'api-key' as const, key: '3-7' };
  const before = await rowsRead();
  const rows = await findUnsentWith(database.manager, [wanted]);
  expect(rows).toHaveLength(DOCUMENTS);
  await markSent(database.manager, rows, 'epoch', 1);
  expect(await findUnsentWith(database.manager, [wanted])).toEqual([]);
  expect((await rowsRead()) - before).toBeLessThan(10 * DOCUMENTS);
});
