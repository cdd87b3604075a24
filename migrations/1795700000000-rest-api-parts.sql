-- What a REST API consists of beside its resources: models, authorizers, request validators, gateway responses, documentation.

CREATE TABLE models (
  account_id text NOT NULL,
  region text NOT NULL,
  api_id text NOT NULL,
  name text NOT NULL,
  model_id text NOT NULL,
  description text,
  content_type text NOT NULL,
  schema text,
  CONSTRAINT models_pkey PRIMARY KEY (account_id, region, api_id, name),
  CONSTRAINT models_api FOREIGN KEY (account_id, region, api_id)
    REFERENCES rest_apis (account_id, region, api_id) ON DELETE CASCADE
);

CREATE TABLE authorizers (
  account_id text NOT NULL,
  region text NOT NULL,
  api_id text NOT NULL,
  authorizer_id text NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  provider_arns jsonb NOT NULL,
  auth_type text,
  authorizer_uri text,
  authorizer_credentials text,
  identity_source text,
  identity_validation_expression text,
  authorizer_result_ttl_in_seconds integer,
  CONSTRAINT authorizers_pkey PRIMARY KEY (account_id, region, api_id, authorizer_id),
  CONSTRAINT authorizers_api FOREIGN KEY (account_id, region, api_id)
    REFERENCES rest_apis (account_id, region, api_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX authorizers_name ON authorizers (account_id, region, api_id, name);

CREATE TABLE request_validators (
  account_id text NOT NULL,
  region text NOT NULL,
  api_id text NOT NULL,
  request_validator_id text NOT NULL,
  name text,
  validate_request_body boolean NOT NULL,
  validate_request_parameters boolean NOT NULL,
  CONSTRAINT request_validators_pkey PRIMARY KEY (account_id, region, api_id, request_validator_id),
  CONSTRAINT request_validators_api FOREIGN KEY (account_id, region, api_id)
    REFERENCES rest_apis (account_id, region, api_id) ON DELETE CASCADE
);

-- Only types that were customised have a row.
CREATE TABLE gateway_responses (
  account_id text NOT NULL,
  region text NOT NULL,
  api_id text NOT NULL,
  response_type text NOT NULL,
  status_code text,
  response_parameters jsonb NOT NULL,
  response_templates jsonb NOT NULL,
  CONSTRAINT gateway_responses_pkey PRIMARY KEY (account_id, region, api_id, response_type),
  CONSTRAINT gateway_responses_api FOREIGN KEY (account_id, region, api_id)
    REFERENCES rest_apis (account_id, region, api_id) ON DELETE CASCADE
);

-- A part describes one location, which is therefore unique within its API.
CREATE TABLE documentation_parts (
  account_id text NOT NULL,
  region text NOT NULL,
  api_id text NOT NULL,
  documentation_part_id text NOT NULL,
  location jsonb NOT NULL,
  properties text NOT NULL,
  CONSTRAINT documentation_parts_pkey PRIMARY KEY (account_id, region, api_id, documentation_part_id),
  CONSTRAINT documentation_parts_api FOREIGN KEY (account_id, region, api_id)
    REFERENCES rest_apis (account_id, region, api_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX documentation_parts_location ON documentation_parts (account_id, region, api_id, location);

-- A version keeps the parts as they were when it was made.
CREATE TABLE documentation_versions (
  account_id text NOT NULL,
  region text NOT NULL,
  api_id text NOT NULL,
  version text NOT NULL,
  description text,
  created_date timestamptz NOT NULL,
  parts jsonb NOT NULL,
  CONSTRAINT documentation_versions_pkey PRIMARY KEY (account_id, region, api_id, version),
  CONSTRAINT documentation_versions_api FOREIGN KEY (account_id, region, api_id)
    REFERENCES rest_apis (account_id, region, api_id) ON DELETE CASCADE
);

-- Every API created so far has the two models that AWS makes with an API; methods could name them already.
INSERT INTO models (account_id, region, api_id, name, model_id, description, content_type, schema)
SELECT account_id, region, api_id, made.name, substr(md5(api_id || made.name), 1, 6), made.description, 'application/json', made.schema
FROM rest_apis,
  (VALUES
    ('Empty', 'This is a default empty schema model', E'{\n  "$schema": "http://json-schema.org/draft-04/schema#",\n  "title" : "Empty Schema",\n  "type" : "object"\n}'),
    ('Error', 'This is a default error schema model', E'{\n  "$schema" : "http://json-schema.org/draft-04/schema#",\n  "title" : "Error Schema",\n  "type" : "object",\n  "properties" : {\n    "message" : { "type" : "string" }\n  }\n}')
  ) AS made (name, description, schema);

-- A deployment keeps all of it; those made so far had nothing but the two models.
UPDATE deployments SET model = jsonb_strip_nulls(jsonb_build_object('description', rest_apis.description, 'version', rest_apis.version))
  || jsonb_build_object(
    'createdDate', to_char(rest_apis.created_date AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'models', (
      SELECT jsonb_agg(jsonb_build_object('name', models.name, 'description', models.description, 'contentType', models.content_type, 'schema', models.schema) ORDER BY models.name)
      FROM models
      WHERE models.account_id = deployments.account_id AND models.region = deployments.region AND models.api_id = deployments.api_id),
    'authorizers', '[]'::jsonb,
    'requestValidators', '[]'::jsonb,
    'gatewayResponses', '[]'::jsonb
  ) || deployments.model
FROM rest_apis
WHERE rest_apis.account_id = deployments.account_id AND rest_apis.region = deployments.region AND rest_apis.api_id = deployments.api_id;
