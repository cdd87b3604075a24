import { AwsError } from '@gatehouse/aws-wire';

export const invalidParameter = (message: string) => new AwsError('InvalidParameterValueException', message);
export const resourceConflict = (message: string) => new AwsError('ResourceConflictException', message);
export const resourceNotFound = (message: string) => new AwsError('ResourceNotFoundException', message);
export const preconditionFailed = (message: string) => new AwsError('PreconditionFailedException', message);

/** What AWS's own validation says of a value that breaks a rule which the service model does not have. */
export const validationError = (value: unknown, member: string, rule: string) =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${rule}`,
  );

/** For a member that is told by name that it cannot be had here: what cannot be enforced is never taken silently. */
export const unsupported = (member: string, reason: string) => invalidParameter(`${member} is not supported: ${reason}`);
