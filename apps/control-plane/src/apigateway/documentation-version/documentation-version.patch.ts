import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { textOrNull } from '../../patch/patch-values.js';
import type { DocumentationVersionHead } from './find-documentation-version.js';

/** What may be patched in a documentation version: it is immutable but for its description. */
export const documentationVersionPatch: PatchTable<DocumentationVersionHead> = {
  refusal: LISTS_PATHS,
  rules: [{ path: '/description', replace: (version, value) => (version.description = textOrNull(value)) }],
};
