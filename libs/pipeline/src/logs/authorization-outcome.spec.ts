import { describe, expect, it } from 'vitest';
import { accessLogVariable } from '../context-variables.js';
import type { Exchange } from '../exchange.js';
import { ERRORS, gatewayError } from '../gateway-response/gateway-error.js';

const NAMES = ['authenticate.status', 'authorizer.status', 'authorizer.integrationStatus', 'authorize.status'];
const ERROR_NAMES = ['authenticate.error', 'authorizer.error', 'authorize.error'];

function outcome(type: string | undefined, more: object = {}) {
  const route = { authorization: type && { type } };
  const exchange = { route, caller: null, authorizer: null, error: null, ...more } as unknown as Exchange;
  return [NAMES, ERROR_NAMES].map((names) => names.map((name) => accessLogVariable(name)!(exchange) ?? '-').join(' '));
}

const missing = gatewayError('MISSING_AUTHENTICATION_TOKEN', 'no signature');
const denied = gatewayError('ACCESS_DENIED', 'a policy denies the method', { message: 'User: x is not authorized' });

describe('how access control ended, in access logs', () => {
  it.each<[string, string | undefined, object, string, string]>([
    ['an open method', undefined, {}, '- - - -', '- - -'],
    ['an open method that a policy denies', undefined, { error: denied }, '- - - 403', '- - User: x is not authorized'],
    ['a signature that is missing', 'AWS_IAM', { error: missing }, '403 - - -', 'Missing Authentication Token - -'],
    ['a caller', 'AWS_IAM', { caller: {} }, '200 - - 200', '- - -'],
    ['a caller who may not', 'AWS_IAM', { caller: {}, error: denied }, '200 - - 403', '- - User: x is not authorized'],
    ['a policy that denies before anybody is asked', 'AWS_IAM', { error: denied }, '- - - 403', '- - User: x is not authorized'],
    ['an authorizer that allows', 'CUSTOM', { authorizer: {} }, '- 200 200 200', '- - -'],
    [
      'one that denies',
      'CUSTOM',
      { error: ERRORS.notAuthorized },
      '- 200 200 403',
      '- - User is not authorized to access this resource',
    ],
    ['no identity for it', 'CUSTOM', { error: ERRORS.unauthorized }, '- 401 401 -', '- Unauthorized -'],
    ['one that fails', 'CUSTOM', { error: ERRORS.authorizerFailed }, '- 500 500 -', '- the authorizer did not answer -'],
    ['a token that is not good', 'COGNITO_USER_POOLS', { error: ERRORS.unauthorized }, '- 401 401 -', '- Unauthorized -'],
    ['a request that fails before', 'CUSTOM', { error: ERRORS.accountThrottled }, '- - - -', '- - -'],
    ['one that fails after', 'CUSTOM', { authorizer: {}, error: ERRORS.timedOut }, '- 200 200 200', '- - -'],
  ])('%s', (_, type, more, statuses, errors) => {
    expect(outcome(type, more)).toEqual([statuses, errors]);
  });
});
