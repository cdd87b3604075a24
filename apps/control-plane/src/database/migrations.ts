import { readFileSync, readdirSync } from 'node:fs';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';

/** The top-level folder `migrations/`; the same number of steps up from `src` and from `dist`. */
const FOLDER = new URL('../../../../migrations/', import.meta.url);

/** `{epoch milliseconds}-{name}.sql`. */
const FILE_NAME = /^(\d{13})-([a-z][a-z0-9-]*)\.sql$/;

/** Any number will do, as long as every control plane of an installation uses the same. */
const MIGRATION_LOCK = 4_600_080_909;

/** One file of `migrations/`. */
export interface MigrationFile {
  timestamp: string;
  name: string;
  sql: string;
}

/** Reads the files of `migrations/` in the order in which they run. Throws when one is not named `{epoch milliseconds}-{name}.sql`. */
export function readMigrationFiles(folder: URL = FOLDER): MigrationFile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const [, timestamp, name] = FILE_NAME.exec(file) ?? [];
      if (!timestamp || !name) throw new Error(`migrations/${file} is not named {epoch milliseconds}-{name}.sql`);
      return { timestamp, name, sql: readFileSync(new URL(file, folder), 'utf8') };
    });
}

/** Makes the class that TypeORM runs for a file; TypeORM reads its order from the last 13 characters of the name. */
export function migrationClass(file: MigrationFile): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = `${file.name}-${file.timestamp}`;

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(file.sql);
    }

    async down(): Promise<void> {
      throw new Error('migrations only go forward');
    }
  };
}

/**
 * Brings the schema up to date, each migration in a transaction of its own. The advisory lock lets one control plane at a time do so: the
 * others wait, then find nothing left to run.
 */
export async function migrate(database: DataSource): Promise<void> {
  const lock = database.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      await database.runMigrations({ transaction: 'each' });
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  } finally {
    await lock.release();
  }
}
