import type { ThrottleSnapshot } from '@gatehouse/snapshot';

/** What AWS grants an account per region: stands in where a limit gives only its rate or only its burst. Source: API Gateway quotas. */
export const ACCOUNT_LIMIT: ThrottleSnapshot = { rateLimit: 10_000, burstLimit: 5_000 };
