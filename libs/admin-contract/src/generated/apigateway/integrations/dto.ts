// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { PatchOperation, TlsConfig } from '../shapes.js';
export { Integration } from '../shapes.js';

export class DeleteIntegrationRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;
}

export class GetIntegrationRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;
}

export class PutIntegrationRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;

  @Member({ type: 'string', enum: ["HTTP","MOCK","AWS_PROXY","HTTP_PROXY","AWS"], required: true })
  type!: 'HTTP' | 'MOCK' | 'AWS_PROXY' | 'HTTP_PROXY' | 'AWS';

  @Member({ type: 'string', wire: 'httpMethod' })
  integrationHttpMethod?: string;

  @Member({ type: 'string' })
  uri?: string;

  @Member({ type: 'string', enum: ["INTERNET","VPC_LINK"] })
  connectionType?: 'INTERNET' | 'VPC_LINK';

  @Member({ type: 'string' })
  connectionId?: string;

  @Member({ type: 'string' })
  credentials?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  requestParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  requestTemplates?: Record<string, string | null>;

  @Member({ type: 'string' })
  passthroughBehavior?: string;

  @Member({ type: 'string' })
  cacheNamespace?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  cacheKeyParameters?: string[];

  @Member({ type: 'string', enum: ["CONVERT_TO_BINARY","CONVERT_TO_TEXT"] })
  contentHandling?: 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT';

  @Member({ type: 'integer' })
  timeoutInMillis?: number;

  @Member({ type: TlsConfig })
  tlsConfig?: TlsConfig;

  @Member({ type: 'string', enum: ["BUFFERED","STREAM"] })
  responseTransferMode?: 'BUFFERED' | 'STREAM';

  @Member({ type: 'string' })
  integrationTarget?: string;
}

export class UpdateIntegrationRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}
