import { AwsError, badRequest } from '@gatehouse/aws-wire';
import { MalformedPolicy, Policy, readPolicyText } from '@gatehouse/iam-policy';

/** Source: IAM API reference, PutUserPolicy. */
const POLICY_NAME = /^[\w+=,.@-]{1,128}$/;
/** Characters of all policies of one user together. IAM's 2,048 leave the rest to managed policies, which are not here. */
export const MOST_POLICY_CHARACTERS = 10_240;

/** Throws `BadRequestException`. */
export function checkPolicyName(policyName: string): string {
  if (POLICY_NAME.test(policyName)) return policyName;
  throw badRequest(
    'The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_- and be 128 characters long at most',
  );
}

/** A user's policy that can be evaluated. Throws `BadRequestException` in IAM's words (its MalformedPolicyDocument). */
export function checkUserPolicy(document: string): string {
  try {
    Policy.compile(readPolicyText(document), 'identity');
  } catch (error) {
    if (error instanceof MalformedPolicy) throw badRequest(`MalformedPolicyDocument: ${error.message}`);
    throw error;
  }
  return document;
}

export const policiesTooLong = (userName: string) =>
  new AwsError('LimitExceededException', `Maximum policy size of ${MOST_POLICY_CHARACTERS} bytes exceeded for user ${userName}`);
