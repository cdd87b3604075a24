import { GatewayReports, connectRedis, type GatewayAddresses, type Readiness } from '@gatehouse/publication';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { AccessLog } from './access-log/access-log.js';
import { RotatedFile, StdoutSink, type LogSink } from './access-log/log-sink.js';
import type { GatewayConfig } from './config.js';
import { FleetSize } from './fleet-size.js';
import { InternalServer } from './internal-server.js';
import { listen } from './listen.js';
import { GatewayMetrics } from './metrics/gateway-metrics.js';
import { ConfigurationFollower } from './refresh/configuration-follower.js';
import { report } from './report.js';
import { StartupError } from './startup-error.js';
import { RequestPath } from './worker/request-path.js';

/** For the last lines of the access log, in milliseconds. */
const LAST_LINES = 1_000;

const NOT_READY: Readiness = { ready: false, source: 'none', ageSeconds: null, revision: 0 };

/** A gateway that serves. */
export interface RunningGateway {
  readonly addresses: GatewayAddresses;
  /** Stops accepting, lets requests in flight end within the time that the configuration gives them, and ends everything else. */
  stop(): Promise<void>;
}

/**
 * Puts a gateway together and starts it: access log, internal port, limits, backends, routing table, port for requests, and last the
 * configuration; until that is there, requests are answered 503. Waits for Redis two seconds at most. Throws a `StartupError` when a port, the disk or the log cannot be had.
 */
export async function startGateway(config: GatewayConfig): Promise<RunningGateway> {
  const started: Started = [];
  try {
    return await start(config, started);
  } catch (error) {
    await stopAll(started);
    throw error;
  }
}

/** How to end what was started, in the order in which it was started. */
type Started = (() => unknown)[];

async function stopAll(started: Started): Promise<void> {
  for (const stop of started.reverse()) await stop();
}

async function start(config: GatewayConfig, started: Started): Promise<RunningGateway> {
  // The follower is made last, because it tells the fleet where this gateway listens.
  let follower: ConfigurationFollower | null = null;
  const readiness = () => follower?.readiness() ?? NOT_READY;
  const log = await openAccessLog(config);
  started.push(() => log?.close(LAST_LINES));
  const metrics = new GatewayMetrics({
    readiness,
    droppedLogLines: () => log?.dropped ?? 0,
    mostSeries: config.metricSeries,
  });
  let draining = false;
  const internal = new InternalServer({
    readiness,
    draining: () => draining,
    metrics: () => ({ contentType: metrics.contentType, text: metrics.text() }),
  });
  const internalAddress = hostPort(await internal.listen(config.internal.host, config.internal.port));
  started.push(() => internal.close());

  const redis = connectRedis(config.redisUrl);
  started.push(() => redis.disconnect());
  const fleetSize = new FleetSize(
    new GatewayReports(redis),
    path.join(config.dataDirectory, 'gateways', config.gatewayId, 'fleet-size'),
  );
  started.push(() => fleetSize.stop());
  const requests = new RequestPath({
    config,
    internalAddress,
    holderName: config.gatewayId,
    holders: () => fleetSize.current(),
    ready: () => readiness().ready,
    metrics: metrics.requests,
    log,
  });
  started.push(() => requests.close());
  const acceptor = requests.clients.acceptor();
  const gatewayAddress = hostPort(await listen(acceptor, config.gateway.host, config.gateway.port, 'GATEHOUSE_GATEWAY'));

  const addresses = { gateway: gatewayAddress, internal: internalAddress };
  follower = new ConfigurationFollower({
    redisUrl: config.redisUrl,
    keys: config.dataPlaneKeys,
    sink: requests.configuration,
    dataDir: config.dataDirectory,
    gatewayId: config.gatewayId,
    addresses,
  });
  tellOf(follower, metrics);
  const following = follower;
  started.push(() => following.stop());
  started.push(() => {
    draining = true;
    acceptor.close();
    return requests.clients.drain(config.drain * 1000);
  });
  // Before it is ready, and so before the first request: limits are exact from the start when Redis is there.
  await requests.firstContact();
  await following.start();
  console.error(`gateway: listening on http://${gatewayAddress}, internal on http://${internalAddress}`);
  return { addresses, stop: () => stopAll(started) };
}

function tellOf(follower: ConfigurationFollower, metrics: GatewayMetrics): void {
  follower.on('refused', (refusal) => {
    metrics.documentRefused();
    report('refused document', refusal);
  });
  follower.on('failed', ({ what, error }) => report(what, error));
  follower.on('ready', ({ source }) => console.error(`gateway: serving configuration from ${source}`));
}

async function openAccessLog({ accessLog, accessLogMaxBytes, accessLogFiles }: GatewayConfig): Promise<AccessLog | null> {
  if (accessLog === 'off') return null;
  return new AccessLog(
    accessLog === 'stdout' ? new StdoutSink() : await openLogFile(accessLog, accessLogMaxBytes, accessLogFiles),
  );
}

async function openLogFile(path: string, maxBytes: number, files: number): Promise<LogSink> {
  const file = new RotatedFile(path, maxBytes, files);
  try {
    await file.open();
  } catch (error) {
    throw new StartupError(`GATEHOUSE_ACCESS_LOG: ${(error as Error).message}`);
  }
  return file;
}

function hostPort({ address, port }: AddressInfo): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}
