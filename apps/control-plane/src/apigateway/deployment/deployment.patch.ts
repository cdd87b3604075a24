import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { textOrNull } from '../../patch/patch-values.js';
import type { DeploymentHead } from './find-deployment.js';

/** What may be patched in a deployment: it is immutable but for its description. */
export const deploymentPatch: PatchTable<DeploymentHead> = {
  refusal: LISTS_PATHS,
  rules: [{ path: '/description', replace: (deployment, value) => (deployment.description = textOrNull(value)) }],
};
