-- Custom domain names, what their base paths lead to, and from where private ones may be reached.

CREATE TABLE domain_names (
  account_id text NOT NULL,
  region text NOT NULL,
  domain_name text NOT NULL,
  domain_name_id text NOT NULL,
  created_date timestamptz NOT NULL,
  endpoint_configuration jsonb NOT NULL,
  certificate_name text,
  certificate_arn text,
  uploaded_certificate_arn text,
  certificate_upload_date timestamptz,
  regional_certificate_name text,
  regional_certificate_arn text,
  ownership_verification_certificate_arn text,
  distribution_domain_name text,
  regional_domain_name text,
  security_policy text NOT NULL,
  endpoint_access_mode text,
  mutual_tls_authentication jsonb,
  policy text,
  management_policy text,
  routing_mode text NOT NULL,
  tags jsonb NOT NULL,
  CONSTRAINT domain_names_pkey PRIMARY KEY (account_id, region, domain_name, domain_name_id)
);
-- Gateways tell public names apart by nothing but the name, whoever owns them.
CREATE UNIQUE INDEX domain_names_public ON domain_names (domain_name) WHERE domain_name_id = '';

CREATE TABLE base_path_mappings (
  account_id text NOT NULL,
  region text NOT NULL,
  domain_name text NOT NULL,
  domain_name_id text NOT NULL,
  base_path text NOT NULL,
  api_id text NOT NULL,
  stage_name text,
  CONSTRAINT base_path_mappings_pkey PRIMARY KEY (account_id, region, domain_name, domain_name_id, base_path),
  CONSTRAINT base_path_mappings_domain FOREIGN KEY (account_id, region, domain_name, domain_name_id)
    REFERENCES domain_names (account_id, region, domain_name, domain_name_id) ON DELETE CASCADE,
  CONSTRAINT base_path_mappings_api FOREIGN KEY (account_id, region, api_id)
    REFERENCES rest_apis (account_id, region, api_id)
);
CREATE INDEX base_path_mappings_by_api ON base_path_mappings (account_id, region, api_id);

CREATE TABLE domain_name_access_associations (
  account_id text NOT NULL,
  region text NOT NULL,
  domain_name text NOT NULL,
  domain_name_id text NOT NULL,
  source text NOT NULL,
  source_type text NOT NULL,
  tags jsonb NOT NULL,
  CONSTRAINT domain_name_access_associations_pkey PRIMARY KEY (account_id, region, domain_name, domain_name_id, source),
  CONSTRAINT domain_name_access_associations_domain FOREIGN KEY (account_id, region, domain_name, domain_name_id)
    REFERENCES domain_names (account_id, region, domain_name, domain_name_id) ON DELETE CASCADE
);
