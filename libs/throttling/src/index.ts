export { ConcurrencyLeases, type Place } from './concurrency-leases.js';
export { createLimiter, type LimiterOptions, type SharedLimiter } from './create-limiter.js';
export * from './limiter.js';
export { quotaLimitIn, quotaPeriodAt, utcDay, type QuotaPeriodSpan } from './quota-period.js';
export {
  GRANTED_FIELD,
  OTHER_PERIODS_FIELD,
  parseUsageField,
  quotaKey,
  USAGE_PROCESSES_KEY,
  usageField,
  usageKey,
  type UsageField,
} from './redis-keys.js';
