-- Usage is counted under the period that its plan's quota had, so that a quota whose period changes knows what its gateways have not counted.
-- What was counted before belongs to no period; all plans with a quota are brought to Redis as if their period had changed.

ALTER TABLE usage_totals ADD COLUMN quota_period text NOT NULL DEFAULT 'NONE';
ALTER TABLE usage_totals ALTER COLUMN quota_period DROP DEFAULT;
ALTER TABLE usage_totals DROP CONSTRAINT usage_totals_pkey;
ALTER TABLE usage_totals ADD CONSTRAINT usage_totals_pkey
  PRIMARY KEY (account_id, region, usage_plan_id, api_key_id, day, process_id, quota_period);

ALTER TABLE usage_plans ADD COLUMN period_change uuid;
UPDATE usage_plans SET period_change = gen_random_uuid() WHERE quota IS NOT NULL;
CREATE INDEX usage_plans_period_change ON usage_plans (account_id, region, usage_plan_id) WHERE period_change IS NOT NULL;
