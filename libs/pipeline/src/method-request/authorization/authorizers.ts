import type {
  AuthorizationSnapshot,
  AuthorizerSnapshot,
  RequestAuthorizer,
  TokenAuthorizer,
  UserPoolsAuthorizer,
} from '@gatehouse/snapshot';
import { wholeMatch } from './whole-match.js';
import { isPoolArn } from './user-pools/pool-arn.js';

/** The authorizers of a deployment. Throws `TypeError` for one that could not be asked. */
export class Authorizers {
  private readonly byId: ReadonlyMap<string, AuthorizerSnapshot>;

  constructor(snapshots: readonly AuthorizerSnapshot[]) {
    for (const snapshot of snapshots) check(snapshot);
    this.byId = new Map(snapshots.map((snapshot) => [snapshot.authorizerId, snapshot]));
  }

  /** Throws `TypeError` where a method asks for an authorizer that there is not. */
  check(asked: AuthorizationSnapshot | undefined): void {
    if (asked?.type === 'CUSTOM') this.lambda(asked.authorizerId);
    if (asked?.type === 'COGNITO_USER_POOLS') this.userPools(asked.authorizerId);
  }

  lambda(authorizerId: string): TokenAuthorizer | RequestAuthorizer {
    const authorizer = this.byId.get(authorizerId);
    if (authorizer && authorizer.type !== 'COGNITO_USER_POOLS') return authorizer;
    throw new TypeError(`there is no Lambda authorizer ${authorizerId}`);
  }

  userPools(authorizerId: string): UserPoolsAuthorizer {
    const authorizer = this.byId.get(authorizerId);
    if (authorizer?.type === 'COGNITO_USER_POOLS') return authorizer;
    throw new TypeError(`there is no authorizer of user pools ${authorizerId}`);
  }
}

function check(authorizer: AuthorizerSnapshot): void {
  if (authorizer.type !== 'REQUEST') wholeMatch(authorizer.validation);
  if (authorizer.type !== 'COGNITO_USER_POOLS') return;
  const wrong = authorizer.poolArns.find((arn) => !isPoolArn(arn));
  if (wrong !== undefined) throw new TypeError(`${wrong} is no user pool`);
}
