import { SYNCHRONOUS_PAYLOAD_BYTES } from '@gatehouse/lambda-contract';
import type { Exchange } from '../exchange.js';
import { ERRORS, requestTooLarge, type GatewayError } from '../gateway-response/gateway-error.js';
import { BodyTooLarge } from '../http/request-body.js';
import type { StepResult } from '../rest-pipeline.js';
import { NoJsonBody } from './body-path.js';
import type { RequestTransform } from './request-transform.js';

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

/**
 * Gives `take` what an integration makes of a request's body: null where it passes as it is and nobody looks into it.
 *
 * @param transform null where bodies pass as they are
 * @param isRead a mapping takes something from the body
 */
export function withTransformedBody(
  exchange: Exchange,
  transform: RequestTransform | null,
  limit: number,
  isRead: boolean,
  take: (body: Buffer | null) => GatewayError | undefined,
): StepResult {
  const becomes = transform === null ? null : transform.of(exchange);
  if (becomes !== null && typeof becomes !== 'function') return becomes;
  if (becomes === null && !isRead) return take(null);
  const goOn = (bytes: Buffer): GatewayError | undefined => {
    exchange.wholeBody = bytes;
    const own = becomes === null ? bytes : becomes(bytes);
    if (!Buffer.isBuffer(own)) return own;
    try {
      return take(own);
    } catch (error) {
      if (error instanceof NoJsonBody) return ERRORS.noJsonForMapping;
      throw error;
    }
  };
  const { body } = exchange.request;
  if (body.length === 0) return goOn(NO_BYTES);
  return body
    .collect(limit)
    .then(goOn, (error: unknown) => (error instanceof BodyTooLarge ? requestTooLarge(limit) : ERRORS.clientBroke));
}

const NO_BYTES = Buffer.alloc(0);
