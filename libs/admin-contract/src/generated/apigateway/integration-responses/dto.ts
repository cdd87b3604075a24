// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { ContentHandling } from '../enums.js';
import { PatchOperation } from '../shapes.js';
export { IntegrationResponse } from '../shapes.js';

export class DeleteIntegrationResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;

  @Member({ in: 'uri', type: 'string', pattern: '[1-5]\\d\\d', required: true })
  statusCode!: string;
}

export class GetIntegrationResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;

  @Member({ in: 'uri', type: 'string', pattern: '[1-5]\\d\\d', required: true })
  statusCode!: string;
}

export class PutIntegrationResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;

  @Member({ in: 'uri', type: 'string', pattern: '[1-5]\\d\\d', required: true })
  statusCode!: string;

  @Member({ type: 'string' })
  selectionPattern?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  responseTemplates?: Record<string, string | null>;

  @Member({ type: 'string', enum: ContentHandling })
  contentHandling?: ContentHandling;
}

export class UpdateIntegrationResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;

  @Member({ in: 'uri', type: 'string', pattern: '[1-5]\\d\\d', required: true })
  statusCode!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}
