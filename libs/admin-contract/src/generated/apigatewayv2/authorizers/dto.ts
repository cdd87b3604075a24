// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { AuthorizerType } from '../enums.js';
import { Authorizer, JWTConfiguration } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateAuthorizerRequest' })
export class CreateAuthorizerRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string' })
  authorizerCredentialsArn?: string;

  @Member({ type: 'string' })
  authorizerPayloadFormatVersion?: string;

  @Member({ type: 'integer', min: 0, max: 3600 })
  authorizerResultTtlInSeconds?: number;

  @Member({ type: 'string', enum: AuthorizerType, required: true })
  authorizerType!: AuthorizerType;

  @Member({ type: 'string' })
  authorizerUri?: string;

  @Member({ type: 'boolean' })
  enableSimpleResponses?: boolean;

  @Member({ type: 'list', of: { type: 'string' }, required: true })
  identitySource!: string[];

  @Member({ type: 'string' })
  identityValidationExpression?: string;

  @Member({ type: JWTConfiguration })
  jwtConfiguration?: JWTConfiguration;

  @Member({ type: 'string', required: true })
  name!: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteAuthorizerRequest' })
export class DeleteAuthorizerRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  authorizerId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetAuthorizerRequest' })
export class GetAuthorizerRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  authorizerId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetAuthorizersRequest' })
export class GetAuthorizersRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateAuthorizerRequest' })
export class UpdateAuthorizerRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  apiId!: string;

  @Member({ type: 'string' })
  authorizerCredentialsArn?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  authorizerId!: string;

  @Member({ type: 'string' })
  authorizerPayloadFormatVersion?: string;

  @Member({ type: 'integer', min: 0, max: 3600 })
  authorizerResultTtlInSeconds?: number;

  @Member({ type: 'string', enum: AuthorizerType })
  authorizerType?: AuthorizerType;

  @Member({ type: 'string' })
  authorizerUri?: string;

  @Member({ type: 'boolean' })
  enableSimpleResponses?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  identitySource?: string[];

  @Member({ type: 'string' })
  identityValidationExpression?: string;

  @Member({ type: JWTConfiguration })
  jwtConfiguration?: JWTConfiguration;

  @Member({ type: 'string' })
  name?: string;
}

@ApiSchema({ name: 'apigatewayv2.CreateAuthorizerResponse' })
export class CreateAuthorizerResponse {
  @Member({ type: 'string' })
  authorizerCredentialsArn?: string;

  @Member({ type: 'string' })
  authorizerId?: string;

  @Member({ type: 'string' })
  authorizerPayloadFormatVersion?: string;

  @Member({ type: 'integer', min: 0, max: 3600 })
  authorizerResultTtlInSeconds?: number;

  @Member({ type: 'string', enum: ['REQUEST', 'JWT'] })
  authorizerType?: string;

  @Member({ type: 'string' })
  authorizerUri?: string;

  @Member({ type: 'boolean' })
  enableSimpleResponses?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  identitySource?: string[];

  @Member({ type: 'string' })
  identityValidationExpression?: string;

  @Member({ type: JWTConfiguration })
  jwtConfiguration?: JWTConfiguration;

  @Member({ type: 'string' })
  name?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetAuthorizerResponse' })
export class GetAuthorizerResponse {
  @Member({ type: 'string' })
  authorizerCredentialsArn?: string;

  @Member({ type: 'string' })
  authorizerId?: string;

  @Member({ type: 'string' })
  authorizerPayloadFormatVersion?: string;

  @Member({ type: 'integer', min: 0, max: 3600 })
  authorizerResultTtlInSeconds?: number;

  @Member({ type: 'string', enum: ['REQUEST', 'JWT'] })
  authorizerType?: string;

  @Member({ type: 'string' })
  authorizerUri?: string;

  @Member({ type: 'boolean' })
  enableSimpleResponses?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  identitySource?: string[];

  @Member({ type: 'string' })
  identityValidationExpression?: string;

  @Member({ type: JWTConfiguration })
  jwtConfiguration?: JWTConfiguration;

  @Member({ type: 'string' })
  name?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetAuthorizersResponse' })
export class GetAuthorizersResponse {
  @Member({ type: 'list', of: { type: Authorizer } })
  items?: Authorizer[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateAuthorizerResponse' })
export class UpdateAuthorizerResponse {
  @Member({ type: 'string' })
  authorizerCredentialsArn?: string;

  @Member({ type: 'string' })
  authorizerId?: string;

  @Member({ type: 'string' })
  authorizerPayloadFormatVersion?: string;

  @Member({ type: 'integer', min: 0, max: 3600 })
  authorizerResultTtlInSeconds?: number;

  @Member({ type: 'string', enum: ['REQUEST', 'JWT'] })
  authorizerType?: string;

  @Member({ type: 'string' })
  authorizerUri?: string;

  @Member({ type: 'boolean' })
  enableSimpleResponses?: boolean;

  @Member({ type: 'list', of: { type: 'string' } })
  identitySource?: string[];

  @Member({ type: 'string' })
  identityValidationExpression?: string;

  @Member({ type: JWTConfiguration })
  jwtConfiguration?: JWTConfiguration;

  @Member({ type: 'string' })
  name?: string;
}
