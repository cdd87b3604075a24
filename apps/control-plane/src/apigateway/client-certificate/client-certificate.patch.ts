import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { textOrNull } from '../../patch/patch-values.js';
import type { ClientCertificateEntity } from './client-certificate.entity.js';

/** What may be patched in a client certificate. */
export const clientCertificatePatch: PatchTable<ClientCertificateEntity> = {
  refusal: LISTS_PATHS,
  rules: [{ path: '/description', replace: (certificate, value) => (certificate.description = textOrNull(value)) }],
};
