import { badRequest, conflict, notFound } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { Not, type EntityManager } from 'typeorm';
import { methodsInOrder } from '../method/methods-in-order.js';
import { AuthorizerEntity } from './authorizer.entity.js';

export const unknownAuthorizer = () => notFound('Invalid Authorizer identifier specified');

const TYPES: readonly AuthorizerEntity['type'][] = ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS'];

/** Seconds. */
const MAXIMUM_TTL = 3_600;

/** What AWS says of a request in which a member is missing or malformed that its service model lets pass. */
const invalidInput = () => badRequest('Invalid request input');

const NAME = '[a-zA-Z0-9._$-]+';
const HEADER = new RegExp(`^method\\.request\\.header\\.${NAME}$`);
/** What the key of a cached answer of a REQUEST authorizer is made of. */
const REQUEST_SOURCE = new RegExp(`^(?:method\\.request\\.(?:header|querystring)|stageVariables|context)\\.${NAME}$`);

/** An invocation of a Lambda function; parts of the function's ARN may be stage variables. */
const INVOCATION = /^arn:aws:apigateway:[\w-]+:lambda:path\/\d{4}-\d\d-\d\d\/functions\/[^\s/]+\/invocations$/;

/** Reads an authorizer's type out of a patch. Throws `BadRequestException`. */
export function authorizerType(value: string | undefined): AuthorizerEntity['type'] {
  const type = TYPES.find((known) => known === value);
  if (!type) throw badRequest(`Invalid AuthorizerType specified. Valid options are ${TYPES.join(',')}`);
  return type;
}

/** Seconds out of a patch, null without a value; not a number for text that is none: the range is checked with the rest. */
export function secondsOrNull(value: string | undefined): number | null {
  if (!value) return null;
  return /^\d+$/.test(value) ? Number(value) : Number.NaN;
}

/**
 * Checks an authorizer, new or patched, as a whole; call it under the API's lock, as names are unique in an API.
 * Throws `BadRequestException` in AWS's words.
 */
export async function checkAuthorizer(manager: EntityManager, authorizer: AuthorizerEntity): Promise<void> {
  if (authorizer.name === '') throw badRequest('Authorizer name cannot be empty');
  checkTtl(authorizer.authorizerResultTtlInSeconds);
  if (isCognito(authorizer)) checkProviders(authorizer.providerArns);
  else checkInvocation(authorizer);
  checkIdentitySource(authorizer);
  await checkNameIsFree(manager, authorizer);
}

/**
 * Refuses to take an authorizer away from the methods that have it: to `delete` it, or to give it a type that they cannot have.
 * Call it under the API's lock. Throws `ConflictException` in AWS's words.
 */
export async function refuseWhileUsed(
  manager: EntityManager,
  scope: Scope,
  { apiId, authorizerId, name }: AuthorizerEntity,
  change: 'delete' | 'change type of',
): Promise<void> {
  const user = (await methodsInOrder(manager, scope, apiId)).find(({ method }) => method.authorizerId === authorizerId);
  // AWS puts the verb and the path together with a slash: `GET//pets`.
  if (user)
    throw conflict(`Cannot ${change} authorizer '${name}', is referenced in method: ${user.method.httpMethod}/${user.path}`);
}

/** Whether methods ask the authorizer by COGNITO_USER_POOLS; those of the other two types they ask by CUSTOM. */
export const isCognito = ({ type }: Pick<AuthorizerEntity, 'type'>) => type === 'COGNITO_USER_POOLS';

function checkTtl(seconds: number | null): void {
  if (seconds === null || (seconds >= 0 && seconds <= MAXIMUM_TTL)) return;
  throw badRequest(`Authorizer result TTL must be between 0 and ${MAXIMUM_TTL} seconds`);
}

function checkProviders(providerArns: readonly string[]): void {
  if (providerArns.length === 0) throw invalidInput();
  if (!providerArns.every((arn) => /^arn:aws:\S+$/.test(arn))) throw badRequest('Invalid ARN specified in the request');
}

function checkInvocation({ authorizerUri, authorizerCredentials }: AuthorizerEntity): void {
  if (!INVOCATION.test(authorizerUri ?? '')) {
    throw badRequest(
      `Invalid Authorizer URI: ${authorizerUri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    );
  }
  if (authorizerCredentials !== null && !/^arn:aws:\S+$/.test(authorizerCredentials)) {
    throw badRequest('Invalid ARN specified in the request');
  }
}

/**
 * One header names the token; a REQUEST authorizer may have several sources of several kinds, and needs none only when its answers
 * are not cached (which they are by default).
 */
function checkIdentitySource({ type, identitySource, authorizerResultTtlInSeconds }: AuthorizerEntity): void {
  if (type !== 'REQUEST') {
    if (!HEADER.test(identitySource ?? '')) throw invalidInput();
  } else if (identitySource === null) {
    if (authorizerResultTtlInSeconds !== 0) throw invalidInput();
  } else if (!identitySource.split(',').every((source) => REQUEST_SOURCE.test(source.trim()))) throw invalidInput();
}

async function checkNameIsFree(manager: EntityManager, authorizer: AuthorizerEntity): Promise<void> {
  const { accountId, region, apiId, name, authorizerId } = authorizer;
  if (await manager.existsBy(AuthorizerEntity, { accountId, region, apiId, name, authorizerId: Not(authorizerId) })) {
    throw badRequest(`Authorizer name must be unique. Authorizer ${name} already exists in this RestApi.`);
  }
}
