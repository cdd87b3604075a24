import type { DataSource, EntityManager } from 'typeorm';

/** Reads that belong together and hold nobody up: they see the database as it is at one moment. */
export function readAtOnce<T>(database: DataSource, read: (manager: EntityManager) => Promise<T>): Promise<T> {
  return database.transaction('REPEATABLE READ', read);
}
