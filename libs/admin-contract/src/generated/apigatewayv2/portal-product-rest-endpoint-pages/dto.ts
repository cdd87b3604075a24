// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { TryItState } from '../enums.js';
import { EndpointDisplayContent, EndpointDisplayContentResponse, ProductRestEndpointPageSummaryNoBody, RestEndpointIdentifier, StatusException } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateProductRestEndpointPageRequest' })
export class CreateProductRestEndpointPageRequest {
  @Member({ type: EndpointDisplayContent })
  displayContent?: EndpointDisplayContent;

  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;

  @Member({ type: RestEndpointIdentifier, required: true })
  restEndpointIdentifier!: RestEndpointIdentifier;

  @Member({ type: 'string', enum: TryItState })
  tryItState?: TryItState;
}

@ApiSchema({ name: 'apigatewayv2.DeleteProductRestEndpointPageRequest' })
export class DeleteProductRestEndpointPageRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  productRestEndpointPageId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetProductRestEndpointPageRequest' })
export class GetProductRestEndpointPageRequest {
  @Member({ in: 'query', type: 'string' })
  includeRawDisplayContent?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  productRestEndpointPageId!: string;

  @Member({ in: 'query', type: 'string' })
  resourceOwnerAccountId?: string;
}

@ApiSchema({ name: 'apigatewayv2.ListProductRestEndpointPagesRequest' })
export class ListProductRestEndpointPagesRequest {
  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;

  @Member({ in: 'query', type: 'string' })
  resourceOwnerAccountId?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateProductRestEndpointPageRequest' })
export class UpdateProductRestEndpointPageRequest {
  @Member({ type: EndpointDisplayContent })
  displayContent?: EndpointDisplayContent;

  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  productRestEndpointPageId!: string;

  @Member({ type: 'string', enum: TryItState })
  tryItState?: TryItState;
}

@ApiSchema({ name: 'apigatewayv2.CreateProductRestEndpointPageResponse' })
export class CreateProductRestEndpointPageResponse {
  @Member({ type: EndpointDisplayContentResponse })
  displayContent?: EndpointDisplayContentResponse;

  @Member({ type: 'timestamp' })
  lastModified?: Date;

  @Member({ type: 'string', min: 20, max: 2048 })
  productRestEndpointPageArn?: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  productRestEndpointPageId?: string;

  @Member({ type: RestEndpointIdentifier })
  restEndpointIdentifier?: RestEndpointIdentifier;

  @Member({ type: 'string', enum: ['AVAILABLE', 'IN_PROGRESS', 'FAILED'] })
  status?: string;

  @Member({ type: StatusException })
  statusException?: StatusException;

  @Member({ type: 'string', enum: ['ENABLED', 'DISABLED'] })
  tryItState?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetProductRestEndpointPageResponse' })
export class GetProductRestEndpointPageResponse {
  @Member({ type: EndpointDisplayContentResponse })
  displayContent?: EndpointDisplayContentResponse;

  @Member({ type: 'timestamp' })
  lastModified?: Date;

  @Member({ type: 'string', min: 20, max: 2048 })
  productRestEndpointPageArn?: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  productRestEndpointPageId?: string;

  @Member({ type: 'string' })
  rawDisplayContent?: string;

  @Member({ type: RestEndpointIdentifier })
  restEndpointIdentifier?: RestEndpointIdentifier;

  @Member({ type: 'string', enum: ['AVAILABLE', 'IN_PROGRESS', 'FAILED'] })
  status?: string;

  @Member({ type: StatusException })
  statusException?: StatusException;

  @Member({ type: 'string', enum: ['ENABLED', 'DISABLED'] })
  tryItState?: string;
}

@ApiSchema({ name: 'apigatewayv2.ListProductRestEndpointPagesResponse' })
export class ListProductRestEndpointPagesResponse {
  @Member({ type: 'list', of: { type: ProductRestEndpointPageSummaryNoBody } })
  items?: ProductRestEndpointPageSummaryNoBody[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateProductRestEndpointPageResponse' })
export class UpdateProductRestEndpointPageResponse {
  @Member({ type: EndpointDisplayContentResponse })
  displayContent?: EndpointDisplayContentResponse;

  @Member({ type: 'timestamp' })
  lastModified?: Date;

  @Member({ type: 'string', min: 20, max: 2048 })
  productRestEndpointPageArn?: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  productRestEndpointPageId?: string;

  @Member({ type: RestEndpointIdentifier })
  restEndpointIdentifier?: RestEndpointIdentifier;

  @Member({ type: 'string', enum: ['AVAILABLE', 'IN_PROGRESS', 'FAILED'] })
  status?: string;

  @Member({ type: StatusException })
  statusException?: StatusException;

  @Member({ type: 'string', enum: ['ENABLED', 'DISABLED'] })
  tryItState?: string;
}
