// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { DisplayContent, ProductPageSummaryNoBody } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateProductPageRequest' })
export class CreateProductPageRequest {
  @Member({ type: DisplayContent, required: true })
  displayContent!: DisplayContent;

  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteProductPageRequest' })
export class DeleteProductPageRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  productPageId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetProductPageRequest' })
export class GetProductPageRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  productPageId!: string;

  @Member({ in: 'query', type: 'string' })
  resourceOwnerAccountId?: string;
}

@ApiSchema({ name: 'apigatewayv2.ListProductPagesRequest' })
export class ListProductPagesRequest {
  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;

  @Member({ in: 'query', type: 'string' })
  resourceOwnerAccountId?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateProductPageRequest' })
export class UpdateProductPageRequest {
  @Member({ type: DisplayContent })
  displayContent?: DisplayContent;

  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  productPageId!: string;
}

@ApiSchema({ name: 'apigatewayv2.CreateProductPageResponse' })
export class CreateProductPageResponse {
  @Member({ type: DisplayContent })
  displayContent?: DisplayContent;

  @Member({ type: 'timestamp' })
  lastModified?: Date;

  @Member({ type: 'string', min: 20, max: 2048 })
  productPageArn?: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  productPageId?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetProductPageResponse' })
export class GetProductPageResponse {
  @Member({ type: DisplayContent })
  displayContent?: DisplayContent;

  @Member({ type: 'timestamp' })
  lastModified?: Date;

  @Member({ type: 'string', min: 20, max: 2048 })
  productPageArn?: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  productPageId?: string;
}

@ApiSchema({ name: 'apigatewayv2.ListProductPagesResponse' })
export class ListProductPagesResponse {
  @Member({ type: 'list', of: { type: ProductPageSummaryNoBody } })
  items?: ProductPageSummaryNoBody[];

  @Member({ type: 'string', min: 1, max: 2048 })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateProductPageResponse' })
export class UpdateProductPageResponse {
  @Member({ type: DisplayContent })
  displayContent?: DisplayContent;

  @Member({ type: 'timestamp' })
  lastModified?: Date;

  @Member({ type: 'string', min: 20, max: 2048 })
  productPageArn?: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  productPageId?: string;
}
