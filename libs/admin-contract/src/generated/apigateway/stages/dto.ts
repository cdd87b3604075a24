// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { CacheClusterSize } from '../enums.js';
import { CanarySettings, PatchOperation, Stage } from '../shapes.js';
export { Stage } from '../shapes.js';

export class CreateStageRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ type: 'string', required: true })
  stageName!: string;

  @Member({ type: 'string', required: true })
  deploymentId!: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  cacheClusterEnabled?: boolean;

  @Member({ type: 'string', enum: CacheClusterSize })
  cacheClusterSize?: CacheClusterSize;

  @Member({ type: 'map', values: { type: 'string' } })
  variables?: Record<string, string>;

  @Member({ type: 'string' })
  documentationVersion?: string;

  @Member({ type: CanarySettings })
  canarySettings?: CanarySettings;

  @Member({ type: 'boolean' })
  tracingEnabled?: boolean;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

export class DeleteStageRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;
}

export class FlushStageAuthorizersCacheRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;
}

export class FlushStageCacheRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;
}

export class GetStageRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;
}

export class GetStagesRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'query', type: 'string' })
  deploymentId?: string;
}

export class UpdateStageRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class Stages {
  @Member({ type: 'list', of: { type: Stage } })
  item?: Stage[];
}
