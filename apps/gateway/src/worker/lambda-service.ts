import { Http1Upstream, TargetGuard, type Http1UpstreamOptions, type LambdaService } from '@gatehouse/pipeline';
import type { GatewayConfig } from '../config.js';

/** What invokes functions, with connections of its own; null where nothing runs them. What keeps integrations in does not hold here: the operator named the place. */
export function lambdaService(
  { lambda, dataPlaneKeys }: Pick<GatewayConfig, 'lambda' | 'dataPlaneKeys'>,
  limits: Omit<Http1UpstreamOptions, 'guard'>,
): LambdaService | null {
  if (lambda === null) return null;
  const { origin, target, credentials } = lambda;
  const own = dataPlaneKeys[0];
  if (own === undefined) throw new Error('a gateway without a data-plane key');
  return {
    upstream: new Http1Upstream({ guard: new TargetGuard([], [target]), ...limits }),
    origin,
    credentials: credentials ?? { ...own.calls, sessionToken: null },
    isOwn: credentials === null,
  };
}
