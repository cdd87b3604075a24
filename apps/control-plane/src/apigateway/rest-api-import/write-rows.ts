import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/** A statement has at most 65,535 parameters. */
const ROWS_AT_ONCE = 1_000;

/** Writes rows whose primary keys are taken by none and differ, in as few statements as there may be. */
export async function insertRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly T[],
): Promise<void> {
  let isFirst = true;
  for (const some of inParts(rows)) {
    await manager.createQueryBuilder().insert().into(entity).values(some).updateEntity(false).execute();
    // Postgres does not know yet that the table grows, and would look through it all for each row that refers to another one.
    if (isFirst && some.length < rows.length) await manager.query(`ANALYZE ${manager.connection.getMetadata(entity).tablePath}`);
    isFirst = false;
  }
}

/** Writes rows whose primary keys differ and say what they are (a verb, a name), or are those of the rows that they are to replace. */
export async function replaceRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly T[],
): Promise<void> {
  const { primaryColumns, columns } = manager.connection.getMetadata(entity);
  const key = primaryColumns.map(({ databaseName }) => databaseName);
  const others = columns.map(({ databaseName }) => databaseName).filter((name) => !key.includes(name));
  for (const some of inParts(rows)) {
    await manager.createQueryBuilder().insert().into(entity).values(some).orUpdate(others, key).updateEntity(false).execute();
  }
}

function* inParts<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE);
}
