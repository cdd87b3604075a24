import type { Authorizer } from '@gatehouse/admin-contract/apigateway';
import type { AuthorizerEntity } from './authorizer.entity.js';

/** An authorizer as it goes over the wire; what is not set is left out. */
export function authorizerView(authorizer: AuthorizerEntity): Authorizer {
  return {
    id: authorizer.authorizerId,
    name: authorizer.name,
    type: authorizer.type,
    providerARNs: authorizer.providerArns.length > 0 ? authorizer.providerArns : undefined,
    authType: authorizer.authType ?? undefined,
    authorizerUri: authorizer.authorizerUri ?? undefined,
    authorizerCredentials: authorizer.authorizerCredentials ?? undefined,
    identitySource: authorizer.identitySource ?? undefined,
    identityValidationExpression: authorizer.identityValidationExpression ?? undefined,
    authorizerResultTtlInSeconds: authorizer.authorizerResultTtlInSeconds ?? undefined,
  };
}
