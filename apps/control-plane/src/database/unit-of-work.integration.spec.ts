import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testCall } from '../apigateway/rest-api/definition.fixture.js';
import { openDatabase } from './data-source.js';
import { UnitOfWork } from './unit-of-work.js';

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

describe('UnitOfWork', () => {
  it('notes any number of changed documents in one statement, revisions in their order, and rings once', async () => {
    const keys = Array.from({ length: 10_000 }, (_, n) => `key${n}`);
    const call = testCall();
    const ring = vi.fn();
    const statements = await new UnitOfWork(database, { ring }, { limits: 'none', maxIntegrationTimeout: 29_000 }).run(
      call,
      async (transaction) => {
        for (const key of keys) transaction.publish('api-key', key, key === 'key7');
        return vi.spyOn(transaction.manager, 'query');
      },
    );
    expect(statements).toHaveBeenCalledTimes(1);
    expect(ring.mock.calls).toEqual([[{ ...call.scope, kind: 'api-key', key: 'key0' }]]);
    const rows = await database.query<{ key: string; deleted: boolean }[]>(
      `SELECT key, deleted FROM outbox JOIN document_revisions USING (account_id, region, kind, key, revision)
       WHERE publication_id = $1 ORDER BY revision`,
      [call.publicationId],
    );
    expect(rows.map(({ key }) => key)).toEqual(keys);
    expect(rows.filter(({ deleted }) => deleted)).toEqual([{ key: 'key7', deleted: true }]);
  });

  it('gives a document that changes again a higher revision', async () => {
    const unitOfWork = new UnitOfWork(database, { ring: () => {} }, { limits: 'none', maxIntegrationTimeout: 29_000 });
    const revisions: string[] = [];
    for (let n = 0; n < 2; n++) {
      await unitOfWork.run(testCall(), async (transaction) => transaction.publish('stage', 'api/again'));
      const [row] = await database.query<[{ revision: string }]>(
        `SELECT revision FROM document_revisions WHERE key = 'api/again'`,
      );
      revisions.push(row.revision);
    }
    expect(Number(revisions[1])).toBeGreaterThan(Number(revisions[0]));
  });
});
