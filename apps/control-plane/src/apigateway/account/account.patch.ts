import { badRequest } from '@gatehouse/aws-wire';
import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { textOrNull } from '../../patch/patch-values.js';
import type { AccountSettingsEntity } from './account-settings.entity.js';
import { FEATURE } from './account.view.js';

const ROLE_ARN = /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;

/** What may be patched in an account. Its one feature is always on, so adding it changes nothing. */
export const accountPatch: PatchTable<AccountSettingsEntity> = {
  refusal: LISTS_PATHS,
  rules: [
    { path: '/cloudwatchRoleArn', replace: setRole, remove: (account) => (account.cloudwatchRoleArn = null) },
    {
      path: '/features',
      add: (_, value) => {
        if (value !== FEATURE)
          throw badRequest(`Invalid API Feature specified: ${value ?? 'null'}. Must be one of: [${FEATURE}]`);
      },
      remove: () => {
        throw badRequest('Usage Plans cannot be disabled once enabled');
      },
    },
  ],
};

/** Without a value the role is cleared: so Terraform does it. */
function setRole(account: AccountSettingsEntity, value: string | undefined): void {
  const arn = textOrNull(value);
  if (arn !== null && !ROLE_ARN.test(arn)) throw badRequest(`Invalid ARN. ARN is not well formed ${arn}`);
  account.cloudwatchRoleArn = arn;
}
