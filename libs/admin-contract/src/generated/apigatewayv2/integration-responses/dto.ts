// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { ContentHandlingStrategy } from '../enums.js';
import { IntegrationResponse } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateIntegrationResponseRequest' })
export class CreateIntegrationResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string', enum: ContentHandlingStrategy })
  contentHandlingStrategy?: ContentHandlingStrategy;

  @Member({ in: 'uri', type: 'string', required: true })
  integrationId!: string;

  @Member({ type: 'string', required: true })
  integrationResponseKey!: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  responseTemplates?: Record<string, string | null>;

  @Member({ type: 'string' })
  templateSelectionExpression?: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteIntegrationResponseRequest' })
export class DeleteIntegrationResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  integrationId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  integrationResponseId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetIntegrationResponseRequest' })
export class GetIntegrationResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  integrationId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  integrationResponseId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetIntegrationResponsesRequest' })
export class GetIntegrationResponsesRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  integrationId!: string;

  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateIntegrationResponseRequest' })
export class UpdateIntegrationResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string', enum: ContentHandlingStrategy })
  contentHandlingStrategy?: ContentHandlingStrategy;

  @Member({ in: 'uri', type: 'string', required: true })
  integrationId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  integrationResponseId!: string;

  @Member({ type: 'string' })
  integrationResponseKey?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  responseTemplates?: Record<string, string | null>;

  @Member({ type: 'string' })
  templateSelectionExpression?: string;
}

@ApiSchema({ name: 'apigatewayv2.CreateIntegrationResponseResponse' })
export class CreateIntegrationResponseResponse {
  @Member({ type: 'string', enum: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] })
  contentHandlingStrategy?: string;

  @Member({ type: 'string' })
  integrationResponseId?: string;

  @Member({ type: 'string' })
  integrationResponseKey?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  responseTemplates?: Record<string, string | null>;

  @Member({ type: 'string' })
  templateSelectionExpression?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetIntegrationResponseResponse' })
export class GetIntegrationResponseResponse {
  @Member({ type: 'string', enum: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] })
  contentHandlingStrategy?: string;

  @Member({ type: 'string' })
  integrationResponseId?: string;

  @Member({ type: 'string' })
  integrationResponseKey?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  responseTemplates?: Record<string, string | null>;

  @Member({ type: 'string' })
  templateSelectionExpression?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetIntegrationResponsesResponse' })
export class GetIntegrationResponsesResponse {
  @Member({ type: 'list', of: { type: IntegrationResponse } })
  items?: IntegrationResponse[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateIntegrationResponseResponse' })
export class UpdateIntegrationResponseResponse {
  @Member({ type: 'string', enum: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] })
  contentHandlingStrategy?: string;

  @Member({ type: 'string' })
  integrationResponseId?: string;

  @Member({ type: 'string' })
  integrationResponseKey?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  responseTemplates?: Record<string, string | null>;

  @Member({ type: 'string' })
  templateSelectionExpression?: string;
}
