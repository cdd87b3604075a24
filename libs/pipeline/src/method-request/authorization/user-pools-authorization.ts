import type { UserPoolsAuthorizer } from '@gatehouse/snapshot';
import type { Exchange } from '../../exchange.js';
import { ERRORS, explained, type GatewayError } from '../../gateway-response/gateway-error.js';
import type { RequestStep } from '../../rest-pipeline.js';
import type { ServedStage } from '../../stage/served-stage.js';
import { headerValues, singleValue } from './identity-source.js';
import type { Issuer } from './user-pools/issuer.js';
import type { TokenFault } from './user-pools/user-pools.js';
import type { VerifiedToken } from './user-pools/verified-token.js';
import { wholeMatch } from './whole-match.js';

/**
 * Takes tokens that one of the authorizer's user pools has issued, with `Bearer` before them or without. A method with scopes takes access tokens that have one of them, one
 * without takes identity tokens; what an issuer does not tell apart is both. Source: AWS, "Control access to REST APIs using Amazon Cognito user pools".
 */
export function userPoolsAuthorization(
  { poolArns, header, validation }: UserPoolsAuthorizer,
  scopes: readonly string[],
  { services: { userPools } }: ServedStage,
): RequestStep {
  const issuers = poolArns.map((arn) => userPools.issuerOf(arn));
  const values = headerValues(header);
  const isAudience = wholeMatch(validation);
  const wanted = scopes.length > 0 ? 'access' : 'id';
  const suits = ({ use, scopes: given, audience }: VerifiedToken): boolean =>
    (use === null || use === wanted) &&
    (scopes.length === 0 || given.some((scope) => scopes.includes(scope))) &&
    (validation === undefined || audience.some(isAudience));
  const admit = (exchange: Exchange, token: VerifiedToken | TokenFault, latency: number): GatewayError | undefined => {
    if (typeof token === 'string') return errorOf(token, issuers);
    if (!suits(token)) return ERRORS.unauthorized;
    exchange.authorizer = latency === 0 ? token.output : { ...token.output, integrationLatency: latency };
    return undefined;
  };
  return (exchange) => {
    const value = singleValue(values, exchange);
    if (value === null) return ERRORS.unauthorized;
    const token = userPools.verify(value.replace(/^Bearer +/i, ''), issuers);
    if (!(token instanceof Promise)) return admit(exchange, token, 0);
    const askedAt = performance.now();
    return token.then((late) => admit(exchange, late, performance.now() - askedAt));
  };
}

function errorOf(fault: TokenFault, issuers: readonly Issuer[]): GatewayError {
  switch (fault) {
    case 'invalid':
      return ERRORS.unauthorized;
    case 'expired':
      return ERRORS.tokenExpired;
    case 'unavailable':
      return explained(
        ERRORS.authorizerFailed,
        issuers.flatMap(({ url, failure }) => (failure === null ? [] : `${url}: ${failure}`)).join('; '),
      );
    default:
      return fault satisfies never;
  }
}
