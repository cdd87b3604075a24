import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/** A statement has at most 65,535 parameters. */
const ROWS_AT_ONCE = 1_000;

/** Writes rows in as few statements as there may be; a row whose primary key is taken replaces the other one. */
export async function writeRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly T[],
): Promise<void> {
  const { primaryColumns, columns } = manager.connection.getMetadata(entity);
  const key = primaryColumns.map(({ databaseName }) => databaseName);
  const others = columns.map(({ databaseName }) => databaseName).filter((name) => !key.includes(name));
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await manager
      .createQueryBuilder()
      .insert()
      .into(entity)
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .orUpdate(others, key)
      .updateEntity(false)
      .execute();
  }
}
