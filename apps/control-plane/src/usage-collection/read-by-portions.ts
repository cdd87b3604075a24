import type { EntityManager } from 'typeorm';

const ROWS_AT_ONCE = 1000;

/**
 * Runs `query` in the transaction of `manager` and hands what it finds to `take`, 1,000 rows at a time: it may be more than fits into memory. One
 * at a time in a transaction. Rejects when Postgres is away, or with what `take` rejects with.
 */
export async function readByPortions<Row>(
  manager: EntityManager,
  query: string,
  values: unknown[],
  take: (rows: Row[]) => Promise<void>,
): Promise<void> {
  await manager.query(`DECLARE portions NO SCROLL CURSOR FOR ${query}`, values);
  for (;;) {
    const rows = await manager.query<Row[]>(`FETCH ${ROWS_AT_ONCE} FROM portions`);
    if (rows.length === 0) break;
    await take(rows);
  }
  await manager.query('CLOSE portions');
}
