import path from 'node:path';
import { CliError } from './cli-error.js';

/** What the CLI reads from its environment (docs/configuration.md). */
export interface Environment {
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  /** Absolute. */
  dataDir: string;
  region: string;
  admin: Listener;
  /** The first gateway's; each further one takes the next port. */
  gateway: Listener;
  /** The first gateway's health and metrics; each further one takes the next port. */
  internal: Listener;
  functions: Listener;
  accessLog: string | undefined;
  dataPlaneKey: string | undefined;
  masterKey: string | undefined;
}

/** An address to listen on, with the variable that sets its port. */
export interface Listener {
  host: string;
  port: number;
  variable: string;
}

const HIGHEST_PORT = 65_535;

/** Reads and checks the variables. Throws {@link CliError} that names the variable with a wrong value. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const port = (variable: string, otherwise: number) => {
    const text = env[variable];
    if (!text) return otherwise;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < 1 || value > HIGHEST_PORT)
      throw new CliError(`${variable} is not a port (1 to 65535): ${text}`);
    return value;
  };
  const listener = (name: string, otherwise: number): Listener => ({
    host: env[`GATEHOUSE_${name}_HOST`] || '127.0.0.1',
    port: port(`GATEHOUSE_${name}_PORT`, otherwise),
    variable: `GATEHOUSE_${name}_PORT`,
  });
  return {
    databaseUrl: url('DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:']),
    redisUrl: url('REDIS_URL', env.REDIS_URL, ['redis:', 'rediss:']),
    dataDir: path.resolve(env.GATEHOUSE_DATA_DIR || '.gatehouse'),
    region: env.GATEHOUSE_REGION || 'us-east-1',
    admin: listener('ADMIN', 4600),
    gateway: listener('GATEWAY', 8080),
    internal: listener('INTERNAL', 9090),
    functions: listener('FUNCTIONS', 9100),
    accessLog: env.GATEHOUSE_ACCESS_LOG || undefined,
    dataPlaneKey: env.GATEHOUSE_DATA_PLANE_KEY || undefined,
    masterKey: env.GATEHOUSE_MASTER_KEY || undefined,
  };
}

/** Checks a URL's form; an error never repeats the value, which holds a password. */
function url(variable: string, text: string | undefined, protocols: string[]): string | undefined {
  if (!text) return undefined;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    throw new CliError(`${variable} is not a URL that begins with ${protocols.join('// or ')}//`);
  }
  return text;
}
