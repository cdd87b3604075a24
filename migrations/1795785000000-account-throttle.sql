-- An account may have a limit for all of its APIs together. Without a row, or without a value in it, there is none.

ALTER TABLE account_settings ADD COLUMN rate_limit double precision;
ALTER TABLE account_settings ADD COLUMN burst_limit integer;
