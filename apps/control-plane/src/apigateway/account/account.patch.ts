import { badRequest } from '@gatehouse/aws-wire';
import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { decimalNumber, textOrNull, wholeNumber } from '../../patch/patch-values.js';
import type { AccountSettingsEntity } from './account-settings.entity.js';
import { FEATURE } from './account.view.js';

const ROLE_ARN = /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;

/** Of an integer in the database. */
const MOST_BURST = 2_147_483_647;

/** What may be patched in an account. Its throttle is AWS's to set on AWS, and the administrator's here. Its one feature is always on, so adding it changes nothing. */
export const accountPatch: PatchTable<AccountSettingsEntity> = {
  refusal: LISTS_PATHS,
  rules: [
    { path: '/cloudwatchRoleArn', replace: setRole, remove: (account) => (account.cloudwatchRoleArn = null) },
    {
      path: '/throttleSettings/rateLimit',
      replace: (account, value) =>
        (account.rateLimit = decimalNumber(value, 0, badRequest(`Invalid throttling rate limit: ${value ?? 'null'}`))),
      remove: (account) => (account.rateLimit = null),
    },
    {
      path: '/throttleSettings/burstLimit',
      replace: (account, value) =>
        (account.burstLimit = wholeNumber(
          value,
          0,
          MOST_BURST,
          badRequest(`Invalid throttling burst limit: ${value ?? 'null'}`),
        )),
      remove: (account) => (account.burstLimit = null),
    },
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
