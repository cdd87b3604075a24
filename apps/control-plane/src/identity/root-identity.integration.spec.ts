import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../config.js';
import { openDatabase } from '../database/data-source.js';
import { StartupError } from '../startup-error.js';
import { AccessKeyEntity } from './access-key.entity.js';
import { AccessKeys } from './access-keys.service.js';
import { identityEnvironment, readCredentials, ROOT_KEY } from './identity.fixture.js';
import { PrincipalEntity } from './principal.entity.js';
import { ensureRootIdentity } from './root-identity.js';

const OVERRIDE = {
  GATEHOUSE_ROOT_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
  GATEHOUSE_ROOT_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
};

let environment: Awaited<ReturnType<typeof identityEnvironment>>;
let database: DataSource;
let credentials: string;

beforeEach(async () => {
  environment = await identityEnvironment();
  database = await openDatabase(environment.database.url);
  credentials = join(environment.dataDirectory, 'credentials');
});

afterEach(async () => {
  await database.destroy();
  await environment.database.drop();
});

const config = (more: Record<string, string> = {}) => loadConfig({ ...environment.env, ...more });

describe('ensureRootIdentity', () => {
  it('makes a key on first use and writes it where the AWS CLI reads it', async () => {
    await ensureRootIdentity(database, config());
    const file = readCredentials(credentials);
    expect([...file.keys()]).toEqual(['aws_access_key_id', 'aws_secret_access_key', 'region']);
    expect(file.get('aws_access_key_id')).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(file.get('region')).toBe('us-east-1');
    expect(statSync(credentials).mode & 0o777).toBe(0o600);
    const found = await new AccessKeys(database, config()).find(file.get('aws_access_key_id') ?? '');
    expect(found).toMatchObject({
      accountId: '123456789012',
      principalId: 'root',
      secretAccessKey: file.get('aws_secret_access_key'),
    });
  });

  it('keeps the key on later starts', async () => {
    await ensureRootIdentity(database, config());
    const first = readCredentials(credentials);
    await ensureRootIdentity(database, config());
    expect(readCredentials(credentials)).toEqual(first);
    expect(await database.manager.count(AccessKeyEntity)).toBe(1);
    expect(await database.manager.count(PrincipalEntity)).toBe(1);
  });

  it('refuses a database that was made for another account, and leaves the key and its file alone', async () => {
    await ensureRootIdentity(database, config());
    const first = readCredentials(credentials);
    for (const more of [{}, OVERRIDE]) {
      await expect(ensureRootIdentity(database, config({ ...more, GATEHOUSE_ACCOUNT_ID: '210987654321' }))).rejects.toThrow(
        new StartupError('GATEHOUSE_ACCOUNT_ID is 210987654321, but this database was made for the account 123456789012'),
      );
    }
    expect(readCredentials(credentials)).toEqual(first);
    expect(await database.manager.find(AccessKeyEntity)).toMatchObject([{ accountId: '123456789012' }]);
  });

  it('makes one key when control planes start at once', async () => {
    const others = await Promise.all([1, 2, 3].map(() => openDatabase(environment.database.url)));
    await Promise.all([database, ...others].map((source) => ensureRootIdentity(source, config())));
    await Promise.all(others.map((source) => source.destroy()));
    const keys = await database.manager.find(AccessKeyEntity);
    expect(keys.map((key) => key.accessKeyId)).toEqual([readCredentials(credentials).get('aws_access_key_id')]);
  });

  it('takes the key of the environment in place of the stored one', async () => {
    await ensureRootIdentity(database, config());
    await ensureRootIdentity(database, config(OVERRIDE));
    const keys = await database.manager.find(AccessKeyEntity);
    expect(keys.map((key) => key.accessKeyId)).toEqual([ROOT_KEY.accessKeyId]);
    const found = await new AccessKeys(database, config()).find(ROOT_KEY.accessKeyId);
    expect(found?.secretAccessKey).toBe(ROOT_KEY.secretAccessKey);
  });

  it('changes the secret when the environment keeps the id', async () => {
    await ensureRootIdentity(database, config(OVERRIDE));
    await ensureRootIdentity(database, config({ ...OVERRIDE, GATEHOUSE_ROOT_SECRET_ACCESS_KEY: 'another-secret-of-the-root' }));
    const found = await new AccessKeys(database, config()).find(ROOT_KEY.accessKeyId);
    expect(found?.secretAccessKey).toBe('another-secret-of-the-root');
  });

  it('writes no credentials when the environment sets the key', async () => {
    await ensureRootIdentity(database, config(OVERRIDE));
    expect(existsSync(credentials)).toBe(false);
  });

  it('says that the master key is another one, and changes nothing', async () => {
    await ensureRootIdentity(database, config());
    const before = await database.manager.find(AccessKeyEntity);
    const wrong = config({ ...OVERRIDE, GATEHOUSE_MASTER_KEY: Buffer.alloc(32, 9).toString('base64') });
    await expect(ensureRootIdentity(database, wrong)).rejects.toThrow(StartupError);
    await expect(ensureRootIdentity(database, wrong)).rejects.toThrow(/^GATEHOUSE_MASTER_KEY .* is not the master key/);
    expect(await database.manager.find(AccessKeyEntity)).toEqual(before);
  });

  it('security class: secrets at rest: the database holds no secret in clear, and a sealed one opens under its own id only', async () => {
    await ensureRootIdentity(database, config(OVERRIDE));
    const tables = await database.query<{ tablename: string }[]>("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    expect(tables.length).toBeGreaterThan(10);
    for (const { tablename } of tables) {
      const rows: unknown = await database.query(`SELECT * FROM ${tablename}`);
      expect(JSON.stringify(rows)).not.toContain(ROOT_KEY.secretAccessKey);
    }
    await database.query("UPDATE access_keys SET access_key_id = 'AKIAANOTHERKEYID2222'");
    await expect(new AccessKeys(database, config()).find('AKIAANOTHERKEYID2222')).rejects.toThrow('was changed or moved');
  });
});
