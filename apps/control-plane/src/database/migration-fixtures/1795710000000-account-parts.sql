INSERT INTO account_settings VALUES ('123456789012', 'us-east-1', 'arn:aws:iam::123456789012:role/logs');
INSERT INTO client_certificates VALUES ('123456789012', 'us-east-1', 'abc123', NULL, '-----BEGIN CERTIFICATE-----', '0011223344556677.c2VhbGVk', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', '{}');
INSERT INTO vpc_links VALUES ('123456789012', 'us-east-1', 'abc123', 'link', NULL, '["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/one/0123456789abcdef"]', '2026-01-01T00:00:00Z', '{}');
INSERT INTO quota_grants VALUES ('123456789012', 'us-east-1', 'plan01', 'key0000001', '2026-01-01', 10, false);
