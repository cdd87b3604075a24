INSERT INTO stages (account_id, region, api_id, stage_name, deployment_id, created_date, last_updated_date, variables, method_settings,
  cache_cluster_enabled, tracing_enabled, tags, cache_epoch)
SELECT account_id, region, api_id, 'cached', deployment_id, created_date, last_updated_date, '{}', '{}', true, false, '{}', 'k3'
FROM stages WHERE stage_name = 'prod';
