import type { RouteSnapshot } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { Authorizers } from '../method-request/authorization/authorizers.js';
import { secretNames } from './secret-names.js';

const lambda = { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f', ttlInSeconds: 0 };
const authorizers = new Authorizers([
  { ...lambda, authorizerId: 'token', type: 'TOKEN', header: 'X-Token' },
  {
    ...lambda,
    authorizerId: 'request',
    type: 'REQUEST',
    sources: [
      { in: 'header', name: 'X-Tenant' },
      { in: 'querystring', name: 'auth' },
    ],
  },
  {
    authorizerId: 'pool',
    type: 'COGNITO_USER_POOLS',
    header: 'X-Pool',
    poolArns: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abcdefghi'],
  },
]);
const namesOf = (more: Partial<RouteSnapshot>) =>
  secretNames({ integration: { type: 'DENIED', settings: [] }, ...more } as RouteSnapshot, authorizers);

describe('security class: secrets in logs: names of what is secret of one method', () => {
  it.each<[Partial<RouteSnapshot>, string[]]>([
    [{}, []],
    [{ authorization: { type: 'AWS_IAM' } }, []],
    [{ authorization: { type: 'CUSTOM', authorizerId: 'token' } }, ['X-Token']],
    [{ authorization: { type: 'CUSTOM', authorizerId: 'request' } }, ['X-Tenant', 'auth']],
    [{ authorization: { type: 'COGNITO_USER_POOLS', authorizerId: 'pool', scopes: [] } }, ['X-Pool']],
  ])('%j', (route, names) => expect(namesOf(route)).toEqual(names));
});
