// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { PatchOperation } from '../shapes.js';
export { MethodResponse } from '../shapes.js';

export class DeleteMethodResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;

  @Member({ in: 'uri', type: 'string', pattern: '[1-5]\\d\\d', required: true })
  statusCode!: string;
}

export class GetMethodResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;

  @Member({ in: 'uri', type: 'string', pattern: '[1-5]\\d\\d', required: true })
  statusCode!: string;
}

export class PutMethodResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  httpMethod!: string;

  @Member({ in: 'uri', type: 'string', pattern: '[1-5]\\d\\d', required: true })
  statusCode!: string;

  @Member({ type: 'map', values: { type: 'boolean' } })
  responseParameters?: Record<string, boolean>;

  @Member({ type: 'map', values: { type: 'string' } })
  responseModels?: Record<string, string>;
}

export class UpdateMethodResponseRequest {
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
