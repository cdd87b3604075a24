import type { StageModel } from '@gatehouse/api-model';
import type { StageEntity } from './stage.entity.js';

/** The stage as the compiler takes it. */
export function stageModel(stage: StageEntity): StageModel {
  return {
    apiId: stage.apiId,
    stageName: stage.stageName,
    deploymentId: stage.deploymentId,
    variables: stage.variables,
    methodSettings: stage.methodSettings,
    cacheClusterEnabled: stage.cacheClusterEnabled,
    cacheClusterSize: stage.cacheClusterSize ?? undefined,
    cacheEpoch: stage.cacheEpoch,
    decisionsEpoch: stage.decisionsEpoch,
    clientCertificateId: stage.clientCertificateId ?? undefined,
    tracingEnabled: stage.tracingEnabled,
    accessLogSettings: stage.accessLogSettings ?? undefined,
    canarySettings: stage.canarySettings ?? undefined,
  };
}
