INSERT INTO account_settings VALUES ('123456789012', 'eu-west-1', NULL, 2.5, 4);
