import type { DataSource } from 'typeorm';

const ROWS_AT_ONCE = 1000;

/** Runs `query` and hands what it finds to `take`, 1,000 rows at a time: it may be more than fits into memory. Rejects when Postgres is away, or with what `take` rejects with. */
export async function readByPortions<Row>(
  database: DataSource,
  query: string,
  values: unknown[],
  take: (rows: Row[]) => Promise<void>,
): Promise<void> {
  await database.transaction(async (manager) => {
    await manager.query(`DECLARE portions NO SCROLL CURSOR FOR ${query}`, values);
    for (;;) {
      const rows = await manager.query<Row[]>(`FETCH ${ROWS_AT_ONCE} FROM portions`);
      if (rows.length === 0) return;
      await take(rows);
    }
  });
}
