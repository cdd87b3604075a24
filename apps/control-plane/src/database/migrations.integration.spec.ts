import type { RestApiModel } from '@gatehouse/api-model';
import { createDatabase } from '@gatehouse/testing';
import { readFileSync, readdirSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataSource, openDatabase } from './data-source.js';
import { migrate, readMigrationFiles, type MigrationFile } from './migrations.js';

/** For each migration a file of the same name: rows as an installation of that age has them. */
const FIXTURES = new URL('./migration-fixtures/', import.meta.url);

let database: Awaited<ReturnType<typeof createDatabase>>;
const open: DataSource[] = [];

beforeEach(async () => {
  database = await createDatabase();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((source) => source.destroy()));
  await database.drop();
});

async function connect(migrations?: MigrationFile[]): Promise<DataSource> {
  const source = await createDataSource(database.url, migrations).initialize();
  open.push(source);
  return source;
}

async function drift(source: DataSource): Promise<string[]> {
  return (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);
}

describe('migrations', () => {
  it('make exactly the schema that the entities describe', async () => {
    const source = await connect();
    await migrate(source);
    expect(await drift(source)).toEqual([]);
    await source.query('ALTER TABLE rest_apis DROP COLUMN name');
    expect(await drift(source)).toHaveLength(1);
  });

  it('run once when several control planes start together on an empty database', async () => {
    const sources = await Promise.all([1, 2, 3].map(() => openDatabase(database.url)));
    open.push(...sources);
    const [first] = sources;
    expect(await first?.query('SELECT name FROM migrations ORDER BY id')).toEqual(
      readMigrationFiles().map(({ name, timestamp }) => ({ name: `${name}-${timestamp}` })),
    );
    // Of this database only: other specs migrate theirs meanwhile.
    const held = `SELECT count(*)::int AS held FROM pg_locks
      WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    expect(await first?.query(held)).toEqual([{ held: 0 }]);
  });

  it('leave nothing of a migration that fails', async () => {
    const broken = { timestamp: '1795000000001', name: 'broken', sql: 'CREATE TABLE half (id int); SELECT no_such_column' };
    const source = await connect([broken]);
    await expect(migrate(source)).rejects.toThrow('no_such_column');
    expect(await source.query("SELECT to_regclass('half') AS made")).toEqual([{ made: null }]);
  });

  it('carry the data of every older schema into the newest one', async () => {
    const files = readMigrationFiles();
    expect(readdirSync(FIXTURES).sort()).toEqual(files.map(({ timestamp, name }) => `${timestamp}-${name}.sql`));
    for (const [index, file] of files.entries()) {
      const source = await connect(files.slice(0, index + 1));
      await migrate(source);
      await source.query(readFileSync(new URL(`${file.timestamp}-${file.name}.sql`, FIXTURES), 'utf8'));
    }
    const newest = await connect();
    expect(await drift(newest)).toEqual([]);
    for (const { target, tableName } of newest.entityMetadatas) {
      const rows = await newest.getRepository(target).find();
      expect(rows.length, `rows of ${tableName}`).toBeGreaterThan(0);
    }
    // APIs of the first schema have the models that methods could name, and so have their deployments.
    const models = [
      { name: 'Empty', content_type: 'application/json', title: 'Empty Schema' },
      { name: 'Error', content_type: 'application/json', title: 'Error Schema' },
    ];
    expect(await newest.query("SELECT name, content_type, schema::jsonb ->> 'title' AS title FROM models ORDER BY name")).toEqual(
      models,
    );
    const [deployment] = await newest.query<[{ model: RestApiModel }]>(
      "SELECT model FROM deployments WHERE deployment_id = 'dep001'",
    );
    expect(deployment.model).not.toHaveProperty('description');
    expect(deployment.model).toMatchObject({
      version: 'v9',
      createdDate: '2026-01-01T00:00:00Z',
      resources: [],
      models: [{ name: 'Empty' }, { name: 'Error' }],
      authorizers: [],
      requestValidators: [],
      gatewayResponses: [],
    });
  });

  it('do not know which VPC links were deployed before', async () => {
    const older = await connect(readMigrationFiles().filter(({ timestamp }) => timestamp < '1795750000000'));
    await migrate(older);
    const owner = `'123456789012', 'us-east-1'`;
    await older.query(
      `INSERT INTO rest_apis (account_id, region, api_id, name, created_date, api_key_source, disable_execute_api_endpoint, endpoint_configuration, binary_media_types, root_resource_id, tags)
       VALUES (${owner}, 'api', '', now(), '', false, '{}', '[]', '', '{}')`,
    );
    const deploy = (id: string) => older.query(`INSERT INTO deployments VALUES (${owner}, 'api', $1, NULL, now(), '{}')`, [id]);
    await deploy('before');
    const newest = await connect();
    await migrate(newest);
    // As a control plane of the older version does, while it is being replaced.
    const columns = 'account_id, region, api_id, deployment_id, created_date, model';
    await older.query(`INSERT INTO deployments (${columns}) VALUES (${owner}, 'api', 'meanwhile', now(), '{}')`);
    expect(await newest.query('SELECT deployment_id AS id, vpc_link_ids AS links FROM deployments ORDER BY 1')).toEqual([
      { id: 'before', links: null },
      { id: 'meanwhile', links: null },
    ]);
  });

  it('know which certificates came with a domain name', async () => {
    const older = await connect(readMigrationFiles().filter(({ timestamp }) => timestamp <= '1795720000000'));
    await migrate(older);
    const owner = `'123456789012', 'us-east-1'`;
    await older.query(
      `INSERT INTO certificates SELECT ${owner}, id, '', '', now(), now() FROM unnest('{came,imported}'::text[]) id`,
    );
    await older.query(
      `INSERT INTO domain_names (account_id, region, domain_name, domain_name_id, created_date, endpoint_configuration, certificate_arn,
         uploaded_certificate_arn, security_policy, routing_mode, tags)
       SELECT ${owner}, name, '', now(), '{}', imported, came, '', '', '{}' FROM (VALUES
         ('a.test', 'arn:aws:acm:us-east-1:123456789012:certificate/imported', NULL),
         ('b.test', NULL, 'arn:aws:acm:us-east-1:123456789012:certificate/came')) names (name, imported, came)`,
    );
    const newest = await connect();
    await migrate(newest);
    expect(await newest.query('SELECT certificate_id AS id, came_with_domain AS came FROM certificates ORDER BY id')).toEqual([
      { id: 'came', came: true },
      { id: 'imported', came: false },
    ]);
  });
});
