import type { Account } from '@gatehouse/admin-contract/apigateway';
import { ACCOUNT_LIMIT } from '@gatehouse/compiler';
import type { AccountSettingsEntity } from './account-settings.entity.js';

/** The feature that every account has. */
export const FEATURE = 'UsagePlans';

/** An account as it goes over the wire. Limits that were never set are shown as AWS's defaults. */
export function accountView(account: Omit<AccountSettingsEntity, 'accountId' | 'region'>): Account {
  return {
    cloudwatchRoleArn: account.cloudwatchRoleArn ?? undefined,
    throttleSettings: {
      burstLimit: account.burstLimit ?? ACCOUNT_LIMIT.burstLimit,
      rateLimit: account.rateLimit ?? ACCOUNT_LIMIT.rateLimit,
    },
    features: [FEATURE],
    apiKeyVersion: '4',
  };
}
