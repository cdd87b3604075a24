import { AwsError } from '@gatehouse/aws-wire';
import { Injectable } from '@nestjs/common';
import { Authorization, type Caller } from '../admin-api/authentication.js';
import { evaluate } from './policy.js';
import { Principals } from './principals.service.js';

/** Decides by the IAM policies of the caller's principal. */
@Injectable()
export class PolicyAuthorization extends Authorization {
  constructor(private readonly principals: Principals) {
    super();
  }

  override async authorize(caller: Caller, action: string, resource: string): Promise<void> {
    const principal = await this.principals.find(caller);
    const decision = evaluate(principal?.policies ?? [], action, resource);
    if (decision === 'allowed') return;
    const explicit = decision === 'explicit deny' ? ' with an explicit deny' : '';
    throw new AwsError(
      'AccessDeniedException',
      `User: arn:aws:iam::${caller.scope.accountId}:${caller.principalId} is not authorized to perform: ${action} on resource: ${resource}${explicit}`,
    );
  }
}
