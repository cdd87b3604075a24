import { AwsError } from '@gatehouse/aws-wire';
import { evaluatePolicies } from '@gatehouse/iam-policy';
import { Injectable } from '@nestjs/common';
import { Authorization, type Caller, type RequestOrigin } from '../admin-api/authentication.js';
import { conditionKeys } from './condition-keys.js';
import { Principals } from './principals.service.js';

/** Decides by the IAM policies of the caller's principal. */
@Injectable()
export class PolicyAuthorization extends Authorization {
  constructor(private readonly principals: Principals) {
    super();
  }

  override async authorize(caller: Caller, action: string, resource: string, origin: RequestOrigin): Promise<void> {
    const found = await this.principals.find(caller);
    const arn = `arn:aws:iam::${caller.scope.accountId}:${caller.principalId}`;
    const verdict = found
      ? evaluatePolicies(found.policies, {
          principal: null,
          action,
          resource,
          context: conditionKeys(found.principal, caller.scope, origin),
          accountGrants: false,
        })
      : 'silent';
    if (verdict === 'allow') return;
    const explicit = verdict === 'deny' ? ' with an explicit deny' : '';
    throw new AwsError(
      'AccessDeniedException',
      `User: ${arn} is not authorized to perform: ${action} on resource: ${resource}${explicit}`,
    );
  }
}
