// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { CacheClusterSize } from '../enums.js';
import { Deployment, DeploymentCanarySettings, PatchOperation } from '../shapes.js';
export { Deployment } from '../shapes.js';

export class CreateDeploymentRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ type: 'string' })
  stageName?: string;

  @Member({ type: 'string' })
  stageDescription?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'boolean' })
  cacheClusterEnabled?: boolean;

  @Member({ type: 'string', enum: CacheClusterSize })
  cacheClusterSize?: CacheClusterSize;

  @Member({ type: 'map', values: { type: 'string' } })
  variables?: Record<string, string>;

  @Member({ type: DeploymentCanarySettings })
  canarySettings?: DeploymentCanarySettings;

  @Member({ type: 'boolean' })
  tracingEnabled?: boolean;
}

export class DeleteDeploymentRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  deploymentId!: string;
}

export class GetDeploymentRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  deploymentId!: string;

  @Member({ in: 'query', type: 'list', of: { type: 'string' } })
  embed?: string[];
}

export class GetDeploymentsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class UpdateDeploymentRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  deploymentId!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class Deployments {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: Deployment } })
  item?: Deployment[];
}
