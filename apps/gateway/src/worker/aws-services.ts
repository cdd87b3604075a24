import { AwsServices, Http1Upstream, TargetGuard, type Http1UpstreamOptions, type TargetRule } from '@gatehouse/pipeline';
import type { GatewayConfig } from '../config.js';

/**
 * What calls services of AWS, with connections of its own; null without credentials. What the operator named is reached, and of all others, whose names come from integrations,
 * what integrations may reach.
 */
export function awsServices(
  { aws, allowedTargets }: Pick<GatewayConfig, 'aws' | 'allowedTargets'>,
  blockedTargets: readonly TargetRule[],
  limits: Omit<Http1UpstreamOptions, 'guard'>,
): AwsServices | null {
  if (aws === null) return null;
  const { endpoint, endpoints, endpointConfigs, credentials } = aws;
  const named = endpointConfigs.map(({ target }) => target);
  const upstream = new Http1Upstream({ guard: new TargetGuard(blockedTargets, [...allowedTargets, ...named]), ...limits });
  return new AwsServices({ upstream, endpoint, endpoints, credentials });
}
