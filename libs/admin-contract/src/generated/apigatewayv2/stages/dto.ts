// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { AccessLogSettings, RouteSettings, Stage } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateStageRequest' })
export class CreateStageRequest {
  @Member({ type: AccessLogSettings })
  accessLogSettings?: AccessLogSettings;

  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'boolean' })
  autoDeploy?: boolean;

  @Member({ type: 'string' })
  clientCertificateId?: string;

  @Member({ type: RouteSettings })
  defaultRouteSettings?: RouteSettings;

  @Member({ type: 'string' })
  deploymentId?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'map', values: { type: RouteSettings } })
  routeSettings?: Record<string, RouteSettings>;

  @Member({ type: 'string', required: true })
  stageName!: string;

  @Member({ type: 'map', values: { type: 'string' } })
  stageVariables?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.DeleteAccessLogSettingsRequest' })
export class DeleteAccessLogSettingsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteRouteSettingsRequest' })
export class DeleteRouteSettingsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  routeKey!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteStageRequest' })
export class DeleteStageRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetStageRequest' })
export class GetStageRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetStagesRequest' })
export class GetStagesRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.ResetAuthorizersCacheRequest' })
export class ResetAuthorizersCacheRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateStageRequest' })
export class UpdateStageRequest {
  @Member({ type: AccessLogSettings })
  accessLogSettings?: AccessLogSettings;

  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'boolean' })
  autoDeploy?: boolean;

  @Member({ type: 'string' })
  clientCertificateId?: string;

  @Member({ type: RouteSettings })
  defaultRouteSettings?: RouteSettings;

  @Member({ type: 'string' })
  deploymentId?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'map', values: { type: RouteSettings } })
  routeSettings?: Record<string, RouteSettings>;

  @Member({ in: 'uri', type: 'string', required: true })
  stageName!: string;

  @Member({ type: 'map', values: { type: 'string' } })
  stageVariables?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.CreateStageResponse' })
export class CreateStageResponse {
  @Member({ type: AccessLogSettings })
  accessLogSettings?: AccessLogSettings;

  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'boolean' })
  autoDeploy?: boolean;

  @Member({ type: 'string' })
  clientCertificateId?: string;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: RouteSettings })
  defaultRouteSettings?: RouteSettings;

  @Member({ type: 'string' })
  deploymentId?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  lastDeploymentStatusMessage?: string;

  @Member({ type: 'timestamp' })
  lastUpdatedDate?: Date;

  @Member({ type: 'map', values: { type: RouteSettings } })
  routeSettings?: Record<string, RouteSettings>;

  @Member({ type: 'string' })
  stageName?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  stageVariables?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.GetStageResponse' })
export class GetStageResponse {
  @Member({ type: AccessLogSettings })
  accessLogSettings?: AccessLogSettings;

  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'boolean' })
  autoDeploy?: boolean;

  @Member({ type: 'string' })
  clientCertificateId?: string;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: RouteSettings })
  defaultRouteSettings?: RouteSettings;

  @Member({ type: 'string' })
  deploymentId?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  lastDeploymentStatusMessage?: string;

  @Member({ type: 'timestamp' })
  lastUpdatedDate?: Date;

  @Member({ type: 'map', values: { type: RouteSettings } })
  routeSettings?: Record<string, RouteSettings>;

  @Member({ type: 'string' })
  stageName?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  stageVariables?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.GetStagesResponse' })
export class GetStagesResponse {
  @Member({ type: 'list', of: { type: Stage } })
  items?: Stage[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateStageResponse' })
export class UpdateStageResponse {
  @Member({ type: AccessLogSettings })
  accessLogSettings?: AccessLogSettings;

  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'boolean' })
  autoDeploy?: boolean;

  @Member({ type: 'string' })
  clientCertificateId?: string;

  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: RouteSettings })
  defaultRouteSettings?: RouteSettings;

  @Member({ type: 'string' })
  deploymentId?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  lastDeploymentStatusMessage?: string;

  @Member({ type: 'timestamp' })
  lastUpdatedDate?: Date;

  @Member({ type: 'map', values: { type: RouteSettings } })
  routeSettings?: Record<string, RouteSettings>;

  @Member({ type: 'string' })
  stageName?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  stageVariables?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}
