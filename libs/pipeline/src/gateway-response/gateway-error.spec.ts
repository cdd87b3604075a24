import { GATEWAY_RESPONSE_TYPES } from '@gatehouse/api-model';
import { describe, expect, it } from 'vitest';
import { answerError } from './answer-error.js';
import { ERRORS, gatewayError, requestTooLarge } from './gateway-error.js';

describe('gateway responses', () => {
  it.each([
    ['ACCESS_DENIED', 403, 'AccessDeniedException', '{"Message":"User is not authorized to access this resource"}'],
    ['API_CONFIGURATION_ERROR', 500, 'InternalServerErrorException', '{"message":"Internal server error"}'],
    ['AUTHORIZER_CONFIGURATION_ERROR', 500, 'AuthorizerConfigurationException', '{"message":null}'],
    ['AUTHORIZER_FAILURE', 500, 'AuthorizerFailureException', '{"message":null}'],
    ['BAD_REQUEST_BODY', 400, 'BadRequestException', '{"message":"Invalid request body"}'],
    ['BAD_REQUEST_PARAMETERS', 400, 'BadRequestException', '{"message":"Missing required request parameters: []"}'],
    ['DEFAULT_4XX', 400, 'BadRequestException', '{"message":"Bad Request"}'],
    ['DEFAULT_5XX', 500, 'InternalServerErrorException', '{"message":"Internal server error"}'],
    ['EXPIRED_TOKEN', 403, 'ExpiredTokenException', '{"message":"The security token included in the request is expired"}'],
    ['INTEGRATION_FAILURE', 504, 'InternalServerErrorException', '{"message":"Internal server error"}'],
    ['INTEGRATION_TIMEOUT', 504, 'InternalServerErrorException', '{"message":"Endpoint request timed out"}'],
    ['INVALID_API_KEY', 403, 'ForbiddenException', '{"message":"Forbidden"}'],
    [
      'INVALID_SIGNATURE',
      403,
      'InvalidSignatureException',
      '{"message":"The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."}',
    ],
    ['MISSING_AUTHENTICATION_TOKEN', 403, 'MissingAuthenticationTokenException', '{"message":"Missing Authentication Token"}'],
    ['QUOTA_EXCEEDED', 429, 'LimitExceededException', '{"message":"Limit Exceeded"}'],
    ['REQUEST_TOO_LARGE', 413, 'RequestTooLargeException', '{"message":"HTTP content length exceeded 10485760 bytes."}'],
    ['RESOURCE_NOT_FOUND', 404, 'ResourceNotFoundException', '{"message":"Not Found"}'],
    ['THROTTLED', 429, 'TooManyRequestsException', '{"message":"Too Many Requests"}'],
    ['UNAUTHORIZED', 401, 'UnauthorizedException', '{"message":"Unauthorized"}'],
    ['UNSUPPORTED_MEDIA_TYPE', 415, 'BadRequestException', '{"message":"Unsupported Media Type"}'],
    ['WAF_FILTERED', 403, 'ForbiddenException', '{"message":"Forbidden"}'],
  ] as const)('%s answers %i, %s', (type, status, errorType, body) => {
    const answer = answerError(gatewayError(type, ''), 'id', 'extended');
    expect(answer.status).toBe(status);
    expect(answer.headers).toEqual([
      'Content-Type',
      'application/json',
      'x-amzn-RequestId',
      'id',
      'x-amzn-ErrorType',
      errorType,
      'x-amz-apigw-id',
      'extended',
    ]);
    expect(String(answer.body)).toBe(body);
    expect(answer.length).toBe(Buffer.byteLength(body));
  });

  it('are of 21 types', () => expect(new Set(GATEWAY_RESPONSE_TYPES).size).toBe(21));

  it('say the limit that is set', () =>
    expect(String(requestTooLarge(1).body)).toBe('{"message":"HTTP content length exceeded 1 bytes."}'));

  it('never tell a client the reason', () => {
    for (const error of Object.values(ERRORS)) {
      if (error.reason !== error.message?.toLowerCase()) expect(String(error.body)).not.toContain(error.reason);
    }
  });
});
