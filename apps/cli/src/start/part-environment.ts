import path from 'node:path';
import { urlOf } from '../endpoints.js';
import type { Environment, Listener } from '../environment.js';

/** What the data plane may not know: it needs neither the database nor what the master key protects. */
const NOT_FOR_THE_DATA_PLANE = [
  'DATABASE_URL',
  'GATEHOUSE_MASTER_KEY',
  'GATEHOUSE_ROOT_ACCESS_KEY_ID',
  'GATEHOUSE_ROOT_SECRET_ACCESS_KEY',
];
const POSTGRES_PORT = 5432;

/** The services that a start uses, its own or given ones. */
export interface Services {
  databaseUrl: string;
  redisUrl: string;
}

/** The control plane's environment: the caller's, with the services and addresses of this start. */
export function controlPlaneEnvironment(env: NodeJS.ProcessEnv, environment: Environment, services: Services): NodeJS.ProcessEnv {
  return {
    ...env,
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    GATEHOUSE_DATA_DIR: environment.dataDir,
    GATEHOUSE_ADMIN_HOST: environment.admin.host,
    GATEHOUSE_ADMIN_PORT: String(environment.admin.port),
    GATEHOUSE_FUNCTIONS_ENDPOINT: env.GATEHOUSE_FUNCTIONS_ENDPOINT || endpointOf(environment.functions),
    GATEHOUSE_TEST_INVOKE_ENDPOINT: env.GATEHOUSE_TEST_INVOKE_ENDPOINT || endpointOf(environment.internal),
  };
}

/** The environment of the functions service: the caller's without the control plane's secrets. */
export function functionsEnvironment(
  env: NodeJS.ProcessEnv,
  environment: Environment,
  { services, dataPlaneKey }: Pick<Fleet, 'services' | 'dataPlaneKey'>,
): NodeJS.ProcessEnv {
  return {
    ...forTheDataPlane(env),
    REDIS_URL: services.redisUrl,
    GATEHOUSE_DATA_PLANE_KEY: dataPlaneKey,
    GATEHOUSE_DATA_DIR: environment.dataDir,
    GATEHOUSE_CONTROL_PLANE_URL: env.GATEHOUSE_CONTROL_PLANE_URL || endpointOf(environment.admin),
    GATEHOUSE_FUNCTIONS_HOST: environment.functions.host,
    GATEHOUSE_FUNCTIONS_PORT: String(environment.functions.port),
  };
}

const endpointOf = ({ host, port }: Listener) => urlOf(host, port);

function forTheDataPlane(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_FOR_THE_DATA_PLANE.includes(name)));
}

/** Gateways of one start. */
export interface Fleet {
  /** How many there are. */
  size: number;
  services: Services;
  dataPlaneKey: string;
}

/**
 * The environment of gateway `index` (from 0): the caller's without the control plane's secrets. Its name and its access log are its own: two
 * gateways of one name would take one another's place in the fleet and overwrite one another's disk copy.
 * No integration may reach Postgres, the admin API, the functions service or the internal port of any gateway (a gateway blocks its own Redis itself).
 */
export function gatewayEnvironment(
  env: NodeJS.ProcessEnv,
  environment: Environment,
  fleet: Fleet,
  index: number,
): NodeJS.ProcessEnv {
  const port = environment.gateway.port + index;
  return {
    ...forTheDataPlane(env),
    REDIS_URL: fleet.services.redisUrl,
    GATEHOUSE_DATA_PLANE_KEY: fleet.dataPlaneKey,
    GATEHOUSE_DATA_DIR: environment.dataDir,
    GATEHOUSE_GATEWAY_HOST: environment.gateway.host,
    GATEHOUSE_GATEWAY_PORT: String(port),
    ...(env.GATEHOUSE_TLS_PORT ? { GATEHOUSE_TLS_PORT: nthPort(env.GATEHOUSE_TLS_PORT, index) } : {}),
    GATEHOUSE_INTERNAL_HOST: environment.internal.host,
    GATEHOUSE_INTERNAL_PORT: String(environment.internal.port + index),
    ...(env.GATEHOUSE_GATEWAY_ID ? { GATEHOUSE_GATEWAY_ID: ownName(env.GATEHOUSE_GATEWAY_ID, fleet, port) } : {}),
    GATEHOUSE_LAMBDA_ENDPOINT: env.GATEHOUSE_LAMBDA_ENDPOINT || endpointOf(environment.functions),
    GATEHOUSE_ACCESS_LOG: accessLog(environment, fleet, port),
    GATEHOUSE_BLOCKED_TARGETS: [env.GATEHOUSE_BLOCKED_TARGETS, ...ownTargets(environment, fleet)].filter(Boolean).join(','),
  };
}

/** What is no number is left for the gateway to refuse. */
const nthPort = (first: string, index: number) => (/^\d+$/.test(first) ? String(Number(first) + index) : first);

const ownName = (name: string, { size }: Fleet, port: number) => (size > 1 ? `${name}-${port}` : name);

function accessLog({ accessLog: given, dataDir }: Environment, fleet: Fleet, port: number): string {
  if (!given) return path.join(dataDir, 'logs', `access-${port}.log`);
  const isFile = given !== 'stdout' && given !== 'off' && !/^\/(?:dev|proc)\//.test(given);
  return isFile ? ownName(given, fleet, port) : given;
}

function ownTargets({ admin, internal, functions }: Environment, { size, services }: Fleet): string[] {
  const postgres = new URL(services.databaseUrl);
  const internals = Array.from({ length: size }, (_, index) => ({ ...internal, port: internal.port + index }));
  return [`${postgres.hostname}:${postgres.port || POSTGRES_PORT}`, ...[admin, functions, ...internals].map(target)];
}

/** An IPv6 address stands in brackets before a port. */
const target = ({ host, port }: Listener) => `${host.includes(':') ? `[${host}]` : host}:${port}`;
