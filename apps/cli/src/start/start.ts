import { startPostgres, startRedis, type EmbeddedService } from '@gatehouse/embedded';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AdminClient } from '../admin-client.js';
import { CliError } from '../cli-error.js';
import { loadCredentials } from '../credentials.js';
import { removeEndpoints, urlOf, writeEndpoints, type Endpoints } from '../endpoints.js';
import type { Environment, Listener } from '../environment.js';
import { startExampleBackend } from '../example-backend.js';
import { checkPorts } from './check-ports.js';
import { checkServices } from './check-services.js';
import { startChild } from './child.js';
import { awaitDataPlaneKey } from './data-plane-key.js';
import { holdDataDirectory } from './data-directory.js';
import { ensureExampleApi, type ExampleApi } from './example-api.js';
import { ensureExampleFunction } from './example-function.js';
import { exampleUrl, instructions } from './instructions.js';
import { appendLines, openLogFile } from './log-file.js';
import {
  controlPlaneEnvironment,
  functionsEnvironment,
  gatewayEnvironment,
  type Fleet,
  type Services,
} from './part-environment.js';
import { Supervisor, type Part } from './supervisor.js';

/** What `gatehouse start` starts. */
export interface StartOptions {
  environment: Environment;
  env: NodeJS.ProcessEnv;
  gateways: number;
  /** Prints one line. */
  say: (line: string) => void;
  /** Aborted when everything shall stop. */
  stopped: AbortSignal;
  /** Aborted when everything shall end at once. */
  killed: AbortSignal;
}

/** What stops last to first. */
const FLOOR = { service: 0, controlPlane: 1, functions: 2, gateway: 3 };
const SERVED_TIMEOUT_MS = 30_000;
const PREDECESSOR_PATIENCE_MS = 10_000;
const POLL_MS = 25;
const apps = path.resolve(import.meta.dirname, '../../..');
const program = (app: string) => path.join(apps, app, 'dist/main.js');

/**
 * Brings up everything on one machine (Postgres and Redis unless the environment names them, control plane, functions service, gateways, the
 * example backend, function and API) and runs until it is told to stop. Returns after everything has ended. Throws when something cannot be started or kept
 * running, after having stopped the rest.
 */
export async function start(options: StartOptions): Promise<void> {
  const { environment, stopped, killed, say } = options;
  const data = await holdDataDirectory(environment.dataDir);
  const supervisor = new Supervisor(say);
  killed.addEventListener('abort', () => supervisor.kill());
  const told = new Promise<void>((resolve) => stopped.addEventListener('abort', () => resolve()));
  const ended = new AbortController();
  try {
    await checkPorts(listeners(options), data.predecessorKilled ? PREDECESSOR_PATIENCE_MS : 0);
    await Promise.race([bringUp(options, supervisor, ended.signal), supervisor.failed, told]);
    await Promise.race([supervisor.failed, told]);
    say('Stopping ...');
  } finally {
    ended.abort();
    await supervisor.stop();
    await removeEndpoints(environment.dataDir);
    await data.release();
  }
}

function listeners({ environment, gateways }: StartOptions): Listener[] {
  const all = [environment.admin, environment.functions];
  for (let index = 0; index < gateways; index++) {
    for (const first of [environment.gateway, environment.internal]) all.push({ ...first, port: first.port + index });
  }
  return all;
}

async function bringUp(options: StartOptions, supervisor: Supervisor, ended: AbortSignal): Promise<void> {
  const { environment, env, say } = options;
  const endpoints: Endpoints = {
    admin: urlOf(environment.admin.host, environment.admin.port),
    gateways: [],
    internal: [],
    functions: urlOf(environment.functions.host, environment.functions.port),
  };
  for (let index = 0; index < options.gateways; index++) {
    endpoints.gateways.push(urlOf(environment.gateway.host, environment.gateway.port + index));
    endpoints.internal.push(urlOf(environment.internal.host, environment.internal.port + index));
  }
  await checkServices(environment);
  const [databaseUrl, redisUrl, backend] = await Promise.all([
    startPostgresPart(options, supervisor),
    startRedisPart(options, supervisor),
    startBackendPart(options, supervisor),
  ]);
  await Promise.all([
    startControlPlane(options, supervisor, { databaseUrl, redisUrl }, endpoints),
    startDataPlane(options, supervisor, { databaseUrl, redisUrl }, endpoints, ended),
  ]);
  await writeEndpoints(environment.dataDir, endpoints);

  say('Example API ...');
  const { GATEHOUSE_ROOT_ACCESS_KEY_ID: accessKeyId, GATEHOUSE_ROOT_SECRET_ACCESS_KEY: secretAccessKey } = env;
  const rootKey = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, region: environment.region } : undefined;
  const credentials = rootKey ?? (await loadCredentials({}, environment.dataDir, environment.region));
  const admin = new AdminClient(endpoints.admin, credentials);
  const api = await ensureExampleApi(admin, backend, await ensureExampleFunction(admin));
  await Promise.all(endpoints.gateways.map((gateway) => untilServed(gateway, api)));
  say(instructions(endpoints, environment.dataDir, rootKey !== undefined, api));
}

async function startPostgresPart({ environment, say }: StartOptions, supervisor: Supervisor): Promise<string> {
  if (environment.databaseUrl) return environment.databaseUrl;
  say('Postgres ...');
  const log = appendLines(await openLogFile(environment.dataDir, 'postgres'));
  let url = '';
  await supervisor.run('Postgres', FLOOR.service, async () => {
    // On the same port again, because the control plane knows no other.
    const port = url ? Number(new URL(url).port) : undefined;
    const service = await startPostgres({ dataDir: path.join(environment.dataDir, 'postgres'), port, log });
    url = service.url;
    return partOf(service);
  });
  return url;
}

async function startRedisPart({ environment, say }: StartOptions, supervisor: Supervisor): Promise<string> {
  if (environment.redisUrl) return environment.redisUrl;
  say('Redis ...');
  const file = appendLines(await openLogFile(environment.dataDir, 'redis'));
  const log = (line: string) => {
    file(line);
    if (line.startsWith('fetching')) say(`Redis: ${line}`);
  };
  let url = '';
  await supervisor.run('Redis', FLOOR.service, async () => {
    const port = url ? Number(new URL(url).port) : undefined;
    const service = await startRedis({ dataDir: path.join(environment.dataDir, 'redis'), port, appendonly: true, log });
    url = service.url;
    return partOf(service);
  });
  return url;
}

function partOf(service: EmbeddedService): Part {
  return {
    ready: Promise.resolve(),
    exited: service.exited,
    stop: service.stop,
    kill: () => process.kill(service.pid, 'SIGKILL'),
  };
}

/** Starts the example backend inside this process and returns its host and port, which stay the same over restarts where possible. */
async function startBackendPart({ environment }: StartOptions, supervisor: Supervisor): Promise<string> {
  const file = path.join(environment.dataDir, 'example-backend.port');
  let port = Number(await readFile(file, 'utf8').catch(() => '0'));
  await supervisor.run('the example backend', FLOOR.service, async () => {
    const backend = await startExampleBackend(port);
    ({ port } = backend);
    const exited = new Promise<string>((resolve) => backend.server.once('close', () => resolve('closed')));
    const close = () => {
      backend.server.close();
      backend.server.closeAllConnections();
    };
    const stop = async () => {
      close();
      await exited;
    };
    return { ready: Promise.resolve(), exited, stop, kill: close };
  });
  await writeFile(file, String(port), { mode: 0o600 });
  return `127.0.0.1:${port}`;
}

async function startControlPlane(
  { environment, env, say }: StartOptions,
  supervisor: Supervisor,
  services: Services,
  endpoints: Endpoints,
): Promise<void> {
  say('Control plane ...');
  const name = 'the control plane';
  const logFile = await openLogFile(environment.dataDir, 'control-plane');
  const child = { name, program: program('control-plane'), logFile, readyUrl: `${endpoints.admin}/healthz` };
  await supervisor.run(name, FLOOR.controlPlane, async () =>
    startChild({ ...child, env: controlPlaneEnvironment(env, environment, services) }),
  );
}

/** Starts beside the control plane: it waits for nothing of it but the master key that its very first start makes. */
async function startDataPlane(
  options: StartOptions,
  supervisor: Supervisor,
  services: Services,
  endpoints: Endpoints,
  ended: AbortSignal,
): Promise<void> {
  const { environment, env, say } = options;
  const fleet = { size: endpoints.gateways.length, services, dataPlaneKey: await awaitDataPlaneKey(environment, ended) };
  say(`Functions, ${fleet.size === 1 ? 'gateway' : `${fleet.size} gateways`} ...`);
  await Promise.all([
    startFunctions(options, supervisor, fleet, endpoints),
    ...endpoints.internal.map(async (internal, index) => {
      const port = environment.gateway.port + index;
      const name = `the gateway on port ${port}`;
      const logFile = await openLogFile(environment.dataDir, `gateway-${port}`);
      const child = { name, program: program('gateway'), logFile, readyUrl: `${internal}/readyz` };
      await supervisor.run(name, FLOOR.gateway, async () =>
        startChild({ ...child, env: gatewayEnvironment(env, environment, fleet, index) }),
      );
    }),
  ]);
}

async function startFunctions(
  { environment, env }: StartOptions,
  supervisor: Supervisor,
  fleet: Fleet,
  endpoints: Endpoints,
): Promise<void> {
  const name = 'the functions service';
  const logFile = await openLogFile(environment.dataDir, 'functions');
  const child = { name, program: program('functions'), logFile, readyUrl: `${endpoints.functions}/readyz` };
  await supervisor.run(name, FLOOR.functions, async () =>
    startChild({ ...child, env: functionsEnvironment(env, environment, fleet) }),
  );
}

/** Waits until a gateway answers a call of the example API with 200, or with 429, which shows as well that it knows API, key and plan. */
async function untilServed(gateway: string, api: ExampleApi): Promise<void> {
  const url = exampleUrl(gateway, api);
  let last = 'no answer';
  for (const deadline = Date.now() + SERVED_TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    try {
      const answer = await fetch(url, { headers: { 'x-api-key': api.apiKey } });
      const text = await answer.text();
      if (answer.status === 200 || answer.status === 429) return;
      last = `${answer.status} ${text}`;
    } catch (error) {
      last = String(error);
    }
  }
  throw new CliError(`${url} is not served after ${SERVED_TIMEOUT_MS / 1000} s: ${last}`);
}
