// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { PatchOperation, Resource } from '../shapes.js';
export { Resource } from '../shapes.js';

export class CreateResourceRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  parentId!: string;

  @Member({ type: 'string', required: true })
  pathPart!: string;
}

export class DeleteResourceRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;
}

export class GetResourceRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ in: 'query', type: 'list', of: { type: 'string' } })
  embed?: string[];
}

export class GetResourcesRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;

  @Member({ in: 'query', type: 'list', of: { type: 'string' } })
  embed?: string[];
}

export class UpdateResourceRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  resourceId!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class Resources {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: Resource } })
  item?: Resource[];
}
