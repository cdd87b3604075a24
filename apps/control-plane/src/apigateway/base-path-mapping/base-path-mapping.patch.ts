import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { textOrNull } from '../../patch/patch-values.js';
import type { BasePathMappingEntity } from './base-path-mapping.entity.js';
import { checkBasePath } from './base-path.js';

/** What may be patched in a base path mapping. That API and stage exist is checked after all operations. */
export const basePathMappingPatch: PatchTable<BasePathMappingEntity> = {
  refusal: LISTS_PATHS,
  rules: [
    { path: '/basePath', replace: (mapping, value) => (mapping.basePath = checkBasePath(value)) },
    { path: '/restapiId', replace: (mapping, value) => (mapping.apiId = value ?? '') },
    { path: '/stage', replace: (mapping, value) => (mapping.stageName = textOrNull(value)) },
  ],
};
