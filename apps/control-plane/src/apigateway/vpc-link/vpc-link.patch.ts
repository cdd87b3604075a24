import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { textOrNull } from '../../patch/patch-values.js';
import { checkName } from './vpc-link-rules.js';
import type { VpcLinkEntity } from './vpc-link.entity.js';

/** What may be patched in a VPC link; its target never changes. */
export const vpcLinkPatch: PatchTable<VpcLinkEntity> = {
  refusal: LISTS_PATHS,
  rules: [
    { path: '/name', replace: (link, value) => (link.name = checkName(value)) },
    { path: '/description', replace: (link, value) => (link.description = textOrNull(value)) },
  ],
};
