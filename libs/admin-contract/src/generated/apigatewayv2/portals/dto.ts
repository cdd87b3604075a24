// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { Authorization, EndpointConfigurationRequest, EndpointConfigurationResponse, PortalContent, PortalSummary, Preview, StatusException } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreatePortalRequest' })
export class CreatePortalRequest {
  @Member({ type: Authorization, required: true })
  authorization!: Authorization;

  @Member({ type: EndpointConfigurationRequest, required: true })
  endpointConfiguration!: EndpointConfigurationRequest;

  @Member({ type: 'list', of: { type: 'string', min: 20, max: 2048 } })
  includedPortalProductArns?: string[];

  @Member({ type: 'string', min: 0, max: 1092 })
  logoUri?: string;

  @Member({ type: PortalContent, required: true })
  portalContent!: PortalContent;

  @Member({ type: 'string', min: 0, max: 255 })
  rumAppMonitorName?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.DeletePortalRequest' })
export class DeletePortalRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  portalId!: string;
}

@ApiSchema({ name: 'apigatewayv2.DisablePortalRequest' })
export class DisablePortalRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  portalId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetPortalRequest' })
export class GetPortalRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  portalId!: string;
}

@ApiSchema({ name: 'apigatewayv2.ListPortalsRequest' })
export class ListPortalsRequest {
  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.PreviewPortalRequest' })
export class PreviewPortalRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  portalId!: string;
}

@ApiSchema({ name: 'apigatewayv2.PublishPortalRequest' })
export class PublishPortalRequest {
  @Member({ type: 'string', min: 0, max: 1024 })
  description?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  portalId!: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdatePortalRequest' })
export class UpdatePortalRequest {
  @Member({ type: Authorization })
  authorization?: Authorization;

  @Member({ type: EndpointConfigurationRequest })
  endpointConfiguration?: EndpointConfigurationRequest;

  @Member({ type: 'list', of: { type: 'string', min: 20, max: 2048 } })
  includedPortalProductArns?: string[];

  @Member({ type: 'string', min: 0, max: 1092 })
  logoUri?: string;

  @Member({ type: PortalContent })
  portalContent?: PortalContent;

  @Member({ in: 'uri', type: 'string', required: true })
  portalId!: string;

  @Member({ type: 'string', min: 0, max: 255 })
  rumAppMonitorName?: string;
}

@ApiSchema({ name: 'apigatewayv2.CreatePortalResponse' })
export class CreatePortalResponse {
  @Member({ type: Authorization })
  authorization?: Authorization;

  @Member({ type: EndpointConfigurationResponse })
  endpointConfiguration?: EndpointConfigurationResponse;

  @Member({ type: 'list', of: { type: 'string', min: 20, max: 2048 } })
  includedPortalProductArns?: string[];

  @Member({ type: 'timestamp' })
  lastModified?: Date;

  @Member({ type: 'timestamp' })
  lastPublished?: Date;

  @Member({ type: 'string', min: 0, max: 1024 })
  lastPublishedDescription?: string;

  @Member({ type: 'string', min: 20, max: 2048 })
  portalArn?: string;

  @Member({ type: PortalContent })
  portalContent?: PortalContent;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  portalId?: string;

  @Member({ type: 'string', enum: ['PUBLISHED', 'PUBLISH_IN_PROGRESS', 'PUBLISH_FAILED', 'DISABLE_IN_PROGRESS', 'DISABLE_FAILED', 'DISABLED'] })
  publishStatus?: string;

  @Member({ type: 'string', min: 0, max: 255 })
  rumAppMonitorName?: string;

  @Member({ type: StatusException })
  statusException?: StatusException;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.GetPortalResponse' })
export class GetPortalResponse {
  @Member({ type: Authorization })
  authorization?: Authorization;

  @Member({ type: EndpointConfigurationResponse })
  endpointConfiguration?: EndpointConfigurationResponse;

  @Member({ type: 'list', of: { type: 'string', min: 20, max: 2048 } })
  includedPortalProductArns?: string[];

  @Member({ type: 'timestamp' })
  lastModified?: Date;

  @Member({ type: 'timestamp' })
  lastPublished?: Date;

  @Member({ type: 'string', min: 0, max: 1024 })
  lastPublishedDescription?: string;

  @Member({ type: 'string', min: 20, max: 2048 })
  portalArn?: string;

  @Member({ type: PortalContent })
  portalContent?: PortalContent;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  portalId?: string;

  @Member({ type: Preview })
  preview?: Preview;

  @Member({ type: 'string', enum: ['PUBLISHED', 'PUBLISH_IN_PROGRESS', 'PUBLISH_FAILED', 'DISABLE_IN_PROGRESS', 'DISABLE_FAILED', 'DISABLED'] })
  publishStatus?: string;

  @Member({ type: 'string', min: 0, max: 255 })
  rumAppMonitorName?: string;

  @Member({ type: StatusException })
  statusException?: StatusException;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.ListPortalsResponse' })
export class ListPortalsResponse {
  @Member({ type: 'list', of: { type: PortalSummary } })
  items?: PortalSummary[];

  @Member({ type: 'string', min: 1, max: 2048 })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.PreviewPortalResponse' })
export class PreviewPortalResponse {

}

@ApiSchema({ name: 'apigatewayv2.PublishPortalResponse' })
export class PublishPortalResponse {

}

@ApiSchema({ name: 'apigatewayv2.UpdatePortalResponse' })
export class UpdatePortalResponse {
  @Member({ type: Authorization })
  authorization?: Authorization;

  @Member({ type: EndpointConfigurationResponse })
  endpointConfiguration?: EndpointConfigurationResponse;

  @Member({ type: 'list', of: { type: 'string', min: 20, max: 2048 } })
  includedPortalProductArns?: string[];

  @Member({ type: 'timestamp' })
  lastModified?: Date;

  @Member({ type: 'timestamp' })
  lastPublished?: Date;

  @Member({ type: 'string', min: 0, max: 1024 })
  lastPublishedDescription?: string;

  @Member({ type: 'string', min: 20, max: 2048 })
  portalArn?: string;

  @Member({ type: PortalContent })
  portalContent?: PortalContent;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  portalId?: string;

  @Member({ type: Preview })
  preview?: Preview;

  @Member({ type: 'string', enum: ['PUBLISHED', 'PUBLISH_IN_PROGRESS', 'PUBLISH_FAILED', 'DISABLE_IN_PROGRESS', 'DISABLE_FAILED', 'DISABLED'] })
  publishStatus?: string;

  @Member({ type: 'string', min: 0, max: 255 })
  rumAppMonitorName?: string;

  @Member({ type: StatusException })
  statusException?: StatusException;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}
