import type { MethodSettingModel, StageModel } from '@gatehouse/api-model';
import type { MethodSettingSnapshot, StageSnapshot, ThrottleSnapshot } from '@gatehouse/snapshot';
import { ACCOUNT_LIMIT } from './account-limit.js';
import { readMethodSettingKey } from './method-setting-key.js';
import { Refusals } from './unenforceable-settings.js';

/** What AWS writes for "no limit of its own: the account's applies". */
const NO_LIMIT = -1;

/**
 * One stage, serving the deployment whose content hash is `deploymentHash`. Throws `UnenforceableSettings` naming every setting of the
 * stage that gateways cannot act on yet.
 */
export function compileStage(stage: StageModel, deploymentHash: string): StageSnapshot {
  refuseUnenforceableStage(stage);
  return {
    apiId: stage.apiId,
    stageName: stage.stageName,
    deploymentId: stage.deploymentId,
    deploymentHash,
    variables: sortedEntries(stage.variables),
    methodSettings: sortedEntries(stage.methodSettings).map(([key, setting]) => compileMethodSetting(key, setting)),
  };
}

/** Throws `UnenforceableSettings` when compiling `stage` would; for checking a stage before its deployment is at hand. */
export function refuseUnenforceableStage(stage: StageModel): void {
  const refusals = new Refusals(`stage ${stage.stageName}`);
  refusals.when(stage.canarySettings, 'canarySettings');
  refusals.when(stage.cacheClusterEnabled, 'cacheClusterEnabled true');
  refusals.when(stage.clientCertificateId, 'clientCertificateId');
  refusals.when(stage.tracingEnabled, 'tracingEnabled true');
  refusals.when(stage.accessLogSettings?.destinationArn || stage.accessLogSettings?.format, 'accessLogSettings');
  refusals.when(stage.webAclArn, 'webAclArn');
  for (const [key, setting] of Object.entries(stage.methodSettings)) {
    const at = refusals.at(`stage ${stage.stageName}, method settings ${key}`);
    at.when(!readMethodSettingKey(key), 'an unknown method');
    at.when(setting.loggingLevel && setting.loggingLevel !== 'OFF', `loggingLevel ${setting.loggingLevel}`);
    at.when(setting.dataTraceEnabled, 'dataTraceEnabled true');
    at.when(setting.cachingEnabled, 'cachingEnabled true');
  }
  refusals.throwIfAny();
}

function compileMethodSetting(key: string, setting: MethodSettingModel): MethodSettingSnapshot {
  const target = readMethodSettingKey(key);
  if (!target) throw new TypeError(`${key} names no method`);
  return { ...target, metricsEnabled: setting.metricsEnabled, throttle: compileStageThrottle(setting) };
}

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
