// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { DisplayOrder, PortalProductSummary } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreatePortalProductRequest' })
export class CreatePortalProductRequest {
  @Member({ type: 'string', min: 0, max: 1024 })
  description?: string;

  @Member({ type: 'string', min: 1, max: 255, required: true })
  displayName!: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.DeletePortalProductRequest' })
export class DeletePortalProductRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetPortalProductRequest' })
export class GetPortalProductRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;

  @Member({ in: 'query', type: 'string' })
  resourceOwnerAccountId?: string;
}

@ApiSchema({ name: 'apigatewayv2.ListPortalProductsRequest' })
export class ListPortalProductsRequest {
  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;

  @Member({ in: 'query', type: 'string' })
  resourceOwner?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdatePortalProductRequest' })
export class UpdatePortalProductRequest {
  @Member({ type: 'string', min: 0, max: 1024 })
  description?: string;

  @Member({ type: 'string', min: 1, max: 255 })
  displayName?: string;

  @Member({ type: DisplayOrder })
  displayOrder?: DisplayOrder;

  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;
}

@ApiSchema({ name: 'apigatewayv2.CreatePortalProductResponse' })
export class CreatePortalProductResponse {
  @Member({ type: 'string', min: 0, max: 1024 })
  description?: string;

  @Member({ type: 'string', min: 1, max: 255 })
  displayName?: string;

  @Member({ type: DisplayOrder })
  displayOrder?: DisplayOrder;

  @Member({ type: 'timestamp' })
  lastModified?: Date;

  @Member({ type: 'string', min: 20, max: 2048 })
  portalProductArn?: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  portalProductId?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.GetPortalProductResponse' })
export class GetPortalProductResponse {
  @Member({ type: 'string', min: 0, max: 1024 })
  description?: string;

  @Member({ type: 'string', min: 1, max: 255 })
  displayName?: string;

  @Member({ type: DisplayOrder })
  displayOrder?: DisplayOrder;

  @Member({ type: 'timestamp' })
  lastModified?: Date;

  @Member({ type: 'string', min: 20, max: 2048 })
  portalProductArn?: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  portalProductId?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.ListPortalProductsResponse' })
export class ListPortalProductsResponse {
  @Member({ type: 'list', of: { type: PortalProductSummary } })
  items?: PortalProductSummary[];

  @Member({ type: 'string', min: 1, max: 2048 })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdatePortalProductResponse' })
export class UpdatePortalProductResponse {
  @Member({ type: 'string', min: 0, max: 1024 })
  description?: string;

  @Member({ type: 'string', min: 1, max: 255 })
  displayName?: string;

  @Member({ type: DisplayOrder })
  displayOrder?: DisplayOrder;

  @Member({ type: 'timestamp' })
  lastModified?: Date;

  @Member({ type: 'string', min: 20, max: 2048 })
  portalProductArn?: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  portalProductId?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}
