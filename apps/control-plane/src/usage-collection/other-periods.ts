import { OTHER_PERIODS_FIELD } from '@gatehouse/throttling';
import { firstDayOf } from './current-periods.js';

/** SQL: whether usage `u` is of the current period of its plan `p`, and no process counts it there. $1 to $3 are `firstDays`. */
const UNDER_ANOTHER_PERIOD = `u.quota_period <> p.quota->>'period' AND u.day >= ${firstDayOf("p.quota->>'period'")}`;

/**
 * SQL: what keys used on the days of the current period of their plan's quota that no process counts in it, because the process knew the quota
 * with another period or the plan without one. One row for each key, as `TakenRow`; `only` narrows the plans `p` down.
 */
export function usedUnderOtherPeriods(only = 'true'): string {
  return `SELECT u.account_id, u.region, u.usage_plan_id, u.api_key_id, p.quota->>'period' AS period, '${OTHER_PERIODS_FIELD}' AS field, sum(u.total) AS taken
     FROM usage_totals u JOIN usage_plans p USING (account_id, region, usage_plan_id)
    WHERE ${UNDER_ANOTHER_PERIOD} AND ${only}
    GROUP BY u.account_id, u.region, u.usage_plan_id, u.api_key_id, p.quota->>'period'`;
}

/** SQL: the same of single keys ($4 to $7: arrays of their accounts, regions, plans and ids), each of which is looked up in the index. */
export const USED_BY_KEYS_UNDER_OTHER_PERIODS = `SELECT p.account_id, p.region, p.usage_plan_id, told.api_key_id, p.quota->>'period' AS period, '${OTHER_PERIODS_FIELD}' AS field, used.taken
   FROM unnest($4::text[], $5::text[], $6::text[], $7::text[]) AS told (account_id, region, usage_plan_id, api_key_id)
   JOIN usage_plans p USING (account_id, region, usage_plan_id)
   CROSS JOIN LATERAL (
     SELECT sum(u.total) AS taken FROM usage_totals u
      WHERE (u.account_id, u.region, u.usage_plan_id, u.api_key_id) = (told.account_id, told.region, told.usage_plan_id, told.api_key_id)
        AND ${UNDER_ANOTHER_PERIOD}) AS used
  WHERE used.taken IS NOT NULL`;
