import type { IntegrationModel } from '@gatehouse/api-model';
import { NAMES_PATH } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { flag, removeEntry, setEntry } from '../../patch/patch-values.js';
import { NO_CONTENT_TYPE, NO_PARAMETER } from '../method/method.patch.js';

/** What may be patched in an integration. Enumerations and all rules between members are checked after all operations. */
export const integrationPatch: PatchTable<IntegrationModel> = {
  refusal: NAMES_PATH,
  rules: [
    { path: '/type', replace: (integration, value) => (integration.type = value as IntegrationModel['type']) },
    { path: '/uri', replace: (integration, value) => (integration.uri = value) },
    { path: '/httpMethod', replace: (integration, value) => (integration.httpMethod = value || undefined) },
    { path: '/credentials', replace: (integration, value) => (integration.credentials = value || undefined) },
    {
      path: '/connectionType',
      replace: (integration, value) => (integration.connectionType = (value || undefined) as IntegrationModel['connectionType']),
    },
    { path: '/connectionId', replace: (integration, value) => (integration.connectionId = value || undefined) },
    { path: '/passthroughBehavior', replace: (integration, value) => (integration.passthroughBehavior = value ?? '') },
    { path: '/contentHandling', replace: (integration, value) => (integration.contentHandling = value || undefined) },
    { path: '/timeoutInMillis', replace: (integration, value) => (integration.timeoutInMillis = milliseconds(value)) },
    { path: '/cacheNamespace', replace: (integration, value) => (integration.cacheNamespace = value ?? '') },
    {
      path: '/tlsConfig/insecureSkipVerification',
      replace: (integration, value) => (integration.tlsConfig = { insecureSkipVerification: flag(value) }),
    },
    {
      path: '/responseTransferMode',
      replace: (integration, value) =>
        (integration.responseTransferMode = (value || undefined) as IntegrationModel['responseTransferMode']),
    },
    { path: '/integrationTarget', replace: (integration, value) => (integration.integrationTarget = value || undefined) },
    {
      path: '/requestTemplates/{contentType}',
      add: (integration, value, type) => setEntry(integration.requestTemplates, type, value || null),
      remove: (integration, _, type) => removeEntry(integration.requestTemplates, type, NO_CONTENT_TYPE),
      replace: (integration, value, type) => setEntry(integration.requestTemplates, type, value || null),
    },
    {
      path: '/requestParameters/{name}',
      add: (integration, value, name) => setEntry(integration.requestParameters, name, value ?? ''),
      remove: (integration, _, name) => removeEntry(integration.requestParameters, name, NO_PARAMETER),
      replace: (integration, value, name) => setEntry(integration.requestParameters, name, value ?? ''),
    },
    { path: '/cacheKeyParameters/{name}', add: addCacheKey, remove: removeCacheKey, replace: addCacheKey },
  ],
};

/** Not a number for text that is none; the range is checked with the rest. */
const milliseconds = (value: string | undefined) => (value !== undefined && /^\d+$/.test(value) ? Number(value) : Number.NaN);

function addCacheKey(integration: IntegrationModel, _: string | undefined, name?: string): void {
  if (name !== undefined && !integration.cacheKeyParameters.includes(name)) integration.cacheKeyParameters.push(name);
}

function removeCacheKey(integration: IntegrationModel, _: string | undefined, name?: string): void {
  integration.cacheKeyParameters = integration.cacheKeyParameters.filter((each) => each !== name);
}
