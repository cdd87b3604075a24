import type { AccountSnapshot } from '@gatehouse/snapshot';
import { ACCOUNT_LIMIT } from './account-limit.js';

/** What one account has set in one region; what was not set is null. A burst alone limits nothing without its rate, so it comes with AWS's. */
export function compileAccount({
  rateLimit,
  burstLimit,
}: {
  rateLimit: number | null;
  burstLimit: number | null;
}): AccountSnapshot {
  if (rateLimit === null && burstLimit === null) return { throttle: null };
  return {
    throttle: { rateLimit: rateLimit ?? ACCOUNT_LIMIT.rateLimit, burstLimit: burstLimit ?? ACCOUNT_LIMIT.burstLimit },
  };
}
