import type { MethodResponseModel } from '@gatehouse/api-model';
import { NAMES_PATH } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { flag, removeEntry, replaceEntry, setEntry } from '../../patch/patch-values.js';
import { NO_CONTENT_TYPE, NO_PARAMETER } from '../method/method.patch.js';
import { modelNamed } from '../method/model-reference.js';

/** What may be patched in a method response; its maps are checked after all operations. */
export const methodResponsePatch: PatchTable<MethodResponseModel> = {
  refusal: NAMES_PATH,
  rules: [
    {
      path: '/responseParameters/{name}',
      add: (response, value, name) => setEntry(response.responseParameters, name, flag(value)),
      remove: (response, _, name) => removeEntry(response.responseParameters, name, NO_PARAMETER),
      replace: (response, value, name) => replaceEntry(response.responseParameters, name, flag(value), NO_PARAMETER),
    },
    {
      path: '/responseModels/{contentType}',
      add: (response, value, type) => setEntry(response.responseModels, type, modelNamed(value)),
      remove: (response, _, type) => removeEntry(response.responseModels, type, NO_CONTENT_TYPE),
      replace: (response, value, type) => replaceEntry(response.responseModels, type, modelNamed(value), NO_CONTENT_TYPE),
    },
  ],
};
