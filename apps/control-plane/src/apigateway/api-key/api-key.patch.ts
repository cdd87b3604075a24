import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { flag, textOrNull } from '../../patch/patch-values.js';
import { checkDescription, checkName } from './api-key-rules.js';
import type { ApiKeyEntity } from './api-key.entity.js';

/** What may be patched in an API key; its value never changes. */
export const apiKeyPatch: PatchTable<ApiKeyEntity> = {
  refusal: LISTS_PATHS,
  rules: [
    { path: '/description', replace: (apiKey, value) => (apiKey.description = checkDescription(value)) },
    { path: '/enabled', replace: (apiKey, value) => (apiKey.enabled = flag(value)) },
    { path: '/name', replace: (apiKey, value) => (apiKey.name = checkName(value)) },
    { path: '/customerId', replace: (apiKey, value) => (apiKey.customerId = textOrNull(value)) },
  ],
};
