-- The first schema: account and region come first in the primary key of every table that belongs to both.

-- Identity. Principals belong to an account and to no region; access key ids are unique over all accounts.
CREATE TABLE principals (
  account_id text NOT NULL,
  principal_id text NOT NULL,
  kind text NOT NULL,
  policies jsonb NOT NULL,
  created_date timestamptz NOT NULL,
  CONSTRAINT principals_pkey PRIMARY KEY (account_id, principal_id)
);

CREATE TABLE access_keys (
  access_key_id text NOT NULL,
  account_id text NOT NULL,
  principal_id text NOT NULL,
  secret_sealed text NOT NULL,
  created_date timestamptz NOT NULL,
  CONSTRAINT access_keys_pkey PRIMARY KEY (access_key_id),
  CONSTRAINT access_keys_principal FOREIGN KEY (account_id, principal_id)
    REFERENCES principals (account_id, principal_id) ON DELETE CASCADE
);

CREATE TABLE bearer_tokens (
  token_id text NOT NULL,
  account_id text NOT NULL,
  principal_id text NOT NULL,
  token_hash text NOT NULL,
  created_date timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT bearer_tokens_pkey PRIMARY KEY (token_id),
  CONSTRAINT bearer_tokens_principal FOREIGN KEY (account_id, principal_id)
    REFERENCES principals (account_id, principal_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX bearer_tokens_hash ON bearer_tokens (token_hash);

-- REST APIs.
CREATE TABLE rest_apis (
  account_id text NOT NULL,
  region text NOT NULL,
  api_id text NOT NULL,
  name text NOT NULL,
  description text,
  version text,
  created_date timestamptz NOT NULL,
  api_key_source text NOT NULL,
  disable_execute_api_endpoint boolean NOT NULL,
  endpoint_configuration jsonb NOT NULL,
  binary_media_types jsonb NOT NULL,
  minimum_compression_size integer,
  policy text,
  security_policy text,
  endpoint_access_mode text,
  root_resource_id text NOT NULL,
  tags jsonb NOT NULL,
  CONSTRAINT rest_apis_pkey PRIMARY KEY (account_id, region, api_id)
);

CREATE TABLE resources (
  account_id text NOT NULL,
  region text NOT NULL,
  api_id text NOT NULL,
  resource_id text NOT NULL,
  parent_id text,
  path_part text,
  CONSTRAINT resources_pkey PRIMARY KEY (account_id, region, api_id, resource_id),
  CONSTRAINT resources_api FOREIGN KEY (account_id, region, api_id)
    REFERENCES rest_apis (account_id, region, api_id) ON DELETE CASCADE,
  CONSTRAINT resources_parent FOREIGN KEY (account_id, region, api_id, parent_id)
    REFERENCES resources (account_id, region, api_id, resource_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX resources_sibling ON resources (account_id, region, api_id, parent_id, path_part);

CREATE TABLE methods (
  account_id text NOT NULL,
  region text NOT NULL,
  api_id text NOT NULL,
  resource_id text NOT NULL,
  http_method text NOT NULL,
  authorization_type text NOT NULL,
  authorizer_id text,
  authorization_scopes jsonb NOT NULL,
  api_key_required boolean NOT NULL,
  operation_name text,
  request_validator_id text,
  request_parameters jsonb NOT NULL,
  request_models jsonb NOT NULL,
  method_responses jsonb NOT NULL,
  method_integration jsonb,
  CONSTRAINT methods_pkey PRIMARY KEY (account_id, region, api_id, resource_id, http_method),
  CONSTRAINT methods_resource FOREIGN KEY (account_id, region, api_id, resource_id)
    REFERENCES resources (account_id, region, api_id, resource_id) ON DELETE CASCADE
);

CREATE TABLE deployments (
  account_id text NOT NULL,
  region text NOT NULL,
  api_id text NOT NULL,
  deployment_id text NOT NULL,
  description text,
  created_date timestamptz NOT NULL,
  model jsonb NOT NULL,
  CONSTRAINT deployments_pkey PRIMARY KEY (account_id, region, api_id, deployment_id),
  CONSTRAINT deployments_api FOREIGN KEY (account_id, region, api_id)
    REFERENCES rest_apis (account_id, region, api_id) ON DELETE CASCADE
);

CREATE TABLE stages (
  account_id text NOT NULL,
  region text NOT NULL,
  api_id text NOT NULL,
  stage_name text NOT NULL,
  deployment_id text NOT NULL,
  description text,
  documentation_version text,
  created_date timestamptz NOT NULL,
  last_updated_date timestamptz NOT NULL,
  variables jsonb NOT NULL,
  method_settings jsonb NOT NULL,
  cache_cluster_enabled boolean NOT NULL,
  cache_cluster_size text,
  client_certificate_id text,
  tracing_enabled boolean NOT NULL,
  access_log_settings jsonb,
  canary_settings jsonb,
  tags jsonb NOT NULL,
  CONSTRAINT stages_pkey PRIMARY KEY (account_id, region, api_id, stage_name),
  CONSTRAINT stages_api FOREIGN KEY (account_id, region, api_id)
    REFERENCES rest_apis (account_id, region, api_id) ON DELETE CASCADE,
  CONSTRAINT stages_deployment FOREIGN KEY (account_id, region, api_id, deployment_id)
    REFERENCES deployments (account_id, region, api_id, deployment_id) DEFERRABLE INITIALLY DEFERRED
);

-- API keys and usage plans. Usage outlives its key and plan, therefore it refers to neither.
CREATE TABLE api_keys (
  account_id text NOT NULL,
  region text NOT NULL,
  api_key_id text NOT NULL,
  value_hash text NOT NULL,
  value_sealed text NOT NULL,
  name text,
  description text,
  customer_id text,
  enabled boolean NOT NULL,
  created_date timestamptz NOT NULL,
  last_updated_date timestamptz NOT NULL,
  tags jsonb NOT NULL,
  CONSTRAINT api_keys_pkey PRIMARY KEY (account_id, region, api_key_id)
);
CREATE INDEX api_keys_newest ON api_keys (account_id, region, created_date, api_key_id);
CREATE UNIQUE INDEX api_keys_value ON api_keys (account_id, region, value_hash);

CREATE TABLE usage_plans (
  account_id text NOT NULL,
  region text NOT NULL,
  usage_plan_id text NOT NULL,
  name text NOT NULL,
  description text,
  product_code text,
  created_date timestamptz NOT NULL,
  throttle jsonb,
  quota jsonb,
  tags jsonb NOT NULL,
  CONSTRAINT usage_plans_pkey PRIMARY KEY (account_id, region, usage_plan_id)
);

CREATE TABLE usage_plan_keys (
  account_id text NOT NULL,
  region text NOT NULL,
  usage_plan_id text NOT NULL,
  api_key_id text NOT NULL,
  created_date timestamptz NOT NULL,
  CONSTRAINT usage_plan_keys_pkey PRIMARY KEY (account_id, region, usage_plan_id, api_key_id),
  CONSTRAINT usage_plan_keys_plan FOREIGN KEY (account_id, region, usage_plan_id)
    REFERENCES usage_plans (account_id, region, usage_plan_id) ON DELETE CASCADE,
  CONSTRAINT usage_plan_keys_key FOREIGN KEY (account_id, region, api_key_id)
    REFERENCES api_keys (account_id, region, api_key_id) ON DELETE CASCADE
);
CREATE INDEX usage_plan_keys_by_key ON usage_plan_keys (account_id, region, api_key_id);

CREATE TABLE usage_plan_stages (
  account_id text NOT NULL,
  region text NOT NULL,
  usage_plan_id text NOT NULL,
  api_id text NOT NULL,
  stage_name text NOT NULL,
  position integer NOT NULL,
  throttle jsonb NOT NULL,
  CONSTRAINT usage_plan_stages_pkey PRIMARY KEY (account_id, region, usage_plan_id, api_id, stage_name),
  CONSTRAINT usage_plan_stages_plan FOREIGN KEY (account_id, region, usage_plan_id)
    REFERENCES usage_plans (account_id, region, usage_plan_id) ON DELETE CASCADE
);
CREATE INDEX usage_plan_stages_by_stage ON usage_plan_stages (account_id, region, api_id, stage_name);

CREATE TABLE usage_totals (
  account_id text NOT NULL,
  region text NOT NULL,
  usage_plan_id text NOT NULL,
  api_key_id text NOT NULL,
  day date NOT NULL,
  process_id text NOT NULL,
  total bigint NOT NULL,
  CONSTRAINT usage_totals_pkey PRIMARY KEY (account_id, region, usage_plan_id, api_key_id, day, process_id)
);
CREATE INDEX usage_totals_by_key ON usage_totals (account_id, region, usage_plan_id, api_key_id, day);

-- Publication. Revisions come from one sequence, so that any two documents can be put in order; they never restart.
CREATE SEQUENCE document_revision;

CREATE TABLE document_revisions (
  account_id text NOT NULL,
  region text NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  revision bigint NOT NULL,
  deleted boolean NOT NULL,
  CONSTRAINT document_revisions_pkey PRIMARY KEY (account_id, region, kind, key)
);

CREATE TABLE outbox (
  account_id text NOT NULL,
  region text NOT NULL,
  publication_id uuid NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  revision bigint NOT NULL,
  created_at timestamptz NOT NULL,
  sent_at timestamptz,
  sent_epoch text,
  sent_sequence bigint,
  CONSTRAINT outbox_pkey PRIMARY KEY (account_id, region, publication_id, kind, key)
);
CREATE INDEX outbox_unsent ON outbox (publication_id) WHERE sent_at IS NULL;
CREATE INDEX outbox_unsent_document ON outbox (account_id, region, kind, key) WHERE sent_at IS NULL;
