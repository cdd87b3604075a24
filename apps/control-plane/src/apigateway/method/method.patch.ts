import { badRequest } from '@gatehouse/aws-wire';
import { NAMES_PATH } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { flag, removeEntry, replaceEntry, setEntry, textOrNull } from '../../patch/patch-values.js';
import type { MethodEntity } from './method.entity.js';
import { modelNamed } from './model-reference.js';

export const NO_PARAMETER = 'Invalid parameter name specified';
export const NO_CONTENT_TYPE = 'Content-Type specified was not found';

/** What may be patched in a method; the method as a whole is checked after all operations. */
export const methodPatch: PatchTable<MethodEntity> = {
  refusal: NAMES_PATH,
  rules: [
    { path: '/authorizationType', replace: (method, value) => (method.authorizationType = value ?? '') },
    { path: '/authorizerId', replace: (method, value) => (method.authorizerId = textOrNull(value)) },
    { path: '/apiKeyRequired', replace: (method, value) => (method.apiKeyRequired = flag(value)) },
    { path: '/operationName', replace: (method, value) => (method.operationName = textOrNull(value)) },
    { path: '/requestValidatorId', replace: (method, value) => (method.requestValidatorId = textOrNull(value)) },
    { path: '/authorizationScopes', add: addScope, remove: removeScope },
    {
      path: '/requestParameters/{name}',
      add: (method, value, name) => setEntry(method.requestParameters, name, flag(value)),
      remove: (method, _, name) => removeEntry(method.requestParameters, name, NO_PARAMETER),
      replace: (method, value, name) => replaceEntry(method.requestParameters, name, flag(value), NO_PARAMETER),
    },
    {
      path: '/requestModels/{contentType}',
      add: (method, value, type) => setEntry(method.requestModels, type, modelNamed(value)),
      remove: (method, _, type) => removeEntry(method.requestModels, type, NO_CONTENT_TYPE),
      replace: (method, value, type) => replaceEntry(method.requestModels, type, modelNamed(value), NO_CONTENT_TYPE),
    },
  ],
};

function addScope(method: MethodEntity, value: string | undefined): void {
  if (!value) throw badRequest('Invalid authorization scope specified');
  if (!method.authorizationScopes.includes(value)) method.authorizationScopes.push(value);
}

function removeScope(method: MethodEntity, value: string | undefined): void {
  method.authorizationScopes = method.authorizationScopes.filter((scope) => scope !== value);
}
