// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { BasePathMapping, PatchOperation } from '../shapes.js';
export { BasePathMapping } from '../shapes.js';

export class CreateBasePathMappingRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;

  @Member({ type: 'string' })
  basePath?: string;

  @Member({ type: 'string', required: true })
  restApiId!: string;

  @Member({ type: 'string' })
  stage?: string;
}

export class DeleteBasePathMappingRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  basePath!: string;
}

export class GetBasePathMappingRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  basePath!: string;
}

export class GetBasePathMappingsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;

  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class UpdateBasePathMappingRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  basePath!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class BasePathMappings {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: BasePathMapping } })
  item?: BasePathMapping[];
}
