import { MalformedPolicy, Policy, readPolicyText } from '@gatehouse/iam-policy';
import type { Scope } from '@gatehouse/snapshot';
import type { Refusals } from './unenforceable-settings.js';

/** What stands for the ARN of the API itself. */
const ABBREVIATION = 'execute-api:/';

/** The resource policy of an API as a deployment holds it; nothing where there is none, or where, with the reason in `refusals`, it cannot be evaluated. */
export function compileResourcePolicy(
  policy: string | undefined,
  scope: Scope,
  apiId: string,
  refusals: Refusals,
): { policy?: string } {
  if (!policy) return {};
  try {
    const expanded = expandResourcePolicy(policy, scope, apiId);
    Policy.compile(readPolicyText(expanded), 'resource');
    return { policy: expanded };
  } catch (error) {
    if (!(error instanceof MalformedPolicy)) throw error;
    refusals.add(`policy: ${error.message}`);
    return {};
  }
}

/**
 * A resource policy whose resources `execute-api:/{stage}/{VERB}/{path}` are written out as ARNs of the API; one that has none is given back as it is. Throws
 * `MalformedPolicy` for what is no JSON. Source: AWS, "API Gateway resource policies".
 */
export function expandResourcePolicy(policy: string, { accountId, region }: Scope, apiId: string): string {
  const value = readPolicyText(policy);
  if (!policy.includes(ABBREVIATION)) return policy;
  const arn = `arn:aws:execute-api:${region}:${accountId}:${apiId}/`;
  return JSON.stringify(value, (name, member: unknown) => {
    if (name !== 'Resource' && name !== 'NotResource') return member;
    const expand = (each: unknown) =>
      typeof each === 'string' && each.startsWith(ABBREVIATION) ? arn + each.slice(ABBREVIATION.length) : each;
    return Array.isArray(member) ? member.map(expand) : expand(member);
  });
}
