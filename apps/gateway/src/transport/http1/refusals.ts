import type { FaultKind } from '@gatehouse/http1';
import { ERRORS, gatewayError, type GatewayError } from '@gatehouse/pipeline';

const refusal = (status: number, reason: string, message: string) => gatewayError('DEFAULT_4XX', reason, { status, message });

/** What a client is told whose request is not read any further. */
export const REFUSALS = {
  malformed: ERRORS.badRequest,
  connect: ERRORS.badRequest,
  truncated: ERRORS.clientBroke,
  'body-overhead': refusal(400, 'chunk extensions or trailers too large', 'Bad Request'),
  'target-too-long': refusal(414, 'request target too long', 'Request-URI Too Long'),
  'head-too-large': refusal(431, 'head too large', 'Request Header Fields Too Large'),
  'transfer-coding': refusal(501, 'unknown transfer coding', 'Not Implemented'),
  version: refusal(505, 'unknown version of HTTP', 'HTTP Version Not Supported'),
} satisfies Record<FaultKind, GatewayError>;

/** A head or a body that did not come in its time. */
export const TOO_SLOW = refusal(408, 'request too slow', 'Request Timeout');
