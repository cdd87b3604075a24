import { createDatabase } from '@gatehouse/testing';
import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataSource, openDatabase } from './data-source.js';
import { migrate, readMigrationFiles } from './migrations.js';

let database: Awaited<ReturnType<typeof createDatabase>>;
let source: DataSource;

beforeEach(async () => {
  database = await createDatabase();
  const first = await createDataSource(database.url, readMigrationFiles().slice(0, 1)).initialize();
  await migrate(first);
  await first.query(readFileSync(new URL('./migration-fixtures/1795000000000-initial.sql', import.meta.url), 'utf8'));
  await first.destroy();
  source = await openDatabase(database.url);
});

afterEach(async () => {
  await source.destroy();
  await database.drop();
});

async function rows(table: string): Promise<number> {
  const [{ count }] = await source.query<[{ count: string }]>(`SELECT count(*) FROM ${table}`);
  return Number(count);
}

describe('foreign keys', () => {
  it('take what an API consists of with it, and nothing else', async () => {
    await source.query('DELETE FROM rest_apis');
    for (const table of ['resources', 'methods', 'deployments', 'stages']) expect(await rows(table), table).toBe(0);
    for (const table of ['usage_plans', 'usage_plan_stages', 'document_revisions', 'outbox'])
      expect(await rows(table), table).toBe(1);
  });

  it('take the children and methods of a resource with it', async () => {
    await source.query("DELETE FROM resources WHERE resource_id = 'r00tr00t00'");
    for (const table of ['resources', 'methods']) expect(await rows(table), table).toBe(0);
  });

  it('keep a deployment that a stage names', async () => {
    await expect(source.query('DELETE FROM deployments')).rejects.toThrow('stages_deployment');
    expect(await rows('deployments')).toBe(1);
  });

  it('take the links of a key or plan with it, and leave its usage', async () => {
    await source.query('DELETE FROM api_keys');
    expect(await rows('usage_plan_keys')).toBe(0);
    await source.query('DELETE FROM usage_plans');
    expect(await rows('usage_plan_stages')).toBe(0);
    expect(await rows('usage_totals')).toBe(1);
  });

  it('take the keys and tokens of a principal with it', async () => {
    await source.query('DELETE FROM principals');
    for (const table of ['access_keys', 'bearer_tokens']) expect(await rows(table), table).toBe(0);
  });
});
