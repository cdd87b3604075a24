// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { Deployment } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateDeploymentRequest' })
export class CreateDeploymentRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  stageName?: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteDeploymentRequest' })
export class DeleteDeploymentRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  deploymentId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetDeploymentRequest' })
export class GetDeploymentRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  deploymentId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetDeploymentsRequest' })
export class GetDeploymentsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateDeploymentRequest' })
export class UpdateDeploymentRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  deploymentId!: string;

  @Member({ type: 'string' })
  description?: string;
}

@ApiSchema({ name: 'apigatewayv2.CreateDeploymentResponse' })
export class CreateDeploymentResponse {
  @Member({ type: 'boolean' })
  autoDeployed?: boolean;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  deploymentId?: string;

  @Member({ type: 'string', enum: ['PENDING', 'FAILED', 'DEPLOYED'] })
  deploymentStatus?: string;

  @Member({ type: 'string' })
  deploymentStatusMessage?: string;

  @Member({ type: 'string' })
  description?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetDeploymentResponse' })
export class GetDeploymentResponse {
  @Member({ type: 'boolean' })
  autoDeployed?: boolean;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  deploymentId?: string;

  @Member({ type: 'string', enum: ['PENDING', 'FAILED', 'DEPLOYED'] })
  deploymentStatus?: string;

  @Member({ type: 'string' })
  deploymentStatusMessage?: string;

  @Member({ type: 'string' })
  description?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetDeploymentsResponse' })
export class GetDeploymentsResponse {
  @Member({ type: 'list', of: { type: Deployment } })
  items?: Deployment[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateDeploymentResponse' })
export class UpdateDeploymentResponse {
  @Member({ type: 'boolean' })
  autoDeployed?: boolean;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  deploymentId?: string;

  @Member({ type: 'string', enum: ['PENDING', 'FAILED', 'DEPLOYED'] })
  deploymentStatus?: string;

  @Member({ type: 'string' })
  deploymentStatusMessage?: string;

  @Member({ type: 'string' })
  description?: string;
}
