import { badRequest } from '@gatehouse/aws-wire';

const PREFIX = 'user/';
/** Source: IAM API reference, CreateUser. */
const USER_NAME = /^[\w+=,.@-]{1,64}$/;

/** The principal id of a user: what stands in his ARN behind the account. Throws `BadRequestException` for what is no user name. */
export function principalIdOf(userName: string): string {
  if (!USER_NAME.test(userName)) {
    throw badRequest(
      'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_- and be 64 characters long at most',
    );
  }
  return PREFIX + userName;
}

/** The reverse of `principalIdOf`. */
export function userNameOf(principalId: string): string {
  return principalId.slice(PREFIX.length);
}
