// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { ParameterConstraints, RouteResponse } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateRouteResponseRequest' })
export class CreateRouteResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string' })
  modelSelectionExpression?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: ParameterConstraints } })
  responseParameters?: Record<string, ParameterConstraints>;

  @Member({ in: 'uri', type: 'string', required: true })
  routeId!: string;

  @Member({ type: 'string', required: true })
  routeResponseKey!: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteRouteResponseRequest' })
export class DeleteRouteResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  routeId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  routeResponseId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetRouteResponseRequest' })
export class GetRouteResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  routeId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  routeResponseId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetRouteResponsesRequest' })
export class GetRouteResponsesRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  routeId!: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateRouteResponseRequest' })
export class UpdateRouteResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string' })
  modelSelectionExpression?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: ParameterConstraints } })
  responseParameters?: Record<string, ParameterConstraints>;

  @Member({ in: 'uri', type: 'string', required: true })
  routeId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  routeResponseId!: string;

  @Member({ type: 'string' })
  routeResponseKey?: string;
}

@ApiSchema({ name: 'apigatewayv2.CreateRouteResponseResponse' })
export class CreateRouteResponseResponse {
  @Member({ type: 'string' })
  modelSelectionExpression?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: ParameterConstraints } })
  responseParameters?: Record<string, ParameterConstraints>;

  @Member({ type: 'string' })
  routeResponseId?: string;

  @Member({ type: 'string' })
  routeResponseKey?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetRouteResponseResponse' })
export class GetRouteResponseResponse {
  @Member({ type: 'string' })
  modelSelectionExpression?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: ParameterConstraints } })
  responseParameters?: Record<string, ParameterConstraints>;

  @Member({ type: 'string' })
  routeResponseId?: string;

  @Member({ type: 'string' })
  routeResponseKey?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetRouteResponsesResponse' })
export class GetRouteResponsesResponse {
  @Member({ type: 'list', of: { type: RouteResponse } })
  items?: RouteResponse[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateRouteResponseResponse' })
export class UpdateRouteResponseResponse {
  @Member({ type: 'string' })
  modelSelectionExpression?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: ParameterConstraints } })
  responseParameters?: Record<string, ParameterConstraints>;

  @Member({ type: 'string' })
  routeResponseId?: string;

  @Member({ type: 'string' })
  routeResponseKey?: string;
}
