import { HTTP_METHODS, type HttpMethod } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import { checkModels } from './model-reference.js';
import type { MethodEntity } from './method.entity.js';

const AUTHORIZATION_TYPES: readonly string[] = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'];
const NEEDS_AUTHORIZER: readonly string[] = ['CUSTOM', 'COGNITO_USER_POOLS'];

/** `method.request.{place}.{name}` */
const REQUEST_PARAMETER =
  /^method\.request\.(?:header|querystring|path|multivalueheader|multivaluequerystring)\.([a-zA-Z0-9._$-]+)$/;

/** Throws `BadRequestException` in AWS's words unless the text is a verb that a method can have. */
export function checkHttpMethod(value: string): HttpMethod {
  const verb = HTTP_METHODS.find((known) => known === value);
  if (!verb) throw badRequest(`Invalid HttpMethod specified. Valid options are ${HTTP_METHODS.join(',')}`);
  return verb;
}

/** Checks a method, new or patched, as a whole. Throws `BadRequestException` in AWS's words. */
export function checkMethod(method: MethodEntity): void {
  if (!AUTHORIZATION_TYPES.includes(method.authorizationType)) {
    throw badRequest(`Invalid AuthorizationType specified. Valid options are ${AUTHORIZATION_TYPES.join(',')}`);
  }
  // No authorizer and no validator can be created yet, so every identifier of one is unknown.
  if (NEEDS_AUTHORIZER.includes(method.authorizationType)) {
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
  }
  if (method.requestValidatorId !== null) throw badRequest('Invalid Request Validator identifier specified');
  checkModels(method.requestModels);
  checkRequestParameters(Object.keys(method.requestParameters));
}

/** An authorizer is kept only where the authorization type has one; elsewhere AWS ignores it. */
export function authorizerOf(authorizationType: string, authorizerId: string | null): string | null {
  return NEEDS_AUTHORIZER.includes(authorizationType) ? authorizerId : null;
}

function checkRequestParameters(keys: string[]): void {
  const names = new Set<string>();
  for (const key of keys) {
    const name = REQUEST_PARAMETER.exec(key)?.[1];
    if (name === undefined) {
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: ${key}]`,
      );
    }
    if (names.has(name)) throw badRequest('Parameter names must be unique across querystring, header and path');
    names.add(name);
  }
}
