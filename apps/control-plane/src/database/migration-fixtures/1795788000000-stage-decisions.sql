INSERT INTO stages (account_id, region, api_id, stage_name, deployment_id, created_date, last_updated_date, variables, method_settings,
  cache_cluster_enabled, tracing_enabled, tags, cache_epoch, decisions_epoch)
SELECT account_id, region, api_id, 'guarded', deployment_id, created_date, last_updated_date, '{}', '{}', false, false, '{}', 'k4', 'd4'
FROM stages WHERE stage_name = 'prod';
