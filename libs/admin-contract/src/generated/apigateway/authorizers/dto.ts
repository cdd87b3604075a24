// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { CreateAuthorizerType } from '../enums.js';
import { Authorizer, PatchOperation } from '../shapes.js';
export { Authorizer } from '../shapes.js';

export class CreateAuthorizerRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ type: 'string', required: true })
  name!: string;

  @Member({ type: 'string', enum: CreateAuthorizerType, required: true })
  type!: CreateAuthorizerType;

  @Member({ type: 'list', of: { type: 'string' } })
  providerARNs?: string[];

  @Member({ type: 'string' })
  authType?: string;

  @Member({ type: 'string' })
  authorizerUri?: string;

  @Member({ type: 'string' })
  authorizerCredentials?: string;

  @Member({ type: 'string' })
  identitySource?: string;

  @Member({ type: 'string' })
  identityValidationExpression?: string;

  @Member({ type: 'integer' })
  authorizerResultTtlInSeconds?: number;
}

export class DeleteAuthorizerRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  authorizerId!: string;
}

export class GetAuthorizerRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  authorizerId!: string;
}

export class GetAuthorizersRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class TestInvokeAuthorizerRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  authorizerId!: string;

  @Member({ type: 'map', values: { type: 'string' } })
  headers?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'list', of: { type: 'string' } } })
  multiValueHeaders?: Record<string, string[]>;

  @Member({ type: 'string' })
  pathWithQueryString?: string;

  @Member({ type: 'string' })
  body?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  stageVariables?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' } })
  additionalContext?: Record<string, string>;
}

export class UpdateAuthorizerRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  authorizerId!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class Authorizers {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: Authorizer } })
  item?: Authorizer[];
}

export class TestInvokeAuthorizerResponse {
  @Member({ type: 'integer' })
  clientStatus?: number;

  @Member({ type: 'string' })
  log?: string;

  @Member({ type: 'long' })
  latency?: number;

  @Member({ type: 'string' })
  principalId?: string;

  @Member({ type: 'string' })
  policy?: string;

  @Member({ type: 'map', values: { type: 'list', of: { type: 'string' } } })
  authorization?: Record<string, string[]>;

  @Member({ type: 'map', values: { type: 'string' } })
  claims?: Record<string, string>;
}
