import type { GatewayError } from './gateway-error.js';

/** An answer of the gateway's own, as long as no API has changed it. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly length: number;
}

/** The answer to a request that failed. Header names in AWS's case. */
export function answerError(error: GatewayError, requestId: string, extendedRequestId: string): ErrorAnswer {
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
