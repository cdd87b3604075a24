// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { PatchOperation } from '../shapes.js';
export { Method } from '../shapes.js';

export class DeleteMethodRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;
}

export class GetMethodRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;
}

export class PutMethodRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;

  @Member({ type: 'string', required: true })
  authorizationType!: string;

  @Member({ type: 'string' })
  authorizerId?: string;

  @Member({ type: 'boolean' })
  apiKeyRequired?: boolean;

  @Member({ type: 'string' })
  operationName?: string;

  @Member({ type: 'map', values: { type: 'boolean' } })
  requestParameters?: Record<string, boolean>;

  @Member({ type: 'map', values: { type: 'string' } })
  requestModels?: Record<string, string>;

  @Member({ type: 'string' })
  requestValidatorId?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  authorizationScopes?: string[];
}

export class TestInvokeMethodRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;

  @Member({ type: 'string' })
  pathWithQueryString?: string;

  @Member({ type: 'string' })
  body?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  headers?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'list', of: { type: 'string' } } })
  multiValueHeaders?: Record<string, string[]>;

  @Member({ type: 'string' })
  clientCertificateId?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  stageVariables?: Record<string, string>;
}

export class UpdateMethodRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class TestInvokeMethodResponse {
  @Member({ type: 'integer' })
  status?: number;

  @Member({ type: 'string' })
  body?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  headers?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'list', of: { type: 'string' } } })
  multiValueHeaders?: Record<string, string[]>;

  @Member({ type: 'string' })
  log?: string;

  @Member({ type: 'long' })
  latency?: number;
}
