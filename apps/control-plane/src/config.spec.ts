import { deriveDataPlaneSecret } from '@gatehouse/snapshot';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from './config.js';
import { StartupError } from './startup-error.js';

const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
let directory: string;
let env: Record<string, string>;

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'config-')), 'data');
  env = {
    DATABASE_URL: 'postgres://gatehouse:p4ss@db.internal:5433/gatehouse',
    REDIS_URL: 'redis://:r3dis@cache.internal:6379',
    GATEHOUSE_DATA_DIR: directory,
    GATEHOUSE_MASTER_KEY: MASTER_KEY,
  };
});

function refusal(change: Record<string, string>): string {
  try {
    loadConfig({ ...env, ...change });
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    return (error as StartupError).message;
  }
  throw new Error('was accepted');
}

describe('loadConfig', () => {
  it('fills in what is not said', () => {
    expect(loadConfig({ ...env, GATEHOUSE_ADMIN_PORT: '' })).toMatchObject({
      databaseUrl: env['DATABASE_URL'],
      redisUrl: env['REDIS_URL'],
      host: '127.0.0.1',
      port: 4600,
      accountId: '123456789012',
      region: 'us-east-1',
      dataDirectory: directory,
      rootAccessKey: undefined,
      functionsEndpoint: undefined,
    });
    expect(existsSync(directory)).toBe(false);
  });

  it('takes services without a password', () => {
    const bare = { DATABASE_URL: 'postgres://db/gatehouse', REDIS_URL: 'redis://cache' };
    expect(loadConfig({ ...env, ...bare })).toMatchObject({ databaseUrl: bare.DATABASE_URL, redisUrl: bare.REDIS_URL });
  });

  it('takes what is said', () => {
    const config = loadConfig({
      ...env,
      GATEHOUSE_ADMIN_HOST: '::1',
      GATEHOUSE_ADMIN_PORT: '0',
      GATEHOUSE_ACCOUNT_ID: '000000000001',
      GATEHOUSE_REGION: 'eu-central-1',
      GATEHOUSE_FUNCTIONS_ENDPOINT: 'http://127.0.0.1:9100',
      GATEHOUSE_TEST_INVOKE_ENDPOINT: 'http://127.0.0.1:9090',
      GATEHOUSE_ROOT_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE22',
      GATEHOUSE_ROOT_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG',
    });
    expect(config).toMatchObject({ host: '::1', port: 0, accountId: '000000000001', region: 'eu-central-1' });
    expect(config.functionsEndpoint?.href).toBe('http://127.0.0.1:9100/');
    expect(config.testInvokeEndpoint?.href).toBe('http://127.0.0.1:9090/');
    expect(config.rootAccessKey).toEqual({ accessKeyId: 'AKIAEXAMPLEEXAMPLE22', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' });
  });

  it.each([
    [{ DATABASE_URL: '' }, 'DATABASE_URL is not set; it has the form postgres://user:password@host:5432/database'],
    [{ DATABASE_URL: 'mysql://u:s3cret@h/d' }, 'DATABASE_URL does not have the form postgres://user:password@host:5432/database'],
    [{ DATABASE_URL: 's3cret' }, 'DATABASE_URL does not have the form postgres://user:password@host:5432/database'],
    [
      { DATABASE_URL: 'postgres://u:s3cret@h' },
      'DATABASE_URL names no database; it has the form postgres://user:password@host:5432/database',
    ],
    [
      { DATABASE_URL: 'postgres://u:s3cret%ZZ@h/d' },
      'DATABASE_URL does not have the form postgres://user:password@host:5432/database',
    ],
    ...['127.0.0.1:9100', 'http://u:s3cret@h', 'http://h/lambda', 'http://h?x', 'ftp://h'].map(
      (value): [Record<string, string>, string] => [
        { GATEHOUSE_FUNCTIONS_ENDPOINT: value },
        'GATEHOUSE_FUNCTIONS_ENDPOINT does not have the form http://host:port',
      ],
    ),
    [{ REDIS_URL: '' }, 'REDIS_URL is not set; it has the form redis://:password@host:6379'],
    [{ REDIS_URL: 'http://:s3cret@h' }, 'REDIS_URL does not have the form redis://:password@host:6379'],
    [{ GATEHOUSE_ADMIN_HOST: 'a b' }, 'GATEHOUSE_ADMIN_HOST is "a b", which is not a host name or an IP address'],
    [{ GATEHOUSE_ADMIN_PORT: '-1' }, 'GATEHOUSE_ADMIN_PORT is "-1", which is not a port number'],
    [{ GATEHOUSE_ADMIN_PORT: '65536' }, 'GATEHOUSE_ADMIN_PORT is 65536, which is not a port number'],
    [{ GATEHOUSE_ACCOUNT_ID: '12345678901' }, 'GATEHOUSE_ACCOUNT_ID is "12345678901", which is not 12 digits'],
    [
      { GATEHOUSE_MAX_INTEGRATION_TIMEOUT_MS: '28999' },
      'GATEHOUSE_MAX_INTEGRATION_TIMEOUT_MS is 28999, which is not from 29000 to 900000',
    ],
    [
      { GATEHOUSE_MAX_INTEGRATION_TIMEOUT_MS: '900001' },
      'GATEHOUSE_MAX_INTEGRATION_TIMEOUT_MS is 900001, which is not from 29000 to 900000',
    ],
    [{ GATEHOUSE_REGION: 'US' }, 'GATEHOUSE_REGION is "US", which is not a region such as us-east-1'],
    [{ GATEHOUSE_MASTER_KEY: 's3cret' }, 'GATEHOUSE_MASTER_KEY is not 32 bytes in base64'],
    [{ GATEHOUSE_MASTER_KEY: `${MASTER_KEY} ` }, 'GATEHOUSE_MASTER_KEY is not 32 bytes in base64'],
    [
      { GATEHOUSE_ROOT_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE22' },
      'GATEHOUSE_ROOT_ACCESS_KEY_ID is set, GATEHOUSE_ROOT_SECRET_ACCESS_KEY is not',
    ],
    [
      { GATEHOUSE_ROOT_SECRET_ACCESS_KEY: 's3cret' },
      'GATEHOUSE_ROOT_SECRET_ACCESS_KEY is set, GATEHOUSE_ROOT_ACCESS_KEY_ID is not',
    ],
    [
      { GATEHOUSE_ROOT_ACCESS_KEY_ID: 'short', GATEHOUSE_ROOT_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG' },
      'GATEHOUSE_ROOT_ACCESS_KEY_ID is not 16 to 128 letters, digits and underscores',
    ],
    [
      { GATEHOUSE_ROOT_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE22', GATEHOUSE_ROOT_SECRET_ACCESS_KEY: 's3cret' },
      'GATEHOUSE_ROOT_SECRET_ACCESS_KEY is not 16 to 128 visible ASCII characters',
    ],
  ])('refuses %j by name', (change, message) => {
    expect(refusal(change)).toBe(message);
    expect(message).not.toContain('s3cret');
  });
});

describe('the master key', () => {
  it('gives every purpose a key of its own', () => {
    const { masterKey, dataPlaneKey, atRestKey } = loadConfig(env);
    const keys = [
      masterKey,
      deriveDataPlaneSecret(masterKey),
      ...[dataPlaneKey.mac, dataPlaneKey.seal, atRestKey.seal].map((key) => key.export()),
    ];
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(5);
    expect(atRestKey.id).not.toBe(dataPlaneKey.id);
  });

  it('is made on first use, for its owner only, and stays', () => {
    delete env['GATEHOUSE_MASTER_KEY'];
    const { masterKey } = loadConfig(env);
    expect(masterKey).toHaveLength(32);
    expect(loadConfig(env).masterKey).toEqual(masterKey);
    expect(readdirSync(directory)).toEqual(['master.key']);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, 'master.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, 'master.key'), 'utf8').trim()).toBe(masterKey.toString('base64'));
  });

  it('security class: is never one that everybody knows, and refused when others can read it', () => {
    delete env['GATEHOUSE_MASTER_KEY'];
    const first = loadConfig(env).masterKey;
    const second = loadConfig({ ...env, GATEHOUSE_DATA_DIR: `${directory}2` }).masterKey;
    expect(first).not.toEqual(second);
    const path = join(directory, 'master.key');
    chmodSync(path, 0o640);
    expect(refusal({})).toBe(`${path} can be used by others than its owner; run: chmod 600 ${path}`);
  });

  it('is refused, without being told, when the file is damaged', () => {
    delete env['GATEHOUSE_MASTER_KEY'];
    loadConfig(env);
    writeFileSync(join(directory, 'master.key'), 'damaged\n');
    expect(refusal({})).toBe(`${join(directory, 'master.key')} is not 32 bytes in base64`);
  });

  it('names GATEHOUSE_DATA_DIR when that cannot be used', () => {
    delete env['GATEHOUSE_MASTER_KEY'];
    writeFileSync(directory, 'a file');
    expect(refusal({})).toMatch(/^GATEHOUSE_DATA_DIR: /);
  });
});
