import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { textOrNull } from '../../patch/patch-values.js';
import { checkSchemaText } from './model-rules.js';
import type { ModelEntity } from './model.entity.js';

/** What may be patched in a model; its schema is checked after all operations. */
export const modelPatch: PatchTable<ModelEntity> = {
  refusal: LISTS_PATHS,
  rules: [
    { path: '/description', replace: (model, value) => (model.description = textOrNull(value)) },
    { path: '/schema', replace: (model, value) => (model.schema = checkSchemaText(value)) },
  ],
};
