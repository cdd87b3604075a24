-- Users beside the root principal: each has an id of its own, access keys that can be switched off, and policies by name.

ALTER TABLE principals ADD COLUMN user_id text;
CREATE UNIQUE INDEX principals_user_id ON principals (user_id);

ALTER TABLE access_keys ADD COLUMN status text NOT NULL DEFAULT 'Active';
ALTER TABLE access_keys ALTER COLUMN status DROP DEFAULT;

CREATE TABLE principal_policies (
  account_id text NOT NULL,
  principal_id text NOT NULL,
  policy_name text NOT NULL,
  document text NOT NULL,
  CONSTRAINT principal_policies_pkey PRIMARY KEY (account_id, principal_id, policy_name),
  CONSTRAINT principal_policies_principal FOREIGN KEY (account_id, principal_id)
    REFERENCES principals (account_id, principal_id) ON DELETE CASCADE
);
