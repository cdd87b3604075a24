import { badRequest } from '@gatehouse/aws-wire';
import { expandResourcePolicy } from '@gatehouse/compiler';
import { MalformedPolicy, Policy, readPolicyText } from '@gatehouse/iam-policy';

const INVALID_POLICY = 'Invalid policy document. Please check the policy syntax and ensure that Principals are valid.';

/** Bytes. */
export const MAXIMUM_COMPRESSION_SIZE = 10_485_760;

export const compressionSizeRefusal = () =>
  badRequest(`Invalid minimum compression size, must be between 0 and ${MAXIMUM_COMPRESSION_SIZE}`);

/** Throws `BadRequestException` for a name without content. */
export function checkName(name: string | undefined): string {
  if (!name) throw badRequest('Name cannot be an empty string');
  return name;
}

/** Throws `BadRequestException` for an empty description; none at all is allowed. */
export function checkDescription(description: string | undefined): string | null {
  if (description === '') throw badRequest('Description cannot be an empty string');
  return description ?? null;
}

/** Throws `BadRequestException` when the size (bytes) is out of AWS's range; none disables compression. */
export function checkCompressionSize(size: number | undefined): number | null {
  if (size === undefined) return null;
  if (size < 0 || size > MAXIMUM_COMPRESSION_SIZE) throw compressionSizeRefusal();
  return size;
}

/** Characters. Source: AWS's quota of resource policies. */
const LONGEST_POLICY = 8192;
/** Stands for those that a policy is for: what it abbreviates is compared with nothing here. */
const ANY_API = [{ accountId: '123456789012', region: 'us-east-1' }, 'abcdefghij'] as const;

/**
 * The resource policy of an API as JSON text, or null without one. Throws `BadRequestException` for one that gateways could not evaluate, with AWS's sentence and
 * the reason.
 */
export function checkResourcePolicy(policy: string | undefined): string | null {
  if (!policy) return null;
  if (policy.length > LONGEST_POLICY) throw badRequest(`Policy exceeds the maximum size of ${LONGEST_POLICY} characters`);
  try {
    Policy.compile(readPolicyText(expandResourcePolicy(policy, ...ANY_API)), 'resource');
  } catch (error) {
    if (error instanceof MalformedPolicy) throw badRequest(`${INVALID_POLICY} ${error.message}`);
    throw error;
  }
  return policy;
}

/** A policy that is not evaluated as JSON text, or null without one. Throws `BadRequestException` when it is no JSON object. */
export function checkPolicy(policy: string | undefined): string | null {
  if (!policy) return null;
  if (!isJsonObject(policy)) {
    throw badRequest(INVALID_POLICY);
  }
  return policy;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
