// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { AuthorizationType } from '../enums.js';
import { ParameterConstraints, Route } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateRouteRequest' })
export class CreateRouteRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'boolean' })
  apiKeyRequired?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  authorizationScopes?: string[];

  @Member({ type: 'string', enum: AuthorizationType })
  authorizationType?: AuthorizationType;

  @Member({ type: 'string' })
  authorizerId?: string;

  @Member({ type: 'string' })
  modelSelectionExpression?: string;

  @Member({ type: 'string' })
  operationName?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: ParameterConstraints } })
  requestParameters?: Record<string, ParameterConstraints>;

  @Member({ type: 'string', required: true })
  routeKey!: string;

  @Member({ type: 'string' })
  routeResponseSelectionExpression?: string;

  @Member({ type: 'string' })
  target?: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteRouteRequest' })
export class DeleteRouteRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  routeId!: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteRouteRequestParameterRequest' })
export class DeleteRouteRequestParameterRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  requestParameterKey!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  routeId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetRouteRequest' })
export class GetRouteRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  routeId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetRoutesRequest' })
export class GetRoutesRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateRouteRequest' })
export class UpdateRouteRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'boolean' })
  apiKeyRequired?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  authorizationScopes?: string[];

  @Member({ type: 'string', enum: AuthorizationType })
  authorizationType?: AuthorizationType;

  @Member({ type: 'string' })
  authorizerId?: string;

  @Member({ type: 'string' })
  modelSelectionExpression?: string;

  @Member({ type: 'string' })
  operationName?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: ParameterConstraints } })
  requestParameters?: Record<string, ParameterConstraints>;

  @Member({ in: 'uri', type: 'string', required: true })
  routeId!: string;

  @Member({ type: 'string' })
  routeKey?: string;

  @Member({ type: 'string' })
  routeResponseSelectionExpression?: string;

  @Member({ type: 'string' })
  target?: string;
}

@ApiSchema({ name: 'apigatewayv2.CreateRouteResult' })
export class CreateRouteResult {
  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'boolean' })
  apiKeyRequired?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  authorizationScopes?: string[];

  @Member({ type: 'string', enum: ['NONE', 'AWS_IAM', 'CUSTOM', 'JWT'] })
  authorizationType?: string;

  @Member({ type: 'string' })
  authorizerId?: string;

  @Member({ type: 'string' })
  modelSelectionExpression?: string;

  @Member({ type: 'string' })
  operationName?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: ParameterConstraints } })
  requestParameters?: Record<string, ParameterConstraints>;

  @Member({ type: 'string' })
  routeId?: string;

  @Member({ type: 'string' })
  routeKey?: string;

  @Member({ type: 'string' })
  routeResponseSelectionExpression?: string;

  @Member({ type: 'string' })
  target?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetRouteResult' })
export class GetRouteResult {
  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'boolean' })
  apiKeyRequired?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  authorizationScopes?: string[];

  @Member({ type: 'string', enum: ['NONE', 'AWS_IAM', 'CUSTOM', 'JWT'] })
  authorizationType?: string;

  @Member({ type: 'string' })
  authorizerId?: string;

  @Member({ type: 'string' })
  modelSelectionExpression?: string;

  @Member({ type: 'string' })
  operationName?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: ParameterConstraints } })
  requestParameters?: Record<string, ParameterConstraints>;

  @Member({ type: 'string' })
  routeId?: string;

  @Member({ type: 'string' })
  routeKey?: string;

  @Member({ type: 'string' })
  routeResponseSelectionExpression?: string;

  @Member({ type: 'string' })
  target?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetRoutesResponse' })
export class GetRoutesResponse {
  @Member({ type: 'list', of: { type: Route } })
  items?: Route[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateRouteResult' })
export class UpdateRouteResult {
  @Member({ type: 'boolean' })
  apiGatewayManaged?: boolean;

  @Member({ type: 'boolean' })
  apiKeyRequired?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  authorizationScopes?: string[];

  @Member({ type: 'string', enum: ['NONE', 'AWS_IAM', 'CUSTOM', 'JWT'] })
  authorizationType?: string;

  @Member({ type: 'string' })
  authorizerId?: string;

  @Member({ type: 'string' })
  modelSelectionExpression?: string;

  @Member({ type: 'string' })
  operationName?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestModels?: Record<string, string>;

  @Member({ type: 'map', values: { type: ParameterConstraints } })
  requestParameters?: Record<string, ParameterConstraints>;

  @Member({ type: 'string' })
  routeId?: string;

  @Member({ type: 'string' })
  routeKey?: string;

  @Member({ type: 'string' })
  routeResponseSelectionExpression?: string;

  @Member({ type: 'string' })
  target?: string;
}
