import { NAMES_PATH } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { removeEntry, replaceEntry, setEntry, textOrNull } from '../../patch/patch-values.js';
import { NO_CONTENT_TYPE, NO_PARAMETER } from '../method/method.patch.js';
import { givenValue } from './gateway-response-rules.js';
import type { GatewayResponseEntity } from './gateway-response.entity.js';

/** What may be patched in a gateway response; it is checked as a whole after all operations. */
export const gatewayResponsePatch: PatchTable<GatewayResponseEntity> = {
  // An operation that a path does not have is refused like an unknown path. Recorded at AWS.
  refusal: { ...NAMES_PATH, operation: (operation, _, listed) => NAMES_PATH.path(operation, listed) },
  rules: [
    { path: '/statusCode', replace: (response, value) => (response.statusCode = textOrNull(value)) },
    {
      path: '/responseParameters/{name}',
      add: (response, value, name) => setEntry(response.responseParameters, name, givenValue('responseParameters', value)),
      remove: (response, _, name) => removeEntry(response.responseParameters, name, NO_PARAMETER),
      replace: (response, value, name) =>
        replaceEntry(response.responseParameters, name, givenValue('responseParameters', value), NO_PARAMETER),
    },
    {
      path: '/responseTemplates/{contentType}',
      add: (response, value, type) => setEntry(response.responseTemplates, type, givenValue('responseTemplates', value)),
      remove: (response, _, type) => removeEntry(response.responseTemplates, type, NO_CONTENT_TYPE),
      replace: (response, value, type) =>
        replaceEntry(response.responseTemplates, type, givenValue('responseTemplates', value), NO_PARAMETER),
    },
  ],
};
