import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { flag } from '../../patch/patch-values.js';
import { checkName } from './request-validator-rules.js';
import type { RequestValidatorEntity } from './request-validator.entity.js';

/** What may be patched in a request validator; whether its name is free is checked after all operations. */
export const requestValidatorPatch: PatchTable<RequestValidatorEntity> = {
  refusal: LISTS_PATHS,
  rules: [
    { path: '/name', replace: (validator, value) => (validator.name = checkName(value)) },
    { path: '/validateRequestParameters', replace: (validator, value) => (validator.validateRequestParameters = flag(value)) },
    { path: '/validateRequestBody', replace: (validator, value) => (validator.validateRequestBody = flag(value)) },
  ],
};
