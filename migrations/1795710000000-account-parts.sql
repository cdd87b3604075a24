-- What an account has beside its APIs: settings, client certificates, VPC links, extensions of quotas; and what keeps a million API keys quick to list.

CREATE TABLE account_settings (
  account_id text NOT NULL,
  region text NOT NULL,
  cloudwatch_role_arn text,
  CONSTRAINT account_settings_pkey PRIMARY KEY (account_id, region)
);

CREATE TABLE client_certificates (
  account_id text NOT NULL,
  region text NOT NULL,
  client_certificate_id text NOT NULL,
  description text,
  pem_encoded_certificate text NOT NULL,
  private_key_sealed text NOT NULL,
  created_date timestamptz NOT NULL,
  expiration_date timestamptz NOT NULL,
  tags jsonb NOT NULL,
  CONSTRAINT client_certificates_pkey PRIMARY KEY (account_id, region, client_certificate_id)
);

CREATE TABLE vpc_links (
  account_id text NOT NULL,
  region text NOT NULL,
  vpc_link_id text NOT NULL,
  name text NOT NULL,
  description text,
  target_arns jsonb NOT NULL,
  created_date timestamptz NOT NULL,
  tags jsonb NOT NULL,
  CONSTRAINT vpc_links_pkey PRIMARY KEY (account_id, region, vpc_link_id)
);

-- Finds the methods that name a VPC link. Texts of tenants can be longer than an index takes, so it holds a hash.
CREATE INDEX methods_connection ON methods (account_id, region, md5(method_integration->>'connectionId'))
  WHERE method_integration->>'connectionId' IS NOT NULL;

-- Requests that an administrator added to what remained of a quota (or, negative, took away) on a day. `delivered` tells whether Redis has heard of it.
CREATE TABLE quota_grants (
  account_id text NOT NULL,
  region text NOT NULL,
  usage_plan_id text NOT NULL,
  api_key_id text NOT NULL,
  day date NOT NULL,
  granted bigint NOT NULL,
  delivered boolean NOT NULL,
  CONSTRAINT quota_grants_pkey PRIMARY KEY (account_id, region, usage_plan_id, api_key_id, day)
);
CREATE INDEX quota_grants_undelivered ON quota_grants (account_id, region, usage_plan_id, api_key_id) WHERE NOT delivered;

-- API keys by the beginning of their names (in the order of code units, whatever the database's locale), and by customer.
CREATE INDEX api_keys_name ON api_keys (account_id, region, left(name, 256) text_pattern_ops);
CREATE INDEX api_keys_customer ON api_keys (account_id, region, md5(customer_id), created_date, api_key_id);
-- The keys of a usage plan, in the order in which they are listed.
CREATE INDEX usage_plan_keys_newest ON usage_plan_keys (account_id, region, usage_plan_id, created_date, api_key_id);
