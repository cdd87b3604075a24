import type { BasePathMapping } from '@gatehouse/admin-contract/apigateway';
import type { BasePathMappingEntity } from './base-path-mapping.entity.js';
import { showBasePath } from './base-path.js';

/** A base path mapping as it goes over the wire; without stage where the path names it. */
export function basePathMappingView({ basePath, apiId, stageName }: BasePathMappingEntity): BasePathMapping {
  return { basePath: showBasePath(basePath), restApiId: apiId, stage: stageName ?? undefined };
}
