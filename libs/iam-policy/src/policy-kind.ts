/**
 * Where a policy stands: `identity` is a user's own (version 2012-10-17, no `Principal`), `resource` that of an API (each statement has a `Principal`),
 * `authorizer` what a Lambda authorizer returns (no `Principal`; any version, or none).
 */
export type PolicyKind = 'identity' | 'resource' | 'authorizer';
