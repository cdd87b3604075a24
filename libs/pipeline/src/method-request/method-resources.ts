import type { Exchange } from '../exchange.js';
import { ERRORS, gatewayError, type GatewayError } from '../gateway-response/gateway-error.js';
import { hasDotSegment } from '../http/request-target.js';
import { otherReading } from '../routing/other-reading.js';
import type { ServedStage } from '../stage/served-stage.js';
import { arnOf, methodArn } from './method-arn.js';

/** What policies are asked for: a method, and, of whoever sends `Cache-Control: max-age=0`, its kept answers. */
export const INVOKE = 'execute-api:Invoke';
export const INVALIDATE_CACHE = 'execute-api:InvalidateCache';

/** Bytes. Source: AWS's quota of method ARNs with authorization, and its answer. */
const LONGEST_ARN = 1600;
const arnTooLong = gatewayError('DEFAULT_4XX', "the method's ARN is too long", { status: 414, message: 'Request URI too long' });

/**
 * The ARNs that policies have to allow for a request: that of its path and, where some backends read the path as another one, that of the other, because whoever may not
 * call a method may not do so by another spelling of its path. An error where dots lead to what nobody can tell, and where an ARN is longer than AWS's quota.
 */
export function methodResources(exchange: Exchange, stage: ServedStage): readonly [string, ...string[]] | GatewayError {
  const arn = methodArn(exchange, stage);
  if (arn.length > LONGEST_ARN) return arnTooLong;
  const other = otherReading(exchange.request.target?.path ?? '/', exchange.pathStart);
  if (other === null) return [arn];
  return hasDotSegment(other) ? ERRORS.ambiguousPath : [arn, arnOf(exchange, stage, other, 0)];
}
