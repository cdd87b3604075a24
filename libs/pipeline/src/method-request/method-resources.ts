import type { Exchange } from '../exchange.js';
import { hasDotSegment } from '../http/request-target.js';
import { otherReading } from '../routing/other-reading.js';
import type { ServedStage } from '../stage/served-stage.js';
import { arnOf, methodArn } from './method-arn.js';

/** What policies are asked for: a method, and, of whoever sends `Cache-Control: max-age=0`, its kept answers. */
export const INVOKE = 'execute-api:Invoke';
export const INVALIDATE_CACHE = 'execute-api:InvalidateCache';

/**
 * The ARNs that policies have to allow for a request: that of its path and, where some backends read the path as another one, that of the other, because whoever may not
 * call a method may not do so by another spelling of its path. Null where dots lead to what nobody can tell.
 */
export function methodResources(exchange: Exchange, stage: ServedStage): readonly [string, ...string[]] | null {
  const arn = methodArn(exchange, stage);
  const other = otherReading(exchange.request.target?.path ?? '/', exchange.pathStart);
  if (other === null) return [arn];
  return hasDotSegment(other) ? null : [arn, arnOf(exchange, stage, other, 0)];
}
