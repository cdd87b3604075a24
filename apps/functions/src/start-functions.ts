import { connectRedis } from '@gatehouse/publication';
import { ConcurrencyLeases } from '@gatehouse/throttling';
import path from 'node:path';
import { CodeCache } from './code/code-cache.js';
import type { FunctionsConfig } from './config.js';
import { EventQueue } from './events/event-queue.js';
import { EventSpool } from './events/event-spool.js';
import { FunctionDirectory } from './follow/function-directory.js';
import { FunctionFollower } from './follow/function-follower.js';
import { FunctionsMetrics } from './functions-metrics.js';
import { report } from './report.js';
import { FunctionLogs } from './sandbox/function-log.js';
import { Isolation } from './sandbox/isolation.js';
import { openNetwork } from './sandbox/network/open-network.js';
import { Runtimes } from './sandbox/runtimes.js';
import { SandboxPools } from './sandbox/sandbox-pools.js';
import { FunctionsServer } from './server/functions-server.js';
import { Invoker } from './server/invoker.js';
import { StartupError } from './startup-error.js';

/** A functions process that runs. */
export interface RunningFunctions {
  /** `host:port` of the service. */
  readonly address: string;
  /** Is not ready any more, lets invocations under way end within their time, and ends everything. */
  stop(): Promise<void>;
}

/** As they are shipped, beside `src` and `dist`. */
const BOOTSTRAPS = path.resolve(import.meta.dirname, '../bootstraps');

/** Starts the service that runs functions. Throws a `StartupError` when a port, the disk, Redis's password or this machine's users are not as they have to be. */
export async function startFunctions(config: FunctionsConfig): Promise<RunningFunctions> {
  const started: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    return { address: await start(config, started), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(config: FunctionsConfig, started: (() => unknown)[]): Promise<string> {
  const isolation = await Isolation.prepare({
    uids: config.uids,
    sandboxes: config.concurrency,
    dataDirectory: config.dataDirectory,
    bootstraps: BOOTSTRAPS,
  });
  started.push(() => isolation.release());
  const network = await openNetwork({
    wanted: config.network,
    hasMounts: isolation.hasMounts,
    folder: isolation.folder,
    closed: [portOf(new URL(config.redisUrl), 6379), portOf(config.controlPlaneUrl, 80)],
  });
  started.push(() => network.release());
  const logFolder = path.join(config.dataDirectory, 'functions', 'logs');
  const logs = new FunctionLogs(logFolder, config.logMaxBytes, config.logFiles);
  started.push(() => logs.close());
  const code = new CodeCache({
    controlPlaneUrl: config.controlPlaneUrl,
    keys: config.dataPlaneKeys,
    folder: path.join(isolation.folder, 'code'),
    keepBytes: config.codeCacheBytes,
    groups: isolation.groups,
  });
  await code.open();
  const directory = new FunctionDirectory();
  const pools = new SandboxPools({
    directory,
    code,
    services: {
      isolation,
      network,
      runtimes: await runtimes(config, isolation),
      log: ({ known }, lines) => logs.write(known.accountId, known.region, known.snapshot.functionName, lines),
    },
    keys: config.dataPlaneKeys,
    concurrency: config.concurrency,
    idleMs: config.idle * 1000,
  });
  const leases = new ConcurrencyLeases(connectRedis(config.redisUrl));
  started.push(() => leases.close());
  const invoker = new Invoker({ pools, leases, onOutcome: (outcome) => metrics.invoked(outcome) });
  const events = new EventQueue({ directory, invoker, spool: await openSpool(config) });
  started.push(() => events.close());
  const follower: FunctionFollower = new FunctionFollower({
    redisUrl: config.redisUrl,
    keys: config.dataPlaneKeys,
    directory,
    self: () => ({ functionsId: config.functionsId, address: hostPort, busy: pools.busy }),
  });
  follower.on('ready', () => events.begin());
  follower.on('fleet', (processes) => leases.heardOf(processes));
  follower.on('refused', (refusal) => {
    metrics.documentRefused();
    report('refused document', refusal);
  });
  follower.on('failed', (error) => report('refresh', error));
  const metrics = new FunctionsMetrics({ follower, pools, events });
  const server = new FunctionsServer({
    keys: config.dataPlaneKeys,
    directory,
    pools,
    invoker,
    events,
    metrics,
    isReady: () => follower.ready,
  });
  const { address, port } = await server.listen(config.host, config.port);
  started.push(async () => {
    server.drain();
    events.stop();
    await pools.stop(config.drain * 1000);
    await server.close();
  });
  const hostPort = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  await follower.start();
  started.push(() => follower.stop());
  console.error(`functions: ${isolation.description}`);
  console.error(`functions: ${network.description}`);
  console.error(`functions: listening on http://${hostPort}`);
  return hostPort;
}

async function openSpool({ dataDirectory }: FunctionsConfig): Promise<EventSpool> {
  const folder = path.join(dataDirectory, 'functions', 'events');
  return EventSpool.open(folder, (error) => report('accepted events', error)).catch((error: Error) => {
    throw new StartupError(`GATEHOUSE_DATA_DIR: accepted events cannot be kept: ${error.message}`);
  });
}

async function runtimes({ nodes }: FunctionsConfig, isolation: Isolation): Promise<Runtimes> {
  const reachable = new Map<string, string>();
  for (const program of new Set([process.execPath, ...nodes.values()])) {
    reachable.set(program, await isolation.reachable(program));
  }
  return new Runtimes({
    nodes: new Map([...nodes].map(([runtime, program]) => [runtime, reachable.get(program)!])),
    defaultNode: reachable.get(process.execPath)!,
    bootstraps: isolation.runtimeDir,
    searchPath: (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder)),
  });
}

/** Where a URL leads. */
function portOf({ hostname, port, protocol }: URL, fallback: number): { host: string; port: number } {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'https:' ? 443 : fallback)) };
}
