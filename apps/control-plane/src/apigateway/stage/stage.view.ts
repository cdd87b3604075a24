import type { Stage } from '@gatehouse/admin-contract/apigateway';
import type { StageEntity } from './stage.entity.js';

/** A stage as it goes over the wire; what is not set is left out, but for the members that AWS always shows. */
export function stageView(stage: StageEntity): Stage {
  return {
    deploymentId: stage.deploymentId,
    clientCertificateId: stage.clientCertificateId ?? undefined,
    stageName: stage.stageName,
    description: stage.description ?? undefined,
    cacheClusterEnabled: stage.cacheClusterEnabled,
    cacheClusterSize: stage.cacheClusterSize ?? undefined,
    cacheClusterStatus: stage.cacheClusterEnabled ? 'AVAILABLE' : 'NOT_AVAILABLE',
    methodSettings: stage.methodSettings,
    variables: Object.keys(stage.variables).length > 0 ? stage.variables : undefined,
    documentationVersion: stage.documentationVersion ?? undefined,
    accessLogSettings: stage.accessLogSettings ?? undefined,
    canarySettings: stage.canarySettings ?? undefined,
    tracingEnabled: stage.tracingEnabled,
    tags: Object.keys(stage.tags).length > 0 ? stage.tags : undefined,
    createdDate: stage.createdDate,
    lastUpdatedDate: stage.lastUpdatedDate,
  };
}
