import type { AuthorizerModel } from '@gatehouse/api-model';
import {
  gatewayFrom,
  restApiModel,
  type GatewayFromOptions,
  type MethodsOf,
  type TestAnswer,
  type TestGateway,
} from '@gatehouse/testing';
import { invocationsOf, type FakeLambda } from '../../integration/lambda.fixture.js';

export const AUTH = 'arn:aws:lambda:us-east-1:123456789012:function:auth';
/** ARN of the stage that specs serve, with its slash. */
export const STAGE_ARN = 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/prod/';

/** An authorizer of a spec, from what matters to it: a function that gets the header `Authorization`. */
export function authorizerModel(changes: Partial<AuthorizerModel> = {}): AuthorizerModel {
  return {
    id: 'auth01',
    name: 'first',
    type: 'TOKEN',
    providerArns: [],
    authorizerUri: invocationsOf(AUTH),
    identitySource: 'method.request.header.Authorization',
    ...changes,
  };
}

/** What an authorizer's function answers: it lets in whom `policy` lets in. */
export function decision(statement: object | readonly object[], more: object = {}): object {
  return { principalId: 'me', policyDocument: { Version: '2012-10-17', Statement: statement }, ...more };
}

export const allow = (...resources: string[]) => ({ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: resources });
export const deny = (...resources: string[]) => ({ Effect: 'Deny', Action: 'execute-api:Invoke', Resource: resources });

export interface GuardedOptions extends GatewayFromOptions {
  authorizers?: AuthorizerModel[];
  model?: Parameters<typeof restApiModel>[1];
}

const BY_LAMBDA = { authorizationType: 'CUSTOM', authorizerId: 'auth01' };

/** A gateway whose methods ask the authorizer `auth01`, where they do not say otherwise. */
export function guarded(
  lambda: FakeLambda | null,
  methods: MethodsOf = { 'GET /pets/{id}': {} },
  { authorizers = [authorizerModel()], model, ...options }: GuardedOptions = {},
): TestGateway {
  const all = Object.fromEntries(Object.entries(methods).map(([key, method]) => [key, { ...BY_LAMBDA, ...method }]));
  return gatewayFrom(restApiModel(all, { authorizers, ...model }), { ...(lambda && { lambda: lambda.origin }), ...options });
}

/** Status, body and type of an error. */
export const outcome = (answer: TestAnswer) => [answer.status, answer.body, answer.header('x-amzn-ErrorType')];

export const UNAUTHORIZED = [401, '{"message":"Unauthorized"}', 'UnauthorizedException'];
export const EXPIRED = [401, '{"message":"The incoming token has expired"}', 'UnauthorizedException'];
export const NOT_AUTHORIZED = [403, '{"Message":"User is not authorized to access this resource"}', 'AccessDeniedException'];
export const DENIED = [
  403,
  '{"Message":"User is not authorized to access this resource with an explicit deny"}',
  'AccessDeniedException',
];
export const MISCONFIGURED = [500, '{"message":null}', 'AuthorizerConfigurationException'];
export const FAILED = [500, '{"message":null}', 'AuthorizerFailureException'];
