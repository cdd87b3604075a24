import {
  dataPlaneKey,
  decodeKey,
  deriveDataPlaneSecret,
  KEY_BYTES,
  type DataPlaneKey,
  type SealingKey,
} from '@gatehouse/snapshot';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { atRestKey } from './at-rest-key.js';
import { readOrMakePrivateFile } from './private-file.js';
import { StartupError } from './startup-error.js';

/** An access key that the environment sets in place of the generated one. */
export interface RootAccessKey {
  accessKeyId: string;
  secretAccessKey: string;
}

/** What the environment tells the control plane; a class, because Nest injects by class. docs/configuration.md explains each variable. */
export abstract class ControlPlaneConfig {
  abstract readonly databaseUrl: string;
  abstract readonly redisUrl: string;
  /** Where the admin API listens. Port 0 takes a free one. */
  abstract readonly host: string;
  abstract readonly port: number;
  /** Account and region of whoever does not say otherwise. */
  abstract readonly accountId: string;
  abstract readonly region: string;
  /** Absolute path; holds `master.key` and `credentials`. */
  abstract readonly dataDirectory: string;
  /** Everything that is kept secret is derived from it. Gateways never hold it. */
  abstract readonly masterKey: Buffer;
  /** Authenticates and seals what is published. */
  abstract readonly dataPlaneKey: DataPlaneKey;
  /** Seals what the database keeps and must be recovered. */
  abstract readonly atRestKey: SealingKey;
  abstract readonly rootAccessKey: RootAccessKey | undefined;
  /** The functions service, or a balancer before several; functions cannot be invoked without one. */
  abstract readonly functionsEndpoint: URL | undefined;
  /** The internal port of a gateway, or a balancer before several, where methods and authorizers are tested; without one they cannot be. */
  abstract readonly testInvokeEndpoint: URL | undefined;
  /**
   * What becomes of a setting that gateways cannot enforce: `refuse` answers 400 and keeps nothing of it; `deny` takes it, and exactly the
   * routes that it concerns answer 500.
   */
  abstract readonly unenforced: Unenforced;
  /** `aws`: AWS's default quotas hold. `none`: ceilings far above them, which bound what one account can cost. */
  abstract readonly limits: LimitsProfile;
  /** Milliseconds: longest timeout of an integration whose answer is not streamed. A quota of AWS's accounts. */
  abstract readonly maxIntegrationTimeout: number;
}

export type Unenforced = 'refuse' | 'deny';
export type LimitsProfile = 'aws' | 'none';

type Environment = Record<string, string | undefined>;

/**
 * Reads the environment. Makes the data directory (0700) and the master key in it (0600) on first use.
 * Throws a `StartupError` that names the variable which is missing or wrong; it never repeats the value of one that may hold a secret.
 */
export function loadConfig(env: Environment): ControlPlaneConfig {
  const dataDirectory = resolve(env['GATEHOUSE_DATA_DIR'] || '.gatehouse');
  const config = {
    databaseUrl: serviceUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database'),
    redisUrl: serviceUrl(env, 'REDIS_URL', ['redis:', 'rediss:'], 'redis://:password@host:6379'),
    host: matching(env, 'GATEHOUSE_ADMIN_HOST', '127.0.0.1', /^[A-Za-z0-9.:_-]+$/, 'a host name or an IP address'),
    port: port(env, 'GATEHOUSE_ADMIN_PORT', 4600),
    accountId: matching(env, 'GATEHOUSE_ACCOUNT_ID', '123456789012', /^\d{12}$/, '12 digits'),
    region: matching(env, 'GATEHOUSE_REGION', 'us-east-1', /^[a-z][a-z0-9-]{0,62}$/, 'a region such as us-east-1'),
    rootAccessKey: rootAccessKey(env),
    functionsEndpoint: endpoint(env, 'GATEHOUSE_FUNCTIONS_ENDPOINT'),
    testInvokeEndpoint: endpoint(env, 'GATEHOUSE_TEST_INVOKE_ENDPOINT'),
    unenforced: oneOf(env, 'GATEHOUSE_UNENFORCED', ['refuse', 'deny']),
    limits: oneOf(env, 'GATEHOUSE_LIMITS', ['none', 'aws']),
    maxIntegrationTimeout: maxIntegrationTimeout(env),
    dataDirectory,
  };
  const masterKey = readMasterKey(env, dataDirectory);
  return { ...config, masterKey, dataPlaneKey: dataPlaneKey(deriveDataPlaneSecret(masterKey)), atRestKey: atRestKey(masterKey) };
}

/** An empty variable counts as one that is not set: compose files and manifests pass optional ones like that. */
function matching(env: Environment, name: string, fallback: string, pattern: RegExp, what: string): string {
  const value = env[name] || fallback;
  if (!pattern.test(value)) throw new StartupError(`${name} is ${JSON.stringify(value)}, which is not ${what}`);
  return value;
}

/** The first of `values` where the variable is not set. */
function oneOf<T extends string>(env: Environment, name: string, values: readonly [T, ...T[]]): T {
  const value = env[name] || values[0];
  const known = values.find((each) => each === value);
  if (!known) throw new StartupError(`${name} is ${JSON.stringify(value)}, which is none of ${values.join(', ')}`);
  return known;
}

/** From AWS's default to the longest call that gateways make. */
function maxIntegrationTimeout(env: Environment): number {
  const name = 'GATEHOUSE_MAX_INTEGRATION_TIMEOUT_MS';
  const value = Number(matching(env, name, '29000', /^\d{1,6}$/, 'a whole number of milliseconds'));
  if (value < 29_000 || value > 900_000) throw new StartupError(`${name} is ${value}, which is not from 29000 to 900000`);
  return value;
}

function port(env: Environment, name: string, fallback: number): number {
  const value = Number(matching(env, name, String(fallback), /^\d{1,5}$/, 'a port number'));
  if (value > 65_535) throw new StartupError(`${name} is ${value}, which is not a port number`);
  return value;
}

function serviceUrl(env: Environment, name: string, protocols: string[], example: string): string {
  const value = env[name];
  if (!value) throw new StartupError(`${name} is not set; it has the form ${example}`);
  const url = URL.parse(value);
  if (!url || !protocols.includes(url.protocol) || !url.hostname || !isWellEncoded(url)) {
    throw new StartupError(`${name} does not have the form ${example}`);
  }
  if (name === 'DATABASE_URL' && url.pathname.length < 2) {
    throw new StartupError(`${name} names no database; it has the form ${example}`);
  }
  return value;
}

function endpoint(env: Environment, name: string): URL | undefined {
  const value = env[name];
  if (!value) return undefined;
  const url = URL.parse(value);
  const isBare = url && !url.username && !url.password && url.pathname === '/' && !url.search && !url.hash;
  if (!isBare || !['http:', 'https:'].includes(url.protocol)) {
    throw new StartupError(`${name} does not have the form http://host:port`);
  }
  return url;
}

function isWellEncoded({ username, password, pathname }: URL): boolean {
  try {
    decodeURIComponent(username + password + pathname);
    return true;
  } catch {
    return false;
  }
}

function rootAccessKey(env: Environment): RootAccessKey | undefined {
  const accessKeyId = env['GATEHOUSE_ROOT_ACCESS_KEY_ID'];
  const secretAccessKey = env['GATEHOUSE_ROOT_SECRET_ACCESS_KEY'];
  if (!accessKeyId && !secretAccessKey) return undefined;
  if (!accessKeyId) throw new StartupError('GATEHOUSE_ROOT_SECRET_ACCESS_KEY is set, GATEHOUSE_ROOT_ACCESS_KEY_ID is not');
  if (!secretAccessKey) throw new StartupError('GATEHOUSE_ROOT_ACCESS_KEY_ID is set, GATEHOUSE_ROOT_SECRET_ACCESS_KEY is not');
  if (!/^\w{16,128}$/.test(accessKeyId)) {
    throw new StartupError('GATEHOUSE_ROOT_ACCESS_KEY_ID is not 16 to 128 letters, digits and underscores');
  }
  if (!/^[!-~]{16,128}$/.test(secretAccessKey)) {
    throw new StartupError('GATEHOUSE_ROOT_SECRET_ACCESS_KEY is not 16 to 128 visible ASCII characters');
  }
  return { accessKeyId, secretAccessKey };
}

function readMasterKey(env: Environment, dataDirectory: string): Buffer {
  const value = env['GATEHOUSE_MASTER_KEY'];
  if (value) return readKey(value, 'GATEHOUSE_MASTER_KEY');
  const path = join(dataDirectory, 'master.key');
  return readKey(read(), path);

  function read(): string {
    try {
      return readOrMakePrivateFile(path, () => `${randomBytes(KEY_BYTES).toString('base64')}\n`).trim();
    } catch (error) {
      if (error instanceof StartupError) throw error;
      throw new StartupError(`GATEHOUSE_DATA_DIR: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function readKey(text: string, source: string): Buffer {
  const key = decodeKey(text);
  if (!key) throw new StartupError(`${source} is not ${KEY_BYTES} bytes in base64`);
  return key;
}
