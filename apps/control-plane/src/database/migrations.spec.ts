import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readMigrationFiles } from './migrations.js';

function folderWith(...files: string[]): URL {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  for (const file of files) writeFileSync(join(folder, file), `-- ${file}`);
  return pathToFileURL(`${folder}/`);
}

describe('readMigrationFiles', () => {
  it('reads them in the order of their time', () => {
    const files = readMigrationFiles(folderWith('1795000000002-b.sql', '1795000000001-z-more.sql', 'README.md'));
    expect(files).toEqual([
      { timestamp: '1795000000001', name: 'z-more', sql: '-- 1795000000001-z-more.sql' },
      { timestamp: '1795000000002', name: 'b', sql: '-- 1795000000002-b.sql' },
    ]);
  });

  it('refuses a name that TypeORM could not put in order', () => {
    expect(() => readMigrationFiles(folderWith('2-b.sql'))).toThrow(
      'migrations/2-b.sql is not named {epoch milliseconds}-{name}.sql',
    );
  });
});
