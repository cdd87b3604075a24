export { evaluatePolicies } from './evaluate-policies.js';
export { MalformedPolicy } from './malformed-policy.js';
export { Policy } from './policy.js';
export type { PolicyKind } from './policy-kind.js';
export type { PolicyRequest, Verdict } from './policy-request.js';
export { readPolicyText } from './policy-text.js';
export type { PolicyPrincipal } from './principal.js';
export type { RequestContext } from './request-context.js';
