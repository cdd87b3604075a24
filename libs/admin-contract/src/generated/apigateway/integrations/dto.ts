// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { ConnectionType, ContentHandling, PutIntegrationType, ResponseTransferMode } from '../enums.js';
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

  @Member({ type: 'string', enum: PutIntegrationType, required: true })
  type!: PutIntegrationType;

  @Member({ type: 'string', wire: 'httpMethod' })
  integrationHttpMethod?: string;

  @Member({ type: 'string' })
  uri?: string;

  @Member({ type: 'string', enum: ConnectionType })
  connectionType?: ConnectionType;

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

  @Member({ type: 'string', enum: ContentHandling })
  contentHandling?: ContentHandling;

  @Member({ type: 'integer' })
  timeoutInMillis?: number;

  @Member({ type: TlsConfig })
  tlsConfig?: TlsConfig;

  @Member({ type: 'string', enum: ResponseTransferMode })
  responseTransferMode?: ResponseTransferMode;

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
