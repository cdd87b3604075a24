-- Functions: what runs by a name, its published versions, aliases of them, who may invoke it, and the archives.

CREATE TABLE function_code (
  account_id text NOT NULL,
  region text NOT NULL,
  sha256 text NOT NULL,
  size integer NOT NULL,
  archive bytea NOT NULL,
  stored_at timestamptz NOT NULL,
  CONSTRAINT function_code_pkey PRIMARY KEY (account_id, region, sha256)
);
-- Archives are compressed already.
ALTER TABLE function_code ALTER COLUMN archive SET STORAGE EXTERNAL;

CREATE TABLE functions (
  account_id text NOT NULL,
  region text NOT NULL,
  function_name text NOT NULL,
  next_version integer NOT NULL,
  reserved_concurrency integer,
  tags jsonb NOT NULL,
  CONSTRAINT functions_pkey PRIMARY KEY (account_id, region, function_name)
);

CREATE TABLE function_versions (
  account_id text NOT NULL,
  region text NOT NULL,
  function_name text NOT NULL,
  version text NOT NULL,
  revision_id text NOT NULL,
  runtime text NOT NULL,
  role text NOT NULL,
  handler text NOT NULL,
  description text NOT NULL,
  timeout integer NOT NULL,
  memory_size integer NOT NULL,
  environment_sealed text,
  code_sha256 text NOT NULL,
  code_size integer NOT NULL,
  settings jsonb NOT NULL,
  last_modified timestamptz NOT NULL,
  CONSTRAINT function_versions_pkey PRIMARY KEY (account_id, region, function_name, version),
  CONSTRAINT function_versions_function FOREIGN KEY (account_id, region, function_name)
    REFERENCES functions (account_id, region, function_name) ON DELETE CASCADE,
  CONSTRAINT function_versions_code FOREIGN KEY (account_id, region, code_sha256)
    REFERENCES function_code (account_id, region, sha256)
);
CREATE INDEX function_versions_of_code ON function_versions (account_id, region, code_sha256);

CREATE TABLE function_aliases (
  account_id text NOT NULL,
  region text NOT NULL,
  function_name text NOT NULL,
  alias_name text NOT NULL,
  revision_id text NOT NULL,
  version text NOT NULL,
  description text NOT NULL,
  routing jsonb NOT NULL,
  CONSTRAINT function_aliases_pkey PRIMARY KEY (account_id, region, function_name, alias_name),
  CONSTRAINT function_aliases_version FOREIGN KEY (account_id, region, function_name, version)
    REFERENCES function_versions (account_id, region, function_name, version) ON DELETE CASCADE
);
CREATE INDEX function_aliases_of_version ON function_aliases (account_id, region, function_name, version);

CREATE TABLE function_statements (
  account_id text NOT NULL,
  region text NOT NULL,
  function_name text NOT NULL,
  qualifier text NOT NULL,
  statement_id text NOT NULL,
  place integer NOT NULL,
  action text NOT NULL,
  principal text NOT NULL,
  source_arn text,
  source_account text,
  CONSTRAINT function_statements_pkey PRIMARY KEY (account_id, region, function_name, qualifier, statement_id),
  CONSTRAINT function_statements_function FOREIGN KEY (account_id, region, function_name)
    REFERENCES functions (account_id, region, function_name) ON DELETE CASCADE
);
