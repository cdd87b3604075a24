import { literalName } from '@gatehouse/compiler';
import {
  DecisionCache,
  Http1Upstream,
  parseTargetRule,
  runTestInvocation,
  TargetGuard,
  UserPools,
  type AwsServices,
  type Http1UpstreamOptions,
  type LambdaService,
  type PipelineServices,
  type ResponseCache,
  type Upstream,
} from '@gatehouse/pipeline';
import type { ConfigurationSink } from '@gatehouse/publication';
// Workers have no use for the rest of it, which brings BullMQ with it.
import { connectRedis } from '@gatehouse/publication/connect-redis';
import { unseal, type DataPlaneKey, type TestInvocation, type TestOutcome } from '@gatehouse/snapshot';
import { createLimiter, type SharedLimiter } from '@gatehouse/throttling';
import { randomUUID } from 'node:crypto';
import type { AccessLog } from '../access-log/access-log.js';
import { accessRecord } from '../access-log/access-record.js';
import { openClientCertificate } from '../certificates/client-certificate.js';
import type { GatewayConfig } from '../config.js';
import type { RequestMetrics } from '../metrics/request-metrics.js';
import { report } from '../report.js';
import { logOnStage } from '../stage-logs/log-on-stage.js';
import type { StageLogs } from '../stage-logs/stage-logs.js';
import { RequestHandler } from '../request-handler.js';
import { AnswerTiers } from '../response-cache/answer-tiers.js';
import { SharedAnswers } from '../response-cache/shared-answers.js';
import { RoutingTable } from '../routing-table/routing-table.js';
import { awsServices } from './aws-services.js';
import { lambdaService } from './lambda-service.js';
import { ClientServer } from '../transport/client-server.js';
import type { ClientLimits } from '../transport/connection-host.js';
import type { Certificates } from '../transport/tls/tls-server.js';

/** For Redis to answer the limiter for the first time, in milliseconds. */
const FIRST_CONTACT = 1_000;

/** Tests are run for administrators, and not for who signs. */
const NO_SIGNERS: PipelineServices['signers'] = { find: () => undefined };

export interface RequestPathOptions {
  config: GatewayConfig;
  /** `host:port` of the gateway's internal port, which no integration may reach. */
  internalAddress: string;
  /** Names this holder of the limits among all; the lives that it has had are told apart by this class. */
  holderName: string;
  /** How many share the limits, as last known. */
  holders(): number;
  /** Whether a complete configuration is served. */
  ready(): boolean;
  metrics: RequestMetrics;
  log: AccessLog | null;
  stageLogs: StageLogs;
}

/** Everything in one worker that a request meets between its connection and its backend. */
export class RequestPath {
  /** What configuration is given to. */
  readonly configuration: ConfigurationSink;
  readonly clients: ClientServer;
  /** Those of the configuration. */
  readonly certificates: Certificates;
  private readonly redis;
  /** Apart from that of the limits: a large answer holds up what comes after it. */
  private readonly cacheRedis;
  private readonly limiter: SharedLimiter;
  private readonly upstream: Upstream;
  private readonly lambda: LambdaService | null;
  private readonly aws: AwsServices | null;
  private readonly table: RoutingTable;
  private readonly services: Omit<PipelineServices, 'signers'>;
  private readonly dataPlaneKeys: readonly DataPlaneKey[];

  constructor({ config, internalAddress, holderName, holders, ready, metrics, log, stageLogs }: RequestPathOptions) {
    this.redis = connectRedis(config.redisUrl);
    this.limiter = createLimiter({
      redis: this.redis,
      processId: `${holderName}.${randomUUID()}`,
      holders,
      patienceMs: config.limitPatience,
      onError: (error) => report('limits', error),
    });
    this.cacheRedis = connectRedis(config.redisUrl);
    const blocked = [parseTargetRule(internalAddress), ...config.blockedTargets];
    this.upstream = new Http1Upstream({ guard: new TargetGuard(blocked, config.allowedTargets), ...upstreamLimits(config) });
    this.lambda = lambdaService(config, upstreamLimits(config));
    this.aws = awsServices(config, blocked, upstreamLimits(config));
    const { limiter, upstream, lambda, aws } = this;
    this.dataPlaneKeys = config.dataPlaneKeys;
    const services = (this.services = {
      limiter,
      upstream,
      lambda,
      aws,
      vpcLinks: config.vpcLinks,
      decisions: new DecisionCache(config.authorizerCacheBytes),
      userPools: new UserPools({ upstream, issuers: config.issuers, mostBytes: config.authorizerCacheBytes }),
      cache: this.responseCache(config),
      bodyLimit: config.maxBodyBytes,
    });
    const table = (this.table = new RoutingTable({
      services,
      dataPlaneKeys: config.dataPlaneKeys,
      pathForms: config.pathForms,
      listener: metrics,
    }));
    this.configuration = table;
    this.certificates = table.certificates;
    const handler = new RequestHandler(table, ready, config.dataPlaneKeys);
    this.clients = new ClientServer({
      limits: clientLimits(config),
      proxyProtocol: config.proxyProtocol,
      trustedProxies: config.trustedProxies,
      handle: (request, responder) => handler.handle(request, responder),
      finished(outcome) {
        metrics.count(outcome);
        log?.write(accessRecord(outcome));
        logOnStage(stageLogs, outcome);
      },
    });
  }

  private responseCache({ dataPlaneKeys, cacheBytes, sharedCacheBytes }: GatewayConfig): ResponseCache {
    const { cacheRedis } = this;
    return new AnswerTiers({
      localBytes: cacheBytes,
      shared: sharedCacheBytes === 0 ? null : new SharedAnswers(cacheRedis, sharedCacheBytes),
      keys: dataPlaneKeys,
      isShared: () => cacheRedis.status === 'ready',
      onError: (error) => report('response cache', error),
    });
  }

  /** Resolves when limits are exact, if Redis is there; after a second at most. */
  async firstContact(): Promise<void> {
    await this.limiter.firstContact(FIRST_CONTACT);
  }

  /** Whether there is such a stage, `{apiId}/{stage}`. */
  servesStage(stageKey: string): boolean {
    return this.table.serves(stageKey);
  }

  /** Runs what an administrator tests, from where requests of clients are served: it reaches what they reach. */
  async test(test: TestInvocation): Promise<TestOutcome> {
    const open = (sealed: string) => unseal(this.dataPlaneKeys, literalName(test.scope, test.deployment.apiId), sealed);
    try {
      const certificate = openClientCertificate(this.dataPlaneKeys, test.scope, test.stage.clientCertificate);
      return await runTestInvocation(test, open, { ...this.services, signers: NO_SIGNERS }, certificate);
    } catch (error) {
      report('test invocation', error as Error);
      return { kind: 'refused', message: `It cannot be tested: ${(error as Error).message}` };
    }
  }

  /** Ends what serves requests, after the server has drained. */
  async close(): Promise<void> {
    await Promise.all([this.upstream.close(), this.lambda?.upstream.close(), this.aws?.upstream.close()]);
    await this.limiter.close();
    this.redis.disconnect();
    this.cacheRedis.disconnect();
  }
}

function upstreamLimits(config: GatewayConfig): Omit<Http1UpstreamOptions, 'guard'> {
  return {
    connectionsPerOrigin: config.upstreamConnections,
    waitingPerOrigin: config.upstreamWaiting,
    keepAliveTimeout: config.upstreamKeepAlive * 1000,
    connectTimeout: config.upstreamConnect * 1000,
    totalTimeout: config.upstreamTotal * 1000,
  };
}

function clientLimits(config: GatewayConfig): ClientLimits {
  return {
    maxHeaderBytes: config.maxHeaderBytes,
    maxHeaders: config.maxHeaders,
    headersTimeout: config.headersTimeout * 1000,
    requestTimeout: config.requestTimeout * 1000,
    keepAlive: config.keepAlive * 1000,
    writeTimeout: config.writeTimeout * 1000,
    connections: config.maxConnections,
    connectionsPerAddress: config.maxConnectionsPerAddress,
  };
}
