import type { IntegrationResponseModel } from '@gatehouse/api-model';
import { NAMES_PATH } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { removeEntry, setEntry } from '../../patch/patch-values.js';
import { NO_CONTENT_TYPE, NO_PARAMETER } from '../method/method.patch.js';

/** What may be patched in an integration response; it is checked as a whole after all operations. */
export const integrationResponsePatch: PatchTable<IntegrationResponseModel> = {
  refusal: NAMES_PATH,
  rules: [
    { path: '/selectionPattern', replace: (response, value) => (response.selectionPattern = value) },
    { path: '/contentHandling', replace: (response, value) => (response.contentHandling = value || undefined) },
    {
      path: '/responseTemplates/{contentType}',
      add: (response, value, type) => setEntry(response.responseTemplates, type, value || null),
      remove: (response, _, type) => removeEntry(response.responseTemplates, type, NO_CONTENT_TYPE),
      replace: (response, value, type) => setEntry(response.responseTemplates, type, value || null),
    },
    {
      path: '/responseParameters/{name}',
      add: (response, value, name) => setEntry(response.responseParameters, name, value ?? ''),
      remove: (response, _, name) => removeEntry(response.responseParameters, name, NO_PARAMETER),
      replace: (response, value, name) => setEntry(response.responseParameters, name, value ?? ''),
    },
  ],
};
