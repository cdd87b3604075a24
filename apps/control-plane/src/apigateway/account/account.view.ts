import type { Account } from '@gatehouse/admin-contract/apigateway';
import type { AccountSettingsEntity } from './account-settings.entity.js';

/** The feature that every account has. */
export const FEATURE = 'UsagePlans';

/** Requests a second, and requests at once, of one account in one region. Source: AWS's default quotas. */
const THROTTLE = { burstLimit: 5000, rateLimit: 10_000 };

/** An account as it goes over the wire. */
export function accountView(account: Pick<AccountSettingsEntity, 'cloudwatchRoleArn'>): Account {
  return {
    cloudwatchRoleArn: account.cloudwatchRoleArn ?? undefined,
    throttleSettings: THROTTLE,
    features: [FEATURE],
    apiKeyVersion: '4',
  };
}
