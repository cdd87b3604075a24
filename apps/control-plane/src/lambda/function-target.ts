import { AwsError } from '@gatehouse/aws-wire';
import { functionArn, parseFunctionReference, type FunctionName } from '@gatehouse/lambda-contract';
import type { Scope } from '@gatehouse/snapshot';

/**
 * The function that a request speaks of, by its `FunctionName` (a name, an ARN or the end of one) and its `Qualifier`. It is one of the caller's own account.
 * Throws `InvalidParameterValueException` for two qualifiers that differ, `ResourceNotFoundException` for one of another region and for what can name none,
 * `AccessDeniedException` for one of another account, whatever the caller's own policies say.
 * Source: AWS Lambda's sentences, but for the last, where AWS would ask the function's policy.
 */
export function functionTarget(scope: Scope, reference: string, qualifier: string | undefined): FunctionName {
  const named = parseFunctionReference(reference, scope);
  if (!named) throw namesNone(scope, reference);
  if (named.qualifier !== null && qualifier !== undefined && named.qualifier !== qualifier) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  if (named.region !== scope.region) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Functions from '${named.region}' are not reachable in this region ('${scope.region}')`,
    );
  }
  const target = { ...named, qualifier: named.qualifier ?? qualifier ?? null };
  if (target.accountId !== scope.accountId) {
    throw new AwsError(
      'AccessDeniedException',
      `Functions of account ${target.accountId} are managed by its own principals only`,
    );
  }
  return target;
}

/** The service model lets pass what no function is called: longer names, names with dots, other partitions. */
function namesNone({ region, accountId }: Scope, reference: string): AwsError {
  if (/^[A-Za-z0-9_-]{65,}$/.test(reference)) {
    return new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${reference}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    );
  }
  const arn = reference.startsWith('arn:') ? reference : `arn:aws:lambda:${region}:${accountId}:function:${reference}`;
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`);
}

/** AWS's answer where there is no such function, version or alias. */
export const functionNotFound = (target: FunctionName) =>
  new AwsError('ResourceNotFoundException', `Function not found: ${functionArn(target)}`);
