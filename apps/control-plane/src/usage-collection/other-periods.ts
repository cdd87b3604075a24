import { OTHER_PERIODS_FIELD } from '@gatehouse/throttling';
import { firstDayOf } from './current-periods.js';

/**
 * SQL: what keys used on the days of the current period of their plan's quota that no process counts in it, because the process knew the quota
 * with another period or the plan without one. One row for each key, as `TakenRow`; `only` narrows the usage `u` and the plans `p` down.
 * $1 to $3 are `firstDays`.
 */
export function usedUnderOtherPeriods(only = 'true'): string {
  return `SELECT u.account_id, u.region, u.usage_plan_id, u.api_key_id, p.quota->>'period' AS period, '${OTHER_PERIODS_FIELD}' AS field, sum(u.total) AS taken
     FROM usage_totals u JOIN usage_plans p USING (account_id, region, usage_plan_id)
    WHERE u.quota_period <> p.quota->>'period' AND u.day >= ${firstDayOf("p.quota->>'period'")} AND ${only}
    GROUP BY u.account_id, u.region, u.usage_plan_id, u.api_key_id, p.quota->>'period'`;
}
