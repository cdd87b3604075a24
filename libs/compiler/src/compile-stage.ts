import type { MethodSettingModel, StageModel } from '@gatehouse/api-model';
import type {
  CachingSnapshot,
  CanarySnapshot,
  ClientCertificateSnapshot,
  MethodSettingSnapshot,
  StageSnapshot,
  ThrottleSnapshot,
} from '@gatehouse/snapshot';
import { ACCOUNT_LIMIT } from './account-limit.js';
import { compileAccessLog, compileExecutionLog, refuseDestination } from './compile-stage-logs.js';
import { readMethodSettingKey } from './method-setting-key.js';
import { Refusals } from './unenforceable-settings.js';

/** What AWS writes for "no limit of its own: the account's applies". */
const NO_LIMIT = -1;

const STRATEGIES = ['FAIL_WITH_403', 'SUCCEED_WITH_RESPONSE_HEADER', 'SUCCEED_WITHOUT_RESPONSE_HEADER'] as const;

/** Content hashes of the deployments that a stage serves. */
export interface DeploymentHashes {
  deployment: string;
  /** Of its canary release; null where there is none. */
  canary: string | null;
}

/** What the account has of what the stage names. Without its client certificate the stage is denied, and other links lead nowhere. */
export interface NamedByStage {
  clientCertificate?: ClientCertificateSnapshot | undefined;
  /** Id -> ARN of the target. */
  vpcLinks?: ReadonlyMap<string, string>;
}

/**
 * One stage, serving the deployments of these content hashes. Methods for which it asks for what gateways cannot act on yet are
 * denied; `unenforceableOfStage` tells them.
 */
export function compileStage(
  stage: StageModel,
  hashes: DeploymentHashes,
  { clientCertificate, vpcLinks = new Map() }: NamedByStage = {},
): StageSnapshot {
  const { stageName, clientCertificateId } = stage;
  const isMissing = clientCertificateId !== undefined && clientCertificate === undefined;
  const missing = isMissing ? [`stage ${stageName}: clientCertificateId ${clientCertificateId}, which is not there`] : [];
  return {
    apiId: stage.apiId,
    stageName: stage.stageName,
    deploymentId: stage.deploymentId,
    deploymentHash: hashes.deployment,
    variables: sortedEntries(stage.variables),
    methodSettings: sortedEntries(stage.methodSettings).flatMap((entry) => compileMethodSetting(stage, ...entry) ?? []),
    ...compileAccessLog(stage),
    ...deniedFor([...unenforceableOfStage(stage), ...missing]),
    ...compileCanary(stage, hashes.canary),
    ...(stage.decisionsEpoch && { decisionsEpoch: stage.decisionsEpoch }),
    ...(clientCertificate && { clientCertificate }),
    ...(vpcLinks.size > 0 && { vpcLinks: [...vpcLinks].sort() }),
    ...(stage.cacheClusterEnabled && { cacheEpoch: stage.cacheEpoch ?? '' }),
  };
}

function compileCanary(
  { canarySettings, variables, deploymentId }: StageModel,
  hash: string | null,
): { canary?: CanarySnapshot } {
  if (!canarySettings || hash === null) return {};
  return {
    canary: {
      percentTraffic: canarySettings.percentTraffic ?? 0,
      deploymentId: canarySettings.deploymentId ?? deploymentId,
      deploymentHash: hash,
      variables: sortedEntries({ ...variables, ...canarySettings.stageVariableOverrides }),
      useStageCache: canarySettings.useStageCache ?? false,
    },
  };
}

/** Every setting of a stage that gateways cannot act on, each with its place; for `refuseUnenforceable`. It concerns all methods of the stage. */
export function unenforceableOfStage(stage: StageModel): string[] {
  const refusals = new Refusals(`stage ${stage.stageName}`);
  refusals.when(stage.tracingEnabled, 'tracingEnabled true');
  refuseDestination(stage, refusals);
  refusals.when(stage.webAclArn, 'webAclArn');
  for (const key of Object.keys(stage.methodSettings)) {
    refusals.when(!readMethodSettingKey(key), `method settings ${key}, which name no method`);
  }
  return refusals.settings;
}

function compileMethodSetting(stage: StageModel, key: string, setting: MethodSettingModel): MethodSettingSnapshot | undefined {
  const target = readMethodSettingKey(key);
  if (!target) return undefined;
  const throttle = compileStageThrottle(setting);
  return {
    ...target,
    metricsEnabled: setting.metricsEnabled,
    throttle,
    ...compileCaching(stage, setting),
    ...compileExecutionLog(setting),
  };
}

/** Without a cache cluster, and with a time to live of 0, nothing is kept: so it is on AWS. What is kept beyond a gateway is encrypted in any case. */
function compileCaching({ cacheClusterEnabled }: StageModel, setting: MethodSettingModel): { caching?: CachingSnapshot } {
  if (!cacheClusterEnabled || !setting.cachingEnabled || setting.cacheTtlInSeconds === 0) return {};
  const unauthorizedInvalidation = STRATEGIES.find((known) => known === setting.unauthorizedCacheControlHeaderStrategy);
  return {
    caching: {
      ttlInSeconds: setting.cacheTtlInSeconds,
      authorizesInvalidation: setting.requireAuthorizationForCacheControl,
      unauthorizedInvalidation: unauthorizedInvalidation ?? 'FAIL_WITH_403',
    },
  };
}

const deniedFor = (settings: string[]) => (settings.length > 0 ? { denied: settings } : {});

function compileStageThrottle({
  throttlingRateLimit: rate,
  throttlingBurstLimit: burst,
}: MethodSettingModel): ThrottleSnapshot | null {
  if (rate === NO_LIMIT && burst === NO_LIMIT) return null;
  return {
    rateLimit: rate === NO_LIMIT ? ACCOUNT_LIMIT.rateLimit : rate,
    burstLimit: burst === NO_LIMIT ? ACCOUNT_LIMIT.burstLimit : burst,
  };
}

function sortedEntries<T>(map: Record<string, T>): [string, T][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}
