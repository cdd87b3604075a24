import type { AddPermissionRequest } from '@gatehouse/admin-contract/lambda';
import { LATEST } from '../function/versions.js';
import { invalidParameter, unsupported } from '../refusals.js';

/** A service, an account, a principal of one, or everyone. */
const PRINCIPAL = /^(\*|\d{12}|arn:aws:(iam|sts)::\d{12}:[^\s]+|[a-z0-9-]+(\.[a-z0-9-]+)*\.amazon(aws)?\.com)$/;

/** Conditions that nothing here can tell, and why. */
const REFUSED: readonly [member: keyof AddPermissionRequest, reason: string][] = [
  ['PrincipalOrgID', 'there are no organizations'],
  ['EventSourceToken', 'nothing that calls has one'],
  ['FunctionUrlAuthType', 'functions have no URLs'],
  ['InvokedViaFunctionUrl', 'functions have no URLs'],
];

/** What statements may allow: the only thing that others can do with a function. */
const ACTION = /^(\*|lambda:\*|lambda:invokefunction)$/i;

/** Throws `InvalidParameterValueException` for what would not be enforced as it is said, by name. */
export function checkPermission(input: AddPermissionRequest, qualifier: string | null): void {
  if (qualifier === LATEST) throw invalidParameter('We currently do not support adding policies for $LATEST.');
  const refused = REFUSED.find(([member]) => input[member] !== undefined);
  if (refused) throw unsupported(...refused);
  if (!ACTION.test(input.Action)) {
    throw unsupported(`Action ${input.Action}`, 'what others can be allowed to do with a function is lambda:InvokeFunction');
  }
  if (!PRINCIPAL.test(input.Principal)) {
    throw invalidParameter('The provided principal was invalid. Please check the principal and try again.');
  }
}
