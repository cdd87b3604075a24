import { HTTP_METHODS, type HttpMethod } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import type { AuthorizerEntity } from '../authorizer/authorizer.entity.js';
import { checkModels } from './model-reference.js';
import type { MethodEntity } from './method.entity.js';
import type { NamedParts } from './named-parts.js';

const AUTHORIZATION_TYPES: readonly string[] = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'];

/** The types of authorizers that an authorization type may have; the others have none. */
const AUTHORIZERS_OF = new Map<string, AuthorizerEntity['type'][]>([
  ['CUSTOM', ['TOKEN', 'REQUEST']],
  ['COGNITO_USER_POOLS', ['COGNITO_USER_POOLS']],
]);

/** `method.request.{place}.{name}` */
const REQUEST_PARAMETER =
  /^method\.request\.(?:header|querystring|path|multivalueheader|multivaluequerystring)\.([a-zA-Z0-9._$-]+)$/;

/** Throws `BadRequestException` in AWS's words unless the text is a verb that a method can have. */
export function checkHttpMethod(value: string): HttpMethod {
  const verb = HTTP_METHODS.find((known) => known === value);
  if (!verb) throw badRequest(`Invalid HttpMethod specified. Valid options are ${HTTP_METHODS.join(',')}`);
  return verb;
}

/** Checks a method, new or patched, as a whole: what it names must be among `named`. Throws `BadRequestException` in AWS's words. */
export function checkMethod(named: NamedParts, method: MethodEntity): void {
  if (!AUTHORIZATION_TYPES.includes(method.authorizationType)) {
    throw badRequest(`Invalid AuthorizationType specified. Valid options are ${AUTHORIZATION_TYPES.join(',')}`);
  }
  checkAuthorizer(named, method);
  if (method.requestValidatorId !== null && !named.requestValidators.has(method.requestValidatorId)) {
    throw badRequest('Invalid Request Validator identifier specified');
  }
  checkModels(named, method.requestModels);
  checkRequestParameters(Object.keys(method.requestParameters));
}

/** An authorizer and its scopes are kept only where the authorization type has an authorizer; elsewhere AWS ignores them. */
export function dropUnusedAuthorizer(method: MethodEntity): MethodEntity {
  if (!AUTHORIZERS_OF.has(method.authorizationType)) {
    method.authorizerId = null;
    method.authorizationScopes = [];
  }
  return method;
}

function checkAuthorizer({ authorizers }: NamedParts, { authorizationType, authorizerId }: MethodEntity): void {
  const types = AUTHORIZERS_OF.get(authorizationType);
  if (!types) return;
  const type = authorizers.get(authorizerId ?? '');
  if (type !== undefined && types.includes(type)) return;
  throw badRequest(
    'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
  );
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
