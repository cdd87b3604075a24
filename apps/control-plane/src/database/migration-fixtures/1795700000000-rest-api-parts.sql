INSERT INTO authorizers VALUES ('123456789012', 'us-east-1', 'a1b2c3d4e5', 'auth01', 'users', 'COGNITO_USER_POOLS', '["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc"]', 'cognito_user_pools', NULL, NULL, 'method.request.header.Authorization', NULL, 300);
INSERT INTO request_validators VALUES ('123456789012', 'us-east-1', 'a1b2c3d4e5', 'valid1', 'all', true, true);
INSERT INTO gateway_responses VALUES ('123456789012', 'us-east-1', 'a1b2c3d4e5', 'DEFAULT_4XX', '418', '{"gatewayresponse.header.x": "''y''"}', '{}');
INSERT INTO documentation_parts VALUES ('123456789012', 'us-east-1', 'a1b2c3d4e5', 'part01', '{"type": "API"}', '{"description": "pets"}');
INSERT INTO documentation_versions VALUES ('123456789012', 'us-east-1', 'a1b2c3d4e5', '1.0', NULL, '2026-01-01T00:00:00Z', '[]');
