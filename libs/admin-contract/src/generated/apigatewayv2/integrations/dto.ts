// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { ConnectionType, ContentHandlingStrategy, IntegrationType, PassthroughBehavior } from '../enums.js';
import { Integration, TlsConfig, TlsConfigInput } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateIntegrationRequest' })
export class CreateIntegrationRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string' })
  connectionId?: string;

  @Member({ type: 'string', enum: ConnectionType })
  connectionType?: ConnectionType;

  @Member({ type: 'string', enum: ContentHandlingStrategy })
  contentHandlingStrategy?: ContentHandlingStrategy;

  @Member({ type: 'string' })
  credentialsArn?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  integrationMethod?: string;

  @Member({ type: 'string' })
  integrationSubtype?: string;

  @Member({ type: 'string', enum: IntegrationType, required: true })
  integrationType!: IntegrationType;

  @Member({ type: 'string' })
  integrationUri?: string;

  @Member({ type: 'string', enum: PassthroughBehavior })
  passthroughBehavior?: PassthroughBehavior;

  @Member({ type: 'string' })
  payloadFormatVersion?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  requestTemplates?: Record<string, string | null>;

  @Member({ type: 'map', values: { type: 'map', values: { type: 'string' } } })
  responseParameters?: Record<string, Record<string, string>>;

  @Member({ type: 'string' })
  templateSelectionExpression?: string;

  @Member({ type: 'integer', min: 50, max: 30000 })
  timeoutInMillis?: number;

  @Member({ type: TlsConfigInput })
  tlsConfig?: TlsConfigInput;
}

@ApiSchema({ name: 'apigatewayv2.DeleteIntegrationRequest' })
export class DeleteIntegrationRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  integrationId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetIntegrationRequest' })
export class GetIntegrationRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  integrationId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetIntegrationsRequest' })
export class GetIntegrationsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateIntegrationRequest' })
export class UpdateIntegrationRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string' })
  connectionId?: string;

  @Member({ type: 'string', enum: ConnectionType })
  connectionType?: ConnectionType;

  @Member({ type: 'string', enum: ContentHandlingStrategy })
  contentHandlingStrategy?: ContentHandlingStrategy;

  @Member({ type: 'string' })
  credentialsArn?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  integrationId!: string;

  @Member({ type: 'string' })
  integrationMethod?: string;

  @Member({ type: 'string' })
  integrationSubtype?: string;

  @Member({ type: 'string', enum: IntegrationType })
  integrationType?: IntegrationType;

  @Member({ type: 'string' })
  integrationUri?: string;

  @Member({ type: 'string', enum: PassthroughBehavior })
  passthroughBehavior?: PassthroughBehavior;

  @Member({ type: 'string' })
  payloadFormatVersion?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  requestTemplates?: Record<string, string | null>;

  @Member({ type: 'map', values: { type: 'map', values: { type: 'string' } } })
  responseParameters?: Record<string, Record<string, string>>;

  @Member({ type: 'string' })
  templateSelectionExpression?: string;

  @Member({ type: 'integer', min: 50, max: 30000 })
  timeoutInMillis?: number;

  @Member({ type: TlsConfigInput })
  tlsConfig?: TlsConfigInput;
}

@ApiSchema({ name: 'apigatewayv2.CreateIntegrationResult' })
export class CreateIntegrationResult {
  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'string' })
  connectionId?: string;

  @Member({ type: 'string', enum: ['INTERNET', 'VPC_LINK'] })
  connectionType?: string;

  @Member({ type: 'string', enum: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] })
  contentHandlingStrategy?: string;

  @Member({ type: 'string' })
  credentialsArn?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  integrationId?: string;

  @Member({ type: 'string' })
  integrationMethod?: string;

  @Member({ type: 'string' })
  integrationResponseSelectionExpression?: string;

  @Member({ type: 'string' })
  integrationSubtype?: string;

  @Member({ type: 'string', enum: ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] })
  integrationType?: string;

  @Member({ type: 'string' })
  integrationUri?: string;

  @Member({ type: 'string', enum: ['WHEN_NO_MATCH', 'NEVER', 'WHEN_NO_TEMPLATES'] })
  passthroughBehavior?: string;

  @Member({ type: 'string' })
  payloadFormatVersion?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  requestTemplates?: Record<string, string | null>;

  @Member({ type: 'map', values: { type: 'map', values: { type: 'string' } } })
  responseParameters?: Record<string, Record<string, string>>;

  @Member({ type: 'string' })
  templateSelectionExpression?: string;

  @Member({ type: 'integer', min: 50, max: 30000 })
  timeoutInMillis?: number;

  @Member({ type: TlsConfig })
  tlsConfig?: TlsConfig;
}

@ApiSchema({ name: 'apigatewayv2.GetIntegrationResult' })
export class GetIntegrationResult {
  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'string' })
  connectionId?: string;

  @Member({ type: 'string', enum: ['INTERNET', 'VPC_LINK'] })
  connectionType?: string;

  @Member({ type: 'string', enum: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] })
  contentHandlingStrategy?: string;

  @Member({ type: 'string' })
  credentialsArn?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  integrationId?: string;

  @Member({ type: 'string' })
  integrationMethod?: string;

  @Member({ type: 'string' })
  integrationResponseSelectionExpression?: string;

  @Member({ type: 'string' })
  integrationSubtype?: string;

  @Member({ type: 'string', enum: ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] })
  integrationType?: string;

  @Member({ type: 'string' })
  integrationUri?: string;

  @Member({ type: 'string', enum: ['WHEN_NO_MATCH', 'NEVER', 'WHEN_NO_TEMPLATES'] })
  passthroughBehavior?: string;

  @Member({ type: 'string' })
  payloadFormatVersion?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  requestTemplates?: Record<string, string | null>;

  @Member({ type: 'map', values: { type: 'map', values: { type: 'string' } } })
  responseParameters?: Record<string, Record<string, string>>;

  @Member({ type: 'string' })
  templateSelectionExpression?: string;

  @Member({ type: 'integer', min: 50, max: 30000 })
  timeoutInMillis?: number;

  @Member({ type: TlsConfig })
  tlsConfig?: TlsConfig;
}

@ApiSchema({ name: 'apigatewayv2.GetIntegrationsResponse' })
export class GetIntegrationsResponse {
  @Member({ type: 'list', of: { type: Integration } })
  items?: Integration[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateIntegrationResult' })
export class UpdateIntegrationResult {
  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'string' })
  connectionId?: string;

  @Member({ type: 'string', enum: ['INTERNET', 'VPC_LINK'] })
  connectionType?: string;

  @Member({ type: 'string', enum: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] })
  contentHandlingStrategy?: string;

  @Member({ type: 'string' })
  credentialsArn?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  integrationId?: string;

  @Member({ type: 'string' })
  integrationMethod?: string;

  @Member({ type: 'string' })
  integrationResponseSelectionExpression?: string;

  @Member({ type: 'string' })
  integrationSubtype?: string;

  @Member({ type: 'string', enum: ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] })
  integrationType?: string;

  @Member({ type: 'string' })
  integrationUri?: string;

  @Member({ type: 'string', enum: ['WHEN_NO_MATCH', 'NEVER', 'WHEN_NO_TEMPLATES'] })
  passthroughBehavior?: string;

  @Member({ type: 'string' })
  payloadFormatVersion?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  requestTemplates?: Record<string, string | null>;

  @Member({ type: 'map', values: { type: 'map', values: { type: 'string' } } })
  responseParameters?: Record<string, Record<string, string>>;

  @Member({ type: 'string' })
  templateSelectionExpression?: string;

  @Member({ type: 'integer', min: 50, max: 30000 })
  timeoutInMillis?: number;

  @Member({ type: TlsConfig })
  tlsConfig?: TlsConfig;
}
