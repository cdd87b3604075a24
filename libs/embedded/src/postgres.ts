import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, readFile, readlink, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  clusterDirectoryForUnprivileged,
  exists,
  mustDropPrivileges,
  postgresBinaries,
  removeIfPresent,
  UNPRIVILEGED,
} from './postgres-binaries.js';
import { ServiceStartError, startService, type ServiceProcess } from './service-process.js';
import { openSettings, type ServiceSettings } from './service-settings.js';

/** Where and how an embedded Postgres runs. */
export interface PostgresOptions {
  /** Made if needed. Holds settings.json and `cluster`, which is a link when the caller is root. */
  dataDir: string;
  /** Default: the port of the last start, or a free one. */
  port?: number;
  /** For tests: nothing is flushed to disk, and stopping removes the data. */
  temporary?: boolean;
  /** Receives Postgres's log lines. */
  log?: (line: string) => void;
}

/** An embedded service that runs. */
export interface EmbeddedService extends ServiceProcess {
  /** Carries the password. */
  url: string;
}

const USER = 'gatehouse';
const ATTEMPTS = 3;
const PREDECESSOR_TIMEOUT_MS = 5_000;
// Nothing of the caller's environment: PGPORT, PGDATA and their like would change what runs.
const ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
const run = promisify(execFile);

/**
 * Starts the Postgres that npm installed, on the loopback address only, with a random password (SCRAM-SHA-256); makes its cluster on the
 * first start. As root, Postgres runs as "nobody" and the cluster lies where that account can reach it. Throws when it cannot start, one of
 * the reasons being another Postgres that runs on the same data.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedService> {
  const binaries = await postgresBinaries();
  for (let attempt = 1; ; attempt++) {
    const settings = await openSettings(options.dataDir, { port: options.port });
    const cluster = await openCluster(binaries, options, settings);
    try {
      const service = await startServer(binaries, cluster, options, settings);
      const url = `postgres://${USER}:${settings.password}@127.0.0.1:${settings.port}/postgres`;
      return { ...service, url, stop: () => stop(service, cluster, options) };
    } catch (error) {
      // Between choosing a free port and binding it another process may take it.
      const portTaken = error instanceof ServiceStartError && error.output.includes('Address already in use');
      if (portTaken && options.port === undefined && attempt < ATTEMPTS) continue;
      if (error instanceof ServiceStartError) await removeTemporary(cluster, options);
      throw error;
    }
  }
}

async function stop(service: ServiceProcess, cluster: string, options: PostgresOptions): Promise<void> {
  await service.stop();
  await removeTemporary(cluster, options);
}

async function removeTemporary(cluster: string, options: PostgresOptions): Promise<void> {
  if (!options.temporary) return;
  await rm(cluster, { recursive: true, force: true });
  await rm(options.dataDir, { recursive: true, force: true });
}

/** The real path of the cluster, made and initialised when it is not there yet. `cluster` appears in the data directory last, as a whole. */
async function openCluster(binaries: string, options: PostgresOptions, settings: ServiceSettings): Promise<string> {
  const entry = path.join(options.dataDir, 'cluster');
  if (await exists(entry)) return realpath(entry);
  const lost = await readlink(entry).catch(() => undefined);
  if (lost)
    throw new Error(`${entry} points to ${lost}, which is gone. Restore it, or remove ${options.dataDir} to start empty.`);

  const elsewhere = mustDropPrivileges();
  const directory = elsewhere
    ? await clusterDirectoryForUnprivileged(entry, options.temporary ?? false)
    : await mkdtemp(`${entry}.`);
  try {
    await initialise(binaries, directory, options, settings);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
  if (elsewhere) await symlink(directory, entry);
  else await rename(directory, entry);
  return realpath(entry);
}

async function initialise(
  binaries: string,
  directory: string,
  options: PostgresOptions,
  settings: ServiceSettings,
): Promise<void> {
  const passwordFile = path.join(directory, 'password');
  const data = path.join(directory, 'data');
  await writeFile(passwordFile, settings.password, { mode: 0o600 });
  await chmod(directory, 0o700);
  if (mustDropPrivileges()) await Promise.all([directory, passwordFile].map((file) => chown(file, UNPRIVILEGED, UNPRIVILEGED)));
  const args = ['--pgdata', data, '--username', USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
  args.push('--encoding', 'UTF8', '--locale', 'C', '--no-instructions', ...(options.temporary ? ['--no-sync'] : []));
  try {
    await run(path.join(binaries, 'bin/initdb'), args, { env: ENVIRONMENT, cwd: '/', ...identity() });
  } catch (error) {
    throw new Error(`Postgres could not make its cluster: ${(error as { stderr?: string }).stderr || (error as Error).message}`);
  }
  await removeIfPresent(passwordFile);
}

async function startServer(
  binaries: string,
  cluster: string,
  options: PostgresOptions,
  settings: ServiceSettings,
): Promise<ServiceProcess> {
  const data = path.join(cluster, 'data');
  await awaitPredecessor(data);
  const parameters = {
    listen_addresses: '127.0.0.1',
    port: settings.port,
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: 200,
    ...(options.temporary ? { fsync: 'off', full_page_writes: 'off', autovacuum: 'off' } : {}),
  };
  return startService({
    name: 'Postgres',
    command: path.join(binaries, 'bin/postgres'),
    args: ['-D', data, ...Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: ENVIRONMENT,
    user: mustDropPrivileges() ? UNPRIVILEGED : undefined,
    ready: /database system is ready to accept connections/,
    stopSignal: 'SIGINT', // "fast shutdown": disconnects clients, writes a checkpoint
    log: options.log,
  });
}

const identity = () => (mustDropPrivileges() ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {});

/**
 * A Postgres whose starter was killed is still shutting down for a moment: waits for its end. A postmaster.pid that a kill left behind names
 * a process that is gone, or that is something else by now, at which Postgres would refuse to start: it is removed.
 */
async function awaitPredecessor(data: string): Promise<void> {
  const pidFile = path.join(data, 'postmaster.pid');
  for (const deadline = Date.now() + PREDECESSOR_TIMEOUT_MS; ; await sleep(50)) {
    const pid = await readFile(pidFile, 'utf8').then(
      (text) => Number.parseInt(text),
      () => undefined,
    );
    if (pid === undefined) return;
    if (!(await isPostgresOf(data, pid))) return removeIfPresent(pidFile);
    if (Date.now() > deadline) throw new Error(`Postgres already runs on ${data} (process ${pid})`);
  }
}

async function isPostgresOf(data: string, pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // Without /proc (macOS) a process with this id is taken for Postgres.
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => data);
  return commandLine.includes(data);
}
