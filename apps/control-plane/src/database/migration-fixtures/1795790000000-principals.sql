INSERT INTO principals VALUES ('123456789012', 'user/ann', 'user', '[]', '2026-01-01T00:00:00Z', 'AIDAEXAMPLEEXAMPLE222');
INSERT INTO access_keys VALUES ('AKIAEXAMPLEEXAMPLE23', '123456789012', 'user/ann', '0011223344556677.c2VhbGVk', '2026-01-01T00:00:00Z', 'Inactive');
INSERT INTO principal_policies VALUES ('123456789012', 'user/ann', 'invoke', '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}}');
