import type { GatewayResponseType } from '@gatehouse/api-model';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { utf8Bytes } from '../http/byte-text.js';

/*
 * How the three phases of access control ended, as access logs tell it: `authenticate` for signatures (AWS_IAM), `authorizer` for Lambda functions and user pools, `authorize`
 * for what their policies, and the API's, say of the request. Source: AWS, "Variables for access logging for API Gateway", whose phases they are.
 */

const NOT_AUTHENTICATED: readonly GatewayResponseType[] = ['MISSING_AUTHENTICATION_TOKEN', 'INVALID_SIGNATURE', 'EXPIRED_TOKEN'];
const NOT_BY_AUTHORIZER: readonly GatewayResponseType[] = [
  'UNAUTHORIZED',
  'AUTHORIZER_FAILURE',
  'AUTHORIZER_CONFIGURATION_ERROR',
];
const OK = '200';

type Outcome = (exchange: Exchange) => string | undefined;

/** What ended the request in a phase; null where it passed it, undefined where it never came to it. */
type Ending = GatewayError | null | undefined;

function authentication({ route, caller, error }: Exchange): Ending {
  if (route?.authorization?.type !== 'AWS_IAM') return undefined;
  if (caller !== null) return null;
  return error !== null && NOT_AUTHENTICATED.includes(error.responseType) ? error : undefined;
}

function authorizerCall({ route, authorizer, error }: Exchange): Ending {
  const type = route?.authorization?.type;
  if (type !== 'CUSTOM' && type !== 'COGNITO_USER_POOLS') return undefined;
  if (error !== null && NOT_BY_AUTHORIZER.includes(error.responseType)) return error;
  // What the API's policy denies may not have come to the authorizer.
  return authorizer !== null || error === ERRORS.notAuthorized || error === ERRORS.explicitlyDenied ? null : undefined;
}

function authorization({ caller, authorizer, error }: Exchange): Ending {
  if (error?.responseType === 'ACCESS_DENIED') return error;
  return caller !== null || authorizer !== null ? null : undefined;
}

const statusOf =
  (phase: (exchange: Exchange) => Ending): Outcome =>
  (exchange) => {
    const ending = phase(exchange);
    return ending === undefined ? undefined : ending === null ? OK : String(ending.status);
  };

const errorOf =
  (phase: (exchange: Exchange) => Ending): Outcome =>
  (exchange) => {
    const ending = phase(exchange);
    return ending ? utf8Bytes(ending.message ?? ending.reason) : undefined;
  };

export const authenticateStatus = statusOf(authentication);
export const authenticateError = errorOf(authentication);
export const authorizerStatus = statusOf(authorizerCall);
export const authorizerError = errorOf(authorizerCall);
export const authorizeStatus = statusOf(authorization);
export const authorizeError = errorOf(authorization);
