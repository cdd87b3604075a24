import { GatewayReports, connectRedis, type GatewayAddresses, type Readiness } from '@gatehouse/publication';
import { parseRef } from '@gatehouse/snapshot';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { LogCollector } from './access-log/log-collector.js';
import { LogFile } from './access-log/log-file.js';
import { stdoutSink } from './access-log/stdout-sink.js';
import type { GatewayConfig } from './config.js';
import { FleetSize } from './fleet-size.js';
import { InternalServer } from './internal-server.js';
import { GatewayMetrics } from './metrics/gateway-metrics.js';
import { ConfigurationFollower } from './refresh/configuration-follower.js';
import type { DocumentBatch } from './refresh/document-sink.js';
import { report } from './report.js';
import { FullStageLogs } from './stage-logs/full-stage-logs.js';
import { stageLogFolder } from './stage-logs/log-group-file.js';
import { StartupError } from './startup-error.js';
import { Listeners, type Listener } from './supervisor/listeners.js';
import { TlsKeeper } from './supervisor/tls-keeper.js';
import { Workers } from './supervisor/workers.js';
import { TestInvocations } from './test-invocations/test-invocations.js';

/** For the last lines of the access log, in milliseconds. */
const LAST_LINES = 1_000;

/** How the workers of a gateway are started. */
export interface WorkerProgram {
  /** Of Node.js: its options, and the compiled program. */
  args: readonly string[];
  /** What the gateway's configuration was read from; they read it again. */
  env: NodeJS.ProcessEnv;
}

/** A gateway whose processes run. */
export interface RunningGateway {
  readonly addresses: GatewayAddresses;
  /** `host:port` of the TLS listener; null without one. */
  readonly tlsAddress: string | null;
  /** Resolves when all workers take connections for the first time; rejects with a `StartupError` when one never will. */
  readonly serving: Promise<void>;
  /** Replaces all workers, one after the other; no request is lost. */
  replaceWorkers(): Promise<void>;
  /**
   * Is not ready any more, stops accepting after the time that the configuration gives to whoever looks at that, lets requests in flight end within theirs,
   * and ends everything else.
   */
  stop(): Promise<void>;
  /** Ends all workers at once, whatever they are at. */
  kill(): void;
}

/**
 * Starts a gateway: this process becomes its supervisor. It owns the log, the ports and the configuration; workers serve the requests. Until there is
 * a complete configuration, they answer 503. Waits for Redis a second at most. Throws a `StartupError` when a port, the disk or the log cannot be had.
 */
export async function startGateway(config: GatewayConfig, worker: WorkerProgram): Promise<RunningGateway> {
  const started: Started = [];
  try {
    return await start(config, worker, started);
  } catch (error) {
    await stopAll(started);
    throw error;
  }
}

/** How to end what was started, in the order in which it was started. */
type Started = (() => unknown)[];

async function stopAll(started: Started): Promise<void> {
  for (const stop of started.splice(0).reverse()) await stop();
}

async function start(config: GatewayConfig, worker: WorkerProgram, started: Started): Promise<RunningGateway> {
  const logFile = await createLogFile(config);
  const stageLogs = new FullStageLogs(
    stageLogFolder(config.dataDirectory, config.gatewayId),
    config.accessLogMaxBytes,
    config.accessLogFiles,
  );
  const log = config.accessLog === 'stdout' ? new LogCollector(stdoutSink()) : null;
  started.push(() => log?.close(LAST_LINES));
  const listeners = await Listeners.bind(config.listeners);
  started.push(() => listeners.close());
  let draining = false;
  const internal = new InternalServer({
    readiness: () => readiness(),
    draining: () => draining,
    answers: () => workers.anyAnswers,
    test: (request) => tests.answer(request),
    metrics: () => ({ contentType: metrics.contentType, text: metrics.text() }),
  });
  const internalAddress = hostPort(await internal.listen(config.internal.host, config.internal.port));
  started.push(() => internal.close());

  const redis = connectRedis(config.redisUrl);
  started.push(() => redis.disconnect());
  const fleetSize = new FleetSize({
    reports: new GatewayReports(redis),
    gatewayId: config.gatewayId,
    own: config.workers,
    file: path.join(config.dataDirectory, 'gateways', config.gatewayId, 'fleet-size'),
    onChange: (size) => workers.holders(size),
  });
  started.push(() => fleetSize.stop());

  const https = listeners.all.find(({ name }) => name === 'https');
  const tls = https ? new TlsKeeper(config.defaultCertificate) : null;
  await tls?.start();
  started.push(() => tls?.stop());
  const addresses = { gateway: hostPort(addressOf(listeners, 'http')), internal: internalAddress };
  const follower = new ConfigurationFollower({
    redisUrl: config.redisUrl,
    keys: config.dataPlaneKeys,
    sink: {
      apply(batch) {
        for (const stageKey of stagesIn(batch)) metrics.requests.stagePublished(stageKey);
        return workers.apply(batch);
      },
    },
    dataDir: config.dataDirectory,
    gatewayId: config.gatewayId,
    addresses,
    workers: () => workers.report(),
  });
  const workers: Workers = new Workers({
    ...worker,
    env: { ...worker.env, GATEHOUSE_GATEWAY_ID: config.gatewayId },
    count: config.workers,
    drain: config.drain,
    listeners: listeners.all,
    internalAddress,
    holders: () => fleetSize.current(),
    tls: () => tls?.material ?? null,
    source: follower,
    collectLog: (lines) => log?.collect(lines),
  });
  const tests = new TestInvocations(config.dataPlaneKeys, (test) => workers.test(test));
  const readiness = () => readinessOf(follower, workers);
  const metrics = new GatewayMetrics({
    readiness,
    workers,
    droppedLogLines: () => log?.dropped ?? 0,
    mostSeries: config.metricSeries,
  });
  tls?.on('changed', (material) => workers.tls(material));
  tls?.on('failed', (error) => report('default certificate', error));
  workers.on('counted', (number, counts) => metrics.counted(number, counts));
  workers.on('logFull', () => logFile?.putAside().catch((error: Error) => report('access log', error)));
  workers.on('stageLogFull', (file) => void stageLogs.putAside(file));
  workers.on('changed', () => follower.workersChanged());
  workers.on('figures', (life, told) => metrics.processTold(life, told));
  workers.on('ended', (life) => metrics.processEnded(life));
  follower.on('ready', ({ source }) => {
    workers.ready(true);
    console.error(`gateway: serving configuration from ${source}`);
  });
  follower.on('stageRemoved', (stageKey) => metrics.requests.stageRemoved(stageKey));
  follower.on('refused', (refusal) => {
    metrics.documentRefused();
    report('refused document', refusal);
  });
  follower.on('failed', ({ what, error }) => report(what, error));
  started.push(async () => {
    draining = true;
    await workers.leave(config.shutdownDelay);
    listeners.close();
    // From here on another gateway can take the ports, and with them the place in the fleet and the disk copy.
    await Promise.all([workers.stop(config.drain), follower.stop()]);
  });
  await follower.load();
  await follower.start();
  const unable = new Promise<never>((_, reject) => workers.on('unable', (reason) => reject(new StartupError(reason))));
  const tlsAddress = https ? hostPort(https.address) : null;
  const overTls = tlsAddress === null ? '' : ` and https://${tlsAddress}`;
  const serving = Promise.race([workers.allServing, unable]).then(() => {
    console.error(`gateway: listening on http://${addresses.gateway}${overTls}, internal on http://${internalAddress}`);
  });
  return {
    addresses,
    tlsAddress,
    serving,
    replaceWorkers: () => workers.replaceAll(),
    stop: () => stopAll(started),
    kill: () => workers.kill(),
  };
}

/** `{apiId}/{stage}` of each. */
function stagesIn({ documents }: DocumentBatch): string[] {
  const stages = documents.filter(({ name }) => name.startsWith('stage '));
  return stages.map(({ name }) => parseRef(name).key);
}

/** A gateway is ready while a worker that gives signs of life serves a complete configuration; its revision is the lowest of its workers'. */
function readinessOf(follower: ConfigurationFollower, workers: Workers): Readiness {
  const readiness = follower.readiness();
  const serving = workers.report().filter((worker) => worker.serving);
  if (serving.length === 0 || !workers.anyServes) return { ...readiness, ready: false };
  return { ...readiness, revision: Math.min(...serving.map(({ revision }) => revision)) };
}

/** Workers write the file; null where there is none. */
async function createLogFile({ accessLog, accessLogMaxBytes, accessLogFiles }: GatewayConfig): Promise<LogFile | null> {
  if (accessLog === 'off' || accessLog === 'stdout') return null;
  const file = new LogFile(accessLog, accessLogMaxBytes, accessLogFiles);
  try {
    await file.create();
  } catch (error) {
    throw new StartupError(`GATEHOUSE_ACCESS_LOG: ${(error as Error).message}`);
  }
  return file;
}

function addressOf({ all }: Listeners, name: Listener['name']): AddressInfo {
  return (all.find((listener) => listener.name === name) as Listener).address;
}

function hostPort({ address, port }: AddressInfo): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}
