-- The VPC links that the integrations of a deployment name, so that removing a link need not look through what was deployed.

ALTER TABLE deployments ADD COLUMN vpc_link_ids text[] NOT NULL DEFAULT '{}';
UPDATE deployments SET vpc_link_ids = named.ids
FROM (
  SELECT account_id, region, api_id, deployment_id, array_agg(DISTINCT vpc_link_id) AS ids
  FROM deployments
  CROSS JOIN jsonb_array_elements(model->'resources') AS resource
  CROSS JOIN jsonb_array_elements(resource->'methods') AS method
  JOIN vpc_links USING (account_id, region)
  WHERE vpc_link_id = method->'methodIntegration'->>'connectionId'
  GROUP BY account_id, region, api_id, deployment_id
) AS named
WHERE named.account_id = deployments.account_id AND named.region = deployments.region
  AND named.api_id = deployments.api_id AND named.deployment_id = deployments.deployment_id;
CREATE INDEX deployments_vpc_links ON deployments USING gin (vpc_link_ids) WHERE vpc_link_ids <> '{}';
