import { dataPlaneKey, decodeKey, KEY_BYTES, type DataPlaneKey } from '@gatehouse/snapshot';
import { accessSync, constants } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { StartupError } from './startup-error.js';

/** Users (and groups of the same numbers) that sandboxes run as; both ends included. */
export interface UidRange {
  first: number;
  last: number;
}

/** What the environment tells a functions process. docs/configuration.md explains each variable; times are in seconds. */
export interface FunctionsConfig {
  redisUrl: string;
  /** Names this process in the fleet. */
  functionsId: string;
  /** Any of them may have signed documents and calls; the first one signs. */
  dataPlaneKeys: readonly DataPlaneKey[];
  /** Where archives come from; without a path. */
  controlPlaneUrl: URL;
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Absolute path. */
  dataDirectory: string;
  uids: UidRange;
  /** `isolated`: a network for each sandbox. Null takes that where it can be had, else the machine's. */
  network: 'isolated' | 'machine' | null;
  /** Most invocations at a time of all functions together. */
  concurrency: number;
  /** For a sandbox without work. */
  idle: number;
  /** For invocations under way when the process is asked to end. */
  drain: number;
  /** Bytes of extracted archives that are kept on disk for functions that do not run now. */
  codeCacheBytes: number;
  /** Bytes after which a function's log file is put aside for a new one. */
  logMaxBytes: number;
  /** Log files of a function that are kept aside. */
  logFiles: number;
  /** Path of the Node.js that runs a runtime (`nodejs24.x`, ...). */
  nodes: ReadonlyMap<string, string>;
}

type Environment = Record<string, string | undefined>;

const MOST_SECONDS = 1_000_000;
/** Nobody: files of unknown owners and unprivileged services have it. */
const NOBODY = 65_534;
/** One more is the number that means "no user" to system calls. */
const LAST_UID = 4_294_967_293;

/** Reads the environment. Throws a `StartupError` that names the variable which is missing or wrong; it never repeats a secret. */
export function loadConfig(env: Environment): FunctionsConfig {
  const port = whole(env, 'GATEHOUSE_FUNCTIONS_PORT', 9100, 0, 65_535);
  return {
    redisUrl: readRedisUrl(env),
    functionsId: matching(
      env,
      'GATEHOUSE_FUNCTIONS_ID',
      // A port that is not known yet tells two processes of one machine not apart.
      `${hostname()}-${port || `pid${process.pid}`}`,
      /^[A-Za-z0-9][\w.-]{0,127}$/,
      'letters, digits and . _ -, a letter or digit first',
    ),
    dataPlaneKeys: readDataPlaneKeys(env),
    controlPlaneUrl: readControlPlaneUrl(env),
    host: matching(env, 'GATEHOUSE_FUNCTIONS_HOST', '127.0.0.1', /^[A-Za-z0-9.:_-]+$/, 'a host name or an IP address'),
    port,
    dataDirectory: resolve(env['GATEHOUSE_DATA_DIR'] || '.gatehouse'),
    uids: readUids(env),
    network: readNetwork(env),
    concurrency: whole(env, 'GATEHOUSE_FUNCTIONS_CONCURRENCY', 1_000, 1, 100_000),
    idle: whole(env, 'GATEHOUSE_FUNCTIONS_IDLE_SECONDS', 300, 1, MOST_SECONDS),
    drain: whole(env, 'GATEHOUSE_DRAIN_SECONDS', 30, 0, MOST_SECONDS),
    codeCacheBytes: whole(env, 'GATEHOUSE_FUNCTIONS_CODE_CACHE_BYTES', 10_737_418_240, 0),
    logMaxBytes: whole(env, 'GATEHOUSE_FUNCTIONS_LOG_MAX_BYTES', 10_485_760, 4096),
    logFiles: whole(env, 'GATEHOUSE_FUNCTIONS_LOG_FILES', 2, 1, 1_000),
    nodes: new Map([
      ['nodejs20.x', nodePath(env, 'GATEHOUSE_NODEJS20')],
      ['nodejs22.x', nodePath(env, 'GATEHOUSE_NODEJS22')],
      ['nodejs24.x', nodePath(env, 'GATEHOUSE_NODEJS24')],
    ]),
  };
}

/** An empty variable counts as one that is not set: compose files and manifests pass optional ones like that. */
function matching(env: Environment, name: string, fallback: string, pattern: RegExp, what: string): string {
  const value = env[name] || fallback;
  if (!pattern.test(value)) throw new StartupError(`${name} is ${JSON.stringify(value)}, which is not ${what}`);
  return value;
}

function whole(env: Environment, name: string, fallback: number, least: number, most = Infinity): number {
  const value = Number(matching(env, name, String(fallback), /^\d{1,12}$/, 'a whole number'));
  if (value < least) throw new StartupError(`${name} is ${value}, which is less than ${least}`);
  if (value > most) throw new StartupError(`${name} is ${value}, which is more than ${most}`);
  return value;
}

function readUids(env: Environment): UidRange {
  const name = 'GATEHOUSE_FUNCTION_UIDS';
  const text = matching(env, name, '200000-265535', /^\d{1,10}-\d{1,10}$/, 'a range of user ids such as 200000-265535');
  const [first, last] = text.split('-').map(Number) as [number, number];
  if (first > last) throw new StartupError(`${name} is ${text}: the first number is above the last`);
  if (first === 0) throw new StartupError(`${name} is ${text}, which holds 0: functions never run as root`);
  if (first <= NOBODY && NOBODY <= last) throw new StartupError(`${name} is ${text}, which holds ${NOBODY} (nobody)`);
  if (last > LAST_UID) throw new StartupError(`${name} is ${text}, which goes beyond ${LAST_UID}`);
  return { first, last };
}

function readNetwork(env: Environment): FunctionsConfig['network'] {
  const name = 'GATEHOUSE_FUNCTION_NETWORK';
  const value = env[name] || null;
  if (value !== null && value !== 'isolated' && value !== 'machine') {
    throw new StartupError(`${name} is ${JSON.stringify(value)}, which is neither isolated nor machine`);
  }
  return value;
}

function nodePath(env: Environment, name: string): string {
  const value = env[name];
  if (!value) return process.execPath;
  try {
    accessSync(value, constants.X_OK);
  } catch {
    throw new StartupError(`${name} is ${JSON.stringify(value)}, which is no program that can be run`);
  }
  return resolve(value);
}

function readControlPlaneUrl(env: Environment): URL {
  const name = 'GATEHOUSE_CONTROL_PLANE_URL';
  const form = 'http://host:4600 or https://host';
  const value = env[name];
  if (!value) throw new StartupError(`${name} is not set; it has the form ${form}`);
  const url = URL.parse(value);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/' || url.search || url.username) {
    throw new StartupError(`${name} does not have the form ${form}`);
  }
  return url;
}

function readRedisUrl(env: Environment): string {
  const form = 'redis://:password@host:6379';
  const value = env['REDIS_URL'];
  if (!value) throw new StartupError(`REDIS_URL is not set; it has the form ${form}`);
  const url = URL.parse(value);
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || !url.hostname) {
    throw new StartupError(`REDIS_URL does not have the form ${form}`);
  }
  return value;
}

function readDataPlaneKeys(env: Environment): DataPlaneKey[] {
  const value = env['GATEHOUSE_DATA_PLANE_KEY'];
  if (!value) {
    throw new StartupError(
      `GATEHOUSE_DATA_PLANE_KEY is not set; it is one or more keys of ${KEY_BYTES} bytes in base64, with commas between`,
    );
  }
  return value.split(',').map((text, index) => {
    const secret = decodeKey(text.trim());
    if (!secret) throw new StartupError(`GATEHOUSE_DATA_PLANE_KEY: key ${index + 1} is not ${KEY_BYTES} bytes in base64`);
    return dataPlaneKey(secret);
  });
}
