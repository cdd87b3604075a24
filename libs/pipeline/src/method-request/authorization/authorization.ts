import type { StepFactory } from '../../rest-pipeline.js';
import { awsIam } from './aws-iam.js';
import { lambdaAuthorization } from './lambda-authorization.js';
import { userPoolsAuthorization } from './user-pools-authorization.js';

/** Lets in whom the method is for; a method without authorization is for everyone. */
export const authorization: StepFactory = (route, stage) => {
  const { authorization: asked, authorizers } = route;
  if (asked === undefined) return null;
  switch (asked.type) {
    case 'AWS_IAM':
      return awsIam(stage);
    case 'CUSTOM':
      return lambdaAuthorization(authorizers.lambda(asked.authorizerId), route, stage);
    case 'COGNITO_USER_POOLS':
      return userPoolsAuthorization(authorizers.userPools(asked.authorizerId), asked.scopes, stage);
    default:
      throw new TypeError(`unknown authorization ${JSON.stringify((asked satisfies never as { type: unknown }).type)}`);
  }
};
