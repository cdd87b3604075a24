INSERT INTO function_code VALUES ('123456789012', 'us-east-1', repeat('ab', 32), 3, '\x504b05', '2026-01-01T00:00:00Z');
INSERT INTO functions VALUES ('123456789012', 'us-east-1', 'hello', 2, NULL, '{}');
INSERT INTO function_versions VALUES ('123456789012', 'us-east-1', 'hello', '$LATEST', '00000000-0000-4000-8000-000000000000', 'nodejs24.x', 'arn:aws:iam::123456789012:role/any', 'index.handler', '', 3, 128, NULL, repeat('ab', 32), 3, '{}', '2026-01-01T00:00:00Z');
INSERT INTO function_versions VALUES ('123456789012', 'us-east-1', 'hello', '1', '00000000-0000-4000-8000-000000000001', 'nodejs24.x', 'arn:aws:iam::123456789012:role/any', 'index.handler', '', 3, 128, '0011223344556677.c2VhbGVk', repeat('ab', 32), 3, '{}', '2026-01-01T00:00:00Z');
INSERT INTO function_aliases VALUES ('123456789012', 'us-east-1', 'hello', 'live', '00000000-0000-4000-8000-000000000002', '1', '', '[]');
INSERT INTO function_statements VALUES ('123456789012', 'us-east-1', 'hello', '', 'api', 1, 'lambda:InvokeFunction', 'apigateway.amazonaws.com', 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*/GET/', NULL);
