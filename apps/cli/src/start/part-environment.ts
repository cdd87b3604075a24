import path from 'node:path';
import type { Environment } from '../environment.js';

/** What a gateway may not know: it needs neither the database nor what the master key protects. */
const NOT_FOR_GATEWAYS = [
  'DATABASE_URL',
  'GATEHOUSE_MASTER_KEY',
  'GATEHOUSE_ROOT_ACCESS_KEY_ID',
  'GATEHOUSE_ROOT_SECRET_ACCESS_KEY',
];

/** The control plane's environment: the caller's, with the services and addresses of this start. */
export function controlPlaneEnvironment(
  env: NodeJS.ProcessEnv,
  environment: Environment,
  services: { databaseUrl: string; redisUrl: string },
): NodeJS.ProcessEnv {
  return {
    ...env,
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    GATEHOUSE_DATA_DIR: environment.dataDir,
    GATEHOUSE_ADMIN_HOST: environment.admin.host,
    GATEHOUSE_ADMIN_PORT: String(environment.admin.port),
  };
}

/** The environment of gateway `index` (from 0): the caller's without the control plane's secrets. Its access log goes to a file of its own. */
export function gatewayEnvironment(
  env: NodeJS.ProcessEnv,
  environment: Environment,
  services: { redisUrl: string; dataPlaneKey: string },
  index: number,
): NodeJS.ProcessEnv {
  const port = environment.gateway.port + index;
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_FOR_GATEWAYS.includes(name))),
    REDIS_URL: services.redisUrl,
    GATEHOUSE_DATA_PLANE_KEY: services.dataPlaneKey,
    GATEHOUSE_DATA_DIR: environment.dataDir,
    GATEHOUSE_GATEWAY_HOST: environment.gateway.host,
    GATEHOUSE_GATEWAY_PORT: String(port),
    GATEHOUSE_INTERNAL_HOST: environment.internal.host,
    GATEHOUSE_INTERNAL_PORT: String(environment.internal.port + index),
    GATEHOUSE_ACCESS_LOG: environment.accessLog ?? path.join(environment.dataDir, 'logs', `access-${port}.log`),
  };
}
