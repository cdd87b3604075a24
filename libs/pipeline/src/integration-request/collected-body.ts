import { SYNCHRONOUS_PAYLOAD_BYTES } from '@gatehouse/lambda-contract';
import type { Exchange } from '../exchange.js';
import { ERRORS, requestTooLarge, type GatewayError } from '../gateway-response/gateway-error.js';
import { BodyTooLarge } from '../http/request-body.js';
import type { StepResult } from '../rest-pipeline.js';

/**
 * Takes a request's body whole, as an event has it, and gives it to `take`, whose answer is the step's; at once where there is none. No body is taken that is larger
 * than the largest event.
 */
export function withBody(exchange: Exchange, take: (body: Buffer | null) => GatewayError | undefined): StepResult {
  const { body } = exchange.request;
  if (body.length === 0) return take(null);
  const limit = exchange.stage?.services.bodyLimit ?? 0;
  if ((body.length ?? 0) > SYNCHRONOUS_PAYLOAD_BYTES) return ERRORS.eventTooLarge;
  return body.collect(Math.min(limit, SYNCHRONOUS_PAYLOAD_BYTES)).then(
    (bytes) => take(bytes.length === 0 ? null : bytes),
    (error: unknown) => {
      if (!(error instanceof BodyTooLarge)) return ERRORS.clientBroke;
      return limit < SYNCHRONOUS_PAYLOAD_BYTES ? requestTooLarge(limit) : ERRORS.eventTooLarge;
    },
  );
}
