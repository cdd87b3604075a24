import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { checkProperties } from './documentation-part-rules.js';
import type { DocumentationPartEntity } from './documentation-part.entity.js';

/** What may be patched in a documentation part; its location never changes. */
export const documentationPartPatch: PatchTable<DocumentationPartEntity> = {
  refusal: LISTS_PATHS,
  rules: [{ path: '/properties', replace: (part, value) => (part.properties = checkProperties(value)) }],
};
