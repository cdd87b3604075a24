-- Certificates with their private keys, for TLS listeners and domain names.

CREATE TABLE certificates (
  account_id text NOT NULL,
  region text NOT NULL,
  certificate_id text NOT NULL,
  certificate_chain text NOT NULL,
  private_key_sealed text NOT NULL,
  created_date timestamptz NOT NULL,
  last_updated_date timestamptz NOT NULL,
  CONSTRAINT certificates_pkey PRIMARY KEY (account_id, region, certificate_id)
);
CREATE INDEX certificates_newest ON certificates (account_id, region, created_date, certificate_id);
