import type { GatewayResponse } from '../http/gateway-response.js';
import type { GatewayError } from './gateway-error.js';

/** The answer to a request that failed. Header names in AWS's case. */
export function answerError(error: GatewayError, requestId: string, extendedRequestId: string): GatewayResponse {
  return {
    status: error.status,
    headers: [
      'Content-Type',
      'application/json',
      'x-amzn-RequestId',
      requestId,
      'x-amzn-ErrorType',
      error.errorType,
      'x-amz-apigw-id',
      extendedRequestId,
    ],
    body: error.body,
    length: error.body.length,
  };
}
