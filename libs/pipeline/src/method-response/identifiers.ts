import type { AnswerStep } from '../rest-pipeline.js';

/** Says which request this was, in the words that every answer of AWS has. */
export const identifiers: AnswerStep = (exchange, draft) => {
  draft.headers.push('x-amzn-RequestId', exchange.requestId, 'x-amz-apigw-id', exchange.extendedRequestId);
  return undefined;
};
