import { bodyMember, type OperationDescription, type WireRequest } from '@gatehouse/admin-contract';
import { functionArn, parseFunctionArn, parseFunctionReference } from '@gatehouse/lambda-contract';
import type { Scope } from '@gatehouse/snapshot';
import { functionTarget } from './function-target.js';

/**
 * The ARN that policies are matched against for an operation of Lambda: that of the function, version or alias that the request speaks of, in whichever way it names it. A text that names
 * none appears percent-encoded, so that it has one meaning, and is refused by the model's rules later. Throws what `functionTarget` and a body that is not JSON do.
 * Source: AWS's service authorization reference, actions of AWS Lambda.
 */
export function functionResource(operation: OperationDescription, scope: Scope, request: WireRequest): string {
  if (operation.resource === '*') return '*';
  const { Resource: arn, FunctionName: inPath } = request.parameters;
  if (arn !== undefined) return parseFunctionArn(arn) ? arn : encodeURIComponent(arn);
  const name = inPath ?? bodyMember(request, 'FunctionName');
  const reference = typeof name === 'string' ? name : '';
  if (!parseFunctionReference(reference, scope))
    return functionArn({ ...scope, functionName: encodeURIComponent(reference), qualifier: null });
  return functionArn(functionTarget(scope, reference, request.query.get('Qualifier') ?? undefined));
}
