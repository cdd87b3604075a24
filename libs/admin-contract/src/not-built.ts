import { AwsError } from '@gatehouse/aws-wire';

/** The answer of an operation that no service overrides. */
export const notBuilt = (operation: string) => new AwsError('NotImplementedException', `${operation} is not implemented.`);
