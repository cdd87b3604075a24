import { AwsError } from '@gatehouse/aws-wire';
import { functionArn, parseFunctionReference, type FunctionName } from '@gatehouse/lambda-contract';
import type { Scope } from '@gatehouse/snapshot';

/**
 * The function that a request speaks of, by its `FunctionName` (a name, an ARN or the end of one) and its `Qualifier`. It is one of the caller's own account.
 * Throws `InvalidParameterValueException` for two qualifiers that differ and for what names no function, `ResourceNotFoundException` for one of another region,
 * `AccessDeniedException` for one of another account, whatever the caller's own policies say.
 * Source: AWS Lambda's sentences, but for the last, where AWS would ask the function's policy.
 */
export function functionTarget(scope: Scope, reference: string, qualifier: string | undefined): FunctionName {
  const named = parseFunctionReference(reference, scope);
  if (!named) throw new AwsError('InvalidParameterValueException', `Invalid function name or ARN: ${reference}`);
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

/** AWS's answer where there is no such function, version or alias. */
export const functionNotFound = (target: FunctionName) =>
  new AwsError('ResourceNotFoundException', `Function not found: ${functionArn(target)}`);
