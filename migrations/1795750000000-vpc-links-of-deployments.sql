-- The VPC links that the integrations of a deployment name, so that removing a link need not look through what was deployed. NULL means "not known
-- yet": of deployments that are there already, which are not unpacked here, where everybody would wait for it, and of those that a control
-- plane of an older version still makes. Removing a link reads the models of those that a stage serves, and notes what it finds.

ALTER TABLE deployments ADD COLUMN vpc_link_ids text[];
CREATE INDEX deployments_vpc_links ON deployments USING gin (vpc_link_ids) WHERE vpc_link_ids <> '{}';
CREATE INDEX deployments_unknown_vpc_links ON deployments (account_id, region, api_id, deployment_id) WHERE vpc_link_ids IS NULL;
