// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { Model } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateModelRequest' })
export class CreateModelRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string' })
  contentType?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string', required: true })
  name!: string;

  @Member({ type: 'string', required: true })
  schema!: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteModelRequest' })
export class DeleteModelRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  modelId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetModelRequest' })
export class GetModelRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  modelId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetModelTemplateRequest' })
export class GetModelTemplateRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  modelId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetModelsRequest' })
export class GetModelsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateModelRequest' })
export class UpdateModelRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string' })
  contentType?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  modelId!: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string' })
  schema?: string;
}

@ApiSchema({ name: 'apigatewayv2.CreateModelResponse' })
export class CreateModelResponse {
  @Member({ type: 'string' })
  contentType?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  modelId?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string' })
  schema?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetModelResponse' })
export class GetModelResponse {
  @Member({ type: 'string' })
  contentType?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  modelId?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string' })
  schema?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetModelTemplateResponse' })
export class GetModelTemplateResponse {
  @Member({ type: 'string' })
  value?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetModelsResponse' })
export class GetModelsResponse {
  @Member({ type: 'list', of: { type: Model } })
  items?: Model[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateModelResponse' })
export class UpdateModelResponse {
  @Member({ type: 'string' })
  contentType?: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  modelId?: string;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'string' })
  schema?: string;
}
