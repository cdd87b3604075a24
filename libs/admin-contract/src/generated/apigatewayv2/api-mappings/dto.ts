// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { ApiMapping } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateApiMappingRequest' })
export class CreateApiMappingRequest {
  @Member({ type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string' })
  apiMappingKey?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ type: 'string', required: true })
  stage!: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteApiMappingRequest' })
export class DeleteApiMappingRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiMappingId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetApiMappingRequest' })
export class GetApiMappingRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiMappingId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetApiMappingsRequest' })
export class GetApiMappingsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateApiMappingRequest' })
export class UpdateApiMappingRequest {
  @Member({ type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  apiMappingId!: string;

  @Member({ type: 'string' })
  apiMappingKey?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ type: 'string' })
  stage?: string;
}

@ApiSchema({ name: 'apigatewayv2.CreateApiMappingResponse' })
export class CreateApiMappingResponse {
  @Member({ type: 'string' })
  apiId?: string;

  @Member({ type: 'string' })
  apiMappingId?: string;

  @Member({ type: 'string' })
  apiMappingKey?: string;

  @Member({ type: 'string' })
  stage?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetApiMappingResponse' })
export class GetApiMappingResponse {
  @Member({ type: 'string' })
  apiId?: string;

  @Member({ type: 'string' })
  apiMappingId?: string;

  @Member({ type: 'string' })
  apiMappingKey?: string;

  @Member({ type: 'string' })
  stage?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetApiMappingsResponse' })
export class GetApiMappingsResponse {
  @Member({ type: 'list', of: { type: ApiMapping } })
  items?: ApiMapping[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateApiMappingResponse' })
export class UpdateApiMappingResponse {
  @Member({ type: 'string' })
  apiId?: string;

  @Member({ type: 'string' })
  apiMappingId?: string;

  @Member({ type: 'string' })
  apiMappingKey?: string;

  @Member({ type: 'string' })
  stage?: string;
}
